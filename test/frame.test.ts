import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from './world.ts'

describe('an address that does not exist', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
  })
  afterAll(() => world.close())

  it('ALL-3 is a problem with a code and a next step, in the language of the reader', async () => {
    const answer = await world.anonymous.get('/v1/nothing')
    expect(answer.status).toBe(404)
    expect(answer.body).toMatchObject({ code: 'request.no_such_route', next: 'See /docs for all addresses.' })
    const chinese = await world.anonymous.with({ 'accept-language': 'zh-CN' }).get('/v1/nothing')
    const page = await world.anonymous.get(answer.body.type)
    expect(page.body).toContain('id="request.no_such_route"')
    expect(chinese.body.title).toBe('此地址没有内容。')
  })
})
