import { type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import { type CursorKey, decodeCursor, encodeCursor } from '../../kernel/cursor.ts'
import type { Instant } from '../../kernel/fields.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Tables } from '../../platform/db/tables.ts'
import type { Tx } from '../../platform/db/tx.ts'
import { httpRefusal } from '../../platform/http/refusals.ts'
import type { ReadScope } from '../people/model.ts'
import { type Cause, mostSelected, type NumberFilter, type NumberQuery, waitingStates } from './model.ts'
import { type MoveRow, moveColumns } from './scheduled-store.ts'
import type { CustodyRow, NumberRow } from './store.ts'

type Condition = (eb: ExpressionBuilder<Tables & { n: Tables['numbers'] }, 'n'>) => ReturnType<typeof eb.and>

export interface ShownRow extends NumberRow {
  readonly holder_name: string | null
  readonly cause: Cause
}

/** One number within a scope; undefined for what is not there or outside. */
export async function findNumber(tx: Tx, numberId: string, scope: ReadScope): Promise<ShownRow | undefined> {
  const row = await selectNumbers(tx)
    .where('n.number_id', '=', numberId)
    .where(scopeFilter(scope, tx.companyId))
    .executeTakeFirst()
  return row as ShownRow | undefined
}

const sorts = {
  createdAt: { column: 'n.created_at', form: 'instant', direction: 'asc' },
  '-createdAt': { column: 'n.created_at', form: 'instant', direction: 'desc' },
  e164: { column: 'n.e164', form: 'text', direction: 'asc' },
  '-e164': { column: 'n.e164', form: 'text', direction: 'desc' },
  heldSince: { column: 'n.held_from', form: 'instant', direction: 'asc' },
  '-heldSince': { column: 'n.held_from', form: 'instant', direction: 'desc' },
} as const satisfies Record<string, { column: string; form: CursorKey; direction: 'asc' | 'desc' }>

/** Which numbers are meant: within a scope, by filters. */
export interface Narrowed {
  readonly filter: NumberFilter
  readonly scope: ReadScope
  /** All of which are to be found. */
  readonly words: readonly string[]
  /** Only numbers held in these departments; null for any. */
  readonly departmentIds: readonly string[] | null
  /** Only numbers that were given to someone after that; null for any. */
  readonly assignedAfter: Instant | null
}

/** A list as it is asked for. */
export interface NumberList extends Narrowed {
  readonly query: NumberQuery
}

/** How many numbers fit. */
export async function countFitting(tx: Tx, narrowed: Narrowed): Promise<number> {
  const { total } = await fitting(tx, narrowed)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return Number(total)
}

export interface SelectedNumber {
  readonly numberId: string
  readonly e164: string
  readonly holderId: string | null
}

/** Every number that fits, one more than a selection has at most. */
export function selectFitting(tx: Tx, narrowed: Narrowed): Promise<SelectedNumber[]> {
  return fitting(tx, narrowed)
    .select(['n.number_id as numberId', 'n.e164', 'n.holder_id as holderId'])
    .orderBy('n.e164')
    .orderBy('n.number_id')
    .limit(mostSelected + 1)
    .execute()
}

function fitting(tx: Tx, narrowed: Narrowed) {
  return tx.db
    .selectFrom('numbers as n')
    .where('n.company_id', '=', tx.companyId)
    .where(narrowedTo(tx, narrowed))
}

/**
 * A page of numbers and the cursor of the next.
 * @throws Refusal `page.cursor_invalid`
 */
export async function pageOfNumbers(
  tx: Tx,
  list: NumberList,
): Promise<{ rows: ShownRow[]; nextCursor: string | null }> {
  const { query } = list
  const found = (await listStatement(tx, list).execute()) as ShownRow[]
  const rows = found.slice(0, query.limit)
  const last = rows.at(-1)
  if (found.length <= query.limit || !last) return { rows, nextCursor: null }
  const key = keyOf(last, query.sort)
  return { rows, nextCursor: encodeCursor(listName(query), [key, last.number_id]) }
}

function keyOf(row: ShownRow, sort: NumberQuery['sort']): string {
  if (sort.endsWith('e164')) return row.e164
  return sort.endsWith('heldSince') ? row.held_from : row.created_at
}

function listStatement(tx: Tx, list: NumberList) {
  const { query } = list
  const { column, direction, form } = sorts[query.sort]
  let statement = selectNumbers(tx)
    .where(narrowedTo(tx, list))
    .orderBy(column, direction)
    .orderBy('n.number_id', direction)
    .limit(query.limit + 1)
  if (query.cursor !== undefined) {
    const keys = decodeCursor(listName(query), query.cursor, [form, 'id'])
    if (!keys) throw new Refusal(httpRefusal.cursorInvalid)
    const after = direction === 'asc' ? sql`>` : sql`<`
    const key = form === 'instant' ? sql`${keys[0]}::timestamptz` : sql`${keys[0]}`
    statement = statement.where(
      sql<SqlBool>`(${sql.ref(column)}, n.number_id) ${after} (${key}, ${keys[1]}::uuid)`,
    )
  }
  return statement
}

function listName(query: NumberQuery): string {
  return `numbers:${query.sort}`
}

function selectNumbers(tx: Tx) {
  return tx.db
    .selectFrom('numbers as n')
    .innerJoin('assignments as a', (join) =>
      join
        .onRef('a.company_id', '=', 'n.company_id')
        .onRef('a.number_id', '=', 'n.number_id')
        .onRef('a.held_from', '=', 'n.held_from'),
    )
    .leftJoin('members as m', (join) =>
      join.onRef('m.company_id', '=', 'n.company_id').onRef('m.member_id', '=', 'n.holder_id'),
    )
    .where('n.company_id', '=', tx.companyId)
    .selectAll('n')
    .select(['m.name as holder_name', 'a.cause'])
}

function narrowedTo(tx: Tx, narrowed: Narrowed): Condition {
  const { filter, scope, words, departmentIds, assignedAfter } = narrowed
  return (eb) =>
    eb.and([
      scopeFilter(scope, tx.companyId)(eb),
      filter.state ? eb('n.state', '=', filter.state) : eb('n.state', '<>', 'released'),
      ...(filter.holderId ? [eb('n.holder_id', '=', filter.holderId)] : []),
      ...(filter.country ? [eb('n.country', '=', filter.country)] : []),
      ...(filter.type ? [eb('n.type', '=', filter.type)] : []),
      ...(departmentIds ? [heldIn(departmentIds, tx.companyId)(eb)] : []),
      ...(filter.waiting ? [isWaitedFor(tx.companyId)(eb)] : []),
      ...(assignedAfter ? [isAssignedAfter(assignedAfter)(eb)] : []),
      ...words.map((word) => wordFilter(tx.companyId, word)(eb)),
    ])
}

function heldIn(departmentIds: readonly string[], companyId: string): Condition {
  return (eb) =>
    eb.and([
      eb(
        'n.holder_id',
        'in',
        eb
          .selectFrom('member_departments')
          .select('member_id')
          .where('company_id', '=', companyId)
          .where('department_id', 'in', departmentIds.length > 0 ? departmentIds : [companyId]),
      ),
    ])
}

function isWaitedFor(companyId: string): Condition {
  return (eb) =>
    eb.and([
      eb(
        'n.number_id',
        'in',
        eb
          .selectFrom('scheduled_moves')
          .select('number_id')
          .where('company_id', '=', companyId)
          .where('state', 'in', waitingStates),
      ),
    ])
}

// Custody is never older than the time a number was given away, and has an index.
function isAssignedAfter(instant: Instant): Condition {
  return (eb) => eb.and([eb('n.assigned_at', '>', instant), eb('n.held_from', '>', instant)])
}

/** A lead sees the numbers of the own departments, a member the own ones. */
function scopeFilter(scope: ReadScope, companyId: string): Condition {
  return (eb) => {
    if (scope.kind === 'company') return eb.and([])
    if (scope.kind === 'self') return eb.and([eb('n.holder_id', '=', scope.memberId)])
    return eb.and([
      eb.or([heldIn(scope.departmentIds, companyId)(eb), eb('n.holder_id', '=', scope.memberId)]),
    ])
  }
}

// Only =, >= and < reach an index under row-level security; a word is found by the beginning of a token.
function wordFilter(companyId: string, word: string): Condition {
  return (eb) =>
    eb.and([
      eb(
        'n.number_id',
        'in',
        eb
          .selectFrom('search_tokens')
          .select('subject_id')
          .where('company_id', '=', companyId)
          .where('word', '=', 'number')
          .where('token', '>=', word)
          .where('token', '<', `${word}\u{10ffff}`),
      ),
    ])
}

/** What waits for these numbers, by number. */
export async function waitingOf(tx: Tx, numberIds: readonly string[]): Promise<Map<string, MoveRow[]>> {
  const rows = await tx.query<MoveRow>({
    text: `select ${moveColumns} from scheduled_moves w
        join members m on m.company_id = w.company_id and m.member_id = w.to_member_id
      where w.company_id = $1 and w.number_id = any($2) and w.state in ('scheduled', 'pending_check', 'pending_approval')
      order by w.kind`,
    values: [tx.companyId, numberIds],
  })
  return grouped(rows)
}

function grouped(rows: readonly MoveRow[]): Map<string, MoveRow[]> {
  const byNumber = new Map<string, MoveRow[]>()
  for (const row of rows) byNumber.set(row.number_id, [...(byNumber.get(row.number_id) ?? []), row])
  return byNumber
}

export interface ShownCustody extends CustodyRow {
  readonly holder_name: string | null
}

/** Who held a number, newest first: all of it, or the one stretch that `at` falls into (NUM-12, half-open intervals). */
export async function readCustody(tx: Tx, numberId: string, at: string | null): Promise<ShownCustody[]> {
  return tx.query<ShownCustody>({
    name: at ? 'custody-at' : 'custody-all',
    text: `select a.state, a.holder_id, m.name as holder_name, a.held_from, a.held_to, a.cause, a.moved_by from assignments a
        left join members m on m.company_id = a.company_id and m.member_id = a.holder_id
      where a.company_id = $1 and a.number_id = $2 ${at ? 'and a.held_from <= $3' : ''}
      order by a.held_from desc limit ${at ? 1 : 1000}`,
    values: at ? [tx.companyId, numberId, at] : [tx.companyId, numberId],
  })
}

export interface StretchRow {
  readonly number_id: string
  readonly e164: string
  readonly held_from: string
  readonly held_to: string | null
  readonly cause: Cause
  readonly moved_by: string
}

export interface MemberCustodyPage {
  readonly memberId: string
  /** Only what is older than this stretch; null for the beginning. */
  readonly before: { readonly heldFrom: Instant; readonly numberId: string } | null
  readonly limit: number
}

/** What a member holds and has held, newest first. */
export function custodyOfMember(tx: Tx, page: MemberCustodyPage): Promise<StretchRow[]> {
  const { memberId, before, limit } = page
  return tx.query<StretchRow>({
    text: `select a.number_id, n.e164, a.held_from, a.held_to, a.cause, a.moved_by from assignments a
        join numbers n on n.company_id = a.company_id and n.number_id = a.number_id
      where a.company_id = $1 and a.holder_id = $2 ${before ? 'and (a.held_from, a.number_id) < ($4, $5)' : ''}
      order by a.held_from desc, a.number_id desc limit $3`,
    values: [tx.companyId, memberId, limit, ...(before ? [before.heldFrom, before.numberId] : [])],
  })
}

/** The company's number of that line, released ones apart; null when it has none. */
export async function findByLine(tx: Tx, e164: string): Promise<string | null> {
  const [row] = await tx.query<{ number_id: string }>({
    text: `select number_id from numbers where company_id = $1 and e164 = $2 and state <> 'released'`,
    values: [tx.companyId, e164],
  })
  return row?.number_id ?? null
}
