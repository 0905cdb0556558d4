import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'

const patienceSeconds = 120

/** Waits until every entry of the ledger has its place, so that no sealing falls into the next measurement. */
export async function waitUntilSealed(superuser: pg.Client): Promise<void> {
  for (let waited = 0; waited < patienceSeconds * 10; waited++) {
    const { rows } = await superuser.query('select 1 from audit_entries where seq is null limit 1')
    if (rows.length === 0) return
    await sleep(100)
  }
  throw new Error('the ledger was not sealed in time')
}
