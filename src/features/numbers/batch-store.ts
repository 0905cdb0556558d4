import { personOf } from '../../kernel/caller.ts'
import type { Tx } from '../../platform/db/tx.ts'
import type { BatchNumberRow } from './batch-views.ts'
import type { NextCustody } from './rules/facts.ts'

/** A locked number with the custody that begins. */
export interface Begun {
  readonly row: BatchNumberRow
  readonly next: NextCustody
}

/** Begins custody on many locked rows, as `beginCustody` of store.ts does on one: three statements for all. */
export function beginCustodies(tx: Tx, begun: readonly Begun[]): void {
  if (begun.length === 0) return
  const numberIds = begun.map(({ row }) => row.number_id)
  const at = begun.map(({ next }) => next.at)
  const states = begun.map(({ next }) => next.state)
  const holders = begun.map(({ next }) => next.holderId)
  const visible = begun.map(({ next }) => next.visibleFrom)
  const assigned = begun.map(({ next }) => next.assignedAt)
  tx.send({
    name: 'custodies-close',
    text: `update assignments a set held_to = b.at from unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[]) as b (number_id, held_from, at)
      where a.company_id = $1 and a.number_id = b.number_id and a.held_from = b.held_from`,
    values: [tx.companyId, numberIds, begun.map(({ row }) => row.held_from), at],
  })
  tx.send({
    name: 'custodies-open',
    text: `insert into assignments
        (company_id, number_id, held_from, state, holder_id, visible_from, assigned_at, cause, took_licence, moved_by)
      select $1, number_id, at, state, holder_id, visible_from, assigned_at, cause, took_licence, $2
      from unnest($3::uuid[], $4::timestamptz[], $5::text[], $6::uuid[], $7::timestamptz[], $8::timestamptz[], $9::text[], $10::boolean[])
        as b (number_id, at, state, holder_id, visible_from, assigned_at, cause, took_licence)`,
    values: [
      tx.companyId,
      personOf(tx.caller),
      numberIds,
      at,
      states,
      holders,
      visible,
      assigned,
      begun.map(({ next }) => next.cause),
      begun.map(({ next }) => next.takesLicence),
    ],
  })
  tx.send({
    name: 'custodies-copy',
    text: `update numbers n set state = b.state, holder_id = b.holder_id, held_from = b.at, visible_from = b.visible_from,
        assigned_at = b.assigned_at, licensed = b.licensed, version = n.version + 1
      from unnest($2::uuid[], $3::timestamptz[], $4::text[], $5::uuid[], $6::timestamptz[], $7::timestamptz[], $8::boolean[])
        as b (number_id, at, state, holder_id, visible_from, assigned_at, licensed)
      where n.company_id = $1 and n.number_id = b.number_id`,
    values: [
      tx.companyId,
      numberIds,
      at,
      states,
      holders,
      visible,
      assigned,
      begun.map(({ row, next }) => (row.licensed || next.takesLicence) && !next.freesLicence),
    ],
  })
}

export interface NewErasures {
  readonly requestId: string
  readonly undoWindowHours: number
  readonly erasures: readonly {
    readonly erasureId: string
    readonly numberId: string
    readonly cutOff: string
  }[]
}

/** Writes the histories that one request is to have deleted (NUM-5); what was decided about it holds for them too. */
export function insertErasures(tx: Tx, { requestId, undoWindowHours, erasures }: NewErasures): void {
  if (erasures.length === 0) return
  tx.send({
    text: `insert into history_erasures (company_id, erasure_id, number_id, request_id, cut_off, due_at, state)
      select $1, erasure_id, number_id, $2, cut_off, cut_off + make_interval(hours => $3),
        case r.state when 'open' then 'awaiting_approval' when 'approved' then 'approved' else 'rejected' end
      from unnest($4::uuid[], $5::uuid[], $6::timestamptz[]) as e (erasure_id, number_id, cut_off)
      join requests r on r.company_id = $1 and r.request_id = $2`,
    values: [
      tx.companyId,
      requestId,
      undoWindowHours,
      erasures.map((erasure) => erasure.erasureId),
      erasures.map((erasure) => erasure.numberId),
      erasures.map((erasure) => erasure.cutOff),
    ],
  })
}

/**
 * Cancels the erasures that moves had set going, by number and cut-off.
 * @returns the requests that have no erasure left to decide or carry out
 */
export async function cancelErasures(
  tx: Tx,
  moves: readonly { readonly numberId: string; readonly at: string }[],
): Promise<string[]> {
  const touched = await tx.query<{ request_id: string }>({
    text: `update history_erasures e set state = 'cancelled', finished_at = $2
      from unnest($3::uuid[], $4::timestamptz[]) as m (number_id, at)
      where e.company_id = $1 and e.number_id = m.number_id and e.cut_off = m.at
        and e.state in ('awaiting_approval', 'approved') returning e.request_id`,
    values: [tx.companyId, tx.now, moves.map((move) => move.numberId), moves.map((move) => move.at)],
  })
  const requestIds = [...new Set(touched.map((row) => row.request_id))]
  const left = await tx.query<{ request_id: string }>({
    text: `select distinct request_id from history_erasures
      where company_id = $1 and request_id = any($2) and state in ('awaiting_approval', 'approved', 'erasing', 'done')`,
    values: [tx.companyId, requestIds],
  })
  const stillNeeded = new Set(left.map((row) => row.request_id))
  return requestIds.filter((requestId) => !stillNeeded.has(requestId))
}

/** Ends the returns of loans that moves of a batch have brought back early. */
export function finishMoves(tx: Tx, moveIds: readonly string[]): void {
  if (moveIds.length === 0) return
  tx.send({
    text: `update scheduled_moves set state = 'done', finished_at = $3 where company_id = $1 and move_id = any($2)`,
    values: [tx.companyId, moveIds, tx.now],
  })
}

/** Moves the erasures of a whole request on that still wait for its decision. */
export function decideErasures(tx: Tx, requestId: string, state: 'approved' | 'rejected'): void {
  tx.send({
    text: `update history_erasures set state = $3, finished_at = case when $3 = 'rejected' then $4::timestamptz end
      where company_id = $1 and request_id = $2 and state = 'awaiting_approval'`,
    values: [tx.companyId, requestId, state, tx.now],
  })
}

/** Whether a request has histories to delete. */
export async function hasErasures(tx: Tx, requestId: string): Promise<boolean> {
  const rows = await tx.query({
    text: 'select 1 as one from history_erasures where company_id = $1 and request_id = $2 limit 1',
    values: [tx.companyId, requestId],
  })
  return rows.length > 0
}
