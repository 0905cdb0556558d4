import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCompany, type TestCompany } from '../../../test/builders.ts'
import { explainAsServe } from '../../../test/explain.ts'
import { openWorld, type World } from '../../../test/world.ts'
import { MoveQuery, NumberQuery } from './contract.ts'
import { listMovesStatement } from './move-views.ts'
import { listStatement } from './views.ts'

const companies = 4
const numbersEach = 20_000

/** Fills companies past row-level security, as a backup would: numbers, custody, search tokens, waiting moves. */
async function fill(world: World, companyId: string, index: number): Promise<void> {
  const at = "timestamptz '2026-01-01T00:00:00Z'"
  const id = (kind: number) => `('0${kind}00000${index}-0000-7000-8000-' || lpad(i::text, 12, '0'))::uuid`
  await world.tamper(
    `insert into members (company_id, member_id, staff_code, name, role, status, created_at)
     select $1, ${id(1)}, 'S' || i, 'Member ' || i, 'member', 'active', ${at} from generate_series(1, 5000) i`,
    [companyId],
  )
  await world.tamper(
    `insert into departments (company_id, department_id, name, created_at)
     select $1, ${id(4)}, 'Department ' || i, ${at} from generate_series(1, 200) i`,
    [companyId],
  )
  await world.tamper(
    `insert into member_departments (company_id, member_id, department_id)
     select $1, ${id(1)}, ('0400000${index}-0000-7000-8000-' || lpad((1 + i % 200)::text, 12, '0'))::uuid from generate_series(1, 5000) i`,
    [companyId],
  )
  await world.tamper(
    `insert into numbers (company_id, number_id, e164, country, type, state, holder_id, held_from, visible_from, licensed, created_at)
     select $1, ${id(2)}, '+49${index}' || (3000000 + i), 'DE', 'landline', 'held',
       ('0100000${index}-0000-7000-8000-' || lpad((1 + i % 5000)::text, 12, '0'))::uuid, ${at}, ${at}, true, ${at} + i * interval '1 second'
     from generate_series(1, ${numbersEach}) i`,
    [companyId],
  )
  await world.tamper(
    `insert into assignments (company_id, number_id, held_from, state, holder_id, visible_from, cause, moved_by)
     select company_id, number_id, held_from, state, holder_id, visible_from, 'assigned', 'test' from numbers where company_id = $1`,
    [companyId],
  )
  await world.tamper(
    `insert into search_tokens (company_id, word, token, subject_id)
     select company_id, 'number', substr(e164, s), number_id from numbers, generate_series(6, 10) s where company_id = $1`,
    [companyId],
  )
  await world.tamper(
    `insert into scheduled_moves (company_id, move_id, number_id, kind, to_member_id, history, due_at, state, scheduled_by, created_at)
     select $1, ${id(3)}, ${id(2)}, 'move', ${id(1)}, 'keep', ${at}, 'done', 'test', ${at} from generate_series(1, 5000) i`,
    [companyId],
  )
}

describe('lists of numbers', () => {
  let world: World
  let company: TestCompany
  beforeAll(async () => {
    world = await openWorld()
    for (let index = 1; index <= companies; index++) {
      const made = await createCompany(world)
      if (index === 1) company = made
      await fill(world, made.companyId, index)
    }
    await world.tamper('analyze')
  }, 120_000)
  afterAll(() => world.close())

  const memberId = '01000001-0000-7000-8000-000000000007'
  const company_ = { kind: 'company' } as const
  const departments = {
    kind: 'departments',
    departmentIds: ['04000001-0000-7000-8000-000000000003'],
    memberId,
  } as const

  it.each([
    ['all', {}],
    ['the newest last', { sort: 'createdAt' }],
    ['by number', { sort: 'e164' }],
    ['by number, backwards', { sort: '-e164' }],
    ['parked', { state: 'parked' }],
    ['of a holder', { holderId: memberId }],
    ['of a country', { country: 'DE' }],
    ['of a type', { type: 'mobile' }],
    ['found by digits', { search: '3007777' }],
  ])('ADR 0004 read no table from end to end: %s', async (_, wish) => {
    const query = NumberQuery.parse(wish)
    for (const scope of [company_, departments, { kind: 'self', memberId } as const]) {
      const words = query.search ? [query.search] : []
      const plan = await explainAsServe(world, company.companyId, (tx) =>
        listStatement(tx, { query, scope, words }),
      )
      expect(plan.scannedWhole, plan.text).toEqual([])
    }
  })

  it.each([
    ['in a state', {}],
    ['of a number', { numberId: memberId, state: 'done' }],
  ])('ADR 0004 read no table from end to end: moves %s', async (_, wish) => {
    const query = MoveQuery.parse(wish)
    for (const scope of [company_, departments]) {
      const statement = listMovesStatement({ companyId: company.companyId, query, scope, afterMoveId: null })
      const plan = await explainAsServe(world, company.companyId, () => ({
        compile: () => ({ sql: statement.text, parameters: statement.values ?? [] }),
      }))
      expect(plan.scannedWhole, plan.text).toEqual([])
    }
  })

  it('pages through all of them without losing or repeating one', async () => {
    for (const sort of ['createdAt', '-e164']) {
      const seen = new Set<string>()
      let cursor: string | null = ''
      for (let page = 0; page < 10 && cursor !== null; page++) {
        const more: string = cursor === '' ? '' : `&cursor=${cursor}`
        const { body } = await company.owner.get(`/v1/numbers?limit=200&sort=${sort}${more}`)
        for (const item of body.items) seen.add(item.numberId)
        cursor = body.nextCursor
      }
      expect(seen.size).toBe(2000)
    }
    expect((await company.owner.get('/v1/numbers?cursor=bm9uZQ')).body.code).toBe('page.cursor_invalid')
  })
})
