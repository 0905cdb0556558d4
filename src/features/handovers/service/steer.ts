import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { record } from '../../audit/index.ts'
import type { handoversContract } from '../contract.ts'
import type { HandoverDetail } from '../model.ts'
import { mustStep } from '../rules/step.ts'
import { type HandoverRow, lockHandover, updateHandover } from '../store.ts'
import { getHandover, mustFind } from './read.ts'

type Steer = RouteInput<(typeof handoversContract)['pauseHandover']>

/**
 * Stops a run after the slice that is under way.
 * @throws Refusal `thing.not_found`, `handover.not_now`, `version.changed`
 */
export async function pauseHandover(tx: Tx, input: Steer): Promise<HandoverDetail> {
  const row = await lockSeen(tx, input)
  updateHandover(tx, row.handoverId, { state: mustStep(row.state, 'pause'), dueAt: null })
  return recorded(tx, input, 'handover.paused')
}

/** @throws Refusal `thing.not_found`, `handover.not_now`, `version.changed` */
export async function resumeHandover(tx: Tx, input: Steer): Promise<HandoverDetail> {
  const row = await lockSeen(tx, input)
  updateHandover(tx, row.handoverId, { state: mustStep(row.state, 'resume'), dueAt: tx.now })
  wakeRunner(tx)
  return recorded(tx, input, 'handover.resumed')
}

/**
 * A handover that the caller may see, locked.
 * @throws Refusal `thing.not_found`, `version.changed`
 */
export async function lockSeen(
  tx: Tx,
  asked: { readonly params: { readonly handoverId: string }; readonly expectedVersion: number | null },
): Promise<HandoverRow> {
  await mustFind(tx, asked.params.handoverId)
  const row = await lockHandover(tx, asked.params.handoverId)
  if (!row) throw new Refusal(httpRefusal.notFound, { thing: 'handover' })
  if (asked.expectedVersion !== null && asked.expectedVersion !== row.version)
    throw new Refusal(httpRefusal.versionChanged, { version: row.version })
  return row
}

/** After the commit, the runner looks at once. */
export function wakeRunner(tx: Tx): void {
  tx.announce({ kind: 'handovers-due', companyId: tx.companyId })
}

function recorded(tx: Tx, input: Steer, action: string): Promise<HandoverDetail> {
  const { handoverId } = input.params
  record(tx, {
    action,
    subjectKind: 'handover',
    subjectId: handoverId,
    effect: {},
    reason: input.body.reason,
  })
  return getHandover(tx, input)
}
