import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contract } from '../src/contract.ts'
import { roles } from '../src/kernel/permission.ts'
import type { RouteContract } from '../src/kernel/route.ts'
import { sipProxy } from './builders/installation.ts'
import { heldNumber, hire } from './builders/numbers.ts'
import { ledgerOf } from './builders/people.ts'
import {
  accountOf,
  bindPhone,
  joinAsPerson,
  type Person,
  personsPassword,
  signIn,
} from './builders/persons.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from './builders.ts'
import { sampleOf } from './sample.ts'
import { type Client, openWorld, type World } from './world.ts'

// Generated from the contract: a new route joins by being listed there.
const features: readonly Readonly<Record<string, RouteContract>>[] = Object.values(contract)
const routes = features
  .flatMap((feature) => Object.values(feature))
  .filter((route) => route.response !== undefined || route.status === 204)
  .map((route) => ({ title: `${route.method} ${route.path}`, route }))

const phone = '+8613922220001'
const nowhere = '0190a000-0000-7000-8000-00000000dead'

/** What may be written for the person by others' doing: that they were told something; codes are of who asks for them. */
const mayGrow = new Set(['security_events', 'challenges'])

let world: World
let company: TestCompany
let anna: Person
let annasAccount: string
let annasSession: Client
let adminSession: Client
let adminAccount: string
let callers: [name: string, client: Client][]
let tables: string[]
let ids: Readonly<Record<string, string>>

beforeAll(async () => {
  world = await openWorld()
  company = await createCompany(world, { policies: { cooldownMinutes: 0 } })
  anna = await joinAsPerson(world, company, { name: 'Anna', mobile: phone })
  annasAccount = await accountOf(world, anna.memberId)
  await bindPhone(world, annasAccount, phone)
  annasSession = await anna.signIn()
  const admin = await joinAsPerson(world, company, { name: 'Adam Admin', role: 'admin' })
  adminAccount = await accountOf(world, admin.memberId)
  adminSession = await admin.signIn()
  const held = await heldNumber(company, anna.memberId)
  callers = await callersOf()
  const { rows } = await world.tamper(
    `select distinct table_name from information_schema.columns c join pg_tables t on t.tablename = c.table_name
     where c.column_name = 'account_id' and t.schemaname = 'public' and c.table_name <> 'members'
       and c.table_name <> 'member_erasures' order by 1`,
  )
  tables = rows.map((row) => row.table_name)
  ids = await idsOf(held.numberId, held.e164)
}, 120_000)
afterAll(() => world.close())

async function callersOf(): Promise<[string, Client][]> {
  const found: [string, Client][] = [
    ['a token of the Owner', company.owner],
    ['the operator in the company', company.operator],
    ['the operator', world.operator],
    ['a token of the installation', await sipProxy(world)],
    ['an Admin in a browser', adminSession.with({ 'baton-company': company.companyId })],
    ['another person in a browser', adminSession],
    ['nobody', world.anonymous],
  ]
  for (const role of roles.filter((name) => name !== 'owner')) {
    found.push([
      `a token of a ${role}`,
      await tokenFor(world, company, await hire(company, `The ${role}`, { role })),
    ])
  }
  return found
}

/** Everything of Anna's that an address or a body could name. */
async function idsOf(numberId: string, e164: string): Promise<Readonly<Record<string, string>>> {
  const { rows: identifiers } = await world.tamper(
    'select kind, identifier_id from identifiers where account_id = $1 order by kind desc',
    [annasAccount],
  )
  const { rows: sessions } = await world.tamper('select session_id from sessions where account_id = $1', [
    annasAccount,
  ])
  return {
    memberId: anna.memberId,
    toMemberId: anna.memberId,
    leaverId: anna.memberId,
    subjectId: anna.memberId,
    accountId: annasAccount,
    identifierId: identifiers[0].identifier_id,
    id: identifiers[0].identifier_id,
    sessionId: sessions[0].session_id,
    numberId,
    e164,
    email: anna.email,
    phone,
    mobile: phone,
    companyId: company.companyId,
  }
}

/** One digest of all rows of the account in each of its tables; of those that may grow, of the rows that were there. */
async function stateOfAnna(upTo?: Date): Promise<Readonly<Record<string, string>>> {
  const state: Record<string, string> = {}
  for (const table of tables) {
    if (mayGrow.has(table)) continue
    const { rows } = await world.tamper(
      `select coalesce(string_agg(t::text, E'\\n' order by t::text), '') as all from ${table} t where account_id = $1`,
      [annasAccount],
    )
    state[table] = createHash('sha256').update(String(rows[0].all)).digest('hex')
  }
  const { rows } = await world.tamper(
    'select event_id, kind from security_events where account_id = $1 and happened_at <= $2 order by event_id',
    [annasAccount, upTo ?? world.clock.now()],
  )
  state['security_events'] = JSON.stringify(rows)
  return state
}

// What an attempt may do to the Admin's own membership or session, or to Anna's membership, does not end the attempts.
async function restore(): Promise<void> {
  await world.tamper(
    `update members set status = 'active', role = 'member', left_at = null where member_id = $1`,
    [anna.memberId],
  )
  await world.tamper('update sessions set ended_at = null, proved_at = now() where account_id = $1', [
    adminAccount,
  ])
}

function bodiesFor(route: RouteContract, value: string): object {
  if (!route.body) return {}
  return sampleOf(route.body, (name) =>
    name === 'value' || name === 'to' ? value : (ids[name] ?? guess(name)),
  ) as object
}

function guess(name: string): string {
  return /Id$/.test(name) ? nowhere : 'Sample text'
}

function call(caller: Client, route: RouteContract, value: string) {
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? guess(name))
  if (route.method === 'GET') return caller.get(path)
  if (route.method === 'DELETE') return caller.delete(path)
  const body = bodiesFor(route, value)
  return route.method === 'POST' ? caller.post(path, body) : caller.patch(path, body)
}

describe("ACC-1: nobody but its person deletes, alters or enters a member's account", () => {
  it('there is something to keep: identifiers, a password, sessions, a known browser, memberships', async () => {
    const state = await stateOfAnna()
    const empty = createHash('sha256').update('').digest('hex')
    for (const table of ['accounts', 'identifiers', 'sessions', 'known_devices', 'account_memberships'])
      expect.soft([table, state[table] === empty]).toEqual([table, false])
    expect(tables.length).toBeGreaterThan(7)
  })

  it.each(routes)('$title', async ({ route }) => {
    await restore()
    const from = world.clock.now()
    const before = await stateOfAnna(from)
    for (const [index, [name, caller]] of callers.entries()) {
      const answer = await call(caller, route, index % 2 === 0 ? anna.email : phone)
      expect(answer.status, `${name} ${JSON.stringify(answer.body)}`).toBeLessThan(500)
      const cookies = JSON.stringify(answer.headers['set-cookie'] ?? '')
      expect(answer.status < 300 && /__Host-baton=[^;]/.test(cookies) && name === 'nobody').toBe(false)
    }
    expect(await stateOfAnna(from)).toEqual(before)
  })

  it('attempts that name an account are refused and recorded', async () => {
    await restore()
    const link = await company.owner.post(`/v1/members/${anna.memberId}/sign-in-link`)
    expect(link).toMatchObject({ status: 409, body: { code: 'sign_in_link.has_account' } })
    const invited = await company.owner.post('/v1/invitations', {
      memberId: anna.memberId,
      to: { kind: 'email', value: 'somebody.else@example.com' },
    })
    expect(invited.status).toBe(409)
    expect(await ledgerOf(company, anna.memberId)).toEqual(
      expect.arrayContaining(['sign_in_link.refused', 'invitation.refused']),
    )
  })

  it('what a company may do instead leaves the account as it was', async () => {
    await restore()
    const before = await stateOfAnna(new Date(0))
    bodyOf(await company.owner.post(`/v1/members/${anna.memberId}/end-sessions`), 200)
    bodyOf(await company.owner.patch(`/v1/members/${anna.memberId}`, { status: 'suspended' }), 200)
    expect(await stateOfAnna(new Date(0))).toEqual(before)
  })

  it('after all of this Anna is still signed in to her account, and signs in anew with her password', async () => {
    expect((await annasSession.get('/v1/account/deletion')).status).toBe(200)
    world.clock.advance({ days: 2 })
    const client = await signIn(world, anna.email, personsPassword)
    expect(bodyOf(await client.get('/v1/account/deletion'), 200).waiting).toBeNull()
  })

  it('and what she does herself shows in the picture that was compared', async () => {
    const before = await stateOfAnna()
    bodyOf(await (await anna.signIn()).post('/v1/account/deletion', { typed: 'delete my account' }), 201)
    const after = await stateOfAnna()
    for (const table of ['sessions', 'account_deletions', 'security_events'])
      expect.soft([table, after[table] === before[table]]).toEqual([table, false])
  })
})
