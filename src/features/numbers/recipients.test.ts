import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { heldNumber, hire } from '../../../test/builders/numbers.ts'
import { addDepartment } from '../../../test/builders/people.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from '../../../test/builders.ts'
import { type Answer, type Client, openWorld, type World } from '../../../test/world.ts'

let world: World
let company: TestCompany
let lead: Client
let numberId: string
const people: Record<string, string> = {}

beforeAll(async () => {
  world = await openWorld()
  company = await createCompany(world, { policies: { cooldownMinutes: 0 } })
  const { departmentId } = await addDepartment(company, { name: 'Sales' })
  const departments = [{ departmentId }]
  await addPerson('Lena Lead', { role: 'lead', departments: [{ departmentId, isLead: true }] })
  await addPerson('张伟', { staffCode: 'ZW-7', alias: 'Wei', title: 'Clerk', departments })
  await addPerson('Full Frida', { departments })
  await addPerson('Bela')
  await addPerson('Susi Suspended')
  await addPerson('Left Ludo')
  lead = await tokenFor(world, company, idOf('Lena Lead'))
  ;({ numberId } = await heldNumber(company, idOf('张伟')))
  for (let held = 0; held < 4; held++) await heldNumber(company, idOf('Full Frida'))
  const coming = await heldNumber(company, idOf('Bela'))
  const at = new Date(world.clock.now().getTime() + 3_600_000).toISOString()
  bodyOf(await order(coming.numberId, 'Full Frida', { at }), 202)
  for (const [name, status] of [
    ['Susi Suspended', 'suspended'],
    ['Left Ludo', 'leaving'],
    ['Left Ludo', 'left'],
  ] as const)
    bodyOf(await company.owner.patch(`/v1/members/${idOf(name)}`, { status, reason: 'x' }), 200)
})
afterAll(() => world.close())

async function addPerson(name: string, wish: object = {}): Promise<void> {
  people[name] = await hire(company, name, wish)
}

function idOf(name: string): string {
  return people[name] ?? ''
}

function order(ofNumber: string, to: string, wish: object = {}): Promise<Answer> {
  return company.owner.post(`/v1/numbers/${ofNumber}/reassign`, { toMemberId: idOf(to), ...wish })
}

async function list(query = '', by = company.owner): Promise<Answer['body'][]> {
  return bodyOf(await by.get(`/v1/recipients?${query}`), 200).items
}

async function codes(query = '', by = company.owner): Promise<Record<string, string | null>> {
  const items = await list(query, by)
  return Object.fromEntries(items.map(({ name, refusal }) => [name, refusal?.code ?? null]))
}

describe('to whom a number can be given', () => {
  it('NUM-3 is everybody who is active and has room; the others are listed with why not', async () => {
    expect(await codes(`numberId=${numberId}`)).toEqual({
      Bela: null,
      'Full Frida': 'recipient.at_cap',
      'Lena Lead': null,
      'Olivia Owner': null,
      'Susi Suspended': 'recipient.not_active',
      张伟: 'number.already_theirs',
    })
  })

  it('says what the move itself would say', async () => {
    for (const { memberId, refusal } of await list(`numberId=${numberId}`)) {
      const toMemberId = memberId
      const answer = await company.owner.post(`/v1/numbers/${numberId}/reassign`, {
        toMemberId,
        dryRun: true,
      })
      expect(answer.body.code ?? null).toBe(refusal?.code ?? null)
      if (refusal) expect(refusal).toMatchObject({ title: answer.body.title, next: answer.body.next })
    }
  })

  it('shows what counts against the cap: numbers held, and moves to come', async () => {
    const [frida] = await list('search=frida')
    expect(frida).toMatchObject({ held: 4, incoming: 1, cap: 5, departments: ['Sales'], status: 'active' })
    const [wei] = await list('search=zw')
    expect(wei).toMatchObject({ alias: 'Wei', staffCode: 'ZW-7', title: 'Clerk', held: 1, incoming: 0 })
  })

  it('does not count what already waits for the same number against the one it waits for', async () => {
    const [coming] = bodyOf(await company.owner.get('/v1/scheduled-moves'), 200).items
    const [frida] = await list(`search=frida&numberId=${coming.numberId}`)
    expect(frida).toMatchObject({ held: 4, incoming: 0, refusal: null })
  })

  it('NUM-11 is the lender of a lent number also at the cap, since the place was kept', async () => {
    const lent = bodyOf(await company.owner.get(`/v1/numbers?holderId=${idOf('Full Frida')}`), 200).items[0]
    const returnAt = new Date(world.clock.now().getTime() + 7_200_000).toISOString()
    bodyOf(await order(lent.numberId, 'Lena Lead', { returnAt }), 200)
    const another = await heldNumber(company, idOf('Bela'))
    expect(await codes(`search=frida&numberId=${another.numberId}`)).toEqual({
      'Full Frida': 'recipient.at_cap',
    })
    expect(await codes(`search=frida&numberId=${lent.numberId}`)).toEqual({ 'Full Frida': null })
  })

  it.each(['zhang', 'zw', 'zhangwei', '伟', 'ZW-7', 'wei'])('is found by "%s"', async (search) => {
    expect((await list(`search=${encodeURIComponent(search)}`)).map(({ name }) => name)).toEqual(['张伟'])
  })

  it('is told in the language of the reader', async () => {
    const [frida] = await list('search=frida', company.owner.with({ 'accept-language': 'zh-CN' }))
    expect(frida.refusal.title).toMatch(/上限/)
  })

  it('comes page by page, by name', async () => {
    const seen: string[] = []
    let cursor = ''
    do {
      const page = bodyOf(await company.owner.get(`/v1/recipients?limit=2${cursor}`), 200)
      seen.push(...page.items.map(({ name }: { name: string }) => name))
      cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`
    } while (cursor !== '')
    expect(seen).toHaveLength(6)
    expect(new Set(seen).size).toBe(6)
  })
})

describe('whom a lead may propose', () => {
  it('NUM-2 is a member of the own departments, and nobody else is shown', async () => {
    expect(await codes('', lead)).toEqual({ 'Full Frida': 'recipient.at_cap', 'Lena Lead': null, 张伟: null })
    expect(await codes(`numberId=${numberId}`, lead)).toMatchObject({ 张伟: 'number.already_theirs' })
  })

  it('ALL-1 never is for a number outside of them', async () => {
    const { numberId: other } = await heldNumber(company, company.ownerMemberId)
    expect(await lead.get(`/v1/recipients?numberId=${other}`)).toMatchObject({ status: 404 })
  })

  it('NUM-2 is nobody for a lead without a department', async () => {
    const idle = await hire(company, 'Idle Ida', { role: 'lead' })
    expect(await codes('', await tokenFor(world, company, idle))).toEqual({
      'Idle Ida': 'request.outside_departments',
    })
  })

  it.each(['auditor', 'member'])('is not for the role %s to ask', async (role) => {
    const by = await tokenFor(world, company, await hire(company, `The ${role}`, { role }))
    expect(await by.get('/v1/recipients')).toMatchObject({
      status: 403,
      body: { code: 'permission.missing' },
    })
  })
})
