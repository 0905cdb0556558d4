import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addNumber, heldNumber, hire } from '../../../test/builders/numbers.ts'
import { addDepartment } from '../../../test/builders/people.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from '../../../test/builders.ts'
import { type Client, openWorld, type World } from '../../../test/world.ts'

let world: World
let company: TestCompany
let sales: string
let inner: string
const people: Record<string, string> = {}
const clients: Record<string, Client> = {}
/** Whose number it is, by its id. */
const names = new Map<string, string>()

beforeAll(async () => {
  world = await openWorld()
  company = await createCompany(world)
  clients['owner'] = company.owner
  sales = (await addDepartment(company)).departmentId
  inner = (await addDepartment(company, { parentId: sales })).departmentId
  await addPerson('lead', { role: 'lead', departments: [{ departmentId: sales, isLead: true }] })
  await addPerson('clerk', { departments: [{ departmentId: sales }] })
  await addPerson('deep', { departments: [{ departmentId: inner }] })
  await addPerson('stranger', {})
  await addPerson('auditor', { role: 'auditor' })
  for (const holder of ['lead', 'clerk', 'deep', 'stranger']) {
    names.set((await heldNumber(company, idOf(holder))).numberId, holder)
  }
  world.clock.advance({ hours: 1 })
  const at = new Date(world.clock.now().getTime() + 86_400_000).toISOString()
  await move('deep', 'clerk', { at }, 202)
  await move('stranger', 'deep', { returnAt: at }, 200)
  names.set((await addNumber(company)).numberId, 'parked')
})
afterAll(() => world.close())

async function addPerson(name: string, wish: object): Promise<void> {
  people[name] = await hire(company, name, wish)
  clients[name] = await tokenFor(world, company, idOf(name))
}

function idOf(name: string): string {
  return people[name] ?? ''
}

function numberOf(name: string): string {
  return [...names].find(([, holder]) => holder === name)?.[0] ?? ''
}

async function move(from: string, to: string, wish: object, status: number): Promise<void> {
  const order = { toMemberId: idOf(to), ...wish }
  bodyOf(await company.owner.post(`/v1/numbers/${numberOf(from)}/reassign`, order), status)
}

async function ask(reader: string, path: string) {
  const client = clients[reader]
  if (!client) throw new Error(`nobody is ${reader}`)
  return client.get(`/v1/numbers${path}`)
}

/** Whose numbers a list shows, by name, and that a count agrees with it. */
async function seen(reader: string, filter = ''): Promise<string[]> {
  const { items } = bodyOf(await ask(reader, `?${filter}`), 200)
  expect(bodyOf(await ask(reader, `/count?${filter}`), 200)).toEqual({ total: items.length })
  return items.map(({ numberId }: { numberId: string }) => names.get(numberId)).sort()
}

const all = ['clerk', 'deep', 'lead', 'parked', 'stranger']

describe('a list of numbers and its count', () => {
  it.each([
    ['owner', all],
    ['auditor', all],
    ['lead', ['clerk', 'deep', 'lead', 'stranger']],
    ['clerk', ['clerk']],
    // What is lent to somebody is theirs for the time.
    ['deep', ['deep', 'stranger']],
    ['stranger', []],
  ])('ALL-1 show the %s no more than is theirs to see', async (reader, expected) => {
    expect(await seen(reader)).toEqual(expected)
  })

  it('can be of what something waits for: a move, or the return of a loan', async () => {
    expect(await seen('owner', 'waiting=true')).toEqual(['deep', 'stranger'])
    expect(await seen('clerk', 'waiting=true')).toEqual([])
  })

  it('NUM-4 can be of what cools down, and of that no longer than it does', async () => {
    const { numberId } = await addNumber(company)
    names.set(numberId, 'cooling')
    bodyOf(await company.owner.post(`/v1/numbers/${numberId}/assign`, { toMemberId: idOf('auditor') }), 200)
    expect(await seen('owner', 'coolingDown=true')).toContain('cooling')
    expect(await seen('lead', 'coolingDown=true')).not.toContain('cooling')
    bodyOf(await company.owner.post(`/v1/numbers/${numberId}/park`), 200)
    world.clock.advance({ minutes: 29 })
    expect(await seen('owner', 'coolingDown=true')).toContain('cooling')
    world.clock.advance({ minutes: 2 })
    expect(await seen('owner', 'coolingDown=true')).toEqual([])
    names.set(numberId, 'parked')
  })

  it('can be of a department, with those below it', async () => {
    expect(await seen('owner', `departmentId=${sales}`)).toEqual(['clerk', 'deep', 'lead', 'stranger'])
    expect(await seen('owner', `departmentId=${inner}`)).toEqual(['deep', 'stranger'])
    expect(await seen('clerk', `departmentId=${inner}`)).toEqual([])
    expect(await seen('owner', `departmentId=${idOf('clerk')}`)).toEqual([])
  })

  it('combines filters', async () => {
    expect(await seen('owner', `departmentId=${sales}&waiting=true&state=held`)).toEqual(['deep', 'stranger'])
    expect(await seen('owner', `holderId=${idOf('deep')}&waiting=true`)).toEqual(['deep', 'stranger'])
    expect(await seen('owner', 'waiting=true&state=parked')).toEqual([])
  })

  it('can be by how long a number has been where it is, page by page', async () => {
    const order = async (sort: string) => {
      const found: string[] = []
      let cursor = ''
      do {
        const page = bodyOf(await ask('owner', `?limit=2&sort=${sort}${cursor}`), 200)
        found.push(...page.items.map((item: { heldSince: string }) => item.heldSince))
        cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`
      } while (cursor !== '')
      return found
    }
    const since = await order('heldSince')
    expect(since).toHaveLength(names.size)
    expect(since).toEqual([...since].sort())
    expect(await order('-heldSince')).toEqual([...since].reverse())
  })

  it('refuses a filter that says neither yes nor anything', async () => {
    expect((await ask('owner', '/count?waiting=maybe')).body.code).toBe('request.malformed')
  })
})

describe('a selection', () => {
  it('names every number that fits with who holds it, so that they can be moved together', async () => {
    const { items, total } = bodyOf(await ask('owner', `/selection?departmentId=${inner}`), 200)
    expect(total).toBe(2)
    expect(items).toEqual([
      { numberId: numberOf('deep'), e164: expect.stringMatching(/^\+4930/), holderId: idOf('deep') },
      { numberId: numberOf('stranger'), e164: expect.stringMatching(/^\+4930/), holderId: idOf('deep') },
    ])
    const parked = bodyOf(await ask('owner', '/selection?state=parked'), 200)
    expect(parked.items[0].holderId).toBeNull()
  })

  it.each(['lead', 'auditor', 'clerk'])('is not for the %s, who moves nothing', async (reader) => {
    expect(await ask(reader, '/selection')).toMatchObject({
      status: 403,
      body: { code: 'permission.missing' },
    })
  })

  it('of more than 100,000 is refused with what to do: selection.too_many', async () => {
    const large = await createCompany(world)
    await world.tamper(
      `insert into numbers (company_id, number_id, e164, country, type, state, held_from, visible_from, created_at)
       select $1, ('0c000000-0000-7000-8000-' || lpad(i::text, 12, '0'))::uuid, '+4940' || (1000000 + i), 'DE', 'landline',
         case when i = 1 then 'released' else 'parked' end, now(), now(), now() from generate_series(1, 100001) i`,
      [large.companyId],
    )
    expect(bodyOf(await large.owner.get('/v1/numbers/count'), 200)).toEqual({ total: 100_000 })
    expect(bodyOf(await large.owner.get('/v1/numbers/selection'), 200).items).toHaveLength(100_000)
    await world.tamper(`update numbers set state = 'parked' where company_id = $1 and state = 'released'`, [
      large.companyId,
    ])
    const refused = await large.owner.get('/v1/numbers/selection')
    expect(refused).toMatchObject({ status: 422, body: { code: 'selection.too_many' } })
    expect(refused.body.title).toContain('100000')
  }, 60_000)
})
