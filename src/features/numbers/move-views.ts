import { decodeCursor, encodeCursor } from '../../kernel/cursor.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Statement, Tx } from '../../platform/db/tx.ts'
import { httpRefusal } from '../../platform/http/refusals.ts'
import { scopeOf } from '../people/index.ts'
import type { ReadScope } from '../people/model.ts'
import type { MoveQuery } from './contract.ts'
import type { ScheduledMove } from './model.ts'
import { presentMove } from './present.ts'
import { type MoveRow, moveColumns } from './scheduled-store.ts'

interface ShownMove extends MoveRow {
  readonly e164: string
}

const source = `scheduled_moves w
  join members m on m.company_id = w.company_id and m.member_id = w.to_member_id
  join numbers n on n.company_id = w.company_id and n.number_id = w.number_id`

/**
 * A move that waits or has waited.
 * @throws Refusal `thing.not_found`
 */
export async function readMove(tx: Tx, moveId: string): Promise<ScheduledMove> {
  const [row] = await tx.query<ShownMove>({
    text: `select ${moveColumns}, n.e164 from ${source} where w.company_id = $1 and w.move_id = $2`,
    values: [tx.companyId, moveId],
  })
  if (!row) throw new Refusal(httpRefusal.notFound, { thing: 'move' })
  return presentMove(row, row.e164)
}

export interface MovePage {
  readonly companyId: string
  readonly query: MoveQuery
  readonly scope: ReadScope
  readonly afterMoveId: string | null
}

/** The list's statement before it runs, so that a test can ask the database for its plan. */
export function listMovesStatement({ companyId, query, scope, afterMoveId }: MovePage): Statement {
  const inScope =
    scope.kind === 'company'
      ? ''
      : 'and n.holder_id in (select d.member_id from member_departments d where d.company_id = $1 and d.department_id = any($6))'
  return {
    text: `select ${moveColumns}, n.e164 from ${source}
      where w.company_id = $1 and w.state = $2 and ($3::uuid is null or w.number_id = $3) and ($4::uuid is null or w.move_id > $4)
        ${inScope} order by w.move_id limit $5`,
    values: [
      companyId,
      query.state,
      query.numberId ?? null,
      afterMoveId,
      query.limit + 1,
      ...(scope.kind === 'company' ? [] : [scope.kind === 'departments' ? scope.departmentIds : []]),
    ],
  }
}

/**
 * Moves in one state, oldest first.
 * @throws Refusal `page.cursor_invalid`
 */
export async function listMoves(tx: Tx, query: MoveQuery): Promise<{ items: ScheduledMove[]; nextCursor: string | null }> {
  const list = `moves:${query.state}`
  const keys = query.cursor === undefined ? [] : decodeCursor(list, query.cursor, ['id'])
  if (!keys) throw new Refusal(httpRefusal.cursorInvalid)
  const rows = await tx.query<ShownMove>(
    listMovesStatement({ companyId: tx.companyId, query, scope: await scopeOf(tx), afterMoveId: keys[0] ?? null }),
  )
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  return {
    items: page.map((row) => presentMove(row, row.e164)),
    nextCursor: rows.length > query.limit && last ? encodeCursor(list, [last.move_id]) : null,
  }
}
