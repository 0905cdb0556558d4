import http from 'node:http'
import type { AddressInfo } from 'node:net'
import Fastify from 'fastify'
import { describe, expect, it } from 'vitest'
import { startTracing } from './tracing.ts'

describe('traces', () => {
  it('reach the collector with the route of a request, as a part of the trace that the caller names', async () => {
    const received: Buffer[] = []
    const collector = http.createServer((request, response) => {
      request.on('data', (part: Buffer) => received.push(part))
      request.on('end', () => response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end())
    })
    await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve))
    const { port } = collector.address() as AddressInfo
    process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = `http://127.0.0.1:${port}`
    const tracing = await startTracing('1.2.3')
    const app = Fastify()
    tracing.traceRequests(app)
    app.get('/v1/numbers/:numberId', async () => ({}))
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
    await app.inject({
      url: '/v1/numbers/canary?search=canary',
      headers: { traceparent: `00-${traceId}-00f067aa0ba902b7-01` },
    })
    await tracing.stop()
    collector.close()
    const sent = Buffer.concat(received)
    expect(sent.includes('GET /v1/numbers/:numberId')).toBe(true)
    expect(sent.includes(Buffer.from(traceId, 'hex'))).toBe(true)
    expect(sent.includes('canary')).toBe(false)
  })
})
