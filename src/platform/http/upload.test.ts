import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Refusal } from '../../kernel/refusal.ts'
import { endUpload, spareUploads, takeStreams, uploadOf } from './upload.ts'

const requestTimeout = 300
const contract = { streams: ['application/octet-stream'] }

let app: FastifyInstance
let port: number
let lastError: unknown
beforeAll(async () => {
  app = Fastify({
    requestTimeout,
    http: { connectionsCheckingInterval: 50, headersTimeout: requestTimeout },
  }) as unknown as FastifyInstance
  spareUploads(app)
  app.post('/body', (request) => ({ body: request.body }))
  await app.register((scope, _options, done) => {
    takeStreams(scope, contract)
    scope.post('/stream', async (request, reply) => {
      const upload = uploadOf(request)
      let byteCount = 0
      try {
        for await (const piece of upload?.bytes ?? []) {
          byteCount += piece.length
          if (byteCount > 50_000) throw new Error('enough')
        }
      } catch (error) {
        lastError = error
        reply.status(413)
      } finally {
        if (upload) endUpload(request, reply)
      }
      return { byteCount, mediaType: upload?.mediaType }
    })
    done()
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const address = app.server.address()
  port = typeof address === 'object' ? (address?.port ?? 0) : 0
})
afterAll(() => app.close())

function head(path: string, length: number, type = 'application/json'): string {
  return `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: ${type}\r\nContent-Length: ${length}\r\n\r\n`
}

/** Sends pieces one after another with a pause between them; resolves to all that came back within the time. */
async function talk(
  pieces: readonly (string | Buffer)[],
  { pauseMs = 100, waitMs = 500 } = {},
): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let answer = ''
  socket.on('data', (data) => {
    answer += data.toString()
  })
  socket.on('error', () => {})
  await once(socket, 'connect')
  for (const piece of pieces) {
    socket.write(piece)
    await sleep(pauseMs)
  }
  await sleep(waitMs)
  socket.destroy()
  return answer
}

describe('a streamed body', () => {
  it('may take longer than a request may otherwise', async () => {
    const pieces = Array.from({ length: 12 }, () => 'x'.repeat(10))
    const slow = await talk([head('/stream', 120, 'Audio/MPEG; rate=8000'), ...pieces])
    expect(slow).toContain('{"byteCount":120,"mediaType":"audio/mpeg"}')
    expect(await talk([head('/body', 120), ...pieces])).toMatch(/^HTTP\/1.1 408 /)
  })

  it('that is refused in the middle is answered, and the connection serves the next request', async () => {
    const rest = Buffer.alloc(400_000)
    const next = `${head('/body', 2)}{}`
    const answers = await talk([head('/stream', 500_000, 'a/b'), Buffer.alloc(100_000), rest, next], {
      pauseMs: 50,
    })
    expect(answers).toMatch(/^HTTP\/1.1 413 .*HTTP\/1.1 200 /s)
  })

  it('that breaks off is told apart: request.cut_off', async () => {
    lastError = undefined
    await talk([head('/stream', 5_000, 'a/b'), 'begun'], { waitMs: 100 })
    for (let wait = 0; wait < 50 && lastError === undefined; wait++) await sleep(20)
    expect(lastError).toBeInstanceOf(Refusal)
    expect((lastError as Refusal).code).toBe('request.cut_off')
  })

  it('without a type or without bytes is a stream all the same, or none', async () => {
    const bare = 'POST /stream HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc'
    expect(await talk([bare])).toContain('{"byteCount":3,"mediaType":null}')
    expect(await talk(['POST /stream HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n'])).toContain(
      '{"byteCount":0}',
    )
  })
})
