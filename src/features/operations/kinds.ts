import type { RefusalRule, RefusalValues } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/db/tx.ts'

/** Ids, states and choices of a plan or an item, as they are stored. */
export type Particulars = Readonly<Record<string, unknown>>

/** A "no" to one item, stored by its code; the words are put together when it is shown. */
export interface ItemRefusal {
  readonly code: string
  readonly values: RefusalValues
}

/** One thing to do. Items of one slice are done in one transaction. */
export interface PlannedItem {
  readonly subjectId: string | null
  readonly given: Particulars
  /** Below 0 for what was refused before it began: it has no turn, and a retry keeps the same slices together. */
  readonly slice: number
  /** Refused before it began. */
  readonly refusal: ItemRefusal | null
}

/** Work that a feature wants done item by item. */
export interface OperationPlan {
  readonly kind: string
  readonly given: Particulars
  readonly items: readonly PlannedItem[]
  /** Minutes to wait between two slices; 0 for none. */
  readonly gapMinutes: number
  readonly undoes: string | null
}

/** An operation while one of its slices is done; its row is locked. */
export interface RunningOperation {
  readonly operationId: string
  readonly kind: string
  readonly given: Particulars
  readonly createdBy: string
  readonly createdByMemberId: string | null
  readonly createdAt: string
  /** The second person who approved it; null where none was needed, or has done so yet. */
  readonly approvedBy: string | null
  /** The slice whose turn it is. */
  readonly nextSlice: number
  /** Up to which slice `settled` was told. */
  readonly settledSlice: number
}

export interface SliceItem {
  readonly position: number
  readonly subjectId: string | null
  readonly given: Particulars
}

/** What became of an item. */
export type ItemResult = { readonly position: number } & (
  | { readonly state: 'done' | 'waiting'; readonly outcome: Particulars }
  | { readonly state: 'failed'; readonly refusal: ItemRefusal }
)

export interface Parties {
  readonly from: string | null
  readonly to: string | null
}

/** How a feature does one kind of operation; wired in the composition root. */
export interface OperationKind {
  readonly kind: string
  /** Every refusal that its items may meet. */
  readonly refusals: readonly RefusalRule[]
  /** Those that no second try can change: what was asked for is wrong in itself. */
  readonly finalRefusals: readonly RefusalRule[]
  /** Whether who began it may still do so; if not, a second person is asked. */
  mayGoOn(tx: Tx, operation: RunningOperation): Promise<boolean>
  /** Whether so many items more are above what the one who began it may do alone (HAN-10). */
  isOverLimit(tx: Tx, operation: RunningOperation, items: number): Promise<boolean>
  /** Does one slice, safe to run again after a rollback; every item gets a result. */
  runSlice(tx: Tx, operation: RunningOperation, items: readonly SliceItem[]): Promise<readonly ItemResult[]>
  /** Told when the work rests for now, with the slices `from` up to before `to` that were done since the last time. */
  settled(tx: Tx, operation: RunningOperation, slices: { readonly from: number; readonly to: number }): void
  /** Told in the transaction that cancels it: what was set going for it is taken back. */
  cancelled(tx: Tx, operation: RunningOperation): Promise<void>
  labelsOf(tx: Tx, subjectIds: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** Names of those between whom each item passes something on, by its position; null for nobody and for unknown. */
  partiesOf(
    tx: Tx,
    items: readonly Pick<SliceItem, 'position' | 'given'>[],
  ): Promise<ReadonlyMap<number, Parties>>
  /** The operation that takes this one back; null for a kind that cannot be undone. */
  planUndo(tx: Tx, operation: RunningOperation, items: readonly DoneItem[]): Promise<OperationPlan | null>
}

/** An item that an undo has to take back. */
export interface DoneItem extends SliceItem {
  readonly state: 'done' | 'waiting'
  readonly outcome: Particulars
}

let kinds: ReadonlyMap<string, OperationKind> = new Map()

/** Wires the kinds of operations, once, in the composition root. */
export function wireOperationKinds(all: readonly OperationKind[]): void {
  kinds = new Map(all.map((kind) => [kind.kind, kind]))
}

export function kindNamed(name: string): OperationKind {
  const kind = kinds.get(name)
  if (!kind) throw new Error(`no feature does operations of kind ${name}`)
  return kind
}
