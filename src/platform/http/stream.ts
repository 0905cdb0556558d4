import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { RouteContract, RouteInput } from '../../kernel/route.ts'
import type { Open, ServerSentEvent, StreamContext } from './bind.ts'

export interface StreamExchange {
  readonly run: (context: StreamContext, input: RouteInput<RouteContract>) => AsyncIterable<ServerSentEvent>
  readonly open: Open
  readonly input: RouteInput<RouteContract>
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly draining: AbortSignal
}

/** Serves a live stream; who is calling is settled before the first byte, so that a refusal is still a problem. */
export async function streamEvents(exchange: StreamExchange): Promise<FastifyReply> {
  const { request, reply, open, input } = exchange
  const caller = await open(async (tx) => tx.caller)
  const left = new AbortController()
  request.raw.once('close', () => left.abort())
  reply.raw.once('close', () => left.abort())
  const signal = AbortSignal.any([left.signal, exchange.draining])
  const lastEventId = request.headers['last-event-id']
  const context: StreamContext = {
    caller,
    open,
    signal,
    lastEventId: typeof lastEventId === 'string' ? lastEventId : null,
  }
  const events = exchange.run(context, input)[Symbol.asyncIterator]()
  // The first event is waited for: what the stream refuses at once is still a problem with its status.
  const first = await events.next()
  return reply
    .headers({ 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' })
    .send(Readable.from(encode(first, events), { objectMode: false }))
}

async function* encode(
  first: IteratorResult<ServerSentEvent>,
  events: AsyncIterator<ServerSentEvent>,
): AsyncGenerator<string> {
  try {
    for (let next = first; !next.done; next = await events.next()) {
      const { id, event, data } = next.value
      yield `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
    }
  } finally {
    await events.return?.()
  }
}
