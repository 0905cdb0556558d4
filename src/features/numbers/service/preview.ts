import type { Tx } from '../../../platform/db/tx.ts'
import { dependentsOf } from '../../custody-ports/index.ts'
import { countRecords } from '../effect-views.ts'
import { type MoveEffect, type MoveOutcome, recordsCounted } from '../model.ts'
import type { AskedMove, RecipientFacts } from '../rules/facts.ts'
import { undoUntil } from '../rules/may-end.ts'
import { availableAt, type MoveDecision, visibleAfter } from '../rules/may-move.ts'
import type { LoadedFacts } from './facts.ts'
import { readNumber } from './read.ts'

/** A move that was decided and is not made. */
export interface DecidedMove {
  readonly facts: LoadedFacts
  readonly recipient: RecipientFacts
  readonly asked: AskedMove
  readonly decision: MoveDecision
}

/** What a move would do, for a dry run: nothing is written. */
export async function previewMove(tx: Tx, move: DecidedMove): Promise<MoveOutcome> {
  const { facts, decision } = move
  const number = await readNumber(tx, facts.row.number_id)
  const hanging = await dependentsOf(tx, [number.numberId])
  return {
    outcome: decision.outcome,
    effect: {
      loses: number.holder,
      gains: { memberId: move.recipient.memberId, name: move.recipient.name },
      ...(await effectOnRecords(tx, move)),
      ...effectOnCounts(move),
      dueAt: decision.outcome === 'done' ? null : decision.dueAt,
      dependents: [...(hanging.get(number.numberId) ?? [])],
    },
    number,
    move: null,
    undoUntil:
      decision.outcome === 'done'
        ? undoUntil(
            { cause: decision.custody.cause, heldFrom: decision.custody.at },
            facts.policies.undoWindowHours,
            tx.now,
          )
        : null,
    deleteRequestId: null,
    version: number.version,
  }
}

type RecordMembers = Extract<keyof MoveEffect, `records${string}`>

async function effectOnRecords(
  tx: Tx,
  { facts, asked, decision }: DecidedMove,
): Promise<Pick<MoveEffect, RecordMembers>> {
  const { before, since } = await countRecords(tx, {
    numberId: facts.row.number_id,
    instant: visibleAfter(facts.number, asked, momentOf(decision)),
    most: recordsCounted,
  })
  const [hidden, deleted] = asked.history === 'delete' ? [0, before] : [before, 0]
  return {
    recordsBecomeVisible: Math.min(since, recordsCounted),
    recordsBecomeVisibleIsAtLeast: since > recordsCounted,
    recordsHidden: Math.min(hidden, recordsCounted),
    recordsHiddenIsAtLeast: hidden > recordsCounted,
    recordsDeleted: Math.min(deleted, recordsCounted),
    recordsDeletedIsAtLeast: deleted > recordsCounted,
  }
}

function effectOnCounts({
  facts,
  recipient,
  decision,
}: DecidedMove): Pick<MoveEffect, 'licence' | 'licencesFreeAfter' | 'heldAfter' | 'cap' | 'coolsDownUntil'> {
  const { licensed } = facts.number
  const { cooldownMinutes, licencesFree } = facts.company
  const at = momentOf(decision)
  return {
    licence: licensed ? 'kept' : 'taken',
    licencesFreeAfter: licensed ? licencesFree : licencesFree - 1,
    heldAfter: recipient.counted + 1,
    cap: recipient.cap,
    coolsDownUntil: availableAt({ assignedAt: at }, cooldownMinutes, at),
  }
}

function momentOf(decision: MoveDecision): string {
  return decision.outcome === 'done' ? decision.custody.at : decision.dueAt
}
