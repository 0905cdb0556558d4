import { randomUUID } from 'node:crypto'
import http from 'node:http'
import https from 'node:https'
import { userInfo } from 'node:os'
import { z } from 'zod'
import { Failure } from './failure.ts'
import { asCommandSays } from './refusal-words.ts'

/** Where the API is: an address with a token, or the socket in the data folder, where the caller is the operator. */
export type Door =
  | { readonly kind: 'address'; readonly url: string; readonly token: string }
  | { readonly kind: 'socket'; readonly path: string; readonly token: string | null }

export interface Call {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly query?: Readonly<Record<string, string | number | undefined>> | undefined
  readonly body?: unknown
  readonly company?: string | undefined
}

export interface Answer {
  readonly status: number
  readonly body: unknown
}

const problemSchema = z.looseObject({ title: z.string(), next: z.string(), code: z.string() })
const timeoutMs = 120_000

/**
 * Sends one call to the API.
 * @throws Failure with the API's own words when it refuses, or when it cannot be reached
 */
export async function sendCall(door: Door, call: Call): Promise<Answer> {
  const { status, text } = await exchange(door, call)
  const body = parse(text)
  if (status < 400) return { status, body }
  const problem = problemSchema.safeParse(body)
  if (problem.success) {
    const { title: _title, next: _next, ...rest } = problem.data
    const { title, next } = asCommandSays(problem.data)
    throw new Failure({ title: withErrors(title, rest['errors']), next, problem: rest })
  }
  throw new Failure({
    title: `Baton answered with status ${status}.`,
    next: 'Check that BATON_URL is the address of Baton itself, and look into its log.',
  })
}

const errorsSchema = z.array(z.object({ path: z.string(), message: z.string() }))

function withErrors(title: string, errors: unknown): string {
  const known = errorsSchema.safeParse(errors)
  if (!known.success || known.data.length === 0) return title
  return `${title}\n${known.data.map(({ path, message }) => `  ${path}: ${message}`).join('\n')}`
}

function exchange(door: Door, call: Call): Promise<{ status: number; text: string }> {
  const payload = call.body === undefined ? undefined : JSON.stringify(call.body)
  const options: https.RequestOptions = {
    method: call.method,
    path: call.path + searchOf(call.query),
    headers: headersOf(door, call, payload),
    timeout: timeoutMs,
  }
  return new Promise((resolve, reject) => {
    const request = open(door, options)
    request.on('response', (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('error', (error) => reject(unreachable(door, error)))
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString() }),
      )
    })
    request.on('timeout', () => request.destroy(new Error(`no answer within ${timeoutMs / 1000} seconds`)))
    request.on('error', (error) => reject(unreachable(door, error)))
    request.end(payload)
  })
}

function open(door: Door, options: https.RequestOptions): http.ClientRequest {
  if (door.kind === 'socket') return http.request({ ...options, socketPath: door.path })
  const base = new URL(door.url)
  const path = base.pathname.replace(/\/$/, '') + (options.path ?? '')
  return (base.protocol === 'https:' ? https : http).request(base, { ...options, path })
}

function headersOf(door: Door, call: Call, payload: string | undefined): Record<string, string> {
  return {
    accept: 'application/json',
    'accept-language': (process.env['LC_ALL'] ?? process.env['LANG'] ?? 'en').startsWith('zh')
      ? 'zh-CN'
      : 'en',
    ...(door.token === null
      ? { 'baton-operator': operatorName() }
      : { authorization: `Bearer ${door.token}` }),
    ...(call.company === undefined ? {} : { 'baton-company': call.company }),
    ...(call.method === 'GET' ? {} : { 'idempotency-key': randomUUID() }),
    ...(payload === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(payload)) }),
  }
}

/** The user of the operating system, as the ledger names the operator; other characters than a header takes are percent-encoded. */
function operatorName(): string {
  try {
    return encodeURIComponent(userInfo().username).slice(0, 64)
  } catch {
    // A user id without a name, as in many containers.
    return `uid-${process.getuid?.() ?? 'unknown'}`
  }
}

function searchOf(query: Call['query'] = {}): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value))
  return search.size === 0 ? '' : `?${search}`
}

function parse(text: string): unknown {
  if (text === '') return null
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function unreachable(door: Door, error: Error): Failure {
  const where = door.kind === 'address' ? door.url : `the socket ${door.path}`
  return new Failure({
    title: `Baton cannot be reached at ${where}: ${error.message || 'no answer'}.`,
    next:
      door.kind === 'address'
        ? 'Check BATON_URL, and that Baton runs there.'
        : 'Check that Baton runs and that you may use its data folder (BATON_DATA).',
    problem: { code: 'server.unreachable' },
  })
}
