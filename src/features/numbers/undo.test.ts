import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { heldNumber, hire } from '../../../test/builders/numbers.ts'
import { bodyOf, createCompany, type TestCompany } from '../../../test/builders.ts'
import { openWorld, type World } from '../../../test/world.ts'

let world: World
let company: TestCompany
let anna: string
let bela: string
let numberId: string

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  company = await createCompany(world)
  anna = await hire(company, 'Anna Alt')
  bela = await hire(company, 'Béla Bauer')
  numberId = (await heldNumber(company, anna)).numberId
  world.clock.advance({ hours: 1 })
})

function undo(version: number) {
  return company.owner.with({ 'if-match': `"${version}"` }).post(`/v1/numbers/${numberId}/undo`, {})
}

describe('NUM-9 an undo of the move that was seen', () => {
  it.each<[string, string, object]>([
    ['a move', 'reassign', {}],
    ['a loan', 'reassign', { returnAt: '2031-05-01T09:00:00Z' }],
    ['a move with a deletion to come', 'reassign', { history: 'delete', reason: 'because' }],
    ['a parking', 'park', {}],
  ])('takes back %s with the version that its answer named', async (_, act, wish) => {
    const body = act === 'park' ? wish : { toMemberId: bela, ...wish }
    const answer = bodyOf(await company.owner.post(`/v1/numbers/${numberId}/${act}`, body), 200)
    await world.runDueWork()
    const { version } = answer.number ?? answer
    expect(bodyOf(await undo(version), 200).holder).toMatchObject({ memberId: anna })
  })

  it('takes back no other that somebody made since: version.changed', async () => {
    const parked = bodyOf(await company.owner.post(`/v1/numbers/${numberId}/park`, {}), 200)
    bodyOf(await company.owner.post(`/v1/numbers/${numberId}/assign`, { toMemberId: bela }), 200)
    expect(await undo(parked.version)).toMatchObject({ status: 412, body: { code: 'version.changed' } })
    const { holder } = bodyOf(await company.owner.get(`/v1/numbers/${numberId}`), 200)
    expect(holder).toMatchObject({ memberId: bela })
  })
})
