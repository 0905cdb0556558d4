import { type OperationStep, operationSteps } from '../../../src/features/operations/states.ts'
import type { Answer } from '../../api/client.ts'

type Facts = Pick<
  Answer<'getOperation'>,
  'state' | 'failed' | 'done' | 'waiting' | 'undoneBy' | 'undoes' | 'total'
>

/** What an administrator does with a batch. */
export const batchSteps = ['pause', 'resume', 'retry', 'undo', 'cancel'] as const
export type BatchStep = (typeof batchSteps)[number]

/** Why a step cannot be taken; each is a phrase of the words. */
export type WhyNot =
  | 'not.pause'
  | 'not.resume'
  | 'not.cancel'
  | 'not.unfinished'
  | 'not.undone'
  | 'not.noneFailed'
  | 'not.nothingDone'
  | 'not.isUndo'
  | 'not.cancelled'

/** Null where the step can be taken now. */
export function whyNot(step: BatchStep, operation: Facts): WhyNot | null {
  if (step === 'retry') return whyNotRetry(operation)
  if (step === 'undo') return whyNotUndo(operation)
  return isFrom(step, operation.state) ? null : (`not.${step}` as const)
}

function isFrom(step: OperationStep, state: Facts['state']): boolean {
  return operationSteps[step].from.some((from) => from === state)
}

function whyNotRetry(operation: Facts): WhyNot | null {
  if (operation.undoneBy !== null) return 'not.undone'
  if (operation.state === 'cancelled') return 'not.cancelled'
  if (!isFrom('retry', operation.state)) return 'not.unfinished'
  return operation.failed === 0 ? 'not.noneFailed' : null
}

function whyNotUndo({ undoneBy, undoes, state, done, waiting }: Facts): WhyNot | null {
  if (undoes !== null) return 'not.isUndo'
  if (undoneBy !== null) return 'not.undone'
  if (state !== 'done' && state !== 'cancelled') return 'not.unfinished'
  return done + waiting === 0 ? 'not.nothingDone' : null
}

/** Share of the items that are settled, between 0 and 1; whole only when nothing is left. */
export function shareDone({ total, pending }: Pick<Answer<'getOperation'>, 'total' | 'pending'>): number {
  return total === 0 ? 1 : Math.min((total - pending) / total, pending === 0 ? 1 : 0.99)
}
