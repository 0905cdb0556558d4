import { z } from 'zod'
import { Id } from '../../../kernel/fields.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { type Decision, recordMany } from '../../audit/index.ts'
import { countLicence } from '../../companies/index.ts'
import type { ItemResult, RunningOperation, SliceItem } from '../../operations/index.ts'
import { openRequests } from '../../requests/index.ts'
import { type Begun, beginCustodies, finishMoves, insertErasures } from '../batch-store.ts'
import { History } from '../model.ts'
import type { BatchMove, Decided } from '../rules/batch.ts'
import type { MoveDecision } from '../rules/may-move.ts'
import { insertMoves, type NewMove } from '../scheduled-store.ts'
import { decideBatch, type LoadedBatch, loadBatch } from './batch-facts.ts'
import { announceMany } from './tell.ts'

/** What all moves of a batch have in common, as its operation keeps it. */
const Given = z.object({
  history: History,
  when: z.enum(['now', 'earliest']),
  overrideReason: z.string().nullable(),
  reason: z.string().nullable(),
  deleteRequestId: Id.nullable(),
})
type Given = z.infer<typeof Given>

const GivenMove = z.object({ toMemberId: Id, expectedHolderId: Id.nullable() })

/**
 * Makes the moves of one slice in this transaction: everything is decided anew under locks, and what has changed since
 * the check fails that move only (NUM-8, NUM-9).
 */
export async function runMoves(
  tx: Tx,
  operation: RunningOperation,
  items: readonly SliceItem[],
): Promise<ItemResult[]> {
  const given = Given.parse(operation.given)
  const moves = items.map(readMove)
  const loaded = await loadBatch(
    tx,
    {
      numberIds: moves.map((move) => move.numberId),
      memberIds: [...new Set(moves.map((move) => move.toMemberId))],
      asksForHolds: given.history === 'delete',
    },
    'locked',
  )
  // Who may override a cool-down was settled when the batch was asked for.
  const decided = await decideBatch(tx, loaded, { moves, choice: { ...given, askedBy: 'owner' } })
  const slice = { operation, given, loaded }
  const done = await carryOutMany(tx, slice, decided)
  const waiting = letWait(tx, slice, decided)
  return decided.map(({ move: { position }, decision }): ItemResult => {
    if (decision instanceof Refusal)
      return { position, state: 'failed', refusal: { code: decision.code, values: decision.values } }
    if (decision.outcome === 'done') return { position, state: 'done', outcome: { at: done.get(position) } }
    return {
      position,
      state: 'waiting',
      outcome: { waitsFor: decision.outcome, dueAt: decision.dueAt, ...waiting.get(position) },
    }
  })
}

function readMove({ position, subjectId, given }: SliceItem): BatchMove {
  const { toMemberId, expectedHolderId } = GivenMove.parse(given)
  if (subjectId === null) throw new Error('a move without a number')
  return { position, numberId: subjectId, toMemberId, expectedHolderId }
}

interface Slice {
  readonly operation: RunningOperation
  readonly given: Given
  readonly loaded: LoadedBatch
}

type Done = {
  readonly move: BatchMove
  readonly custody: Extract<MoveDecision, { outcome: 'done' }>['custody']
}

const writtenAtOnce = 500

// Returns by position when each took effect. The database writes one part while the next is prepared.
async function carryOutMany(tx: Tx, slice: Slice, decided: readonly Decided[]): Promise<Map<number, string>> {
  const done = decided.flatMap(({ move, decision }): Done[] =>
    !(decision instanceof Refusal) && decision.outcome === 'done'
      ? [{ move, custody: decision.custody }]
      : [],
  )
  for (let first = 0; first < done.length; first += writtenAtOnce) {
    writeMoves(tx, slice, done.slice(first, first + writtenAtOnce))
    await tx.flush()
  }
  const licences = done.filter(({ custody }) => custody.takesLicence).length
  if (licences > 0) countLicence(tx, licences)
  return new Map(done.map(({ move, custody }) => [move.position, custody.at]))
}

function writeMoves(tx: Tx, slice: Slice, done: readonly Done[]): void {
  const { loaded, given } = slice
  const begun = done.map(({ move, custody }): Begun => ({ row: rowOf(loaded, move), next: custody }))
  beginCustodies(tx, begun)
  announceMany(tx, begun)
  finishMoves(
    tx,
    done.flatMap(({ move, custody }) => (custody.cause === 'returned' ? returnsOf(loaded, move) : [])),
  )
  if (given.deleteRequestId !== null) {
    insertErasures(tx, {
      requestId: given.deleteRequestId,
      undoWindowHours: loaded.policies.undoWindowHours,
      erasures: done.map(({ move, custody }) => ({
        erasureId: tx.newId(),
        numberId: move.numberId,
        cutOff: custody.at,
      })),
    })
  }
  recordMany(
    tx,
    done.map((one) => ledgerEntry(slice, one)),
  )
}

function rowOf({ rows }: LoadedBatch, { numberId }: BatchMove) {
  const row = rows.get(numberId)
  if (!row) throw new Error('a number of a batch is gone')
  return row
}

function returnsOf({ waiting }: LoadedBatch, { numberId }: BatchMove): string[] {
  return (waiting.get(numberId) ?? []).filter((one) => one.kind === 'return').map((one) => one.move_id)
}

function ledgerEntry({ operation, given, loaded }: Slice, { move, custody }: Done): Decision {
  const row = rowOf(loaded, move)
  return {
    action: `number.${custody.cause}`,
    subjectKind: 'number',
    subjectId: move.numberId,
    effect: {
      from: row.holder_id,
      to: custody.holderId,
      at: custody.at,
      visibleFrom: custody.visibleFrom,
      history: given.history,
      overrode: given.overrideReason !== null,
      operationId: operation.operationId,
    },
    reason: given.overrideReason ?? given.reason,
    details: { e164: row.e164, to: loaded.facts.members.get(move.toMemberId)?.name ?? null },
  }
}

const requestKind = {
  pending_check: 'country_check',
  pending_approval: 'over_limit',
  scheduled: null,
} as const

const waitingAction = {
  scheduled: 'move.scheduled',
  pending_check: 'move.check_asked',
  pending_approval: 'move.approval_asked',
} as const

interface WaitingMove {
  readonly move: BatchMove
  readonly decision: Exclude<MoveDecision, { outcome: 'done' }>
  readonly moveId: string
}

// Writes down the moves that wait, with the requests they wait for; returns their ids by position.
function letWait(
  tx: Tx,
  slice: Slice,
  decided: readonly Decided[],
): Map<number, { moveId: string; requestId: string | null }> {
  const waits = decided.flatMap(({ move, decision }): WaitingMove[] =>
    decision instanceof Refusal || decision.outcome === 'done'
      ? []
      : [{ move, decision, moveId: tx.newId() }],
  )
  const requestOf = askForEach(tx, slice, waits)
  const written = waits.map((one): NewMove => newMove(slice, one, requestOf.get(one.moveId) ?? null))
  insertMoves(tx, written)
  recordMany(
    tx,
    waits.map(({ move, decision, moveId }) => ({
      action: waitingAction[decision.outcome],
      subjectKind: 'number',
      subjectId: move.numberId,
      effect: {
        moveId,
        requestId: requestOf.get(moveId) ?? null,
        from: move.expectedHolderId,
        to: move.toMemberId,
        dueAt: decision.dueAt,
        operationId: slice.operation.operationId,
      },
      reason: slice.given.reason,
      details: { e164: rowOf(slice.loaded, move).e164 },
    })),
  )
  return new Map(
    waits.map(({ move, moveId }) => [move.position, { moveId, requestId: requestOf.get(moveId) ?? null }]),
  )
}

function askForEach(tx: Tx, { loaded, given }: Slice, waits: readonly WaitingMove[]): Map<string, string> {
  const asking = waits.flatMap((one) => {
    const kind = requestKind[one.decision.outcome]
    return kind === null ? [] : [{ ...one, kind }]
  })
  const ids = openRequests(
    tx,
    asking.map(({ move: { numberId }, moveId, kind, move }) => {
      const { country } = rowOf(loaded, move)
      const check = loaded.policies.countryChecks[country] ?? null
      return {
        kind,
        subjectKind: 'number',
        subjectId: numberId,
        payload: { moveId, numberId, ...(kind === 'country_check' ? { country, check } : {}) },
        reason: given.reason,
      }
    }),
  )
  return new Map(asking.map(({ moveId }, index) => [moveId, ids[index] ?? '']))
}

function newMove(
  { operation, given }: Slice,
  { move, decision, moveId }: WaitingMove,
  requestId: string | null,
): NewMove {
  return {
    moveId,
    numberId: move.numberId,
    kind: 'move',
    toMemberId: move.toMemberId,
    expectedHolderId: move.expectedHolderId,
    history: given.history,
    reason: given.reason,
    dueAt: decision.dueAt,
    timeZone: null,
    returnAt: null,
    restoreVisibleFrom: null,
    state: decision.outcome,
    requestId,
    overrideReason: given.overrideReason,
    approvedBy: operation.approvedBy,
  }
}
