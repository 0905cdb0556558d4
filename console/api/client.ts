import type { z } from 'zod'
import type { contract } from '../../src/contract.ts'
import { ApiProblem, problemFrom, unreachable } from './problem.ts'
import { routes } from './routes.ts'

type Contract = typeof contract
type Word = keyof Contract

/** The operationId of a route. */
export type Operation = { [W in Word]: keyof Contract[W] }[Word]
type Route<Name extends Operation> = {
  [W in Word]: Name extends keyof Contract[W] ? Contract[W][Name] : never
}[Word]
type Member<Owner, Key extends string> = Owner extends { readonly [K in Key]?: infer Shape }
  ? NonNullable<Shape>
  : never

type Given<Shape> = Shape extends z.ZodType ? z.input<Shape> : never
type Part<Key extends string, Shape> =
  unknown extends Given<Shape>
    ? { readonly [K in Key]?: undefined }
    : Record<never, never> extends Given<Shape>
      ? { readonly [K in Key]?: Given<Shape> }
      : { readonly [K in Key]: Given<Shape> }

/** What a route takes: parameters of its path, its query and its body, as far as it has them. */
export type Input<Name extends Operation> = Part<'params', Member<Route<Name>, 'params'>> &
  Part<'query', Member<Route<Name>, 'query'>> &
  Part<'body', Member<Route<Name>, 'body'>>

type Shown<Shape> = Shape extends z.ZodType ? z.output<Shape> : undefined
/** What a route answers. */
export type Answer<Name extends Operation> = Shown<Member<Route<Name>, 'response'>>
/** An entry of the list that a route answers. */
export type Item<Name extends Operation> =
  Answer<Name> extends { items: readonly (infer Entry)[] } ? Entry : never

export interface CallOptions {
  readonly signal?: AbortSignal | undefined
  /** Sends `If-Match`, so that a change by someone else meanwhile is refused. */
  readonly version?: number | undefined
  /** The same key for each try of one intention, so that it is done once. */
  readonly idempotencyKey?: string | undefined
}

/** Baton's API for one company, or for none; answers are typed by the contract. */
export interface Api {
  readonly company: string | null
  /** @throws ApiProblem for every refusal, and where Baton cannot be reached */
  call<Name extends Operation>(name: Name, input: Input<Name>, options?: CallOptions): Promise<Answer<Name>>
  /** The address of an answer that is a file. */
  address<Name extends Operation>(name: Name, input: Input<Name>): string
  /** The answer as it comes, for files and live streams. @throws ApiProblem */
  open(address: string, init?: RequestInit): Promise<Response>
}

type Values = Readonly<Record<string, unknown>>

function addressOf(name: Operation, input: { params?: unknown; query?: unknown }): string {
  const [, path] = routes[name]
  const filled = path.replace(/\{(\w+)\}/g, (_, key: string) =>
    encodeURIComponent(String((input.params as Values)[key])),
  )
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries((input.query ?? {}) as Values))
    if (value !== undefined && value !== null && value !== '') query.set(key, String(value))
  return query.size > 0 ? `${filled}?${query}` : filled
}

// An answer that breaks off half-way is as little an answer as none.
async function arrived<Part>(part: Promise<Part>): Promise<Part> {
  try {
    return await part
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw unreachable(error)
  }
}

/** An API bound to a company by its short name; refusals come in the language that is read now. */
export function createApi(company: string | null, language: () => string): Api {
  async function open(address: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers)
    headers.set('accept-language', language())
    // A header takes no letter outside Latin-1; in the short name of a company nothing is encoded.
    if (company !== null) headers.set('baton-company', encodeURIComponent(company))
    const response = await arrived(fetch(address, { ...init, headers, credentials: 'same-origin' }))
    if (!response.ok) throw await problemFrom(response)
    return response
  }
  return {
    company,
    open,
    address: addressOf,
    async call(name, input, { signal, version, idempotencyKey } = {}) {
      const [method] = routes[name]
      const headers: Record<string, string> = {}
      const body = method === 'GET' || method === 'DELETE' ? undefined : JSON.stringify(input.body ?? {})
      if (body !== undefined) headers['content-type'] = 'application/json'
      if (version !== undefined) headers['if-match'] = `"${version}"`
      if (method !== 'GET') headers['idempotency-key'] = idempotencyKey ?? crypto.randomUUID()
      const response = await open(addressOf(name, input), { method, headers, body, signal: signal ?? null })
      if (response.status === 204) return undefined as never
      return (await arrived(response.json())) as never
    },
  }
}

export { ApiProblem }
