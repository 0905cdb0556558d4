import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { StreamReply } from './bind.ts'

/** Answers with a download; to HEAD with what its head says, without a byte being read for it. */
export function sendFile({ method }: FastifyRequest, reply: FastifyReply, file: StreamReply): FastifyReply {
  reply.status(file.status).headers(file.headers).type(file.contentType)
  if (method !== 'HEAD') return reply.send(file.body)
  file.body.destroy()
  return reply.send(Readable.from([]))
}
