import { decodeCursor, encodeCursor } from '../../../kernel/cursor.ts'
import type { Instant } from '../../../kernel/fields.ts'
import { laterOf, nextMicrosecond, normaliseInstant } from '../../../kernel/instant.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { findOpenConversations } from '../conversation-views.ts'
import { type RecordQuery, recordRefusal, type ShownRecord } from '../model.ts'
import { answeredLast, holdersThen, mediaOf } from '../page-views.ts'
import { presentRecord } from '../present.ts'
import { type Look, lookForRecords, type Place, type RecordKey, type RecordRow } from '../record-views.ts'
import { asksForAnswer } from '../rules/conversation.ts'
import { appearanceOf, contentsFrom, contentsReach, seesToBeDeleted } from '../rules/may-read.ts'
import {
  noteReadings,
  readerOf,
  type SeenNumber,
  seeNumber,
  seeNumbers,
  seeOwnNumbers,
  seeTogether,
} from './read-access.ts'
import { recordById } from './record-by-id.ts'

export interface RecordPage {
  readonly items: ShownRecord[]
  readonly nextCursor: string | null
}

/** With more open conversations than this, records are walked instead of the conversations. */
const mostOpenConversations = 1000

/**
 * The records of a number as the caller sees them, newest first.
 * @throws Refusal `thing.not_found`, `page.cursor_invalid`; where a filter looks into contents that may not be read
 * `record.reason_needed` and `record.not_granted`
 */
export async function listNumberRecords(
  tx: Tx,
  asked: { readonly numberId: string; readonly query: RecordQuery },
): Promise<RecordPage> {
  const seen = await seeNumber(tx, asked.numberId)
  const from = reachOf(seen, asked.query)
  if (from === null)
    throw new Refusal(seen.sight.others === 'reason' ? recordRefusal.reasonNeeded : recordRefusal.notGranted)
  const place = threadsOf([{ seen, from }])
  return pageIn(tx, { list: `records:${asked.numberId}`, place, query: asked.query })
}

/**
 * The records of all numbers that the caller sees, newest first; a member's are those of the numbers they hold.
 * @throws Refusal `page.cursor_invalid`, `record.reason_needed` where a filter looks into contents
 */
export async function listRecords(tx: Tx, query: RecordQuery): Promise<RecordPage> {
  return pageIn(tx, { list: 'records:all', place: await placeTogether(tx, query), query })
}

async function placeTogether(tx: Tx, query: RecordQuery): Promise<Place> {
  const together = await seeTogether(tx)
  const reader = readerOf(tx)
  if (together.kind === 'numbers') return readableThreads(together.numbers, query)
  const company = { kind: 'company', seesWhatIsToBeDeleted: seesToBeDeleted(reader) } as const
  if (!looksIntoContents(query)) return company
  const reach = contentsReach(reader, query.reason !== undefined)
  if (reach === 'reason_needed') throw new Refusal(recordRefusal.reasonNeeded)
  return reach === 'company' ? company : readableThreads(await seeOwnNumbers(tx), query)
}

function readableThreads(numbers: readonly SeenNumber[], query: RecordQuery): Place {
  return threadsOf(
    numbers.flatMap((seen) => {
      const from = reachOf(seen, query)
      return from === null ? [] : [{ seen, from }]
    }),
  )
}

function threadsOf(reaches: readonly { seen: SeenNumber; from: Instant }[]): Place & { kind: 'threads' } {
  const threads = reaches.map(({ seen, from }) => ({ numberId: seen.numberId, from, otherParty: null }))
  return { kind: 'threads', threads }
}

// Whoever may not read contents must not find out about them by a filter either.
function reachOf({ sight }: SeenNumber, query: RecordQuery): Instant | null {
  return looksIntoContents(query) ? contentsFrom(sight, query.reason !== undefined) : sight.existsFrom
}

function looksIntoContents({ search, otherParty }: RecordQuery): boolean {
  return otherParty !== undefined || (search?.trim() ?? '') !== ''
}

interface AskedPage {
  /** Names the list for its cursor. */
  readonly list: string
  readonly place: Place
  readonly query: RecordQuery
}

async function pageIn(tx: Tx, asked: AskedPage): Promise<RecordPage> {
  const { list, query } = asked
  const before = readCursor(list, query.cursor)
  const { rows, next } = await lookForRecords(
    tx,
    await narrowed(tx, lookOf(asked, before, readerOf(tx).memberId)),
  )
  const items = await present(tx, rows, query.reason)
  return { items, nextCursor: next && encodeCursor(list, [next.occurredAt, next.recordId]) }
}

function readCursor(list: string, cursor: string | undefined): RecordKey | null {
  if (cursor === undefined) return null
  const [occurredAt, recordId] = decodeCursor(list, cursor, ['instant', 'id']) ?? []
  if (occurredAt === undefined || recordId === undefined) throw new Refusal(httpRefusal.cursorInvalid)
  return { occurredAt, recordId }
}

function lookOf({ place, query }: AskedPage, before: RecordKey | null, readerId: string | null): Look {
  return {
    place,
    before,
    from: query.from === undefined ? null : normaliseInstant(query.from),
    to: query.to === undefined ? null : normaliseInstant(query.to),
    kind: query.kind ?? null,
    direction: query.direction ?? null,
    otherParty: query.otherParty ?? null,
    search: query.search ?? null,
    readerId,
    awaitsAnswer: query.awaitsAnswer !== undefined,
    limit: query.limit,
  }
}

/** What nobody has answered is looked for in open conversations only, from the last answer on. */
async function narrowed(tx: Tx, look: Look): Promise<Look> {
  if (!look.awaitsAnswer) return look
  const reaches = look.place.kind === 'threads' ? look.place.threads : null
  const numberIds = reaches?.map((thread) => thread.numberId) ?? null
  const open = await findOpenConversations(tx, numberIds, mostOpenConversations + 1)
  if (open.length > mostOpenConversations) return look
  const lowest = new Map(reaches?.map((thread) => [thread.numberId, thread.from]))
  if (!reaches) {
    const seen = await seeNumbers(tx, distinct(open.map((conversation) => conversation.number_id)))
    for (const { numberId, sight } of seen.values()) lowest.set(numberId, sight.existsFrom)
  }
  const threads = open.flatMap((conversation) => {
    const from = lowest.get(conversation.number_id)
    if (from === undefined) return []
    const answered = conversation.last_answered_at
    return [
      {
        numberId: conversation.number_id,
        from: answered === null ? from : laterOf(from, nextMicrosecond(answered)),
        otherParty: conversation.other_party,
      },
    ]
  })
  return { ...look, place: { kind: 'threads', threads } }
}

/**
 * One record as the caller sees it.
 * @throws Refusal `thing.not_found` also for one that does not exist for the caller
 */
export async function getRecord(
  tx: Tx,
  asked: { readonly recordId: string; readonly reason?: string | undefined },
): Promise<ShownRecord> {
  const row = await recordById(tx, asked.recordId)
  const [shown] = row ? await present(tx, [row], asked.reason) : []
  if (!shown) throw new Refusal(httpRefusal.notFound, { thing: 'record' })
  return shown
}

// Who sees what is asked after the rows were read: what came in since the number moved on is not shown.
async function present(
  tx: Tx,
  rows: readonly RecordRow[],
  reason: string | undefined,
): Promise<ShownRecord[]> {
  const seen = await seeNumbers(tx, distinct(rows.map((row) => row.number_id)))
  const shown = rows.flatMap((row) => {
    const number = seen.get(row.number_id)
    const appearance = appearanceOf(number?.sight ?? null, row.occurred_at, reason !== undefined)
    return number === undefined || appearance === 'unseen' ? [] : [{ row, number, appearance }]
  })
  const isWithheld = (appearance: string) => appearance === 'reason_needed' || appearance === 'not_granted'
  const read = shown.filter(({ appearance }) => appearance === 'for_reason')
  await noteReadings(tx, distinct(read.map(({ row }) => row.number_id)), reason)
  const open = shown.filter(({ appearance }) => !isWithheld(appearance))
  const kept = shown.map(({ row }) => row)
  const [holders, answers, media] = await Promise.all([
    holdersThen(tx, kept),
    answeredLast(tx, kept),
    mediaOf(
      tx,
      open.map(({ row }) => row.record_id),
    ),
  ])
  const reader = readerOf(tx)
  return shown.map(({ row, number, appearance }, place) => {
    const answeredAt = answers[place] ?? null
    return presentRecord({
      row,
      e164: number.e164,
      holderThen: holders[place] ?? null,
      awaitsAnswer: asksForAnswer(row) && (answeredAt === null || answeredAt < row.occurred_at),
      media: media.get(row.record_id) ?? [],
      withheld: appearance === 'reason_needed' || appearance === 'not_granted' ? appearance : null,
      isOfReader: isSame(reader.memberId, holders[place]?.memberId),
    })
  })
}

function isSame(readerId: string | null, holderId: string | undefined): boolean {
  return readerId !== null && readerId === holderId
}

function distinct(ids: readonly string[]): string[] {
  return [...new Set(ids)].sort()
}
