import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addNumber, heldNumber, hire } from '../../../test/builders/numbers.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from '../../../test/builders.ts'
import { type Answer, type Client, openWorld, type World } from '../../../test/world.ts'

const seconds = Number(process.env['BATON_STORM_SECONDS'] ?? 6)
const callers = 8

let world: World
let company: TestCompany
let admins: Client[]
let members: string[]
let lines: { numberId: string; e164: string }[]
let freshLines = 0

beforeAll(async () => {
  world = await openWorld()
  company = await createCompany(world, { licences: 9, policies: { cooldownMinutes: 0, undoWindowHours: 1 } })
  const hired = ['Ada', 'Ben', 'Cleo'].map((name) => hire(company, name, { role: 'admin' }))
  admins = [
    company.owner,
    ...(await Promise.all((await Promise.all(hired)).map((id) => tokenFor(world, company, id)))),
  ]
  members = await Promise.all(['Anna', 'Béla', 'Cora', 'Dina'].map((name) => hire(company, name)))
  const held = await Promise.all(members.slice(0, 3).map((member) => heldNumber(company, member)))
  const chinese = ['+8613900000001', '+8613900000002'].map((number) => addNumber(company, number))
  lines = [
    ...held,
    ...(await Promise.all(chinese)),
    ...(await Promise.all([0, 1].map(() => addNumber(company)))),
  ]
}, 60_000)
afterAll(() => world.close())

const reason = 'storm'

function dice(below: number): number {
  return Math.floor(Math.random() * below)
}

function oneOf<T>(list: readonly T[]): T {
  return list[dice(list.length)] as T
}

function soon(most: number): string {
  return new Date(world.clock.now().getTime() + 100 + dice(most)).toISOString()
}

function anyNumber(): string {
  return oneOf(lines).numberId
}

async function somethingFrom(admin: Client, path: string): Promise<Answer['body'] | undefined> {
  const { items } = bodyOf(await admin.get(path), 200)
  return items.length > 0 ? oneOf(items) : undefined
}

function moveSomehow(admin: Client): Promise<Answer> {
  const order = {
    toMemberId: oneOf(members),
    history: oneOf(['keep', 'keep', 'hide', 'delete']),
    reason,
    ...(dice(4) === 0 ? { at: soon(1_500) } : {}),
    ...(dice(4) === 0 ? { returnAt: soon(3_000) } : {}),
    ...(dice(8) === 0 ? { expectedHolderId: oneOf(members) } : {}),
  }
  return admin.post(`/v1/numbers/${anyNumber()}/${oneOf(['assign', 'reassign'])}`, order)
}

async function decideSomehow(admin: Client): Promise<Answer | undefined> {
  const request = await somethingFrom(admin, '/v1/requests?state=open')
  if (!request) return undefined
  const verb = oneOf(['approve', 'approve', 'reject'])
  return admin.post(`/v1/requests/${request.requestId}/${verb}`, {
    reason,
    ...(verb === 'approve' ? { evidence: 'form 12' } : {}),
  })
}

async function cancelSomehow(admin: Client): Promise<Answer | undefined> {
  const state = oneOf(['scheduled', 'pending_check', 'pending_approval'])
  const move = await somethingFrom(admin, `/v1/scheduled-moves?state=${state}`)
  return move ? admin.delete(`/v1/scheduled-moves/${move.moveId}`) : undefined
}

async function releaseAndAddAgain(admin: Client): Promise<Answer> {
  const place = dice(lines.length)
  const line = lines[place] as (typeof lines)[number]
  const released = await admin.post(`/v1/numbers/${line.numberId}/release`, { confirm: line.e164, reason })
  if (released.status !== 200) return released
  freshLines += 1
  const number = dice(2) === 0 ? line.e164 : `+49309${String(1_000_000 + freshLines)}`
  const added = await admin.post('/v1/numbers', { number })
  if (added.status === 201) lines[place] = added.body
  return added
}

async function holdSomehow(): Promise<Answer> {
  const hold = { subjectKind: 'number', subjectId: anyNumber(), reason }
  const placed = await company.owner.post('/v1/legal-holds', hold)
  if (placed.status !== 201) return placed
  await company.owner.post(`/v1/legal-holds/${placed.body.holdId}/lift`, { reason })
  return company.operator.post(`/v1/legal-holds/${placed.body.holdId}/lift`, { reason })
}

const deeds: readonly ((admin: Client) => Promise<Answer | undefined>)[] = [
  moveSomehow,
  moveSomehow,
  moveSomehow,
  moveSomehow,
  decideSomehow,
  decideSomehow,
  cancelSomehow,
  releaseAndAddAgain,
  holdSomehow,
  (admin) => admin.post(`/v1/numbers/${anyNumber()}/park`, { reason }),
  (admin) => admin.post(`/v1/numbers/${anyNumber()}/undo`),
  (admin) =>
    admin.post('/v1/requests', {
      kind: 'proposal',
      numberId: anyNumber(),
      toMemberId: oneOf(members),
      reason,
    }),
  () => company.owner.patch('/v1/company/subscription', { capOverride: oneOf([2, 3, 4]) }),
  () => company.owner.post('/v1/company/licences', { change: oneOf([-1, 1]) }),
  (admin) => admin.patch('/v1/company', { policies: { moveLimitPerDay: oneOf([1, 20, null, null]) } }),
  (admin) =>
    admin.patch(`/v1/members/${oneOf(members)}`, {
      status: oneOf(['active', 'active', 'active', 'active', 'suspended', 'left']),
      reason,
    }),
  (admin) => admin.patch(`/v1/numbers/${anyNumber()}`, { label: `Desk ${dice(99)}` }),
]

async function rows(sql: string): Promise<unknown[]> {
  return (await world.tamper(sql, [company.companyId])).rows
}

/** Every statement finds what must not be; all of them find nothing. */
const faults: Readonly<Record<string, string>> = {
  'NUM-1 a stretch that does not begin where the one before ends': `select * from (select number_id, held_from,
      lag(held_to) over chain as ended, row_number() over chain as place from assignments where company_id = $1
      window chain as (partition by number_id order by held_from)) s where place > 1 and held_from is distinct from ended`,
  'NUM-1 a number that differs from its open stretch': `select n.number_id from numbers n left join assignments a
      on a.company_id = n.company_id and a.number_id = n.number_id and a.held_to is null
      where n.company_id = $1 and (a.held_from, a.state, a.visible_from) is distinct from (n.held_from, n.state, n.visible_from)
        or n.company_id = $1 and (a.holder_id, a.assigned_at) is distinct from (n.holder_id, n.assigned_at)`,
  'NUM-10 licences that are not those of the numbers': `select licences_used from subscriptions s where company_id = $1
      and licences_used <> (select count(*) from numbers n where n.company_id = s.company_id and licensed)`,
  'NUM-3 a member above the cap': `select member_id from (select holder_id as member_id, number_id from numbers
        where company_id = $1 and holder_id is not null union
        select to_member_id, number_id from scheduled_moves where company_id = $1 and finished_at is null) counted
      group by member_id having count(*) > (select cap_override from subscriptions where company_id = $1)`,
  'NUM-13 someone who has left and holds something': `select n.number_id from numbers n
      join members m using (company_id) where company_id = $1 and m.member_id = n.holder_id and m.status = 'left'`,
  'a return to who holds the number': `select move_id from scheduled_moves w join numbers n using (company_id, number_id)
      where company_id = $1 and kind = 'return' and finished_at is null and n.holder_id = w.to_member_id`,
  'a waiting move whose request is closed': `select move_id from scheduled_moves w left join requests r
      using (company_id, request_id) where company_id = $1 and w.state like 'pending%' and r.state is distinct from 'open'`,
  'an open request whose move waits no more': `select request_id from requests r where company_id = $1 and state = 'open'
      and kind in ('over_limit', 'country_check') and not exists (select 1 from scheduled_moves w
        where w.company_id = r.company_id and w.request_id = r.request_id and w.state like 'pending%')`,
  'a deletion that does not stand as its request does': `select erasure_id from history_erasures e join requests r
      using (company_id, request_id) where company_id = $1 and (e.state, r.state) not in (('awaiting_approval', 'open'),
        ('approved', 'approved'), ('erasing', 'approved'), ('done', 'approved'), ('cancelled', 'withdrawn'), ('rejected', 'rejected'))`,
  'NUM-16 a deadlock': `select deadlocks from pg_stat_database where datname = current_database() and deadlocks > 0
      and $1::uuid is not null`,
}

describe('a storm of everything that can happen to a number', () => {
  it(
    `NUM-1 NUM-3 NUM-10 ${callers} callers and two sweepers for ${seconds} s leave every account exact`,
    async () => {
      const end = Date.now() + seconds * 1000
      const outcomes = new Map<string, number>()
      const bugs: unknown[] = []
      async function act(caller: number): Promise<void> {
        while (Date.now() < end) {
          const answer = await oneOf(deeds)(admins[caller % admins.length] as Client)
          if (!answer) continue
          if (answer.status >= 500) bugs.push(answer.body)
          const outcome = `${answer.status} ${answer.body?.code ?? ''}`
          outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
        }
      }
      async function sweep(): Promise<void> {
        while (Date.now() < end) {
          for (const task of world.app.dueTasks) await task.run().catch((error: unknown) => bugs.push(error))
          await new Promise((resolve) => setTimeout(resolve, 50))
          world.clock.advance({ seconds: dice(20) === 0 ? 600 : 0 })
        }
      }
      await Promise.all([...Array.from({ length: callers }, (_, caller) => act(caller)), sweep(), sweep()])
      if (process.env['BATON_STORM_SHOW'])
        process.stdout.write(`${JSON.stringify([...outcomes].sort(), null, 1)}\n`)
      expect(bugs).toEqual([])
      const found = await Promise.all(
        Object.entries(faults).map(async ([fault, sql]) => [fault, await rows(sql)] as const),
      )
      expect(found.filter(([, seen]) => seen.length > 0)).toEqual([])
      expect(outcomes.get('200 ')).toBeGreaterThan(20)
    },
    (seconds + 30) * 1000,
  )
})
