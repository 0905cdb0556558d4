import type { Instant } from '../../kernel/fields.ts'
import type { Tx } from '../../platform/db/tx.ts'
import type { Direction, RecordKind } from './model.ts'
import { codeWordPattern, mayBePartOfCode } from './rules/mask-codes.ts'
import { linkSecretPattern } from './rules/mask-links.ts'

/** A row of `records`. */
export interface RecordRow {
  readonly number_id: string
  readonly occurred_at: Instant
  readonly record_id: string
  readonly kind: RecordKind
  readonly direction: Direction
  readonly other_party: string
  readonly other_name: string | null
  readonly duration_seconds: number | null
  readonly answered: boolean | null
  readonly body: string | null
  readonly source: string
  readonly source_id: string
}

/** Where to look: in these threads, each from an instant on, or in all that the company has. */
export type Place =
  | { readonly kind: 'threads'; readonly threads: readonly Thread[] }
  | { readonly kind: 'company'; readonly seesWhatIsToBeDeleted: boolean }

export interface Thread {
  readonly numberId: string
  readonly from: Instant
  /** Only with this other side. */
  readonly otherParty: string | null
}

export interface RecordKey {
  readonly occurredAt: Instant
  readonly recordId: string
}

export interface Look {
  readonly place: Place
  /** Only what is older than this record. */
  readonly before: RecordKey | null
  readonly from: Instant | null
  readonly to: Instant | null
  readonly kind: RecordKind | null
  readonly direction: Direction | null
  readonly otherParty: string | null
  readonly search: string | null
  /** Who searches: digits are looked for beside a code only in what came in while they held the number (ACC-12). */
  readonly readerId: string | null
  /** Only what nobody has answered yet. */
  readonly awaitsAnswer: boolean
  readonly limit: number
}

export interface Looked {
  readonly rows: readonly RecordRow[]
  /** The record to go on after; null at the end. */
  readonly next: RecordKey | null
}

/** How many records one request looks at, whatever it looks for. */
const mostLookedAt = 20_000

/** `asksForAnswer` of the rules, for the record `r`. */
const asks = `(r.direction = 'inbound' and (r.kind <> 'call' or r.answered is not true))`

const columns = `r.number_id, r.occurred_at, r.record_id, r.kind, r.direction, r.other_party, r.other_name,
  r.duration_seconds, r.answered, r.body, r.source, r.source_id`

const newestFirst = 'order by r.occurred_at desc, r.record_id desc'

interface FoundRow extends RecordRow {
  readonly matches: boolean
  /** The last one that was looked at in its thread: behind it there may be more. */
  readonly is_last: boolean
}

/**
 * The newest records that match, found by looking at no more than `mostLookedAt`: what cannot be decided by an index
 * alone, such as a search in texts, ends there and goes on at `next`.
 */
export async function lookForRecords(tx: Tx, look: Look): Promise<Looked> {
  if (look.place.kind === 'threads' && look.place.threads.length === 0) return { rows: [], next: null }
  const found = await tx.query<FoundRow>(statementOf(tx, look))
  const rows: RecordRow[] = []
  for (const row of found) {
    const last = rows.at(-1)
    if (last && rows.length === look.limit) return { rows, next: keyOf(last) }
    if (row.matches) rows.push(row)
    if (row.is_last) return { rows, next: keyOf(row) }
  }
  return { rows, next: null }
}

function keyOf(row: RecordRow): RecordKey {
  return { occurredAt: row.occurred_at, recordId: row.record_id }
}

class Values {
  readonly list: unknown[] = []

  /** Notes a value down and says how the statement calls it. */
  add(value: unknown, type: string): string {
    this.list.push(value)
    return `$${this.list.length}::${type}`
  }
}

function statementOf(tx: Tx, look: Look): { text: string; values: unknown[] } {
  const values = new Values()
  const company = values.add(tx.companyId, 'uuid')
  const threads = look.place.kind === 'threads' ? look.place.threads : null
  // A thread alone is looked through to the bound; several share it, but each gives at least a page.
  const share = Math.max(Math.ceil(mostLookedAt / (threads?.length ?? 1)), look.limit + 1)
  const inReach = [`r.company_id = ${company}`, ...threadFilter(threads), ...rangeFilter(look, values)]
  const matching = matchFilter(look, company, values)
  const limit = values.add(look.limit + 1, 'integer')
  const bound = values.add(share, 'integer')
  // The bound is on what is looked at: inside, only what an index decides; outside, the rest.
  const looked = `select ${columns}, ${matching} as matches, r.nth = ${bound} as is_last from (
      select ${columns}, row_number() over (${newestFirst}) as nth from (
        select ${columns} from records r where ${inReach.join(' and ')} ${newestFirst} limit ${bound}) r) r
    where r.nth = ${bound} or ${matching} ${newestFirst} limit ${limit}`
  if (!threads) return { text: looked, values: values.list }
  return {
    text: `select r.* from unnest(${threadColumns(threads, values)}) as t (number_id, lowest, other_party)
      cross join lateral (${looked}) r ${newestFirst} limit ${limit}`,
    values: values.list,
  }
}

function threadColumns(threads: readonly Thread[], values: Values): string {
  const ids = threads.map((thread) => thread.numberId)
  const lowest = threads.map((thread) => thread.from)
  const parties = threads.map((thread) => thread.otherParty)
  return [
    values.add(ids, 'uuid[]'),
    values.add(lowest, 'timestamptz[]'),
    values.add(parties, 'text[]'),
  ].join()
}

function threadFilter(threads: readonly Thread[] | null): string[] {
  if (!threads) return []
  const isNarrow = threads.some((thread) => thread.otherParty !== null)
  return [
    'r.number_id = t.number_id',
    'r.occurred_at >= t.lowest',
    ...(isNarrow ? ['r.other_party = t.other_party'] : []),
  ]
}

// The first line of a cursor lets PostgreSQL leave out months, the second is exact.
function rangeFilter({ before, from, to, otherParty }: Look, values: Values): string[] {
  const filters: string[] = []
  if (before) {
    const at = values.add(before.occurredAt, 'timestamptz')
    filters.push(`r.occurred_at <= ${at}`)
    filters.push(`(r.occurred_at, r.record_id) < (${at}, ${values.add(before.recordId, 'uuid')})`)
  }
  if (from) filters.push(`r.occurred_at >= ${values.add(from, 'timestamptz')}`)
  if (to) filters.push(`r.occurred_at < ${values.add(to, 'timestamptz')}`)
  if (otherParty) filters.push(`r.other_party = ${values.add(otherParty, 'text')}`)
  return filters
}

function matchFilter(look: Look, company: string, values: Values): string {
  const filters: string[] = []
  if (look.place.kind === 'company') filters.push(stillThere(look.place.seesWhatIsToBeDeleted, company))
  if (look.kind) filters.push(`r.kind = ${values.add(look.kind, 'text')}`)
  if (look.direction) filters.push(`r.direction = ${values.add(look.direction, 'text')}`)
  if (look.awaitsAnswer) filters.push(isUnanswered(company))
  for (const word of wordsOf(look.search)) filters.push(wordFilter(word, look.readerId, { company, values }))
  return filters.length === 0 ? 'true' : `(${filters.join(' and ')})`
}

// History that goes hides before it is gone (NUM-5); asked per row, since few numbers have any.
function stillThere(seesWhatIsToBeDeleted: boolean, company: string): string {
  const states = seesWhatIsToBeDeleted
    ? `'erasing', 'done'`
    : `'erasing', 'done', 'awaiting_approval', 'approved'`
  return `r.occurred_at >= coalesce((select max(e.cut_off) from history_erasures e where e.company_id = ${company}
    and e.number_id = r.number_id and e.state in (${states})), '-infinity')`
}

function isUnanswered(company: string): string {
  return `${asks} and exists (select 1 from conversations c where c.company_id = ${company} and c.number_id = r.number_id
    and c.other_party = r.other_party and coalesce(c.last_answered_at, '-infinity') < r.occurred_at)`
}

const phoneLike = /^[+\d][\d\s().+/-]*$/

/** The words of a search; digits that belong to one phone number stay together. */
function wordsOf(search: string | null): string[] {
  const text = search?.trim() ?? ''
  if (text === '') return []
  return phoneLike.test(text) ? [text] : text.split(/\s+/)
}

interface Asking {
  readonly company: string
  readonly values: Values
}

function wordFilter(word: string, readerId: string | null, { company, values }: Asking): string {
  const pattern = values.add(`%${escapeLike(word)}%`, 'text')
  const isOwn = isOfReader(readerId, { company, values })
  const sparing = mayBePartOfCode(word)
    ? ` and (r.body !~* ${values.add(codeWordPattern, 'text')} or ${isOwn})`
    : ''
  const open = `case when position('://' in r.body) > 0 and not ${isOwn}
      then regexp_replace(r.body, ${values.add(linkSecretPattern, 'text')}, '', 'g') else r.body end`
  const inTexts = `(r.body ilike ${pattern} and ${open} ilike ${pattern}${sparing}) or r.other_name ilike ${pattern} or r.other_party ilike ${pattern}`
  const digits = phoneLike.test(word) ? word.replace(/\D/g, '') : ''
  if (digits === '') return `(${inTexts})`
  return `(${inTexts} or r.other_party like ${values.add(`%${digits}%`, 'text')})`
}

// Whoever sees a code or a link masked must not find it out sign by sign either.
function isOfReader(readerId: string | null, { company, values }: Asking): string {
  if (readerId === null) return 'false'
  return `coalesce(${values.add(readerId, 'uuid')} = (select a.holder_id from assignments a
    where a.company_id = ${company} and a.number_id = r.number_id and a.held_from <= r.occurred_at
    order by a.held_from desc limit 1), false)`
}

function escapeLike(word: string): string {
  return word.replace(/[\\%_]/g, '\\$&')
}

/** The record of this id that occurred in the millisecond from `from` to before `to`. */
export async function findRecord(
  tx: Tx,
  recordId: string,
  range: { readonly from: Instant; readonly to: Instant },
): Promise<RecordRow | null> {
  const [row] = await tx.query<RecordRow>({
    name: 'record-by-id',
    text: `select ${columns} from records r
      where r.company_id = $1 and r.occurred_at >= $2 and r.occurred_at < $3 and r.record_id = $4`,
    values: [tx.companyId, range.from, range.to, recordId],
  })
  return row ?? null
}
