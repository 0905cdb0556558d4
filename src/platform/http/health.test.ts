import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { describe, expect, it } from 'vitest'
import { createLogger } from '../log/logger.ts'
import { addHealth, type HealthParts } from './health.ts'
import { type FinishedRequest, logRequests } from './request-log.ts'

function serverWith(parts: Partial<HealthParts>): FastifyInstance {
  const app = Fastify()
  addHealth(app, {
    askDatabase: async () => {},
    draining: new AbortController().signal,
    metrics: async () => ({ contentType: 'text/plain', text: 'baton_up 1' }),
    metricsFrom: ['127.0.0.1', '10.1.0.0/16', '::1'],
    trustsProxy: false,
    isLocalSocket: false,
    ...parts,
  })
  return app
}

describe('the addresses for operators', () => {
  it('say that the process lives, whatever the database does', async () => {
    const app = serverWith({ askDatabase: () => Promise.reject(new Error('away')) })
    expect((await app.inject('/healthz')).statusCode).toBe(200)
    const ready = await app.inject('/readyz')
    expect(ready.statusCode).toBe(503)
    expect(ready.json()).toEqual({ status: 'not ready', database: 'does not answer', draining: false })
  })

  it('call a database that does not answer in time away, and ask it once for many askers', async () => {
    let asked = 0
    const app = serverWith({
      askDatabase: () => {
        asked += 1
        return new Promise(() => {})
      },
    })
    const answers = await Promise.all([app.inject('/readyz'), app.inject('/readyz'), app.inject('/readyz')])
    expect(answers.map((answer) => answer.statusCode)).toEqual([503, 503, 503])
    expect(asked).toBe(1)
  })

  it('take Baton out of service while it drains', async () => {
    const draining = new AbortController()
    const app = serverWith({ draining: draining.signal })
    expect((await app.inject('/readyz')).statusCode).toBe(200)
    draining.abort()
    expect((await app.inject('/readyz')).json()).toMatchObject({ status: 'not ready', draining: true })
  })

  it.each([
    ['127.0.0.1', {}, 200],
    ['::ffff:127.0.0.1', {}, 200],
    ['10.1.2.3', {}, 200],
    ['10.2.0.1', {}, 403],
    ['::2', {}, 403],
    ['127.0.0.1', { 'x-forwarded-for': '203.0.113.9' }, 403],
  ])('give the figures to %s with %j: %i', async (remoteAddress, headers, status) => {
    const app = serverWith({})
    const answer = await app.inject({ url: '/metrics', remoteAddress, headers })
    expect(answer.statusCode).toBe(status)
    expect(answer.body.includes('baton_up')).toBe(status === 200)
  })
})

describe('the line of a request', () => {
  it('has pattern, status and duration, and nothing of what was asked', async () => {
    const lines: string[] = []
    const finished: FinishedRequest[] = []
    const log = createLogger({ level: 'info', target: { write: (text) => lines.push(text) } })
    const app: FastifyInstance = Fastify({
      loggerInstance: log as FastifyBaseLogger,
      logController: new LogController({ disableRequestLogging: true }),
    })
    logRequests(app, (one) => finished.push(one))
    app.get('/v1/numbers/:numberId', async () => ({}))
    await app.inject({
      url: '/v1/numbers/canary-id?search=canary-name',
      headers: { authorization: 'Bearer canary' },
    })
    await app.inject('/canary?search=canary')
    expect(lines).toHaveLength(2)
    expect(lines.join('')).not.toContain('canary')
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      method: 'GET',
      route: '/v1/numbers/:numberId',
      status: 200,
    })
    expect(finished.map(({ route, status }) => [route, status])).toEqual([
      ['/v1/numbers/:numberId', 200],
      ['none', 404],
    ])
  })
})
