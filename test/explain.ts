import { systemCaller } from '../src/kernel/caller.ts'
import type { Tx } from '../src/platform/db/tx.ts'
import type { World } from './world.ts'

/** What PostgreSQL means to do for a statement. */
export interface Explained {
  /** The plan as `explain` prints it, for the message of a failing test. */
  readonly text: string
  /** Tables that would be read from end to end. */
  readonly scannedWhole: readonly string[]
}

/** A statement as Kysely writes it. */
export interface Written {
  compile(): { readonly sql: string; readonly parameters: readonly unknown[] }
}

/**
 * The plan of a statement as `baton_serve` in a company's realm, so with row-level security: fill the tables and
 * `analyze` them before, since PostgreSQL reads small tables from end to end whatever indexes they have.
 */
export async function explainAsServe(
  world: World,
  companyId: string,
  write: (tx: Tx) => Written,
): Promise<Explained> {
  return world.parts.database.inRealmOf(systemCaller(companyId, 'explain'), async (tx) => {
    const { sql, parameters } = write(tx).compile()
    const lines = await tx.query<{ 'QUERY PLAN': string }>({ text: `explain ${sql}`, values: parameters })
    const text = lines.map((line) => line['QUERY PLAN']).join('\n')
    return { text, scannedWhole: [...text.matchAll(/Seq Scan on (\w+)/g)].map((found) => found[1] ?? '') }
  })
}
