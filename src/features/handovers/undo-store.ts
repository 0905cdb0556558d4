import type { Instant } from '../../kernel/fields.ts'
import { addHours } from '../../kernel/instant.ts'
import type { Tx } from '../../platform/db/tx.ts'
import type { HoldingKind, Phase, StepResult } from '../custody-ports/model.ts'
import { type StepRow, stepColumns, type Taken } from './item-store.ts'

// Where something was begun it says what was before, also where it then failed, was skipped or handed to a person; what
// began nothing, or was done by a person instead, has nothing to give back.
const isDone = `i.before is not null and i.undone_at is null
  and i.state in ('attempted', 'waiting', 'observed', 'handed', 'failed', 'skipped')`

// The leaver is a member with access again before anything goes back to them; the rest goes back in reverse order.
const backwards = `case i.phase when 'membership' then 0 when 'access' then 1 else 2 end, i.position desc`

/** The next items to be taken back, at most `limit` and all of one kind. */
export async function nextToUndo(tx: Tx, handoverId: string, { limit, itemId }: Taken): Promise<StepRow[]> {
  const [first] = await tx.query<{ kind: HoldingKind; phase: Phase }>({
    name: 'handover-undo-next',
    text: `select i.kind, i.phase from handover_items i
      where i.company_id = $1 and i.handover_id = $2 and ${isDone}
        and ($3::uuid is null or i.item_id = $3) order by ${backwards} limit 1`,
    values: [tx.companyId, handoverId, itemId],
  })
  if (!first) return []
  return tx.query<StepRow>({
    name: 'handover-undo-items',
    text: `select ${stepColumns} from handover_items i
      where i.company_id = $1 and i.handover_id = $2 and i.kind = $3 and ${isDone}
        and ($5::uuid is null or i.item_id = $5) order by i.position desc limit $4 for update`,
    values: [tx.companyId, handoverId, first.kind, limit, itemId],
  })
}

/** All that an undo would take back, in its order. */
export function undoable(tx: Tx, handoverId: string): Promise<StepRow[]> {
  return tx.query<StepRow>({
    text: `select ${stepColumns} from handover_items i
      where i.company_id = $1 and i.handover_id = $2 and ${isDone} order by ${backwards}`,
    values: [tx.companyId, handoverId],
  })
}

/** Writes what came back; what could not keeps its state, with the reason. */
export function saveUndone(tx: Tx, handoverId: string, results: readonly StepResult[]): void {
  tx.send({
    name: 'handover-undone',
    text: `update handover_items i set state = case when r.code is null then 'undone' else i.state end, undone_at = $4,
        refusal_code = r.code, refusal_values = r.given, waits_for = null, due_at = null
      from unnest($3::uuid[], $5::text[], $6::jsonb[]) as r (item_id, code, given)
      where i.company_id = $1 and i.handover_id = $2 and i.item_id = r.item_id`,
    values: [
      tx.companyId,
      handoverId,
      results.map(({ itemId }) => itemId),
      tx.now,
      results.map((one) => (one.state === 'failed' ? one.refusal.code : null)),
      results.map((one) => (one.state === 'failed' ? JSON.stringify(one.refusal.values) : null)),
    ],
  })
}

/** Skips what was handed to a person and never begun otherwise: with the undo its task has ended. */
export function skipHanded(tx: Tx, handoverId: string): void {
  tx.send({
    name: 'handover-undo-handed',
    text: `update handover_items set state = 'skipped'
      where company_id = $1 and handover_id = $2 and state = 'handed' and before is null`,
    values: [tx.companyId, handoverId],
  })
}

const lookAgainHours = 1

/** Until when, at least, the handover that a request is about can be undone; null where it cannot. */
export async function undoableUntil(tx: Tx, requestId: string): Promise<Instant | null> {
  const [row] = await tx.query<{ undoUntil: Instant | null }>({
    name: 'handover-undoable-until',
    text: `select h.undo_until as "undoUntil" from requests r
      join handovers h on h.company_id = r.company_id and h.handover_id = r.subject_id
      where r.company_id = $1 and r.request_id = $2 and r.subject_kind = 'handover'
        and h.state in ('running', 'paused', 'finished', 'undoing')`,
    values: [tx.companyId, requestId],
  })
  // Its window begins when it is done.
  return row ? (row.undoUntil ?? addHours(tx.now, lookAgainHours)) : null
}
