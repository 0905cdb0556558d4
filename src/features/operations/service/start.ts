import type { Instant } from '../../../kernel/fields.ts'
import { addMinutes, laterOf } from '../../../kernel/instant.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { record } from '../../audit/index.ts'
import { openRequest } from '../../requests/index.ts'
import type { OperationPlan } from '../kinds.ts'
import { finishAt } from '../rules.ts'
import { insertOperation } from '../store.ts'
import { lastWorked, usualRate } from '../views.ts'

export interface BegunOperation {
  readonly operationId: string
  /** Waits for a second person (HAN-10). */
  readonly isApproved: boolean
  readonly reason: string | null
}

/** Writes an operation down; it begins after the commit, or once a second person has approved it. */
export async function beginOperation(tx: Tx, plan: OperationPlan, begun: BegunOperation): Promise<void> {
  const { operationId, isApproved, reason } = begun
  const failed = plan.items.filter((item) => item.refusal !== null).length
  const requestId = isApproved ? null : askSecondPerson(tx, operationId, reason)
  await insertOperation(tx, {
    ...plan,
    operationId,
    state: isApproved ? 'running' : 'pending_approval',
    requestId,
    dueAt: isApproved ? await firstSliceAt(tx, plan.gapMinutes) : null,
    slices: plan.items.reduce((most, item) => Math.max(most, item.slice + 1), 0),
    failed,
  })
  record(tx, {
    action: 'operation.begun',
    subjectKind: 'operation',
    subjectId: operationId,
    effect: { kind: plan.kind, total: plan.items.length, failed, requestId, undoes: plan.undoes },
    reason,
  })
  wakeRunner(tx)
}

/** Asks a second person for an operation above the limit of one. */
export function askSecondPerson(tx: Tx, operationId: string, reason: string | null): string {
  return openRequest(tx, {
    kind: 'over_limit',
    subjectKind: 'operation',
    subjectId: operationId,
    payload: { operationId },
    reason,
  })
}

/** After the commit, the runner looks at once. */
export function wakeRunner(tx: Tx): void {
  tx.announce({ kind: 'operations-due', companyId: tx.companyId })
}

/** When a slice may run: two operations of a company keep the gap between them, too, and so does one that was paused. */
export async function firstSliceAt(tx: Tx, gapMinutes: number): Promise<Instant> {
  if (gapMinutes === 0) return tx.now
  const last = await lastWorked(tx)
  return last === null ? tx.now : laterOf(addMinutes(last, gapMinutes), tx.now)
}

/** The finish time of work that has not begun (NUM-8), from how fast such work went before. */
export async function expectedFinish(
  tx: Tx,
  work: {
    readonly kind: string
    readonly items: number
    readonly slices: number
    readonly gapMinutes: number
  },
): Promise<Instant> {
  const [perSecond, from] = await Promise.all([usualRate(tx, work.kind), firstSliceAt(tx, work.gapMinutes)])
  return finishAt({ ...work, perSecond, from }, tx.now)
}
