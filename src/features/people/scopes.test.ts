import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDepartment, addMember } from '../../../test/builders/people.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from '../../../test/builders.ts'
import { type Client, openWorld, type World } from '../../../test/world.ts'

let world: World
let company: TestCompany
let sales: string
let inner: string
const members: Record<string, string> = {}
const clients: Record<string, Client> = {}

beforeAll(async () => {
  world = await openWorld()
  company = await createCompany(world)
  sales = (await addDepartment(company)).departmentId
  inner = (await addDepartment(company, { parentId: sales })).departmentId
  const other = (await addDepartment(company)).departmentId
  await addPerson('lead', { role: 'lead', departments: [{ departmentId: sales, isLead: true }] })
  await addPerson('idle', { role: 'lead', departments: [{ departmentId: other, isLead: false }] })
  await addPerson('clerk', { departments: [{ departmentId: sales }] })
  await addPerson('deep', { departments: [{ departmentId: inner }] })
  await addPerson('stranger', { departments: [{ departmentId: other }] })
  await addPerson('auditor', { role: 'auditor' })
  await addPerson('admin', { role: 'admin' })
})
afterAll(() => world.close())

async function addPerson(name: string, wish: object): Promise<void> {
  const contacts = { mobile: '13800001234', email: `${name}@example.com` }
  const { memberId } = await addMember(company, { name, ...contacts, ...wish })
  members[name] = memberId
  clients[name] = await tokenFor(world, company, memberId)
}

async function seenBy(name: string, query = ''): Promise<string[]> {
  const page = bodyOf((await clients[name]?.get(`/v1/members?sort=createdAt${query}`)) ?? never(), 200)
  return page.items.map((item: { name: string }) => item.name)
}

function never(): never {
  throw new Error('no such person')
}

const everyone = ['Olivia Owner', 'lead', 'idle', 'clerk', 'deep', 'stranger', 'auditor', 'admin']

describe('who sees whom', () => {
  it.each<[string, string[]]>([
    ['admin', everyone],
    ['auditor', everyone],
    ['lead', ['lead', 'clerk', 'deep']],
    ['idle', ['idle']],
    ['clerk', ['clerk']],
  ])('ALL-1 %s sees %j in the list', async (name, seen) => {
    expect(await seenBy(name)).toEqual(seen)
  })

  it.each([
    ['admin', 'stranger', 200],
    ['auditor', 'stranger', 200],
    ['lead', 'lead', 200],
    ['lead', 'clerk', 200],
    ['lead', 'deep', 200],
    ['lead', 'stranger', 404],
    ['idle', 'stranger', 404],
    ['clerk', 'clerk', 200],
    ['clerk', 'lead', 404],
  ])('ALL-1 %s opening %s is answered %i', async (reader, name, status) => {
    const answer = await clients[reader]?.get(`/v1/members/${members[name]}`)
    expect(answer?.status).toBe(status)
  })

  it('ALL-1 nobody sees another company’s member: 404, as if there were none', async () => {
    const other = await createCompany(world)
    const foreign = await addMember(other)
    for (const client of [company.owner, company.operator]) {
      const url = `/v1/members/${foreign.memberId}`
      expect((await client.get(url)).status).toBe(404)
      expect((await client.patch(url, { title: 'Mine' })).status).toBe(404)
      expect((await client.delete(url)).status).toBe(404)
    }
    expect((await other.owner.get(`/v1/members/${members['clerk']}`)).status).toBe(404)
  })

  it('filters do not widen what is seen', async () => {
    expect(await seenBy('lead', '&search=stranger')).toEqual([])
    expect(await seenBy('clerk', `&departmentId=${sales}&includeSubdepartments=true`)).toEqual(['clerk'])
    expect(await seenBy('lead', `&departmentId=${sales}`)).toEqual(['lead', 'clerk'])
    expect(await seenBy('lead', `&departmentId=${sales}&includeSubdepartments=true`)).toEqual([
      'lead',
      'clerk',
      'deep',
    ])
  })
})

describe('contacts', () => {
  it.each([
    ['admin', 'clerk', '+8613800001234', 'clerk@example.com'],
    ['clerk', 'clerk', '+8613800001234', 'clerk@example.com'],
    ['lead', 'lead', '+8613800001234', 'lead@example.com'],
    ['lead', 'clerk', '+86138****1234', 'c***@example.com'],
    ['auditor', 'clerk', '+86138****1234', 'c***@example.com'],
  ])('that %s sees of %s are %s and %s', async (reader, name, mobile, email) => {
    const one = await clients[reader]?.get(`/v1/members/${members[name]}`)
    expect(one?.body).toMatchObject({ mobile, email, contactMasked: mobile.includes('*') })
    const list = await clients[reader]?.get('/v1/members?limit=200')
    expect(list?.body.items.find((item: { name: string }) => item.name === name)).toMatchObject({
      mobile,
      email,
    })
  })

  it('that are masked are not found out by searching either', async () => {
    expect(await seenBy('lead', '&search=1234')).toEqual(['lead', 'clerk', 'deep'])
    expect(await seenBy('lead', '&search=01234')).toEqual([])
    expect(await seenBy('auditor', '&search=clerk@example')).toEqual([])
    expect(await seenBy('admin', '&search=clerk@example')).toEqual(['clerk'])
  })
})
