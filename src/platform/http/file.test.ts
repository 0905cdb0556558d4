import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import Fastify from 'fastify'
import { describe, expect, it } from 'vitest'
import { StreamReply } from './bind.ts'
import { sendFile } from './file.ts'

const pieces = 1_000

async function askedBy(method: 'GET' | 'HEAD') {
  const made = { pieces: 0 }
  async function* bytes() {
    for (; made.pieces < pieces; made.pieces += 1) yield 'x'.repeat(1_000)
  }
  const app = Fastify()
  app.get('/file', (request, reply) => {
    const headers = { 'content-length': String(pieces * 1_000), 'accept-ranges': 'bytes' }
    const body = Readable.from(bytes(), { objectMode: false })
    return sendFile(request, reply, new StreamReply({ contentType: 'audio/mpeg', headers, body }))
  })
  const answer = await app.inject({ method, url: '/file' })
  await sleep(50)
  await app.close()
  return { made: made.pieces, answer }
}

describe('a download', () => {
  it('has all of its bytes', async () => {
    const { made, answer } = await askedBy('GET')
    expect([made, answer.rawPayload.length]).toEqual([pieces, 1_000_000])
  })

  it('that only its head is asked of is not read', async () => {
    const { made, answer } = await askedBy('HEAD')
    expect([made, answer.rawPayload.length]).toEqual([0, 0])
    expect(answer.statusCode).toBe(200)
    expect(answer.headers).toMatchObject({
      'content-type': 'audio/mpeg',
      'content-length': '1000000',
      'accept-ranges': 'bytes',
    })
  })
})
