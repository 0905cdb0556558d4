import type { Tx } from '../../platform/db/tx.ts'
import type { DoneItem } from './kinds.ts'
import type { ItemState, OperationState } from './model.ts'
import type { OperationRow } from './store.ts'

/** An operation as it is shown, with what its rate is reckoned from. */
export interface ShownOperation extends Omit<OperationRow, 'approvedBy'> {
  readonly createdByName: string | null
  readonly finishedAt: string | null
  readonly workedMs: number
  readonly workedItems: number
}

const columns = `o.operation_id as "operationId", o.kind, o.given, o.state, o.total, o.done, o.waiting, o.failed, o.slices,
  o.next_slice as "nextSlice", o.settled_slice as "settledSlice", o.gap_minutes as "gapMinutes", o.request_id as "requestId", o.due_at as "dueAt", o.undoes,
  o.undone_by as "undoneBy", o.created_by as "createdBy", o.created_by_member_id as "createdByMemberId",
  o.created_at as "createdAt", o.version, o.finished_at as "finishedAt", o.worked_ms::double precision as "workedMs",
  o.worked_items::double precision as "workedItems", m.name as "createdByName"`
const tables = `operations o
  left join members m on m.company_id = o.company_id and m.member_id = o.created_by_member_id`

export async function findOperation(tx: Tx, operationId: string): Promise<ShownOperation | undefined> {
  const [row] = await tx.query<ShownOperation>({
    name: 'operation-shown',
    text: `select ${columns} from ${tables} where o.company_id = $1 and o.operation_id = $2`,
    values: [tx.companyId, operationId],
  })
  return row
}

export interface OperationPage {
  readonly state: OperationState | null
  readonly beforeId: string | null
  readonly limit: number
}

/** Operations, newest first. */
export function pageOfOperations(tx: Tx, page: OperationPage): Promise<ShownOperation[]> {
  const values: unknown[] = [tx.companyId]
  const place = (value: unknown) => `$${values.push(value)}`
  const conditions = [
    'o.company_id = $1',
    ...(page.state === null ? [] : [`o.state = ${place(page.state)}`]),
    ...(page.beforeId === null ? [] : [`o.operation_id < ${place(page.beforeId)}`]),
  ]
  return tx.query<ShownOperation>({
    text: `select ${columns} from ${tables} where ${conditions.join(' and ')}
      order by o.operation_id desc limit ${place(page.limit)}`,
    values,
  })
}

export interface ItemRow {
  readonly position: number
  readonly subjectId: string | null
  readonly given: Record<string, unknown>
  readonly state: Exclude<ItemState, 'cancelled'>
  readonly code: string | null
  readonly outcome: Record<string, unknown> | null
}

export interface ItemPage {
  readonly operationId: string
  readonly state: Exclude<ItemState, 'cancelled'> | null
  readonly after: number
  readonly limit: number
}

/** Items in the order that was sent. */
export function pageOfItems(tx: Tx, page: ItemPage): Promise<ItemRow[]> {
  const values: unknown[] = [tx.companyId, page.operationId, page.after, page.limit]
  return tx.query<ItemRow>({
    text: `select position, subject_id as "subjectId", given, state, code, outcome from operation_items
      where company_id = $1 and operation_id = $2 and position > $3
        ${page.state === null ? '' : `and state = $${values.push(page.state)}`}
      order by position limit $4`,
    values,
  })
}

/** What an operation has done or set waiting, for an undo; of one slice only where it is named. */
export function doneItems(tx: Tx, operationId: string, slice: number | null = null): Promise<DoneItem[]> {
  return tx.query<DoneItem>({
    text: `select position, subject_id as "subjectId", given, state, outcome from operation_items
      where company_id = $1 and operation_id = $2 and state in ('done', 'waiting') ${slice === null ? '' : 'and slice = $3'}
      order by position`,
    values: [tx.companyId, operationId, ...(slice === null ? [] : [slice])],
  })
}

/** When an operation of the company that waits between slices has worked last. */
export async function lastWorked(tx: Tx): Promise<string | null> {
  const [row] = await tx.query<{ at: string | null }>({
    text: 'select max(worked_at) as at from operations where company_id = $1 and gap_minutes > 0',
    values: [tx.companyId],
  })
  return row?.at ?? null
}

/** Items a second that the company's latest operations of a kind have done; null before there was one worth counting. */
export async function usualRate(tx: Tx, kind: string): Promise<number | null> {
  const [row] = await tx.query<{ rate: number | null }>({
    text: `select sum(worked_items)::double precision * 1000 / nullif(sum(worked_ms), 0)::double precision as rate
      from (select worked_items, worked_ms from operations
        where company_id = $1 and state = 'done' and kind = $2 and worked_items >= 100
        order by operation_id desc limit 5) latest`,
    values: [tx.companyId, kind],
  })
  return row?.rate ?? null
}
