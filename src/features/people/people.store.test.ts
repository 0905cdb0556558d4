import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addMember } from '../../../test/builders/people.ts'
import { createCompany, type TestCompany } from '../../../test/builders.ts'
import { explainAsServe } from '../../../test/explain.ts'
import { openWorld, type World } from '../../../test/world.ts'
import { systemCaller } from '../../kernel/caller.ts'
import { buildDepartmentList, type DepartmentQuery } from './department-views.ts'
import type { ReadScope } from './model.ts'
import { addNotices, lockMembers, writeSearchTokens } from './store.ts'
import { buildMemberList, type MemberQuery } from './views.ts'

const membersPerCompany = 20_000
const departmentsPerCompany = 1_000

let world: World
let company: TestCompany
let someDepartments: string[]
let someMember: string

beforeAll(async () => {
  world = await openWorld()
  company = await createCompany(world)
  for (const { companyId } of [company, await createCompany(world)]) {
    await fillPeople(companyId)
    await fillWhatHangsOnThem(companyId)
  }
  for (let other = 0; other < 2; other++) await fillPeople((await createCompany(world)).companyId)
  await world.tamper('analyze members, departments, member_departments, search_tokens')
  const departments = await world.tamper(
    'select department_id from departments where company_id = $1 order by department_id limit 12',
    [company.companyId],
  )
  someDepartments = departments.rows.map((row) => row.department_id)
  const managers = await world.tamper(
    'select manager_id from members where company_id = $1 and manager_id is not null limit 1',
    [company.companyId],
  )
  someMember = managers.rows[0].manager_id
}, 120_000)
afterAll(() => world.close())

/** Twenty thousand members with managers, and a thousand departments. */
async function fillPeople(companyId: string): Promise<void> {
  await world.tamper(
    `insert into departments (company_id, department_id, name, created_at)
      select $1::uuid, md5($1 || 'd' || n)::uuid, 'D' || n, now() from generate_series(0, ${departmentsPerCompany - 1}) n`,
    [companyId],
  )
  await world.tamper(
    `insert into members (company_id, member_id, staff_code, name, role, status, manager_id, created_at)
      select $1::uuid, md5($1 || 'm' || n)::uuid, 'S' || lpad(n::text, 6, '0'), 'Name ' || md5(n::text),
        case when n % 50 = 0 then 'lead' else 'member' end,
        case when n % 400 = 0 then 'leaving' when n % 10 = 0 then 'left' else 'active' end,
        case when n % 50 > 0 then md5($1 || 'm' || 50 * (1 + n % 400))::uuid end,
        now() + n * interval '1 second'
      from generate_series(1, ${membersPerCompany}) n`,
    [companyId],
  )
}

/** Each member is in one department and found by four tokens. */
async function fillWhatHangsOnThem(companyId: string): Promise<void> {
  await world.tamper(
    `insert into member_departments (company_id, member_id, department_id, is_lead)
      select $1::uuid, md5($1 || 'm' || n)::uuid, md5($1 || 'd' || n % ${departmentsPerCompany})::uuid, n % 50 = 0
      from generate_series(1, ${membersPerCompany}) n`,
    [companyId],
  )
  await world.tamper(
    `insert into search_tokens (company_id, word, token, subject_id)
      select company_id, 'member', token, member_id from members,
        unnest(array[lower(staff_code), substr(md5(staff_code), 1, 2), substr(md5(staff_code), 3, 6), 'zhang' || substr(md5(name), 1, 3)]) token
      where company_id = $1 on conflict do nothing`,
    [companyId],
  )
}

describe('the list of members among 80,000', () => {
  const plain: MemberQuery = {
    scope: { kind: 'company' },
    words: undefined,
    byContacts: true,
    status: undefined,
    role: undefined,
    departmentIds: undefined,
    managerId: undefined,
    exceptLeft: false,
    holding: false,
    order: 'name',
    descending: false,
    after: undefined,
    limit: 50,
  }
  const id = '01a00000-0000-7000-8000-000000000000'

  it.each<[string, () => Partial<MemberQuery>]>([
    ['by name', () => ({})],
    ['by name, backwards', () => ({ descending: true })],
    ['by name, a later page', () => ({ after: ['Name 8', id] })],
    ['by name, a later page backwards', () => ({ after: ['Name 8', id], descending: true })],
    ['by staff code', () => ({ order: 'staffCode' })],
    ['by staff code, a later page', () => ({ order: 'staffCode', after: ['S010000', id] })],
    [
      'by staff code, a later page backwards',
      () => ({ order: 'staffCode', after: ['S010000', id], descending: true }),
    ],
    ['by age', () => ({ order: 'createdAt', descending: true })],
    ['by age, a later page', () => ({ order: 'createdAt', after: ['2026-01-01T00:00:00.000000Z', id] })],
    ['of a rare status', () => ({ status: 'leaving' })],
    ['of the usual status', () => ({ status: 'active' })],
    ['of a rare role', () => ({ role: 'owner' })],
    ['of the usual role', () => ({ role: 'member' })],
    ['who report to one', () => ({ managerId: someMember })],
    ['of one department', () => ({ departmentIds: someDepartments.slice(0, 1) })],
    ['of many departments', () => ({ departmentIds: someDepartments })],
    ['found by a rare word', () => ({ words: ['s000042'] })],
    ['found by a common beginning', () => ({ words: ['zhang'] })],
    ['found by one letter', () => ({ words: ['s'] })],
    ['found by two words', () => ({ words: ['zhang', 'a'] })],
    ['found, without contacts', () => ({ words: ['zhang'], byContacts: false })],
    [
      'found, by age, a later page',
      () => ({ words: ['zhang'], order: 'createdAt', after: ['2026-01-01T00:00:00.000000Z', id] }),
    ],
    [
      'found in departments, of a status',
      () => ({ words: ['zhang'], departmentIds: someDepartments, status: 'active' }),
    ],
    ['for a lead', () => ({ scope: leadScope() })],
    ['for a lead, found by a word', () => ({ scope: leadScope(), words: ['zhang'], byContacts: false })],
    ['for a member', () => ({ scope: { kind: 'self', memberId: someMember } })],
    ['two hundred at once', () => ({ limit: 200 })],
  ])('reads no table from end to end: %s', async (_, change) => {
    const plan = await explainAsServe(world, company.companyId, (tx) =>
      buildMemberList(tx, { ...plain, ...change() }),
    )
    expect(plan.scannedWhole, plan.text).toEqual([])
  })
})

describe('the list of departments', () => {
  it.each<[string, () => Partial<DepartmentQuery>]>([
    ['all', () => ({})],
    ['a later page', () => ({ after: someDepartments[5] })],
    ['those at the top', () => ({ parentId: null })],
    ['those below one', () => ({ parentId: someDepartments[0] })],
    ['for a lead', () => ({ scope: leadScope() })],
    ['for a member', () => ({ scope: { kind: 'self', memberId: someMember } })],
  ])('reads no table from end to end: %s', async (_, change) => {
    const query = { scope: { kind: 'company' }, parentId: undefined, after: undefined, limit: 50 } as const
    const plan = await explainAsServe(world, company.companyId, (tx) =>
      buildDepartmentList(tx, { ...query, ...change() }),
    )
    expect(plan.scannedWhole, plan.text).toEqual([])
  })
})

function leadScope(): ReadScope {
  return { kind: 'departments', departmentIds: someDepartments, memberId: someMember }
}

describe('what other features write here', () => {
  it('locks members in the order of their ids, and leaves out those of other companies', async () => {
    const own = await createCompany(world)
    const made = [await addMember(own), await addMember(own)].map((member) => member.memberId as string)
    const locked = await world.parts.database.inRealmOf(systemCaller(own.companyId, 'test'), (tx) =>
      lockMembers(tx, [...made].reverse().concat(company.ownerMemberId)),
    )
    expect(locked.map((member) => member.memberId)).toEqual([...made].sort())
  })

  it('replaces all tokens of a subject', async () => {
    const own = await createCompany(world)
    const subjectId = world.clock.newId()
    const write = (tokens: string[]) =>
      world.parts.database.inRealmOf(systemCaller(own.companyId, 'test'), async (tx) =>
        writeSearchTokens(tx, { word: 'number', subjectId, tokens }),
      )
    await write(['1234', '234', '1234'])
    await write(['5678'])
    const left = await world.tamper('select token from search_tokens where subject_id = $1', [subjectId])
    expect(left.rows).toEqual([{ token: '5678' }])
  })

  it('writes a notice once, however often the job runs', async () => {
    const own = await createCompany(world)
    const noticeId = world.clock.newId()
    for (let run = 0; run < 2; run++) {
      await world.parts.database.inRealmOf(systemCaller(own.companyId, 'test'), async (tx) =>
        addNotices(tx, [
          { noticeId, memberId: own.ownerMemberId, kind: 'number.left_you', particulars: {}, at: tx.now },
        ]),
      )
    }
    const written = await world.tamper('select kind from notices where notice_id = $1', [noticeId])
    expect(written.rows).toEqual([{ kind: 'number.left_you' }])
  })
})
