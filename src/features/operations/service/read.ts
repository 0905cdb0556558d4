import { decodeCursor, encodeCursor } from '../../../kernel/cursor.ts'
import { Refusal, type RefusalValues } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import type { operationsContract } from '../contract.ts'
import { kindNamed } from '../kinds.ts'
import type { ItemState, Operation, OperationItem } from '../model.ts'
import { finishAt } from '../rules.ts'
import { findOperation, type ItemRow, pageOfItems, pageOfOperations, type ShownOperation } from '../views.ts'

type Routes = typeof operationsContract
const operationList = 'operations:-id'
const itemList = 'operation-items:position'

/** @throws Refusal `page.cursor_invalid` */
export async function listOperations(
  tx: Tx,
  { query }: RouteInput<Routes['listOperations']>,
): Promise<RouteOutput<Routes['listOperations']>> {
  const [beforeId] = readCursor(query.cursor, operationList, 'id')
  const found = await pageOfOperations(tx, {
    state: query.state ?? null,
    beforeId: beforeId ?? null,
    limit: query.limit + 1,
  })
  const items = found.slice(0, query.limit)
  const last = items.at(-1)
  return {
    items: items.map((row) => present(row, tx.now)),
    nextCursor: found.length > items.length && last ? encodeCursor(operationList, [last.operationId]) : null,
  }
}

/** @throws Refusal `thing.not_found` */
export async function readOperation(tx: Tx, operationId: string): Promise<Operation> {
  return present(await mustFind(tx, operationId), tx.now)
}

/**
 * An operation with a page of its items; of each failed one it says why, in the caller's language.
 * @throws Refusal `thing.not_found`, `page.cursor_invalid`
 */
export async function getOperation(
  tx: Tx,
  { params, query, language }: RouteInput<Routes['getOperation']>,
): Promise<RouteOutput<Routes['getOperation']>> {
  const [after] = readCursor(query.cursor, itemList, 'number')
  const row = await mustFind(tx, params.operationId)
  const { items, next } = await pageOfShownItems(tx, row, {
    state: query.items,
    after: after === undefined ? -1 : Number(after),
    limit: query.limit,
    language,
  })
  return {
    ...present(row, tx.now),
    items,
    nextCursor: next === null ? null : encodeCursor(itemList, [String(next)]),
  }
}

export interface WantedItems {
  readonly state: ItemState | undefined
  /** Only items behind this position. */
  readonly after: number
  readonly limit: number
  readonly language: 'en' | 'zh'
}

/** Items of an operation as people read them; `next` is the last one's position where there are more, else null. */
export async function pageOfShownItems(
  tx: Tx,
  row: ShownOperation,
  wanted: WantedItems,
): Promise<{ items: OperationItem[]; next: number | null }> {
  const { state, after, limit, language } = wanted
  const isCancelled = row.state === 'cancelled'
  // An item whose turn never came is pending in the table; the operation's end says what that means.
  const stored = state === 'cancelled' ? 'pending' : (state ?? null)
  const isEmpty =
    limit === 0 || (state === 'cancelled' && !isCancelled) || (state === 'pending' && isCancelled)
  const found = isEmpty
    ? []
    : await pageOfItems(tx, { operationId: row.operationId, state: stored, after, limit: limit + 1 })
  const items = found.slice(0, limit)
  const labels = await kindNamed(row.kind).labelsOf(
    tx,
    items.flatMap((item) => item.subjectId ?? []),
  )
  return {
    items: items.map((item) => ({
      ...item,
      state: isCancelled && item.state === 'pending' ? 'cancelled' : item.state,
      subjectLabel: (item.subjectId && labels.get(item.subjectId)) ?? null,
      ...wordsOf(row.kind, item, language),
    })),
    next: found.length > items.length ? (items.at(-1)?.position ?? null) : null,
  }
}

type Words = Pick<OperationItem, 'title' | 'next' | 'outcome'>

function wordsOf(kindName: string, item: ItemRow, language: 'en' | 'zh'): Words {
  if (item.code === null) return { title: null, next: null, outcome: item.outcome }
  const rule = kindNamed(kindName).refusals.find(({ code }) => code === item.code)
  if (!rule) throw new Error(`operations of kind ${kindName} do not name ${item.code}`)
  const { title, next } = new Refusal(rule, (item.outcome ?? {}) as RefusalValues).inWords(language)
  return { title, next, outcome: null }
}

function readCursor(cursor: string | undefined, list: string, form: 'id' | 'number'): string[] {
  if (cursor === undefined) return []
  const keys = decodeCursor(list, cursor, [form])
  if (!keys) throw new Refusal(httpRefusal.cursorInvalid)
  return keys
}

/** @throws Refusal `thing.not_found` */
export async function mustFind(tx: Tx, operationId: string): Promise<ShownOperation> {
  const row = await findOperation(tx, operationId)
  if (!row) throw new Refusal(httpRefusal.notFound, { thing: 'operation' })
  return row
}

function present(row: ShownOperation, now: string): Operation {
  const pending = row.total - row.done - row.waiting - row.failed
  const perSecond = row.workedMs > 0 ? (row.workedItems * 1000) / row.workedMs : null
  const { operationId, kind, state, total, done, waiting, failed, dueAt, version } = row
  return {
    operationId,
    kind,
    state,
    total,
    done,
    waiting,
    failed,
    pending,
    perSecond,
    nextAt: dueAt,
    finishAt:
      dueAt === null
        ? null
        : finishAt(
            {
              items: pending,
              slices: row.slices - row.nextSlice,
              gapMinutes: row.gapMinutes,
              perSecond,
              from: dueAt,
            },
            now,
          ),
    requestId: row.requestId,
    undoes: row.undoes,
    undoneBy: row.undoneBy,
    createdBy: row.createdBy,
    createdByName: row.createdByName,
    createdAt: row.createdAt,
    finishedAt: row.finishedAt,
    version,
  }
}
