import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hire } from '../../../test/builders/numbers.ts'
import { addDepartment } from '../../../test/builders/people.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from '../../../test/builders.ts'
import { fillCompany, filledId } from '../../../test/fill.ts'
import { type Client, openWorld, type World } from '../../../test/world.ts'
import { systemCaller } from '../../kernel/caller.ts'

const months = 24
const recordsPerMonth = 2000
const number = filledId(2, 1, 7)
const inTheMiddle = 'from=2025-02-01T00:00:00Z&to=2025-03-01T00:00:00Z'

interface Asked {
  readonly text: string
  readonly values?: readonly unknown[]
}
type Query = typeof pg.Client.prototype.query

let world: World
let company: TestCompany
let member: Client
let lead: Client
const asked: Asked[] = []
const original = pg.Client.prototype.query

beforeAll(async () => {
  world = await openWorld()
  for (let index = 1; index <= 2; index++) {
    const made = await createCompany(world)
    if (index === 1) company = made
    await fillCompany(world, made.companyId, index)
    await fillRecords(made.companyId, index)
  }
  const { departmentId } = await addDepartment(company, { name: 'Sales' })
  const mia = await hire(company, 'Mia Member', { departments: [{ departmentId }] })
  await world.tamper('update numbers set holder_id = $2 where company_id = $1 and number_id = any($3)', [
    company.companyId,
    mia,
    [1, 2, 3, 7].map((row) => filledId(2, 1, row)),
  ])
  member = await tokenFor(world, company, mia)
  const leader = { role: 'lead', departments: [{ departmentId, isLead: true }] }
  lead = await tokenFor(world, company, await hire(company, 'Lena Lead', leader))
  await world.tamper('analyze')
  pg.Client.prototype.query = function query(this: pg.Client, ...args: unknown[]): unknown {
    const [first, second] = args
    if (typeof first === 'string') asked.push({ text: first, values: Array.isArray(second) ? second : [] })
    else asked.push(first as Asked)
    return Reflect.apply(original, this, args)
  } as Query
}, 180_000)
afterAll(async () => {
  pg.Client.prototype.query = original
  await world.close()
})

/** Two years of records on 200 numbers, number 7 the busiest; their conversations, every fiftieth open. */
async function fillRecords(companyId: string, index: number): Promise<void> {
  for (let month = 0; month < months; month++)
    await world.tamper('select baton_open_record_month($1)', [new Date(Date.UTC(2024, month, 1))])
  const numberOf = `('02${'0'.repeat(5)}${index}-0000-7000-8000-' || lpad((case when i % 3 = 0 then 7 else 1 + i % 200 end)::text, 12, '0'))::uuid`
  await world.tamper(
    `insert into records (company_id, number_id, occurred_at, record_id, kind, direction, other_party, other_name, body, source, source_id, received_at)
     select $1, ${numberOf}, at, (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7000' || '8000' || lpad(i::text, 12, '0'))::uuid,
       'message', 'inbound', '+86138' || lpad((i % 997)::text, 8, '0'), 'Name ' || i, 'Text of ' || i, 'test', i::text, at
     from (select i, timestamptz '2024-01-01T00:00:00Z' + i * interval '21 minutes 54 seconds' as at
       from generate_series(0, ${months * recordsPerMonth - 1}) i) made`,
    [companyId],
  )
  await world.tamper(
    `insert into conversations (company_id, number_id, other_party, last_at, last_asked_at, last_answered_at)
     select company_id, number_id, other_party, max(occurred_at), max(occurred_at),
       case when right(other_party, 2) = '13' then null else max(occurred_at) end
     from records where company_id = $1 group by 1, 2, 3 on conflict do nothing`,
    [companyId],
  )
}

const bounded = 20_000

describe('lists of records with two years of months', () => {
  it.each<[string, () => Client]>([
    [`/v1/numbers/${number}/records?`, () => company.owner],
    [`/v1/numbers/${number}/records?`, () => member],
    [`/v1/numbers/${number}/records?kind=call&${inTheMiddle}`, () => company.owner],
    [`/v1/numbers/${number}/records?search=nowhere&reason=x`, () => company.owner],
    [`/v1/numbers/${number}/records?otherParty=%2B8613800000013`, () => member],
    [`/v1/numbers/${number}/records?awaitsAnswer=true`, () => member],
    ['/v1/records?', () => company.owner],
    ['/v1/records?', () => member],
    ['/v1/records?', () => lead],
    ['/v1/records?search=nowhere', () => member],
    ['/v1/records?search=nowhere&reason=x', () => company.owner],
    ['/v1/records?awaitsAnswer=true', () => company.owner],
    ['/v1/records?otherParty=%2B8613800000013&reason=x', () => company.owner],
    [`/v1/numbers/${number}/conversations?`, () => member],
    [`/v1/numbers/${number}/conversations?open=true`, () => company.owner],
  ])('ADR 0004 %s reads along an index, page after page', async (url, client) => {
    asked.length = 0
    const { nextCursor } = bodyOf(await client().get(`${url}&limit=20`), 200)
    if (nextCursor) bodyOf(await client().get(`${url}&limit=20&cursor=${nextCursor}`), 200)
    const reads = asked.filter(({ text }) => /from (records|conversations|numbers|unnest)/.test(text))
    expect(reads.length).toBeGreaterThan(1)
    for (const statement of reads) await expectFrugal(statement, url)
  })

  async function expectFrugal({ text, values }: Asked, url: string): Promise<void> {
    const rows = await world.parts.database.inRealmOf(systemCaller(company.companyId, 'explain'), (tx) =>
      tx.query<{ 'QUERY PLAN': string }>({
        text: `explain (analyze, timing off) ${text}`,
        values: values ?? [],
      }),
    )
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
    const message = `${url}\n${text}\n${plan}`
    expect(
      [...plan.matchAll(/Seq Scan on (\w+)/g)].map((found) => found[1]),
      message,
    ).toEqual([])
    const read = [...plan.matchAll(/Scan.* on records_\d.*\(actual rows=(\d+)(?:\.\d+)? loops=(\d+)\)/g)]
    const count = read.reduce((sum, [, each, loops]) => sum + Number(each) * Number(loops), 0)
    expect(count, message).toBeLessThanOrEqual(text.includes('ilike') ? bounded + 200 : 2000)
  }
})
