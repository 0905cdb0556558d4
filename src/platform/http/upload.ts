import type { Socket } from 'node:net'
import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyValidationResult } from 'fastify/types/schema.js'
import { validatorCompiler } from 'fastify-type-provider-zod'
import { Refusal } from '../../kernel/refusal.ts'
import type { RouteContract } from '../../kernel/route.ts'
import type { Upload } from './bind.ts'
import { httpRefusal } from './refusals.ts'

// A stream may take hours, but not a minute of silence.
const silenceMs = 60_000
// Who is refused in the middle gets this long to read the answer before the rest is cut off.
const lingerMs = 5_000

const receiving = new WeakSet<Socket>()

/**
 * Takes bodies that are streams, in a scope of the server for one route, and leaves them unread; where the route takes
 * JSON as well, that is parsed and validated as everywhere.
 */
export function takeStreams(scope: FastifyInstance, contract: Pick<RouteContract, 'streams' | 'body'>): void {
  const { streams = [], body } = contract
  if (body === undefined) scope.removeAllContentTypeParsers()
  // A route of bytes says itself which of them it refuses.
  const types = body === undefined ? '*' : [...streams]
  scope.addContentTypeParser(types, (_request, payload, done) => done(null, payload))
}

/** Lets a body that is a stream pass unvalidated. */
export function validateUnlessStream(route: { schema: object }): FastifyValidationResult {
  const validate = validatorCompiler(route as Parameters<typeof validatorCompiler>[0])
  return (data: unknown) => (data instanceof Readable ? { value: data } : validate(data))
}

/**
 * The streamed body of a request; null when it has none.
 * @throws Refusal `idempotency.not_for_streams`
 */
export function uploadOf(request: FastifyRequest): Upload | null {
  const { body, headers } = request
  if (!(body instanceof Readable)) return null
  beginReceiving(request)
  const mediaType = headers['content-type']?.split(';')[0]?.trim().toLowerCase()
  return { mediaType: mediaType || null, fileName: null, bytes: piecesOf(body) }
}

/** @throws Refusal `idempotency.not_for_streams` */
export function beginReceiving({ headers, raw }: FastifyRequest): void {
  if (headers['idempotency-key'] !== undefined) throw new Refusal(httpRefusal.keyWithStream)
  receiving.add(raw.socket)
  setSilence(raw.socket, silenceMs)
}

/** The pieces of a body. Left early, the stream stays as it is: destroying it would take the connection away before the answer. */
export async function* piecesOf(body: Readable): AsyncGenerator<Buffer> {
  const pieces: AsyncIterator<Buffer> = body.iterator({ destroyOnReturn: false })
  try {
    for (let next = await nextOf(pieces); !next.done; next = await nextOf(pieces)) yield next.value
  } finally {
    await pieces.return?.()
  }
}

async function nextOf(pieces: AsyncIterator<Buffer>): Promise<IteratorResult<Buffer>> {
  try {
    return await pieces.next()
  } catch (cause) {
    throw Object.assign(new Refusal(httpRefusal.cutOff), { cause })
  }
}

/** Ends the receiving of a streamed body, also where the service did not want all of it. */
export function endUpload({ raw }: FastifyRequest, reply: FastifyReply): void {
  const { socket } = raw
  receiving.delete(socket)
  raw.unpipe()
  if (raw.readableEnded || raw.destroyed) return void setSilence(socket, 0)
  raw.resume()
  reply.raw.once('finish', () => {
    const late = setTimeout(() => raw.readableEnded || socket.destroy?.(), lingerMs)
    raw.once('end', () => clearTimeout(late))
  })
}

/** Keeps the server's limit on the time of a whole request from ending a stream that goes on. */
export function spareUploads({ server }: FastifyInstance): void {
  const answers = server.listeners('clientError')
  server.removeAllListeners('clientError')
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT' && receiving.has(socket)) return
    for (const answer of answers) answer.call(server, error, socket)
  })
}

// A request that a test injects has a socket without time.
function setSilence(socket: Socket, ms: number): void {
  socket.setTimeout?.(ms)
}
