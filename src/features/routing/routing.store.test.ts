import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCompany, type TestCompany } from '../../../test/builders.ts'
import { fillCompanies, fillCompany } from '../../../test/fill.ts'
import { openWorld, type World } from '../../../test/world.ts'
import { systemCaller } from '../../kernel/caller.ts'
import type { Tx } from '../../platform/db/tx.ts'
import { findAnyRoute, findOwnRoute } from './views.ts'

const line = '+4913004321'
const installation = { kind: 'installation', id: 'test' } as const

let world: World
let company: TestCompany
let other: TestCompany
beforeAll(async () => {
  world = await openWorld()
  company = await createCompany(world)
  other = await createCompany(world)
  await fillCompany(world, company.companyId, 1)
  await fillCompany(world, other.companyId, 2)
  await fillCompanies(world)
  await world.tamper(
    'insert into number_registry (e164, company_id, number_id) select e164, company_id, number_id from numbers',
  )
  await world.tamper('analyze')
}, 120_000)
afterAll(() => world.close())

interface Reads {
  readonly relname: string
  readonly seq_scan: number
  readonly idx_scan: number
}

/** The tables that `work` reads, past the doors too, where a plan cannot be looked at: by an index or from end to end. */
async function readsOf(tx: Tx, work: () => Promise<unknown>): Promise<string[]> {
  const before = new Map((await countReads(tx)).map((row) => [row.relname, row]))
  await work()
  return (await countReads(tx)).flatMap((row) => [
    ...(row.seq_scan > (before.get(row.relname)?.seq_scan ?? 0) ? [`${row.relname} from end to end`] : []),
    ...(row.idx_scan > (before.get(row.relname)?.idx_scan ?? 0) ? [`${row.relname} by an index`] : []),
  ])
}

function countReads(tx: Tx): Promise<Reads[]> {
  return tx.query<Reads>({
    text: `select relname, seq_scan, coalesce(idx_scan, 0) as idx_scan from pg_stat_xact_user_tables
      where schemaname = 'public' order by relname`,
  })
}

describe('the look-up of a route', () => {
  it('ADR 0004 reads each table by an index, in the realm of a company', async () => {
    const own = systemCaller(company.companyId, 'test')
    const reads = await world.parts.database.inRealmOf(own, (tx) =>
      readsOf(tx, async () => expect((await findOwnRoute(tx, line))?.e164).toBe(line)),
    )
    expect(reads).toEqual(['companies by an index', 'members by an index', 'numbers by an index'])
  })

  it('ADR 0004 reads each table by an index, in the realm of the installation', async () => {
    const reads = await world.parts.database.inRealmOf(installation, (tx) =>
      readsOf(tx, async () => expect((await findAnyRoute(tx, line))?.company_id).toBe(company.companyId)),
    )
    expect(reads).toEqual([
      'companies by an index',
      'members by an index',
      'number_registry by an index',
      'numbers by an index',
    ])
  })

  it("ALL-1 finds another company's number in neither way from the realm of a company", async () => {
    const foreign = systemCaller(other.companyId, 'test')
    await world.parts.database.inRealmOf(foreign, async (tx) => {
      expect(await findOwnRoute(tx, line)).toBeUndefined()
      expect(await findAnyRoute(tx, line)).toBeUndefined()
    })
  })
})
