import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { tellHolders } from '../../../test/builders/notices.ts'
import { heldNumber, hire } from '../../../test/builders/numbers.ts'
import { ledgerOf } from '../../../test/builders/people.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from '../../../test/builders.ts'
import { type Answer, type Client, openWorld, type World } from '../../../test/world.ts'

let world: World
let company: TestCompany
let annasClient: Client
let belasClient: Client
let anna: string
let bela: string

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  company = await createCompany(world, { policies: { cooldownMinutes: 0 } })
  anna = await hire(company, 'Anna Alt')
  bela = await hire(company, 'Béla Bauer')
  annasClient = await tokenFor(world, company, anna)
  belasClient = await tokenFor(world, company, bela)
})

async function noticesOf(client: Client, query = ''): Promise<Answer['body'][]> {
  return bodyOf(await client.get(`/v1/notices${query}`), 200).items
}

describe('notices', () => {
  it('NUM-16 both holders are told of every move, once, also of one that the sweeper makes', async () => {
    const { numberId, e164 } = await heldNumber(company, anna)
    const returnAt = new Date(world.clock.now().getTime() + 3_600_000).toISOString()
    bodyOf(await company.owner.post(`/v1/numbers/${numberId}/reassign`, { toMemberId: bela, returnAt }), 200)
    world.clock.advance({ hours: 2 })
    await world.runDueWork()
    await tellHolders(world)
    await tellHolders(world)
    const told = (list: Answer['body'][]) => list.map(({ kind, cause }) => [kind, cause])
    expect(told(await noticesOf(annasClient))).toEqual([
      ['number.came_to_you', 'returned'],
      ['number.left_you', 'lent'],
      ['number.came_to_you', 'assigned'],
    ])
    const belas = await noticesOf(belasClient)
    expect(told(belas)).toEqual([
      ['number.left_you', 'returned'],
      ['number.came_to_you', 'lent'],
    ])
    expect(belas[0]).toMatchObject({ numberId, e164, readAt: null })
    expect(await noticesOf(company.owner)).toEqual([])
  })

  it('are read one by one, by whom they are for', async () => {
    await heldNumber(company, anna)
    await heldNumber(company, anna)
    await tellHolders(world)
    const [newest, oldest] = await noticesOf(annasClient)
    expect((await belasClient.post(`/v1/notices/${newest.noticeId}/read`)).status).toBe(404)
    const read = bodyOf(await annasClient.post(`/v1/notices/${newest.noticeId}/read`), 200)
    expect(read.readAt).not.toBeNull()
    const again = bodyOf(await annasClient.post(`/v1/notices/${newest.noticeId}/read`), 200)
    expect(again.readAt).toBe(read.readAt)
    expect(await noticesOf(annasClient, '?unread=true')).toEqual([oldest])
    expect(await ledgerOf(company, newest.noticeId)).toEqual(['notice.read', 'notice.read'])
  })

  it('are paged newest first', async () => {
    for (let count = 0; count < 3; count++) await heldNumber(company, anna)
    await tellHolders(world)
    const all = await noticesOf(annasClient)
    const first = bodyOf(await annasClient.get('/v1/notices?limit=2'), 200)
    const second = bodyOf(await annasClient.get(`/v1/notices?limit=2&cursor=${first.nextCursor}`), 200)
    expect([...first.items, ...second.items]).toEqual(all)
    expect(second.nextCursor).toBeNull()
    expect((await annasClient.get('/v1/notices?cursor=x')).body.code).toBe('page.cursor_invalid')
  })
})
