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

/** A body that is sent as it comes. */
export interface Upload {
  readonly contentType: string
  readonly bytes: AsyncIterable<Buffer>
}

/**
 * Sends one call to the API.
 * @throws Failure with the API's own words when it refuses, or when it cannot be reached
 */
export async function sendCall(door: Door, call: Call): Promise<Answer> {
  const payload = call.body === undefined ? undefined : JSON.stringify(call.body)
  const request = open(door, call, {
    ...(call.method === 'GET' ? {} : { 'idempotency-key': randomUUID() }),
    ...(payload === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(payload)) }),
  })
  const responded = responseTo(request, door)
  request.end(payload)
  return readAnswer(await responded, door)
}

/**
 * Sends a stream to the API. What it refuses in the middle, it answers at once: the rest is not sent.
 * @throws Failure as `sendCall` does, and whatever reading the bytes throws
 */
export async function sendStream(door: Door, call: Call, upload: Upload): Promise<Answer> {
  const request = open(door, call, { 'content-type': upload.contentType })
  let isAnswered = false
  const answered = responseTo(request, door).then((response) => {
    isAnswered = true
    return readAnswer(response, door)
  })
  // Looked at when the stream has ended; until then a failure must not count as unhandled.
  const settled = answered.then(
    () => {},
    () => {},
  )
  try {
    for await (const piece of upload.bytes) {
      if (isAnswered || request.destroyed) break
      if (!request.write(piece)) await Promise.race([settled, onceDrained(request)])
    }
  } catch (error) {
    request.destroy()
    throw error
  }
  request.end()
  return answered
}

function onceDrained(request: http.ClientRequest): Promise<void> {
  return new Promise((resolve) => request.once('drain', resolve))
}

/**
 * Asks for a stream of bytes, which throws when the connection breaks off before its end.
 * @throws Failure as `sendCall` does
 */
export async function receiveStream(door: Door, call: Call): Promise<AsyncIterable<Buffer>> {
  const request = open(door, call, {})
  const responded = responseTo(request, door)
  request.end()
  const response = await responded
  if ((response.statusCode ?? 0) < 400) return response
  await readAnswer(response, door)
  throw new Error('an answer with a status of failure that is none')
}

async function readAnswer(response: http.IncomingMessage, door: Door): Promise<Answer> {
  const status = response.statusCode ?? 0
  const body = parse(await textOf(response, door))
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

function responseTo(request: http.ClientRequest, door: Door): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.on('response', resolve)
    request.on('timeout', () => request.destroy(new Error(`no answer within ${timeoutMs / 1000} seconds`)))
    request.on('error', (error) => reject(unreachable(door, error)))
  })
}

async function textOf(response: http.IncomingMessage, door: Door): Promise<string> {
  try {
    const parts: Buffer[] = []
    for await (const part of response as AsyncIterable<Buffer>) parts.push(part)
    return Buffer.concat(parts).toString()
  } catch (error) {
    throw unreachable(door, error instanceof Error ? error : new Error(String(error)))
  }
}

function open(door: Door, call: Call, headers: Record<string, string>): http.ClientRequest {
  const options: https.RequestOptions = {
    method: call.method,
    path: call.path + searchOf(call.query),
    headers: { ...headersOf(door, call), ...headers },
    timeout: timeoutMs,
  }
  if (door.kind === 'socket') return http.request({ ...options, socketPath: door.path })
  const base = new URL(door.url)
  const path = base.pathname.replace(/\/$/, '') + (options.path ?? '')
  return (base.protocol === 'https:' ? https : http).request(base, { ...options, path })
}

function headersOf(door: Door, call: Call): Record<string, string> {
  return {
    accept: 'application/json',
    'accept-language': (process.env['LC_ALL'] ?? process.env['LANG'] ?? 'en').startsWith('zh')
      ? 'zh-CN'
      : 'en',
    ...(door.token === null
      ? { 'baton-operator': operatorName() }
      : { authorization: `Bearer ${door.token}` }),
    ...(call.company === undefined ? {} : { 'baton-company': call.company }),
  }
}

/** The user of the operating system, as the ledger names the operator; other characters than a header takes are percent-encoded. */
export function operatorName(): string {
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
