import type { Instant } from '../../kernel/fields.ts'
import type { Tx } from '../../platform/db/tx.ts'
import type { Cause, CustodyState, MoveState } from './model.ts'

/** A stretch of custody that began after a number was handed over. */
export interface LaterStretch {
  readonly numberId: string
  readonly state: CustodyState
  readonly holderId: string | null
  readonly heldFrom: Instant
  readonly cause: Cause
}

/** Every stretch of custody of these numbers that began after its instant, oldest first. */
export function stretchesSince(
  tx: Tx,
  numbers: readonly { readonly numberId: string; readonly since: Instant }[],
): Promise<LaterStretch[]> {
  return tx.query<LaterStretch>({
    name: 'handed-stretches',
    text: `select a.number_id as "numberId", a.state, a.holder_id as "holderId", a.held_from as "heldFrom", a.cause
      from unnest($2::uuid[], $3::timestamptz[]) as s (number_id, since)
      cross join lateral (select b.number_id, b.state, b.holder_id, b.held_from, b.cause from assignments b
        where b.company_id = $1 and b.number_id = s.number_id and b.held_from > s.since order by b.held_from limit 100) a
      order by a.number_id, a.held_from`,
    values: [tx.companyId, numbers.map(({ numberId }) => numberId), numbers.map(({ since }) => since)],
  })
}

/** A move that a handover has set waiting, ended, or finds waiting. */
export interface HandedMove {
  readonly moveId: string
  readonly numberId: string
  readonly kind: 'move' | 'return'
  readonly state: MoveState
  readonly toMemberId: string
  readonly dueAt: Instant
  readonly requestId: string | null
  readonly approvedBy: string | null
  readonly checkedBy: string | null
  readonly reason: string | null
  readonly e164: string
  readonly country: string
  /** Who holds the number now; null for nobody. */
  readonly holderId: string | null
}

const moveSource = `select w.move_id as "moveId", w.number_id as "numberId", w.kind, w.state, w.to_member_id as "toMemberId",
    w.due_at as "dueAt", w.request_id as "requestId", w.approved_by as "approvedBy", w.checked_by as "checkedBy", w.reason,
    n.e164, n.country, n.holder_id as "holderId"
  from scheduled_moves w join numbers n on n.company_id = w.company_id and n.number_id = w.number_id`

/** Moves by their ids, as they are. */
export async function movesById(
  tx: Tx,
  moveIds: readonly string[],
): Promise<ReadonlyMap<string, HandedMove>> {
  if (moveIds.length === 0) return new Map()
  const rows = await tx.query<HandedMove>({
    name: 'handed-moves',
    text: `${moveSource} where w.company_id = $1 and w.move_id = any($2)`,
    values: [tx.companyId, moveIds],
  })
  return new Map(rows.map((row) => [row.moveId, row]))
}

/** The same, locked for a change: first their numbers, as everywhere, so that two changes never wait in a ring. */
export async function lockMoves(
  tx: Tx,
  moveIds: readonly string[],
): Promise<ReadonlyMap<string, HandedMove>> {
  await tx.query({
    name: 'handed-moves-numbers',
    text: `select 1 from numbers where company_id = $1 and number_id in (
        select number_id from scheduled_moves where company_id = $1 and move_id = any($2))
      order by number_id for no key update`,
    values: [tx.companyId, moveIds],
  })
  await tx.query({
    name: 'handed-moves-lock',
    text: 'select 1 from scheduled_moves where company_id = $1 and move_id = any($2) order by move_id for no key update',
    values: [tx.companyId, moveIds],
  })
  return movesById(tx, moveIds)
}
