import { decodeCursor, encodeCursor } from '../../kernel/cursor.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Statement, Tx } from '../../platform/db/tx.ts'
import { httpRefusal } from '../../platform/http/refusals.ts'
import type { ReadScope } from '../people/model.ts'
import type { MoveQuery } from './model.ts'
import { type MoveRow, moveColumns } from './scheduled-store.ts'

export interface ShownMove extends MoveRow {
  readonly e164: string
}

const source = `scheduled_moves w
  join members m on m.company_id = w.company_id and m.member_id = w.to_member_id
  join numbers n on n.company_id = w.company_id and n.number_id = w.number_id`

interface Within {
  readonly condition: string
  readonly values: readonly unknown[]
}

// Whoever sees a number sees its moves; `$n` is the first free parameter.
function within(scope: ReadScope, n: number): Within {
  if (scope.kind === 'company') return { condition: '', values: [] }
  if (scope.kind === 'self') return { condition: `and n.holder_id = $${n}`, values: [scope.memberId] }
  return {
    condition: `and (n.holder_id = $${n} or n.holder_id in (select d.member_id from member_departments d
      where d.company_id = $1 and d.department_id = any($${n + 1})))`,
    values: [scope.memberId, scope.departmentIds],
  }
}

/** One move with its number; undefined for what is not there or outside the scope. */
export async function findMove(tx: Tx, moveId: string, scope: ReadScope): Promise<ShownMove | undefined> {
  const { condition, values } = within(scope, 3)
  const [row] = await tx.query<ShownMove>({
    text: `select ${moveColumns}, n.e164 from ${source} where w.company_id = $1 and w.move_id = $2 ${condition}`,
    values: [tx.companyId, moveId, ...values],
  })
  return row
}

interface MovePage {
  readonly companyId: string
  readonly query: MoveQuery
  readonly scope: ReadScope
  /** The sort keys of the last entry before; empty for the first page. */
  readonly after: readonly string[]
}

function listMovesStatement({ companyId, query, scope, after }: MovePage): Statement {
  const values: unknown[] = [companyId, query.limit + 1]
  const place = (value: unknown) => `$${values.push(value)}`
  const isWaiting = query.state === 'waiting'
  const [first, second] = after
  const conditions = [
    'w.company_id = $1',
    isWaiting
      ? `w.state in ('scheduled', 'pending_check', 'pending_approval')`
      : `w.state = ${place(query.state)}`,
    ...(query.numberId === undefined ? [] : [`w.number_id = ${place(query.numberId)}`]),
    ...(first === undefined
      ? []
      : isWaiting
        ? [`(w.due_at, w.move_id) > (${place(first)}, ${place(second)})`]
        : [`w.move_id > ${place(first)}`]),
  ]
  const inScope = within(scope, values.length + 1)
  return {
    text: `select ${moveColumns}, n.e164 from ${source} where ${conditions.join(' and ')} ${inScope.condition}
      order by ${isWaiting ? 'w.due_at, ' : ''}w.move_id limit $2`,
    values: [...values, ...inScope.values],
  }
}

/**
 * Moves in one state, oldest first; those that wait by the time they are due.
 * @throws Refusal `page.cursor_invalid`
 */
export async function pageOfMoves(
  tx: Tx,
  query: MoveQuery,
  scope: ReadScope,
): Promise<{ rows: ShownMove[]; nextCursor: string | null }> {
  const list = `moves:${query.state}`
  const isWaiting = query.state === 'waiting'
  const after =
    query.cursor === undefined ? [] : decodeCursor(list, query.cursor, isWaiting ? ['instant', 'id'] : ['id'])
  if (!after) throw new Refusal(httpRefusal.cursorInvalid)
  const found = await tx.query<ShownMove>(
    listMovesStatement({ companyId: tx.companyId, query, scope, after }),
  )
  const rows = found.slice(0, query.limit)
  const last = rows.at(-1)
  if (found.length <= query.limit || !last) return { rows, nextCursor: null }
  return { rows, nextCursor: encodeCursor(list, [...(isWaiting ? [last.due_at] : []), last.move_id]) }
}
