import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { wireFeatures } from '../../src/app.ts'
import { stepFor, stepKinds } from '../../src/features/custody-ports/index.ts'
import { handoverKinds, holdingKinds, phases } from '../../src/features/custody-ports/model.ts'
import { addNumber, heldNumber, hire } from '../builders/numbers.ts'
import { addDepartment } from '../builders/people.ts'
import { bodyOf, createCompany, tokenFor } from '../builders.ts'
import { openWorld, type World } from '../world.ts'
import { expectNone } from './sources.ts'

/** Columns that name a member, with the kinds of holding that report what stands there (HAN-1). */
const held: Readonly<Record<string, readonly (typeof holdingKinds)[number][]>> = {
  'api_tokens.member_id': ['api_token'],
  'member_departments.member_id': ['department_lead'],
  'members.manager_id': ['report'],
  'members.member_id': ['access', 'role', 'membership'],
  'numbers.holder_id': ['number'],
  'scheduled_moves.to_member_id': ['incoming_move', 'loan_return'],
  'tasks.for_member_id': ['task'],
  'work_accounts.holder_id': ['work_account'],
}

/** Columns that name a member who holds nothing by it, and why not. */
const notHeld: Readonly<Record<string, string>> = {
  'account_memberships.member_id':
    'the account finds its companies by it: the account is the person’s own, and signing in here ends with `access`',
  'assignments.holder_id': 'the ledger of custody: its open stretch is copied in numbers.holder_id',
  'deletion_requests.member_id': 'whom the company asked to delete the own account: it passes on to nobody',
  'handover_acceptances.member_id': 'who was asked to accept: what they get is an item of the handover',
  'handover_items.to_member_id': 'who gets something: once it is theirs, its own table says so',
  'handovers.created_by_member_id': 'who began it: what they hold is what their own tables say',
  'handovers.default_successor_id':
    'whom a handover gives to: once something is theirs, its own table says so',
  'handovers.fallback_id': 'as above',
  'handovers.leaver_id': 'whose things pass on: what they are is what their own tables say',
  'handovers.ordered_by_member_id': 'who decided it: it goes on only while they may, or waits for an admin',
  'imports.created_by_member_id': 'who began it: any Admin can go on with it',
  'invitations.member_id': 'whom a person may join as: it opens nothing once they may not come in',
  'member_erasures.member_id': 'whose person is erased: there is nothing to pass on',
  'notices.member_id': 'what somebody was told: nobody else can have been told it',
  'number_rebindings.for_member_id': 'who has the number by then: the number itself is the holding',
  'number_rebindings.former_member_id': 'who had it before: it is nothing that they hold',
  'operations.created_by_member_id': 'who began it: it goes on only while they may, or waits for an admin',
  'scheduled_moves.expected_holder_id': 'whom a mover expects to find: the number itself is the holding',
  'scheduled_moves.scheduled_by_member_id':
    'who asked for it: it goes on only while they may, or waits for an admin',
  'sign_in_links.member_id': 'a way in that ends with `access`: a link of somebody suspended opens nothing',
  'tasks.former_member_id': 'whom a task names who is gone, so that an erasure finds it',
  'tasks.opened_by_member_id': 'who asked for it, and is told when it is done',
  'work_account_holders.holder_id':
    'the ledger of custody: its open stretch is copied in work_accounts.holder_id',
}

let world: World

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

async function columnsThatNameMembers(): Promise<string[]> {
  const client = new pg.Client({ ...world.connection })
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string }>(
      `select c.relname || '.' || a.attname as name from pg_class c
         join pg_attribute own on own.attrelid = c.oid and own.attname = 'company_id' and not own.attisdropped
         join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
         join pg_type t on t.oid = a.atttypid
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
         and t.typname in ('uuid', '_uuid') and (
           a.attname ~ '(^|_)(member|holder|manager|leaver|successor|fallback|assignee|owner|lender|borrower|person)_ids?$'
           or exists (select 1 from pg_constraint f where f.conrelid = c.oid and f.contype = 'f'
             and f.confrelid = 'members'::regclass and a.attnum = any(f.conkey) and a.attname <> 'company_id'))
       order by 1`,
    )
    return rows.map(({ name }) => name)
  } finally {
    await client.end()
  }
}

describe('HAN-1 a column that names a member', () => {
  it('is reported by a kind of holding, or says why nobody holds anything by it', async () => {
    const columns = await columnsThatNameMembers()
    expectNone(
      columns.filter((name) => !(name in held) && !(name in notHeld)),
      'Whoever leaves would leave this behind. Report it by a Contribution.listHoldings and pass it on by a HandoverStep, or give the reason in notHeld:',
    )
    expectNone(
      [...Object.keys(held), ...Object.keys(notHeld)].filter((name) => !columns.includes(name)),
      'These columns are listed and not there:',
    )
    expect(Object.values(held).flat().sort()).toEqual([...holdingKinds].sort())
  })
})

describe('HAN-1 a kind of holding', () => {
  it('has a step that passes it on, with a way for each kind of handover', () => {
    wireFeatures()
    expect(stepKinds().sort()).toEqual([...holdingKinds].sort())
    for (const kind of holdingKinds) {
      const step = stepFor(kind)
      expect(phases).toContain(step.phase)
      expectNone(
        handoverKinds
          .filter((handover) => step.ways[handover].length === 0)
          .map((handover) => `${kind}: ${handover}`),
        'A handover must be able to do something with it, if only leave it:',
      )
    }
  })

  it('shows up for somebody who holds one of each', async () => {
    const company = await createCompany(world)
    const { owner } = company
    const department = await addDepartment(company)
    const anna = await hire(company, 'Anna', {
      role: 'lead',
      departments: [{ departmentId: department.departmentId, isLead: true }],
    })
    const bela = await hire(company, 'Bela', { managerId: anna })
    await tokenFor(world, company, anna)
    const lent = await heldNumber(company, anna)
    const coming = await heldNumber(company, bela)
    await heldNumber(company, anna)
    world.clock.advance({ hours: 1 })
    const later = new Date(world.clock.now().getTime() + 86_400_000).toISOString()
    const move = (numberId: string, order: object) => owner.post(`/v1/numbers/${numberId}/reassign`, order)
    bodyOf(await move(lent.numberId, { toMemberId: bela, returnAt: later }), 200)
    bodyOf(await move(coming.numberId, { toMemberId: anna, at: later }), 202)
    await addNumber(company)
    const { systemId } = bodyOf(await owner.post('/v1/systems', { name: 'Bank portal' }), 201)
    bodyOf(await owner.post('/v1/work-accounts', { systemId, login: 'anna', holderId: anna }), 201)
    await openTask(company, anna)
    const { items } = bodyOf(await owner.get(`/v1/members/${anna}/holdings`), 200)
    const kinds = [...new Set(items.map(({ kind }: { kind: string }) => kind))]
    expect(kinds).toEqual([...holdingKinds])
  })
})

async function openTask(company: Awaited<ReturnType<typeof createCompany>>, memberId: string): Promise<void> {
  const task = {
    subjectKind: 'member',
    subjectId: memberId,
    forMemberId: memberId,
    title: 'Empty the desk',
    instructions: 'Take everything out.',
    dueAt: new Date(world.clock.now().getTime() + 86_400_000).toISOString(),
  }
  bodyOf(await company.owner.post('/v1/tasks', task), 201)
}
