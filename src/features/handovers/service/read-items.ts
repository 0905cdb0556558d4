import { decodeCursor, encodeCursor } from '../../../kernel/cursor.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { stepFor } from '../../custody-ports/index.ts'
import { stepRefusal } from '../../custody-ports/refusals.ts'
import type { handoversContract } from '../contract.ts'
import { findItem, type ItemRow, pageOfItems } from '../item-views.ts'
import type { HandoverItem } from '../model/items.ts'
import type { Person } from '../model.ts'
import { handoverRefusal, planRemark } from '../refusals.ts'
import { peopleOf } from '../views.ts'
import { memberOf, mustFind, seesAllOf } from './read.ts'

type Routes = typeof handoversContract
type Language = 'en' | 'zh'
const listName = 'handover-items:position'

/**
 * What became of each item, in the order of the run; a successor sees what comes to them.
 * @throws Refusal `thing.not_found`, `page.cursor_invalid`
 */
export async function listHandoverItems(
  tx: Tx,
  { params, query, language }: RouteInput<Routes['listHandoverItems']>,
): Promise<RouteOutput<Routes['listHandoverItems']>> {
  const keys = query.cursor === undefined ? [] : decodeCursor(listName, query.cursor, ['number'])
  if (keys === null) throw new Refusal(httpRefusal.cursorInvalid)
  const row = await mustFind(tx, params.handoverId)
  const own = (await seesAllOf(tx, row)) ? null : memberOf(tx)
  if (own !== null && query.toMemberId !== undefined && query.toMemberId !== own)
    return { items: [], nextCursor: null }
  const found = await pageOfItems(tx, {
    handoverId: row.handoverId,
    state: query.state ?? null,
    kind: query.kind ?? null,
    toMemberId: own ?? query.toMemberId ?? null,
    after: keys[0] === undefined ? -1 : Number(keys[0]),
    limit: query.limit + 1,
  })
  const items = found.slice(0, query.limit)
  const last = items.at(-1)
  return {
    items: await presentItems(tx, items, language),
    nextCursor: found.length > items.length && last ? encodeCursor(listName, [String(last.position)]) : null,
  }
}

/** @throws Refusal `thing.not_found` */
export async function readItem(
  tx: Tx,
  asked: {
    readonly params: { readonly handoverId: string; readonly itemId: string }
    readonly language: Language
  },
): Promise<HandoverItem> {
  const item = await findItem(tx, asked.params)
  const [shown] = item ? await presentItems(tx, [item], asked.language) : []
  if (!shown) throw new Refusal(httpRefusal.notFound, { thing: 'item' })
  return shown
}

async function presentItems(tx: Tx, items: readonly ItemRow[], language: Language): Promise<HandoverItem[]> {
  const people = await peopleOf(
    tx,
    items.flatMap(({ toMemberId }) => toMemberId ?? []),
  )
  return items.map((item) => present(item, people, language))
}

function present(item: ItemRow, people: ReadonlyMap<string, Person>, language: Language): HandoverItem {
  const { toMemberId, refusalCode, refusalValues, settledBy, before, after, ...shown } = item
  return {
    ...shown,
    to: toMemberId === null ? null : (people.get(toMemberId) ?? null),
    before: before && { ...before },
    after: after && { ...after },
    code: refusalCode,
    ...wordsOf(item, language),
  }
}

const ownRules = [
  ...Object.values(handoverRefusal),
  ...Object.values(planRemark),
  ...Object.values(stepRefusal),
]

function wordsOf({ kind, refusalCode, refusalValues }: ItemRow, language: Language) {
  if (refusalCode === null) return { title: null, next: null }
  const rule = [...stepFor(kind).refusals, ...ownRules].find(({ code }) => code === refusalCode)
  if (!rule) throw new Error(`the step of ${kind} does not name ${refusalCode}`)
  return new Refusal(rule, refusalValues ?? {}).inWords(language)
}
