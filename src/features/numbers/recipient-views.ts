import type { Tx } from '../../platform/db/tx.ts'
import type { Tier } from '../companies/model.ts'

/** How many moves and returns will come to each of these members, those of the number at hand apart (NUM-3). */
export async function incomingOf(
  tx: Tx,
  memberIds: readonly string[],
  exceptNumberId: string | null,
): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.query<{ member_id: string; incoming: number }>({
    name: 'recipients-incoming',
    text: `select m.member_id, (select count(*)::integer from scheduled_moves w
        where w.company_id = $1 and w.to_member_id = m.member_id and w.number_id is distinct from $3
          and w.state in ('scheduled', 'pending_check', 'pending_approval')) as incoming
      from unnest($2::uuid[]) as m (member_id)`,
    values: [tx.companyId, memberIds, exceptNumberId],
  })
  return new Map(rows.map((row) => [row.member_id, row.incoming]))
}

/** What the subscription says about how many numbers a member may hold. */
export async function findCap(tx: Tx): Promise<{ tier: Tier; cap_override: number | null }> {
  const [row] = await tx.query<{ tier: Tier; cap_override: number | null }>({
    name: 'recipients-cap',
    text: 'select tier, cap_override from subscriptions where company_id = $1',
    values: [tx.companyId],
  })
  if (!row) throw new Error(`the company ${tx.companyId} has no subscription`)
  return row
}
