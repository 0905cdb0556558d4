import fc from 'fast-check'
import { expect } from 'vitest'
import { addNumber } from './builders/numbers.ts'
import {
  confirmLosses,
  joined,
  linkTo,
  ownPhone,
  type Person,
  provePhone,
  removeEmail,
} from './builders/takeovers.ts'
import { createCompany, type TestCompany } from './builders.ts'
import { codeTo } from './messages.ts'
import type { Answer, World } from './world.ts'

/** What may happen to three people, two numbers of their company and a private phone. */
type Step =
  | { readonly kind: 'prove'; readonly who: number; readonly phone: number; readonly confirms: boolean }
  | { readonly kind: 'reassign'; readonly who: number; readonly phone: number }
  | { readonly kind: 'park'; readonly phone: number }
  | { readonly kind: 'release'; readonly phone: number }
  | { readonly kind: 'status'; readonly who: number; readonly status: 'active' | 'leaving' | 'left' }
  | { readonly kind: 'removeEmail' | 'recover' | 'veto'; readonly who: number }
  | { readonly kind: 'wait'; readonly days: 0 | 1 | 3 }

const who = fc.nat({ max: 2 })
const phone = fc.nat({ max: 2 })
const line = fc.nat({ max: 1 })

/** Sequences of up to 14 steps; proofs and waits come often, since they are what moves a phone. */
export const stepsOfTakeovers = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({ kind: fc.constant('prove' as const), who, phone, confirms: fc.boolean() }),
    },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('reassign' as const), who, phone: line }) },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constantFrom('park' as const, 'release' as const), phone: line }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('status' as const),
        who,
        status: fc.constantFrom('active' as const, 'leaving' as const, 'left' as const),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constantFrom('removeEmail' as const, 'recover' as const, 'veto' as const),
        who,
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant('wait' as const), days: fc.constantFrom(0, 1, 3) }),
    },
  ),
  { minLength: 6, maxLength: 14 },
) as fc.Arbitrary<Step[]>

/** Somebody loses the last way in to the next holder of the number, and gets the account back. */
export const historyThatSeals: Step[] = [
  { kind: 'reassign', who: 1, phone: 0 },
  { kind: 'prove', who: 1, phone: 0, confirms: true },
  { kind: 'removeEmail', who: 1 },
  { kind: 'reassign', who: 2, phone: 0 },
  { kind: 'status', who: 1, status: 'left' },
  { kind: 'prove', who: 2, phone: 0, confirms: true },
  { kind: 'recover', who: 1 },
]

interface Scene {
  readonly world: World
  readonly company: TestCompany
  readonly people: readonly Person[]
  readonly phones: readonly { readonly numberId: string | null; readonly e164: string }[]
}

let scenes = 0

/** Plays a sequence and checks after each step that no path leads to two holders, or to an account with no way in. */
export async function playTakeovers(world: World, steps: readonly Step[]): Promise<void> {
  const scene = await setScene(world)
  const sealed = new Set<string>()
  for (const step of steps) {
    const answer = await play(scene, step)
    if (answer !== null) expect(answer.status, JSON.stringify([step, answer.body])).toBeLessThan(500)
    await checkAll(scene, step, sealed)
  }
}

async function setScene(world: World): Promise<Scene> {
  scenes += 1
  const policies = { cooldownMinutes: 0, moveLimitPerDay: null }
  const company = await createCompany(world, { tier: 'max', policies })
  const people = [await joined(world, company), await joined(world, company), await joined(world, company)]
  const numbers = [await addNumber(company), await addNumber(company)]
  const own = `+49170${String(10_000_000 + scenes)}`
  await ownPhone(world, people[0] as Person, own)
  return { world, company, people, phones: [...numbers, { numberId: null, e164: own }] }
}

function personAt({ people }: Scene, index: number): Person {
  const person = people[index]
  if (!person) throw new Error('nobody of that index')
  return person
}

async function play(scene: Scene, step: Step): Promise<Answer | null> {
  const { world, company } = scene
  switch (step.kind) {
    case 'prove':
      return prove(scene, step)
    case 'reassign':
    case 'park':
    case 'release':
      return moveLine(scene, step)
    case 'status': {
      const { memberId } = personAt(scene, step.who)
      return company.owner.patch(`/v1/members/${memberId}`, { status: step.status, reason: 'model' })
    }
    case 'removeEmail':
      await unbindEmailWherePossible(scene, personAt(scene, step.who))
      return null
    case 'recover':
      return recover(scene, personAt(scene, step.who))
    case 'veto':
      return veto(scene, personAt(scene, step.who))
    case 'wait':
      world.clock.advance({ days: step.days, minutes: 1 })
      await runSweeps(world)
      return null
  }
}

async function runSweeps(world: World): Promise<void> {
  for (const task of world.app.dueTasks) {
    if (!/^takeovers[.]|^messages[.]/.test(task.name)) continue
    while ((await task.run()) > 0) {}
  }
}

async function prove(scene: Scene, step: Extract<Step, { kind: 'prove' }>): Promise<Answer | null> {
  const { world } = scene
  const client = await sessionFor(scene, personAt(scene, step.who))
  if (client === null) return null
  const answer = await provePhone(world, client, { phone: scene.phones[step.phone]?.e164 ?? '' })
  if (answer.status !== 200 || answer.body.outcome !== 'confirm' || !step.confirms) return answer
  return confirmLosses(client, answer.body)
}

// Whoever has lost their e-mail address signs in by a phone of theirs; here a session is what counts.
async function sessionFor({ world }: Scene, person: Person) {
  const { rows } = await world.tamper(
    `select (select state from accounts where account_id = $1) as state,
      exists (select 1 from identifiers where account_id = $1 and kind = 'email') as has_email`,
    [person.accountId],
  )
  if (rows[0].state !== 'active' || !rows[0].has_email) return null
  world.clock.advance({ hours: 1, minutes: 1 })
  return person.signIn()
}

async function moveLine(
  { company, people, phones }: Scene,
  step: Extract<Step, { kind: 'reassign' | 'park' | 'release' }>,
): Promise<Answer | null> {
  const number = phones[step.phone]
  if (!number?.numberId) return null
  const path = `/v1/numbers/${number.numberId}`
  if (step.kind === 'park') return company.owner.post(`${path}/park`)
  if (step.kind === 'release') {
    return company.owner.post(`${path}/release`, { confirm: number.e164, reason: 'model' })
  }
  const order = { toMemberId: people[step.who]?.memberId }
  const assigned = await company.owner.post(`${path}/assign`, order)
  return assigned.status === 200 ? assigned : company.owner.post(`${path}/reassign`, order)
}

// ACC-7 lets a person unbind an address only while another way in stays.
async function unbindEmailWherePossible({ world }: Scene, person: Person): Promise<void> {
  const { rows } = await world.tamper(
    `select count(*)::int as others from identifiers i join accounts a using (account_id)
     where account_id = $1 and kind = 'phone' and can_login and a.state = 'active'`,
    [person.accountId],
  )
  if (rows[0].others > 0) await removeEmail(world, person)
}

async function recover({ world }: Scene, { email }: Person): Promise<Answer> {
  const begun = await world.anonymous.post('/v1/account-recoveries', { email })
  if (begun.status !== 201) return begun
  const code = await codeTo(world, email)
  const path = `/v1/account-recoveries/${begun.body.recoveryId}/verify`
  return world.anonymous.post(path, { code, password: 'seven green lamps 41' })
}

async function veto({ world }: Scene, { email }: Person): Promise<Answer | null> {
  await runSweeps(world)
  if (!world.sent.some((one) => one.to === email && one.text.includes('/takeover#'))) return null
  return world.anonymous.post('/v1/takeover-vetoes', { token: linkTo(world, email) })
}

interface Account {
  readonly state: string
  /** What opens it, without numbers that others hold. */
  readonly ways: number
  readonly bound: number
  readonly sessions: number
  readonly deletions: number
  readonly hasPhone: boolean
}

async function checkAll(
  { world, people, phones, company }: Scene,
  step: Step,
  sealed: Set<string>,
): Promise<void> {
  const after = JSON.stringify(step)
  const lines = phones.map(({ e164 }) => e164)
  const holders = await world.tamper(
    `select value, count(*)::int as count from identifiers where kind = 'phone' and value = any($1) group by value`,
    [lines],
  )
  for (const { count } of holders.rows) expect(count, after).toBe(1)
  for (const { accountId } of people) {
    const { rows } = await world.tamper(
      `select a.state, (select count(*)::int from identifiers i left join lateral (select * from baton_holder_of_line(i.value)) l on i.kind = 'phone'
          where i.account_id = a.account_id and can_login and (l.number_id is null or l.account_id = a.account_id
            or (i.bound_at < l.owned_since and a.account_id <> all (l.held_by)))) as ways,
        (select count(*)::int from identifiers i where i.account_id = a.account_id and can_login) as bound,
        (select count(*)::int from sessions s where s.account_id = a.account_id and ended_at is null) as sessions,
        (select count(*)::int from account_deletions d where d.account_id = a.account_id and d.ended_at is null) as deletions
       from accounts a where a.account_id = $1`,
      [accountId],
    )
    const account: Account = rows[0]
    // An active one can have a number that others hold for a time; whoever takes it over then seals the account.
    if (account.state === 'active') {
      expect(account.bound, `${after}: no way in`).toBeGreaterThan(0)
      sealed.delete(accountId)
      continue
    }
    expect(account, after).toMatchObject({ state: 'sealed', sessions: 0, deletions: 1 })
    // Afterwards a number that it still has can come free again; only its person brings the account back.
    if (!sealed.has(accountId)) expect(account.ways, `${after}: sealed with a way in`).toBe(0)
    sealed.add(accountId)
  }
  await checkTakeovers(world, company, after)
}

// A phone that moved by ACC-5 went to the holder of the moment, and no open wish is about a phone that its account has.
async function checkTakeovers(world: World, { companyId }: TestCompany, after: string): Promise<void> {
  const { rows } = await world.tamper(
    `select t.takeover_id from takeovers t join identifiers i on i.kind = 'phone' and i.value = t.phone
       and i.account_id = t.account_id where t.ended_at is null`,
  )
  expect(rows, `${after}: a wish that is fulfilled`).toEqual([])
  const strange = await world.tamper(
    `select t.takeover_id from takeovers t where t.owner_company_id = $1 and t.basis = 'company' and t.state = 'done'
       and not exists (select 1 from assignments a where a.company_id = $1 and a.number_id = t.number_id
         and a.holder_id = t.member_id and a.held_from <= t.ended_at and (a.held_to is null or a.held_to > t.ended_at))`,
    [companyId],
  )
  expect(strange.rows, `${after}: taken over by who did not hold it`).toEqual([])
}
