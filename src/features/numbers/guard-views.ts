import type { Tx } from '../../platform/db/tx.ts'

/**
 * How many moves a person made in the last 24 h or ordered in that time and still wait, alone or in a batch, the number
 * at hand and what a second person approved apart; counted up to `most` each.
 */
export async function countMoves(
  tx: Tx,
  counted: { readonly person: string; readonly exceptNumberId: string | null; readonly most: number },
): Promise<number> {
  const [row] = await tx.query<{ moves: number }>({
    name: 'moves-of-person',
    text: `select count(*)::integer + coalesce((
          select sum(o.total - o.done - o.waiting - o.failed)::integer from operations o where o.company_id = $1 and o.created_by = $2
            and o.created_at > $3::timestamptz - interval '24 hours' and o.state in ('running', 'paused') and o.request_id is null
            and o.undoes is null), 0) as moves
      from (
        (select 1 from assignments a where a.company_id = $1 and a.moved_by = $2
          and a.cause in ('assigned', 'reassigned', 'lent') and a.held_from > $3::timestamptz - interval '24 hours' limit $5)
        union all
        (select 1 from scheduled_moves w where w.company_id = $1 and w.scheduled_by = $2
          and w.created_at > $3::timestamptz - interval '24 hours' and w.kind = 'move' and w.approved_by is null
          and w.state in ('scheduled', 'pending_check') and w.number_id is distinct from $4 limit $5)) made`,
    values: [tx.companyId, counted.person, tx.now, counted.exceptNumberId, counted.most],
  })
  return row?.moves ?? 0
}

/** How many numbers the company has, released ones apart; counted up to `most`, null for all. */
export async function countNumbers(tx: Tx, most: number | null): Promise<number> {
  const [row] = await tx.query<{ numbers: number }>({
    name: 'numbers-owned',
    text: `select count(*)::integer as numbers from (select 1 from numbers
      where company_id = $1 and state in ('held', 'parked') order by number_id limit $2) owned`,
    values: [tx.companyId, most],
  })
  return row?.numbers ?? 0
}

/** Whether someone who held the number is under a legal hold, which keeps what the number knows of them (ALL-7). */
export async function holderUnderHold(tx: Tx, numberId: string): Promise<boolean> {
  const [row] = await tx.query<{ kept: boolean }>({
    name: 'number-holder-under-hold',
    text: `select exists (select 1 from legal_holds h
        join assignments a on a.company_id = h.company_id and a.holder_id = h.subject_id and a.number_id = $2
      where h.company_id = $1 and h.subject_kind = 'member' and h.lifted_at is null) as kept`,
    values: [tx.companyId, numberId],
  })
  return row?.kept === true
}
