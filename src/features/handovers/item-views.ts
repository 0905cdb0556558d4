import type { Instant } from '../../kernel/fields.ts'
import type { RefusalValues } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/db/tx.ts'
import type { HoldingKind, Particulars, Phase, StepResult, Way } from '../custody-ports/model.ts'
import type { ItemState } from './model/items.ts'

type WaitsFor = Extract<StepResult, { state: 'waiting' }>['waitsFor']

/** A row of `handover_items`. */
export interface ItemRow {
  readonly itemId: string
  readonly position: number
  readonly phase: Phase
  readonly kind: HoldingKind
  readonly holdingId: string
  /** Null once erased. */
  readonly label: string | null
  readonly way: Way
  readonly toMemberId: string | null
  readonly history: 'keep' | 'hide' | 'delete' | null
  readonly returnAt: Instant | null
  readonly isReversible: boolean
  readonly state: ItemState
  readonly waitsFor: WaitsFor | null
  readonly dueAt: Instant | null
  readonly reference: string | null
  readonly attempts: number
  readonly before: Particulars | null
  readonly after: Particulars | null
  readonly refusalCode: string | null
  readonly refusalValues: RefusalValues | null
  readonly reason: string | null
  readonly settledBy: string | null
  readonly taskId: string | null
  readonly attemptedAt: Instant | null
  readonly observedAt: Instant | null
  readonly undoneAt: Instant | null
}

/** All columns of an item under the names of its row, of `i`. */
export const itemColumns = `i.item_id as "itemId", i.position, i.phase, i.kind, i.holding_id as "holdingId", i.label, i.way,
  i.to_member_id as "toMemberId", i.history, i.return_at as "returnAt", i.is_reversible as "isReversible", i.state,
  i.waits_for as "waitsFor", i.due_at as "dueAt", i.reference, i.attempts, i.before, i.after,
  i.refusal_code as "refusalCode", i.refusal_values as "refusalValues", i.reason, i.settled_by as "settledBy",
  i.task_id as "taskId", i.attempted_at as "attemptedAt", i.observed_at as "observedAt", i.undone_at as "undoneAt"`

export interface ItemPage {
  readonly handoverId: string
  readonly state: ItemState | null
  readonly kind: HoldingKind | null
  readonly toMemberId: string | null
  readonly after: number
  readonly limit: number
}

/** Items in the order of the run. */
export function pageOfItems(tx: Tx, page: ItemPage): Promise<ItemRow[]> {
  const values: unknown[] = [tx.companyId, page.handoverId, page.after, page.limit]
  const place = (value: unknown) => `$${values.push(value)}`
  const conditions = [
    'i.company_id = $1 and i.handover_id = $2 and i.position > $3',
    page.state === null ? null : `i.state = ${place(page.state)}`,
    page.kind === null ? null : `i.kind = ${place(page.kind)}`,
    page.toMemberId === null ? null : `i.to_member_id = ${place(page.toMemberId)}`,
  ].filter((condition) => condition !== null)
  return tx.query<ItemRow>({
    text: `select ${itemColumns} from handover_items i where ${conditions.join(' and ')} order by i.position limit $4`,
    values,
  })
}

/** One item of a handover; undefined where it has none of that id. */
export async function findItem(
  tx: Tx,
  { handoverId, itemId }: { readonly handoverId: string; readonly itemId: string },
): Promise<ItemRow | undefined> {
  const [row] = await tx.query<ItemRow>({
    name: 'handover-item',
    text: `select ${itemColumns} from handover_items i where i.company_id = $1 and i.handover_id = $2 and i.item_id = $3`,
    values: [tx.companyId, handoverId, itemId],
  })
  return row
}
