import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../src/app.ts'
import { UnknownOutcome } from '../src/platform/db/database.ts'
import { refusalOf } from '../src/platform/http/problem.ts'
import { openWorld, type World } from './world.ts'

describe('the frame around every route', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
  })
  afterAll(() => world.close())

  it('ALL-3 answers an unknown address with a problem that has a code and a next step, in the language of the reader', async () => {
    const answer = await world.anonymous.get('/v1/nothing')
    expect(answer.status).toBe(404)
    expect(answer.body).toMatchObject({ code: 'request.no_such_route', next: 'See /docs for all addresses.' })
    const chinese = await world.anonymous.with({ 'accept-language': 'zh-CN' }).get('/v1/nothing')
    const page = await world.anonymous.get(answer.body.type)
    expect(page.body).toContain('id="request.no_such_route"')
    expect(chinese.body.title).toBe('此地址没有内容。')
  })

  it('ALL-3 request.too_large: more than 1 MiB is not read', async () => {
    const answer = await world.operator.post('/v1/companies', { companyName: 'x'.repeat(1_100_000) })
    expect([answer.status, answer.body.code]).toEqual([413, 'request.too_large'])
  })

  it('ALL-3 request.media_type: only JSON is taken', async () => {
    const answer = await world.app.http.inject({
      method: 'POST',
      url: '/v1/setup',
      headers: { 'content-type': 'application/xml' },
      payload: '<company/>',
    })
    expect([answer.statusCode, answer.json().code]).toEqual([415, 'request.media_type'])
  })

  it('ALL-3 request.too_many: above the limit a caller is told how long to wait', async () => {
    const limited = await createApp({ ...world.parts, requestsPerMinute: 2 })
    const ask = () => limited.http.inject({ method: 'GET', url: '/v1/me' })
    const answers = [await ask(), await ask(), await ask()]
    expect(answers.map((answer) => answer.statusCode)).toEqual([401, 401, 429])
    expect(answers[2]?.json()).toMatchObject({
      code: 'request.too_many',
      next: expect.stringMatching(/Wait \d+ seconds/),
    })
    expect(Number(answers[2]?.headers['retry-after'])).toBeGreaterThan(0)
    await limited.http.close()
    await limited.localHttp.close()
  })

  it('ALL-3 database.outcome_unknown: a commit that was cut off is not called undone', () => {
    const refusal = refusalOf(new UnknownOutcome(new Error('Connection terminated unexpectedly')))
    expect([refusal?.code, refusal?.rule.status]).toEqual(['database.outcome_unknown', 503])
  })

  it.each([
    ['53100', 'database.no_space'],
    ['ENOSPC', 'database.no_space'],
    ['57P01', 'database.unavailable'],
    ['40P01', 'request.collided'],
    ['ECONNREFUSED', 'database.unavailable'],
  ])('ALL-3 a database that fails with %s is answered with %s: nothing was changed', (code, expected) => {
    const refusal = refusalOf(Object.assign(new Error('failed'), { code }))
    expect([refusal?.code, refusal?.rule.status]).toEqual([expected, 503])
  })
})
