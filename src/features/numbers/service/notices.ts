import { createHash } from 'node:crypto'
import type { Instant } from '../../../kernel/fields.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { doneItems } from '../../operations/index.ts'
import { addNotices } from '../../people/index.ts'
import type { Cause } from '../model.ts'

/** A stretch of custody by what begins it. */
export interface BegunStretch {
  readonly numberId: string
  readonly heldFrom: Instant
}

interface ChangedHolders extends BegunStretch {
  readonly fromMember: string | null
  readonly toMember: string | null
  readonly cause: Cause
}

/** Writes the notices of moves: to who lost each number and to who has it now (NUM-16). */
export async function notifyOfMoves(tx: Tx, moves: readonly BegunStretch[]): Promise<void> {
  const changes = await tx.query<ChangedHolders>({
    name: 'changed-holders',
    // One probe of an index for each, whatever the planner thinks of the arrays' length.
    text: `select now.number_id as "numberId", now.held_from as "heldFrom", now.cause, now.holder_id as "toMember",
        (select before.holder_id from assignments before where before.company_id = $1
          and before.number_id = now.number_id and before.held_to = now.held_from) as "fromMember"
      from unnest($2::uuid[], $3::timestamptz[]) as moved (number_id, held_from)
      cross join lateral (select a.number_id, a.held_from, a.cause, a.holder_id from assignments a
        where a.company_id = $1 and a.number_id = moved.number_id and a.held_from = moved.held_from limit 1) now`,
    values: [tx.companyId, moves.map((move) => move.numberId), moves.map((move) => move.heldFrom)],
  })
  addNotices(
    tx,
    changes.flatMap((change) => [
      ...noticeTo(change.fromMember, 'number.left_you', change),
      ...noticeTo(change.toMember, 'number.came_to_you', change),
    ]),
  )
}

/** Writes the notices of all moves that one slice of an operation made. */
export async function notifyOfSlice(tx: Tx, operationId: string, slice: number): Promise<void> {
  const items = await doneItems(tx, operationId, slice)
  await notifyOfMoves(
    tx,
    items.flatMap(({ subjectId, outcome: { at } }) =>
      subjectId !== null && typeof at === 'string' ? [{ numberId: subjectId, heldFrom: at }] : [],
    ),
  )
}

function noticeTo(memberId: string | null, kind: string, { numberId, heldFrom, cause }: ChangedHolders) {
  if (memberId === null) return []
  const noticeId = noticeIdOf({ numberId, heldFrom }, kind)
  return [{ noticeId, memberId, kind, particulars: { numberId, cause }, at: heldFrom }]
}

// The same move gives the same id, however often the job runs.
function noticeIdOf(move: BegunStretch, kind: string): string {
  const hex = createHash('sha256').update(`${move.numberId} ${move.heldFrom} ${kind}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
