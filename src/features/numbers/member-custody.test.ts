import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { heldNumber, hire } from '../../../test/builders/numbers.ts'
import { addDepartment } from '../../../test/builders/people.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from '../../../test/builders.ts'
import { type Client, openWorld, type World } from '../../../test/world.ts'

let world: World
let company: TestCompany
let anna: string
let bela: string
let first: { numberId: string; e164: string }
let second: { numberId: string; e164: string }
const readers: Record<string, Client> = {}

beforeAll(async () => {
  world = await openWorld()
  company = await createCompany(world, { policies: { cooldownMinutes: 0 } })
  const { departmentId } = await addDepartment(company)
  anna = await hire(company, 'Anna Alt', { departments: [{ departmentId }] })
  bela = await hire(company, 'Béla Bauer')
  const lead = await hire(company, 'Lena Lead', {
    role: 'lead',
    departments: [{ departmentId, isLead: true }],
  })
  const auditor = await hire(company, 'Aud', { role: 'auditor' })
  first = await heldNumber(company, anna)
  second = await heldNumber(company, anna)
  await give(first.numberId, bela)
  await give(first.numberId, anna)
  const ids = { owner: company.ownerMemberId, anna, bela, lead, auditor }
  for (const [name, memberId] of Object.entries(ids)) readers[name] = await tokenFor(world, company, memberId)
})
afterAll(() => world.close())

async function give(numberId: string, toMemberId: string): Promise<void> {
  bodyOf(await company.owner.post(`/v1/numbers/${numberId}/reassign`, { toMemberId }), 200)
}

function history(memberId: string, reader = 'owner', query = '') {
  const client = readers[reader]
  if (!client) throw new Error(`nobody is ${reader}`)
  return client.get(`/v1/members/${memberId}/custody?${query}`)
}

interface Stretch {
  readonly e164: string
  readonly to: string | null
  readonly cause: string
}

describe("a member's custody", () => {
  it('NUM-12 tells each stretch, newest first: which number, from when to when, and why', async () => {
    const { items, nextCursor } = bodyOf(await history(anna), 200)
    expect(nextCursor).toBeNull()
    expect(items.map(({ e164, to, cause }: Stretch) => [e164, to === null, cause])).toEqual([
      [first.e164, true, 'reassigned'],
      [second.e164, true, 'assigned'],
      [first.e164, false, 'assigned'],
    ])
    expect(items[0]).toMatchObject({ numberId: first.numberId, movedBy: company.ownerMemberId })
  })

  it('comes page by page, each stretch once', async () => {
    const one = bodyOf(await history(anna, 'owner', 'limit=2'), 200)
    const two = bodyOf(await history(anna, 'owner', `limit=2&cursor=${one.nextCursor}`), 200)
    expect([one.items.length, two.items.length, two.nextCursor]).toEqual([2, 1, null])
    expect((await history(anna, 'owner', 'cursor=abc')).body.code).toBe('page.cursor_invalid')
  })

  it.each([
    ['auditor', 200, 200],
    ['lead', 200, 404],
    ['anna', 200, 404],
    ['bela', 404, 200],
  ])('ALL-1 the %s reads only those in their sight', async (reader, ofAnna, ofBela) => {
    expect((await history(anna, reader)).status).toBe(ofAnna)
    expect((await history(bela, reader)).status).toBe(ofBela)
  })

  it('is still there of somebody who has left', async () => {
    const { holdings } = bodyOf(await company.owner.get(`/v1/members/${bela}`), 200)
    for (const { id } of holdings) bodyOf(await company.owner.delete(`/v1/api-tokens/${id}`), 204)
    for (const status of ['leaving', 'left'])
      bodyOf(await company.owner.patch(`/v1/members/${bela}`, { status }), 200)
    const { items } = bodyOf(await history(bela), 200)
    expect(items.map(({ e164, to }: Stretch) => [e164, to === null])).toEqual([[first.e164, false]])
  })
})
