import { isCompanyCaller, personOf } from '../../kernel/caller.ts'
import type { Tx } from '../../platform/db/tx.ts'
import type { ItemResult, OperationPlan, PlannedItem, RunningOperation, SliceItem } from './kinds.ts'
import type { OperationState } from './model.ts'

/** A row of `operations`, locked. */
export interface OperationRow extends RunningOperation {
  readonly state: OperationState
  readonly total: number
  readonly done: number
  readonly waiting: number
  readonly failed: number
  readonly slices: number
  readonly gapMinutes: number
  readonly requestId: string | null
  readonly dueAt: string | null
  readonly undoes: string | null
  readonly undoneBy: string | null
  readonly version: number
}

const columns = `operation_id as "operationId", kind, given, state, total, done, waiting, failed, slices,
  next_slice as "nextSlice", settled_slice as "settledSlice", gap_minutes as "gapMinutes", request_id as "requestId", due_at as "dueAt", undoes,
  undone_by as "undoneBy", created_by as "createdBy", created_by_member_id as "createdByMemberId",
  created_at as "createdAt", version, (select r.decided_by from requests r where r.company_id = operations.company_id
    and r.request_id = operations.request_id and r.state = 'approved') as "approvedBy"`

/** Locks an operation; undefined when the company has none of that id. */
export async function lockOperation(tx: Tx, operationId: string): Promise<OperationRow | undefined> {
  const [row] = await tx.query<OperationRow>({
    name: 'operation-lock',
    text: `select ${columns} from operations where company_id = $1 and operation_id = $2 for no key update`,
    values: [tx.companyId, operationId],
  })
  return row
}

/** Locks an operation whose next slice is due; undefined when someone else works on it or it is not due any more. */
export async function claimOperation(tx: Tx, operationId: string): Promise<OperationRow | undefined> {
  const [row] = await tx.query<OperationRow>({
    name: 'operation-claim',
    text: `select ${columns} from operations where company_id = $1 and operation_id = $2 and state = 'running'
      and due_at <= $3 for no key update skip locked`,
    values: [tx.companyId, operationId, tx.now],
  })
  return row
}

export interface NewOperation extends OperationPlan {
  readonly operationId: string
  readonly state: 'running' | 'pending_approval'
  readonly requestId: string | null
  readonly dueAt: string | null
  readonly slices: number
  readonly failed: number
}

/** Writes an operation and all its items; the database takes some thousands while the next are prepared. */
export async function insertOperation(tx: Tx, operation: NewOperation): Promise<void> {
  const { items } = operation
  tx.send({
    text: `insert into operations (company_id, operation_id, kind, state, given, undoes, total, failed, slices, gap_minutes,
        request_id, created_by, created_by_member_id, created_at, due_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    values: [
      tx.companyId,
      operation.operationId,
      operation.kind,
      operation.state,
      JSON.stringify(operation.given),
      operation.undoes,
      items.length,
      operation.failed,
      operation.slices,
      operation.gapMinutes,
      operation.requestId,
      personOf(tx.caller),
      isCompanyCaller(tx.caller) ? tx.caller.memberId : null,
      tx.now,
      operation.dueAt,
    ],
  })
  for (let first = 0; first < items.length; first += itemsAtOnce) {
    insertItems(tx, operation.operationId, { first, items: items.slice(first, first + itemsAtOnce) })
    await tx.flush()
  }
}

const itemsAtOnce = 5_000

function insertItems(
  tx: Tx,
  operationId: string,
  { first, items }: { readonly first: number; readonly items: readonly PlannedItem[] },
): void {
  tx.send({
    name: 'operation-items',
    text: `insert into operation_items (company_id, operation_id, position, slice, subject_id, given, state, code, outcome)
      select $1, $2, $8::integer + place - 1, slice, subject_id, given, case when code is null then 'pending' else 'failed' end, code, outcome
      from unnest($3::integer[], $4::uuid[], $5::jsonb[], $6::text[], $7::jsonb[])
        with ordinality as planned (slice, subject_id, given, code, outcome, place)`,
    values: [
      tx.companyId,
      operationId,
      items.map((item) => item.slice),
      items.map((item) => item.subjectId),
      items.map((item) => JSON.stringify(item.given)),
      items.map((item) => item.refusal?.code ?? null),
      items.map((item) => (item.refusal ? JSON.stringify(item.refusal.values) : null)),
      first,
    ],
  })
}

/** The items of a slice whose turn it is. */
export function pendingItems(tx: Tx, operationId: string, slice: number): Promise<SliceItem[]> {
  return tx.query<SliceItem>({
    name: 'operation-slice',
    text: `select position, subject_id as "subjectId", given from operation_items
      where company_id = $1 and operation_id = $2 and slice = $3 and state = 'pending' order by position`,
    values: [tx.companyId, operationId, slice],
  })
}

/** Writes what became of the items of a slice. */
export function saveResults(tx: Tx, operationId: string, results: readonly ItemResult[]): void {
  tx.send({
    name: 'operation-results',
    text: `update operation_items i set state = r.state, code = r.code, outcome = r.outcome
      from unnest($3::integer[], $4::text[], $5::text[], $6::jsonb[]) as r (position, state, code, outcome)
      where i.company_id = $1 and i.operation_id = $2 and i.position = r.position`,
    values: [
      tx.companyId,
      operationId,
      results.map((result) => result.position),
      results.map((result) => result.state),
      results.map((result) => (result.state === 'failed' ? result.refusal.code : null)),
      results.map((result) =>
        JSON.stringify(result.state === 'failed' ? result.refusal.values : result.outcome),
      ),
    ],
  })
}

/** Where an operation goes on after a slice. */
export interface SliceEnd {
  readonly done: number
  readonly waiting: number
  readonly failed: number
  readonly state: 'running' | 'done'
  readonly dueAt: string | null
  readonly settledSlice: number
}

/** Counts a finished slice; the time it took is the database's own, from the transaction's beginning. */
export function endSlice(tx: Tx, operationId: string, end: SliceEnd): void {
  tx.send({
    name: 'operation-slice-end',
    text: `update operations set done = done + $3, waiting = waiting + $4, failed = failed + $5, next_slice = next_slice + 1,
        state = $6, due_at = $7, worked_at = $8, finished_at = case when $6 = 'done' then $8::timestamptz end,
        worked_items = worked_items + $3 + $4 + $5, settled_slice = $9,
        worked_ms = worked_ms + ceil(extract(epoch from clock_timestamp() - transaction_timestamp()) * 1000)::bigint
      where company_id = $1 and operation_id = $2`,
    values: [
      tx.companyId,
      operationId,
      end.done,
      end.waiting,
      end.failed,
      end.state,
      end.dueAt,
      tx.now,
      end.settledSlice,
    ],
  })
}

/** Puts the next slice off. */
export function postponeSlice(tx: Tx, operationId: string, dueAt: string): void {
  tx.send({
    text: 'update operations set due_at = $3 where company_id = $1 and operation_id = $2',
    values: [tx.companyId, operationId, dueAt],
  })
}

export interface StateChange {
  readonly state: OperationState
  readonly dueAt: string | null
  readonly requestId?: string | null
  readonly settledSlice?: number
}

/** Writes a new state of a locked operation. */
export function changeState(tx: Tx, operationId: string, change: StateChange): void {
  tx.send({
    name: 'operation-state',
    text: `update operations set state = $3, due_at = $4, request_id = coalesce($5, request_id), version = version + 1,
        settled_slice = coalesce($7, settled_slice), finished_at = case when $3 in ('done', 'cancelled') then $6::timestamptz end
      where company_id = $1 and operation_id = $2`,
    values: [
      tx.companyId,
      operationId,
      change.state,
      change.dueAt,
      change.requestId ?? null,
      tx.now,
      change.settledSlice ?? null,
    ],
  })
}

/**
 * Puts the failed items of an operation into slices of their own, behind the others; what was in one slice stays
 * together. Those that failed with one of `finalCodes` stay as they are.
 * @returns how many it were
 */
export async function sliceFailedAgain(
  tx: Tx,
  operation: OperationRow,
  finalCodes: readonly string[],
): Promise<number> {
  const [row] = await tx.query<{ slices: number; items: number }>({
    text: `with again as (
        select position, slice, dense_rank() over (order by slice < 0, abs(slice)) as place from operation_items
        where company_id = $1 and operation_id = $2 and state = 'failed' and code <> all($4)),
      moved as (
        update operation_items i set state = 'pending', code = null, outcome = null, slice = $3 + again.place - 1
        from again where i.company_id = $1 and i.operation_id = $2 and i.position = again.position)
      select coalesce(max(place), 0)::integer as slices, count(*)::integer as items from again`,
    values: [tx.companyId, operation.operationId, operation.slices, finalCodes],
  })
  const { slices, items } = row ?? { slices: 0, items: 0 }
  tx.send({
    text: `update operations set failed = failed - $4, next_slice = slices, slices = slices + $3
      where company_id = $1 and operation_id = $2`,
    values: [tx.companyId, operation.operationId, slices, items],
  })
  return items
}

/** Notes which operation takes this one back; null when that was cancelled. */
export function markUndone(tx: Tx, operationId: string, undoneBy: string | null): void {
  tx.send({
    text: 'update operations set undone_by = $3, version = version + 1 where company_id = $1 and operation_id = $2',
    values: [tx.companyId, operationId, undoneBy],
  })
}
