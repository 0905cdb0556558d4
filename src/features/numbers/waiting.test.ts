import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addNumber, heldNumber, hire } from '../../../test/builders/numbers.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from '../../../test/builders.ts'
import { openWorld, type World } from '../../../test/world.ts'

let world: World
let company: TestCompany
let bela: string

beforeAll(async () => {
  world = await openWorld()
  company = await createCompany(world, { tier: 'max', policies: { cooldownMinutes: 0 } })
  bela = await hire(company, 'Béla Bauer')
  await waits('+4930777001', inDays(400_000))
  await waits('+8613800138000')
  await waits('+4930777002', inDays(2))
  await waits('+4930777003', inDays(1))
  await done()
})
afterAll(() => world.close())

function inDays(days: number): string {
  return new Date(world.clock.now().getTime() + days * 86_400_000).toISOString()
}

async function waits(number: string, at?: string): Promise<void> {
  const { numberId } = await addNumber(company, number)
  const order = { toMemberId: bela, ...(at === undefined ? {} : { at }) }
  bodyOf(await company.owner.post(`/v1/numbers/${numberId}/assign`, order), 202)
}

/** A move that waited and was cancelled since. */
async function done(): Promise<void> {
  const { numberId } = await heldNumber(company, company.ownerMemberId)
  const order = { toMemberId: bela, at: inDays(1) }
  const { move } = bodyOf(await company.owner.post(`/v1/numbers/${numberId}/reassign`, order), 202)
  bodyOf(await company.owner.delete(`/v1/scheduled-moves/${move.moveId}`), 200)
}

describe('what waits', () => {
  it('NUM-16 is shown together whatever it waits for, what is due first ahead, page by page', async () => {
    const seen: string[] = []
    let cursor = ''
    do {
      const url = `/v1/scheduled-moves?state=waiting&limit=1${cursor}`
      const page = bodyOf(await company.owner.get(url), 200)
      seen.push(...page.items.map(({ e164, waitsFor }: Record<string, string>) => `${e164} ${waitsFor}`))
      cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`
    } while (cursor !== '')
    expect(seen).toEqual(['+8613800138000 check', '+4930777003 time', '+4930777002 time', '+4930777001 time'])
  })

  it('can be of one number, and is only what the reader may see', async () => {
    const { items } = bodyOf(await company.owner.get('/v1/scheduled-moves?state=waiting&limit=1'), 200)
    const ofOne = `/v1/scheduled-moves?state=waiting&numberId=${items[0].numberId}`
    expect(bodyOf(await company.owner.get(ofOne), 200).items).toHaveLength(1)
    const lead = await tokenFor(world, company, await hire(company, 'Lena', { role: 'lead' }))
    expect(bodyOf(await lead.get('/v1/scheduled-moves?state=waiting'), 200).items).toEqual([])
  })

  it('goes on with its own cursor only', async () => {
    const { nextCursor } = bodyOf(await company.owner.get('/v1/scheduled-moves?limit=1'), 200)
    const refused = await company.owner.get(`/v1/scheduled-moves?state=waiting&cursor=${nextCursor}`)
    expect(refused.body.code).toBe('page.cursor_invalid')
  })
})
