import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contract } from '../src/contract.ts'
import { type Permission, permissions, type Role, roleAllows, roles } from '../src/kernel/permission.ts'
import type { RouteContract } from '../src/kernel/route.ts'
import { sendFile } from './builders/imports.ts'
import { aRecord, ingest } from './builders/ingest.ts'
import { sipProxy } from './builders/installation.ts'
import { tellHolders } from './builders/notices.ts'
import { addNumber, heldNumber, hire } from './builders/numbers.ts'
import { addDepartment } from './builders/people.ts'
import { addWorkAccount } from './builders/tasks.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from './builders.ts'
import { type IdFor, sampleOf } from './sample.ts'
import { type Answer, type Client, openWorld, type World } from './world.ts'

// Generated from the contract: a new route joins by being listed there.
const features: readonly Readonly<Record<string, RouteContract>>[] = Object.values(contract)
const routes = features
  .flatMap((feature) => Object.values(feature))
  .map((route) => ({ title: `${route.method} ${route.path}`, route }))
// What ships with Baton has the same name in every company.
const sharedNames: Readonly<Record<string, string>> = { template: 'members' }
const idRoutes = routes.filter(({ route }) =>
  [...route.path.matchAll(/\{(\w+)\}/g)].some(([, name = '']) => !(name in sharedNames)),
)
const companyRoutes = routes.filter(({ route }) => permissionOf(route) !== null)

// No list of a company's: it is there on a development machine only, and for no token.
const ofInstallation: readonly string[] = ['/v1/outbox']

// In every text of the foreign company; nothing of it may ever be seen from here.
const canary = 'canary-7f3a'
const nowhere = '0190a000-0000-7000-8000-00000000dead'
const nobodysLine = '+4930999999'
const password = 'seven green lamps 41'
const foreignEmail = 'olivia@foreign.example'

let world: World
let own: TestCompany
let foreign: TestCompany
let callers: Map<Role, Client>
let session: Client
let proxy: Client
let foreignIds: Map<string, string>
let foreignBefore: string

beforeAll(async () => {
  world = await openWorld()
  own = await createCompany(world, { ownerEmail: 'olivia@own.example', password })
  foreign = await createForeign()
  callers = await callersOf(own)
  session = await signIn('olivia@own.example')
  proxy = await sipProxy(world)
  foreignIds = await idsIn(foreign)
  const { items } = bodyOf(await (await signIn(foreignEmail)).get('/v1/account/sessions'), 200)
  const begun = await world.anonymous.post('/v1/sign-in', { by: 'email', value: foreignEmail })
  foreignIds.set('signInId', bodyOf(begun, 201).signInId)
  const recovery = await world.anonymous.post('/v1/account-recoveries', { email: foreignEmail })
  foreignIds.set('recoveryId', bodyOf(recovery, 201).recoveryId)
  foreignIds.set('sessionId', items[0].sessionId)
  const handed = await foreign.owner.get(`/v1/handovers/${foreignIds.get('handoverId')}/items`)
  foreignIds.set('itemId', bodyOf(handed, 200).items[0].itemId)
  foreignIds.set('mediaId', nowhere)
  foreignIds.set('token', await usedLink(foreign, foreignIds.get('taskId') ?? nowhere))
  foreignBefore = await pictureOf(foreign)
}, 60_000)
afterAll(() => world.close())

function permissionOf({ access }: RouteContract): Permission | null {
  return access in permissions ? (access as Permission) : null
}

async function callersOf(company: TestCompany): Promise<Map<Role, Client>> {
  const { departmentId } = await addDepartment(company)
  const found = new Map<Role, Client>([['owner', company.owner]])
  for (const role of roles.filter((name) => name !== 'owner')) {
    const departments = [{ departmentId, isLead: role === 'lead' }]
    found.set(role, await tokenFor(world, company, await hire(company, `The ${role}`, { role, departments })))
  }
  return found
}

async function signIn(email: string): Promise<Client> {
  const answer = await world.anonymous.post('/v1/sessions', { email, password })
  return world.client({ cookie: String(answer.headers['set-cookie']).split(';')[0] ?? '' })
}

/** A company with one of everything that has an id in an address, all of it marked by the canary. */
async function createForeign(): Promise<TestCompany> {
  const company = await createCompany(world, {
    name: `${canary} Ltd`,
    policies: { cooldownMinutes: 0 },
    ownerEmail: foreignEmail,
    password,
  })
  const { departmentId } = await addDepartment(company, { name: `${canary} department` })
  const place = { departments: [{ departmentId }], email: `${canary}@example.com`, title: canary }
  const [one, two] = [await hire(company, `${canary} one`, place), await hire(company, `${canary} two`)]
  const held = await heldNumber(company, one)
  const other = await heldNumber(company, company.ownerMemberId)
  await tellHolders(world)
  bodyOf(await company.owner.patch(`/v1/numbers/${held.numberId}`, { label: canary }), 200)
  const at = new Date(world.clock.now().getTime() + 86_400_000).toISOString()
  const move = { toMemberId: two, at, reason: canary }
  bodyOf(await company.owner.post(`/v1/numbers/${held.numberId}/reassign`, move), 202)
  const checked = await addNumber(company, '+8613800138000')
  bodyOf(
    await company.owner.post(`/v1/numbers/${checked.numberId}/assign`, { toMemberId: two, reason: canary }),
    202,
  )
  await ingest(company, [aRecord(held.e164, { text: canary, otherName: canary, otherParty: canary })])
  const batch = { moves: [{ numberId: other.numberId, toMemberId: two }], reason: canary }
  bodyOf(await company.owner.post('/v1/number-moves', batch), 202)
  await world.runDueWork()
  const account = await addWorkAccount(company, {
    login: canary,
    holderId: one,
    numberId: held.numberId,
    note: canary,
  })
  bodyOf(
    await company.owner.post(`/v1/work-accounts/${account.workAccountId}/pass-on`, { toMemberId: two }),
    201,
  )
  const hold = { subjectKind: 'number', subjectId: held.numberId, reason: canary }
  bodyOf(await company.owner.post('/v1/legal-holds', hold), 201)
  const handover = { leaverId: one, defaultSuccessorId: two, reason: canary }
  bodyOf(await company.owner.post('/v1/handovers', handover), 201)
  bodyOf(await company.owner.post('/v1/invitations', { memberId: two }), 201)
  bodyOf(await sendFile(company.owner, `${canary}.csv`, `Staff code,Name\nC1,${canary}\n`), 201)
  return company
}

/** The token of a link that worked once: it leads nowhere any more. */
async function usedLink(company: TestCompany, taskId: string): Promise<string> {
  const made = () => company.owner.post(`/v1/tasks/${taskId}/links`)
  const { token } = bodyOf(await made(), 201)
  bodyOf(await made(), 201)
  return token
}

function isStream(route: RouteContract): boolean {
  return route.response === undefined && route.status === 200 && route.produces === undefined
}

/** Everything that the company's Owner can list: route by route. */
async function listsOf(company: TestCompany): Promise<[path: string, body: Answer['body']][]> {
  const lists = companyRoutes.filter(
    ({ route }) =>
      route.method === 'GET' &&
      !route.path.includes('{') &&
      route.response !== undefined &&
      !ofInstallation.includes(route.path),
  )
  return Promise.all(
    lists.map(async ({ route }) => [route.path, bodyOf(await company.owner.get(route.path), 200)] as const),
  ) as Promise<[string, Answer['body']][]>
}

/** All that the lists show, without what looking at them changes. */
async function pictureOf(company: TestCompany): Promise<string> {
  const lists = (await listsOf(company)).filter(([path]) => path !== '/v1/audit/verify')
  return JSON.stringify(lists, (name, value: unknown) => (name === 'lastUsedAt' ? undefined : value))
}

/** One id of the company for each name that ids have in its lists. */
async function idsIn(company: TestCompany): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  JSON.stringify(await listsOf(company), (name, value: unknown) => {
    if (/Id$|^e164$/.test(name) && typeof value === 'string' && !found.has(name)) found.set(name, value)
    return value
  })
  return found
}

function call(caller: Client, route: RouteContract, idFor: IdFor): Promise<Answer> {
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => sharedNames[name] ?? idFor(name))
  if (route.method === 'GET') return caller.get(path)
  if (route.method === 'DELETE') return caller.delete(path)
  const body = route.body ? (sampleOf(route.body, idFor) as object) : {}
  return route.method === 'POST' ? caller.post(path, body) : caller.patch(path, body)
}

function foreignId(name: string): string {
  const known = [...foreignIds].find(([key]) => name.toLowerCase().endsWith(key.toLowerCase()))
  return foreignIds.get(name) ?? known?.[1] ?? nowhere
}

function missingId(name: string): string {
  return name === 'e164' ? nobodysLine : nowhere
}

// ACC-1: not even a token of the person's own.
function isOfPerson({ access }: RouteContract): boolean {
  return access === 'person'
}

function mayCall(role: Role, route: RouteContract): boolean {
  const permission = permissionOf(route)
  return permission === null ? route.access !== 'operator' : roleAllows(role, permission)
}

const doorCodes = [
  'permission.missing',
  'token.scope_missing',
  'session.required',
  'company.not_named',
  'request.malformed',
]

describe.each(routes)('$title', ({ route }) => {
  it('refuses a stranger', async () => {
    const answer = await call(world.anonymous, route, missingId)
    if (route.access === 'public') expect(doorCodes).not.toContain(answer.body.code)
    else expect(answer).toMatchObject({ status: 401, body: { code: 'session.required' } })
  })

  it.each(roles)('lets the role %s in or refuses it as the table of permissions says', async (role) => {
    const isAllowed = mayCall(role, route)
    if (isAllowed && isStream(route)) return
    const answer = await call(callerOf(role), route, missingId)
    if (isOfPerson(route)) {
      expect(answer).toMatchObject({ status: 403, body: { code: 'account.person_only' } })
    } else if (isAllowed) {
      expect(answer.status).toBeLessThan(500)
      expect(doorCodes).not.toContain(answer.body?.code)
    } else {
      expect(answer).toMatchObject({ status: 403, body: { code: 'permission.missing' } })
    }
    expectNoCanary(answer)
  })
})

describe.each(routes.filter(({ route }) => route.access !== 'public'))('$title', ({ route }) => {
  it('refuses a token of the installation, unless it looks up a route', async () => {
    const answer = await call(proxy, route, missingId)
    if (route.operationId === 'readRoute') expect(answer.body.code).toBe('route.unknown')
    else expect(answer).toMatchObject({ status: 403, body: { code: 'token.of_installation' } })
  })
})

describe.each(idRoutes)("ALL-1 $title with another company's ids", ({ route }) => {
  it('has an id to try with', () => {
    if (isOfPerson(route)) return
    const names = [...route.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1])
    expect([...foreignIds.keys()]).toEqual(expect.arrayContaining(names))
  })

  it.each(roles)('finds nothing for the role %s', async (role) => {
    // Each is a first try, not one of many from one network.
    await world.tamper('delete from sign_in_failures')
    const answer = await call(callerOf(role), route, foreignId)
    const expected = isOfPerson(route)
      ? { status: 403, body: { code: 'account.person_only' } }
      : mayCall(role, route)
        ? nothingAt(route.path)
        : { status: 403, body: { code: 'permission.missing' } }
    expect(answer).toMatchObject(expected)
    expectNoCanary(answer)
  })
})

// A sign-in is no company's: whoever has no code for it learns nothing of it, not even whether it is there.
function nothingAt(path: string): { status: number; body: { code: string } } {
  if (/[{](signInId|recoveryId)[}]/.test(path)) return { status: 403, body: { code: 'code.wrong' } }
  return { status: 404, body: { code: codeOfNothing(path) } }
}

function codeOfNothing(path: string): string {
  if (path.startsWith('/v1/invitations/{token}')) return 'invitation.invalid'
  if (path.includes('{token}')) return 'task_link.invalid'
  return path.endsWith('{e164}') ? 'route.unknown' : 'thing.not_found'
}

describe.each(companyRoutes)('ALL-1 $title by a session that names another company', ({ route }) => {
  it('does not tell that the company exists', async () => {
    for (const name of [foreign.companyId, foreign.slug]) {
      const answer = await call(session.with({ 'baton-company': name }), route, foreignId)
      expect(answer).toMatchObject({ status: 404, body: { code: 'thing.not_found', thing: 'company' } })
      expectNoCanary(answer)
    }
  })
})

describe('ALL-1 after all of this', () => {
  it("bodies and filters with another company's ids have shown nothing either", async () => {
    for (const { route } of companyRoutes.filter((one) => !isStream(one.route))) {
      expectNoCanary(await call(own.owner, route, foreignId))
      if (route.method !== 'GET') continue
      for (const name of Object.keys(shapeOf(route))) {
        if (!/Id$/.test(name)) continue
        const path = route.path.replace(/\{(\w+)\}/g, (_, param: string) => foreignId(param))
        expectNoCanary(await own.owner.get(`${path}?${name}=${foreignId(name)}`))
      }
    }
  })

  it('the other company is as it was made', async () => {
    const after = await pictureOf(foreign)
    expect(after).toBe(foreignBefore)
    expect(after.split(canary).length).toBeGreaterThan(8)
  })
})

function shapeOf(route: RouteContract): object {
  return route.query && 'shape' in route.query ? (route.query.shape as object) : {}
}

function callerOf(role: Role): Client {
  const caller = callers.get(role)
  if (!caller) throw new Error(`nobody acts as ${role}`)
  return caller
}

function expectNoCanary(answer: Answer): void {
  expect(JSON.stringify([answer.body, answer.headers])).not.toContain(canary)
}
