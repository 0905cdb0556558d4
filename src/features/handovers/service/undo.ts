import { personOf } from '../../../kernel/caller.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { Reply } from '../../../platform/http/bind.ts'
import { record } from '../../audit/index.ts'
import { cancelTasksOf } from '../../tasks/index.ts'
import type { handoversContract } from '../contract.ts'
import type { StepRow } from '../item-store.ts'
import type { UndoAnswer } from '../model/items.ts'
import { handoverRefusal, lossRemark } from '../model.ts'
import { mustStep } from '../rules/step.ts'
import { type HandoverRow, recount, updateHandover } from '../store.ts'
import { skipHanded, undoable } from '../undo-store.ts'
import { lockSeen, wakeRunner } from './steer.ts'

export { undoableUntil } from '../undo-store.ts'

type Undo = (typeof handoversContract)['undoHandover']
const lostShown = 1_000

/**
 * Begins to take a handover back (HAN-7), or only says what would come back and what could not.
 * @throws Refusal `thing.not_found`, `handover.not_now`, `handover.undo_over`, `handover.nothing_to_undo`, `version.changed`
 */
export async function undoHandover(tx: Tx, input: RouteInput<Undo>): Promise<UndoAnswer | Reply<UndoAnswer>> {
  const row = await lockSeen(tx, input)
  const undoing = mustStep(row.state, 'undo')
  refuseLate(tx, row)
  const items = await undoable(tx, row.handoverId)
  if (items.length === 0) throw new Refusal(handoverRefusal.nothingToUndo)
  const { dryRun, reason } = input.body
  if (!dryRun) await begin(tx, row, { state: undoing, reason })
  const lost = items.flatMap((item) => lossesOf(item, input.language))
  const answer = {
    isBegun: !dryRun,
    items: items.filter(({ isReversible }) => isReversible).length,
    lost: lost.slice(0, lostShown),
    lostTotal: lost.length,
  }
  return dryRun ? answer : new Reply(answer, { status: 202 })
}

function refuseLate(tx: Tx, { undoUntil }: HandoverRow): void {
  if (undoUntil !== null && tx.now > undoUntil)
    throw new Refusal(handoverRefusal.undoOver, { until: undoUntil }, { undoUntil })
}

interface Begun {
  readonly state: HandoverRow['state']
  readonly reason: string | undefined
}

async function begin(
  tx: Tx,
  { handoverId, state: from }: HandoverRow,
  { state, reason }: Begun,
): Promise<void> {
  const origin = { originKind: 'handover', originId: handoverId }
  await cancelTasksOf(tx, origin, 'the handover is undone')
  skipHanded(tx, handoverId)
  recount(tx, handoverId)
  updateHandover(tx, handoverId, { state, undoBy: personOf(tx.caller), undoAt: tx.now, dueAt: tx.now })
  record(tx, {
    action: 'handover.undo_started',
    subjectKind: 'handover',
    subjectId: handoverId,
    effect: { from },
    reason,
  })
  wakeRunner(tx)
}

function lossesOf({ itemId, kind, label, isReversible }: StepRow, language: 'en' | 'zh') {
  return isReversible ? [] : [{ itemId, kind, label, why: lossRemark.ofKind[language].title }]
}
