import fc from 'fast-check'
import { addNumber, hire } from '../builders/numbers.ts'
import { addDepartment } from '../builders/people.ts'
import { bodyOf, createCompany, type TestCompany } from '../builders.ts'
import type { World } from '../world.ts'

/** One number of the company: where it comes from and what happened to it before. */
interface NumberWish {
  readonly of: 'leaver' | 'first' | 'nobody'
  readonly needsCheck: boolean
  readonly fresh: boolean
  readonly later: 'nothing' | 'lend' | 'schedule'
  readonly choice: 'none' | 'park' | 'second' | 'hide'
}

/** A leaver with what they hold, what is decided for it, and what goes wrong on the way. */
export interface Leaving {
  readonly kind: 'leave' | 'move'
  readonly numbers: readonly NumberWish[]
  readonly leads: boolean
  readonly isManager: boolean
  readonly isAdmin: boolean
  readonly hasToken: boolean
  readonly systems: readonly ('alone' | 'with number')[]
  readonly successor: 'first' | 'second' | 'nobody'
  readonly fallback: 'second' | 'nobody'
  /** For each transaction of the run: it goes well, is cut off before its commit, or its answer is lost after it. */
  readonly faults: readonly ('none' | 'before' | 'after')[]
  /** After so many slices somebody takes it all back; null for after the end. */
  readonly undoAfter: number | null
}

export const leavingArbitrary: fc.Arbitrary<Leaving> = fc.record({
  kind: fc.constantFrom('leave', 'leave', 'leave', 'move'),
  numbers: fc.array(
    fc.record({
      of: fc.constantFrom('leaver', 'leaver', 'leaver', 'first', 'nobody'),
      needsCheck: fc.constantFrom(false, false, true),
      fresh: fc.constantFrom(false, false, true),
      later: fc.constantFrom('nothing', 'nothing', 'lend', 'schedule'),
      choice: fc.constantFrom('none', 'none', 'park', 'second', 'hide'),
    }),
    { maxLength: 5 },
  ),
  leads: fc.boolean(),
  isManager: fc.boolean(),
  isAdmin: fc.boolean(),
  hasToken: fc.boolean(),
  systems: fc.array(fc.constantFrom('alone', 'with number'), { maxLength: 2 }),
  successor: fc.constantFrom('first', 'first', 'second', 'nobody'),
  fallback: fc.constantFrom('second', 'nobody'),
  faults: fc.array(fc.constantFrom('none', 'none', 'before', 'after'), { maxLength: 30 }),
  undoAfter: fc.option(fc.nat({ max: 12 }), { freq: 2 }),
})

/** The company of a leaver, by the ids of its people. */
export interface LeavingCompany {
  readonly company: TestCompany
  readonly leaver: string
  readonly first: string
  readonly second: string
  readonly numberIds: readonly string[]
  readonly choices: readonly object[]
}

/** Makes the company through the API. */
export async function makeCompany(world: World, wish: Leaving): Promise<LeavingCompany> {
  const company = await createCompany(world, { tier: 'max' })
  const { departmentId } = await addDepartment(company)
  const leaver = await hire(company, 'Lena Leaver', {
    departments: [{ departmentId, isLead: wish.leads }],
    role: wish.isAdmin ? 'admin' : 'member',
  })
  const first = await hire(company, 'First Heir', wish.isManager ? { managerId: leaver } : {})
  const second = await hire(company, 'Second Heir')
  const people = { leaver, first, second }
  const numberIds: string[] = []
  for (const number of [...wish.numbers].sort((one) => (one.fresh ? 1 : -1)))
    numberIds.push(await makeNumber(world, { company, people, number }))
  if (wish.hasToken)
    bodyOf(
      await company.operator.post('/v1/api-tokens', {
        name: 'Script',
        scopes: ['numbers:read'],
        memberId: leaver,
      }),
      201,
    )
  await makeSystems(company, { wish, leaver, numberId: numberIds[0] })
  const choices = await choicesOf(company, { wish, people, numberIds })
  return { company, ...people, numberIds, choices }
}

type People = Pick<LeavingCompany, 'leaver' | 'first' | 'second'>

interface NumberToMake {
  readonly company: TestCompany
  readonly people: People
  readonly number: NumberWish
}

let lines = 0

async function makeNumber(world: World, { company, people, number }: NumberToMake): Promise<string> {
  lines += 1
  const e164 = number.needsCheck ? `+86138${String(10_000_000 + lines)}` : undefined
  const { numberId } = await addNumber(company, e164)
  if (number.of === 'nobody') return numberId
  await assign(company, numberId, people[number.of])
  if (!number.fresh) world.clock.advance({ hours: 1 })
  const [from, to] = number.of === 'leaver' ? [people.leaver, people.second] : [people.first, people.leaver]
  const at = (days: number) => new Date(world.clock.now().getTime() + days * 86_400_000).toISOString()
  if (number.fresh || number.needsCheck || number.later === 'nothing') return numberId
  const wish = number.later === 'lend' ? { returnAt: at(20) } : { at: at(10) }
  await company.owner.post(`/v1/numbers/${numberId}/reassign`, {
    toMemberId: to,
    expectedHolderId: from,
    ...wish,
  })
  world.clock.advance({ hours: 1 })
  return numberId
}

async function assign(company: TestCompany, numberId: string, toMemberId: string): Promise<void> {
  const answer = await company.owner.post(`/v1/numbers/${numberId}/assign`, { toMemberId })
  if (answer.status === 200) return
  const { requestId } = bodyOf(answer, 202).move
  bodyOf(await company.owner.post(`/v1/requests/${requestId}/approve`, { evidence: 'seen' }), 200)
}

async function makeSystems(
  company: TestCompany,
  { wish, leaver, numberId }: { wish: Leaving; leaver: string; numberId: string | undefined },
): Promise<void> {
  for (const [place, system] of wish.systems.entries()) {
    const { systemId } = bodyOf(await company.owner.post('/v1/systems', { name: `Bank ${place}` }), 201)
    const hangs = system === 'with number' && numberId !== undefined ? { numberId, numberUse: 'login' } : {}
    bodyOf(
      await company.owner.post('/v1/work-accounts', { systemId, login: 'lena', holderId: leaver, ...hangs }),
      201,
    )
  }
}

async function choicesOf(
  company: TestCompany,
  { wish, people, numberIds }: { wish: Leaving; people: People; numberIds: readonly string[] },
): Promise<object[]> {
  const { items } = bodyOf(await company.owner.get(`/v1/members/${people.leaver}/holdings`), 200)
  const held = new Set(items.filter((one: { kind: string }) => one.kind === 'number').map(idOf))
  return wish.numbers.flatMap(({ choice }, place): object[] => {
    const id = numberIds[place]
    if (id === undefined || !held.has(id) || choice === 'none') return []
    if (choice === 'park') return [{ kind: 'number', id, way: 'park' }]
    if (choice === 'second') return [{ kind: 'number', id, toMemberId: people.second }]
    return [{ kind: 'number', id, history: 'hide' }]
  })
}

function idOf({ id }: { id: string }): string {
  return id
}
