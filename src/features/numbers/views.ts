import { type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import { type CursorKey, decodeCursor, encodeCursor } from '../../kernel/cursor.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Tables } from '../../platform/db/tables.ts'
import type { Tx } from '../../platform/db/tx.ts'
import { httpRefusal } from '../../platform/http/refusals.ts'
import type { Holding } from '../custody-ports/model.ts'
import type { ReadScope } from '../people/model.ts'
import type { Cause, NumberQuery, NumberType } from './model.ts'
import { type MoveRow, moveColumns } from './scheduled-store.ts'
import type { CustodyRow, NumberRow } from './store.ts'

type NumberFilter = (
  eb: ExpressionBuilder<Tables & { n: Tables['numbers'] }, 'n'>,
) => ReturnType<typeof eb.and>

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
} as const satisfies Record<string, { column: string; form: CursorKey; direction: 'asc' | 'desc' }>

/** A list as it is asked for: within a scope, with the words to be found all of. */
export interface NumberList {
  readonly query: NumberQuery
  readonly scope: ReadScope
  readonly words: readonly string[]
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
  const key = query.sort.endsWith('e164') ? last.e164 : last.created_at
  return { rows, nextCursor: encodeCursor(listName(query), [key, last.number_id]) }
}

function listStatement(tx: Tx, { query, scope, words }: NumberList) {
  const { column, direction, form } = sorts[query.sort]
  let statement = selectNumbers(tx)
    .where(scopeFilter(scope, tx.companyId))
    .where(fieldFilter(query))
    .orderBy(column, direction)
    .orderBy('n.number_id', direction)
    .limit(query.limit + 1)
  for (const word of words) statement = statement.where(wordFilter(tx.companyId, word))
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

function fieldFilter(query: NumberQuery): NumberFilter {
  return (eb) =>
    eb.and([
      ...(query.state ? [eb('n.state', '=', query.state)] : [eb('n.state', '<>', 'released')]),
      ...(query.holderId ? [eb('n.holder_id', '=', query.holderId)] : []),
      ...(query.country ? [eb('n.country', '=', query.country)] : []),
      ...(query.type ? [eb('n.type', '=', query.type satisfies NumberType)] : []),
    ])
}

/** A lead sees the numbers of the own departments, a member the own ones. */
function scopeFilter(scope: ReadScope, companyId: string): NumberFilter {
  return (eb) => {
    if (scope.kind === 'company') return eb.and([])
    if (scope.kind === 'self') return eb.and([eb('n.holder_id', '=', scope.memberId)])
    const inDepartments = eb
      .selectFrom('member_departments')
      .select('member_id')
      .where('company_id', '=', companyId)
      .where('department_id', 'in', scope.departmentIds.length > 0 ? scope.departmentIds : [companyId])
    return eb.and([eb.or([eb('n.holder_id', 'in', inDepartments), eb('n.holder_id', '=', scope.memberId)])])
  }
}

// Only =, >= and < reach an index under row-level security; a word is found by the beginning of a token.
function wordFilter(companyId: string, word: string): NumberFilter {
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

/** The company's number of that line, released ones apart; null when it has none. */
export async function findByLine(tx: Tx, e164: string): Promise<string | null> {
  const [row] = await tx.query<{ number_id: string }>({
    text: `select number_id from numbers where company_id = $1 and e164 = $2 and state <> 'released'`,
    values: [tx.companyId, e164],
  })
  return row?.number_id ?? null
}

/** What a member holds here: numbers, and the right of return of lent ones (HAN-1, ADR 0013). */
export function findHoldings(tx: Tx, memberId: string): Promise<Holding[]> {
  return tx.query<Holding>({
    text: `select 'number' as kind, number_id as id, e164 as label from numbers where company_id = $1 and holder_id = $2
      union all
      select 'loan_return', w.move_id, n.e164 from scheduled_moves w
        join numbers n on n.company_id = w.company_id and n.number_id = w.number_id
      where w.company_id = $1 and w.to_member_id = $2 and w.kind = 'return'
        and w.state in ('scheduled', 'pending_check', 'pending_approval')
      order by 1, 3 limit 1000`,
    values: [tx.companyId, memberId],
  })
}
