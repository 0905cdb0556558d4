import { type Caller, isCompanyCaller, personOf } from '../../kernel/caller.ts'
import type { Tx } from '../../platform/db/tx.ts'
import type { MoveState, waitingStates } from './model.ts'

/** A row of `scheduled_moves`, with the number and the recipient as readers know them. */
export interface MoveRow {
  readonly move_id: string
  readonly number_id: string
  readonly kind: 'move' | 'return'
  readonly to_member_id: string
  readonly expected_holder_id: string | null
  readonly history: 'keep' | 'hide' | 'delete'
  readonly reason: string | null
  readonly due_at: string
  readonly time_zone: string | null
  readonly return_at: string | null
  readonly restore_visible_from: string | null
  readonly state: MoveState
  readonly request_id: string | null
  readonly override_reason: string | null
  readonly approved_by: string | null
  readonly checked_by: string | null
  readonly scheduled_by: string
  readonly scheduled_by_member_id: string | null
  readonly created_at: string
  readonly refusal_code: string | null
  readonly to_name: string
}

export const moveColumns = `w.move_id, w.number_id, w.kind, w.to_member_id, w.expected_holder_id, w.history, w.reason, w.due_at,
  w.time_zone, w.return_at, w.restore_visible_from, w.state, w.request_id, w.override_reason, w.approved_by, w.checked_by,
  w.scheduled_by, w.scheduled_by_member_id, w.created_at, w.refusal_code, m.name as to_name`

/** What waits for a number: at most one move and the return of one loan. */
export function waitingMoves(tx: Tx, numberId: string): Promise<MoveRow[]> {
  return tx.query<MoveRow>({
    name: 'moves-waiting',
    text: `select ${moveColumns} from scheduled_moves w
        join members m on m.company_id = w.company_id and m.member_id = w.to_member_id
      where w.company_id = $1 and w.number_id = $2 and w.state in ('scheduled', 'pending_check', 'pending_approval')
      order by w.kind`,
    values: [tx.companyId, numberId],
  })
}

export interface NewMove {
  readonly moveId: string
  readonly numberId: string
  readonly kind: 'move' | 'return'
  readonly toMemberId: string
  readonly expectedHolderId: string | null
  readonly history: 'keep' | 'hide' | 'delete'
  readonly reason: string | null
  readonly dueAt: string
  readonly timeZone: string | null
  readonly returnAt: string | null
  readonly restoreVisibleFrom: string | null
  readonly state: (typeof waitingStates)[number]
  readonly requestId: string | null
  readonly overrideReason: string | null
  /** Who approved it before it was written down, as a part of a batch. */
  readonly approvedBy?: string | null
}

/** Writes down moves that wait; the actor is kept, since it acts later in that person's name. */
export function insertMoves(tx: Tx, moves: readonly NewMove[]): void {
  if (moves.length === 0) return
  tx.send({
    name: 'moves-insert',
    text: `insert into scheduled_moves (company_id, move_id, number_id, kind, to_member_id, expected_holder_id, history, reason,
        due_at, time_zone, return_at, restore_visible_from, state, request_id, override_reason, approved_by,
        scheduled_by, scheduled_by_member_id, created_at)
      select $1, w.*, $2, $3, $4
      from unnest($5::uuid[], $6::uuid[], $7::text[], $8::uuid[], $9::uuid[], $10::text[], $11::text[], $12::timestamptz[],
        $13::text[], $14::timestamptz[], $15::timestamptz[], $16::text[], $17::uuid[], $18::text[], $19::text[]) as w`,
    values: [
      tx.companyId,
      personOf(tx.caller),
      actingMember(tx.caller),
      tx.now,
      moves.map((move) => move.moveId),
      moves.map((move) => move.numberId),
      moves.map((move) => move.kind),
      moves.map((move) => move.toMemberId),
      moves.map((move) => move.expectedHolderId),
      moves.map((move) => move.history),
      moves.map((move) => move.reason),
      moves.map((move) => move.dueAt),
      moves.map((move) => move.timeZone),
      moves.map((move) => move.returnAt),
      moves.map((move) => move.restoreVisibleFrom),
      moves.map((move) => move.state),
      moves.map((move) => move.requestId),
      moves.map((move) => move.overrideReason),
      moves.map((move) => move.approvedBy ?? null),
    ],
  })
}

// A batch acts as the system on behalf of who began it, named by the id of the member.
function actingMember(caller: Caller): string | null {
  if (!isCompanyCaller(caller)) return null
  return caller.memberId ?? (isMemberId(caller.onBehalfOf) ? caller.onBehalfOf : null)
}

function isMemberId(person: string | null): boolean {
  return person !== null && /^[0-9a-f]{8}-/.test(person)
}

/** Ends a waiting move. */
export function finishMove(
  tx: Tx,
  moveId: string,
  end: { state: 'done' | 'cancelled' | 'failed'; refusalCode?: string },
): void {
  tx.send({
    text: 'update scheduled_moves set state = $3, refusal_code = $4, finished_at = $5 where company_id = $1 and move_id = $2',
    values: [tx.companyId, moveId, end.state, end.refusalCode ?? null, tx.now],
  })
}

/** What a waiting move waits for next. */
export interface MoveProgress {
  readonly state: (typeof waitingStates)[number]
  readonly requestId: string | null
  readonly approvedBy: string | null
  readonly checkedBy: string | null
  readonly dueAt: string
}

/** Lets a waiting move go on: to another request, or to its time. */
export function advanceMove(tx: Tx, moveId: string, progress: MoveProgress): void {
  tx.send({
    text: `update scheduled_moves set state = $3, request_id = $4, approved_by = $5, checked_by = $6, due_at = $7
      where company_id = $1 and move_id = $2`,
    values: [
      tx.companyId,
      moveId,
      progress.state,
      progress.requestId,
      progress.approvedBy,
      progress.checkedBy,
      progress.dueAt,
    ],
  })
}

export interface NewErasure {
  readonly erasureId: string
  readonly numberId: string
  readonly requestId: string
  readonly cutOff: string
  readonly dueAt: string
}

/** Writes down history that is to be deleted once a second person approves and the undo window is over (NUM-5). */
export function insertErasure(tx: Tx, erasure: NewErasure): void {
  tx.send({
    text: `insert into history_erasures (company_id, erasure_id, number_id, request_id, cut_off, due_at, state)
      values ($1, $2, $3, $4, $5, $6, 'awaiting_approval')`,
    values: [
      tx.companyId,
      erasure.erasureId,
      erasure.numberId,
      erasure.requestId,
      erasure.cutOff,
      erasure.dueAt,
    ],
  })
}

export interface ErasureRow {
  readonly erasure_id: string
  readonly number_id: string
  readonly request_id: string
  readonly cut_off: string
  readonly state: 'awaiting_approval' | 'approved' | 'erasing' | 'done' | 'cancelled' | 'rejected'
  readonly erased_records: number
}

/** Moves erasures on that stand in one of `from`; returns those that were. */
export async function changeErasures(
  tx: Tx,
  which: { readonly numberId: string; readonly cutOff?: string; readonly requestId?: string },
  change: { readonly from: readonly ErasureRow['state'][]; readonly to: ErasureRow['state'] },
): Promise<ErasureRow[]> {
  return tx.query<ErasureRow>({
    text: `update history_erasures set state = $6, finished_at = case when $6 in ('done', 'cancelled', 'rejected') then $7::timestamptz end
      where company_id = $1 and number_id = $2 and ($3::timestamptz is null or cut_off = $3) and ($4::uuid is null or request_id = $4)
        and state = any($5) returning erasure_id, number_id, request_id, cut_off, state, erased_records`,
    values: [
      tx.companyId,
      which.numberId,
      which.cutOff ?? null,
      which.requestId ?? null,
      change.from,
      change.to,
      tx.now,
    ],
  })
}

/**
 * Puts off an approved erasure whose move can still be undone, because the company has made the undo window longer.
 * @returns whether it did
 */
export async function postponeErasure(
  tx: Tx,
  which: { readonly numberId: string; readonly requestId: string; readonly undoWindowHours: number },
): Promise<boolean> {
  const postponed = await tx.query({
    text: `update history_erasures set due_at = cut_off + make_interval(hours => $4)
      where company_id = $1 and number_id = $2 and request_id = $3 and state = 'approved'
        and cut_off + make_interval(hours => $4) > $5 returning 1 as postponed`,
    values: [tx.companyId, which.numberId, which.requestId, which.undoWindowHours, tx.now],
  })
  return postponed.length > 0
}

/** Locks a move's row; its number's row must be locked before. */
export async function lockMove(tx: Tx, moveId: string): Promise<MoveRow | undefined> {
  const [row] = await tx.query<MoveRow>({
    text: `select ${moveColumns} from scheduled_moves w
        join members m on m.company_id = w.company_id and m.member_id = w.to_member_id
      where w.company_id = $1 and w.move_id = $2 for no key update of w`,
    values: [tx.companyId, moveId],
  })
  return row
}
