import { personOf } from '../../kernel/caller.ts'
import type { Instant } from '../../kernel/fields.ts'
import type { Tx } from '../../platform/db/tx.ts'

/**
 * Notes that the caller reads the contents of these numbers in this hour.
 * @returns the numbers for which it was not noted yet
 */
export async function insertReadings(
  tx: Tx,
  numberIds: readonly string[],
  hour: Instant,
): Promise<readonly string[]> {
  const rows = await tx.query<{ number_id: string }>({
    name: 'record-readings-insert',
    text: `insert into record_readings (company_id, person, number_id, hour)
      select $1, $2, number_id, $4 from unnest($3::uuid[]) number_id order by number_id
      on conflict do nothing returning number_id`,
    values: [tx.companyId, personOf(tx.caller), numberIds, hour],
  })
  return rows.map((row) => row.number_id)
}
