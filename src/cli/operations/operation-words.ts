import type { Operation } from '../../features/operations/model.ts'
import { type ExitCode, exitCode } from '../failure.ts'
import { count, facts, moment, secondOf } from '../show.ts'

/** How far an operation is, in one line: `1,240 of 20,000  62 %  3,100/s  done 14:32:05`. */
export function progressLine(operation: Operation, now: Date): string {
  const { total, pending, perSecond, nextAt, finishAt } = operation
  const handled = total - pending
  const percent = total === 0 ? 100 : Math.floor((100 * handled) / total)
  const isBetween = nextAt !== null && Date.parse(nextAt) > now.getTime() + 2_000
  return [
    `${count(handled)} of ${count(total)}`,
    `${percent} %`,
    ...(perSecond === null ? [] : [`${rate(perSecond)}/s`]),
    ...(isBetween ? [`next ${secondOf(nextAt, now)}`] : []),
    ...(finishAt === null ? [] : [`done ${secondOf(finishAt, now)}`]),
  ].join('  ')
}

function rate(perSecond: number): string {
  return perSecond < 10 ? perSecond.toFixed(1) : count(Math.round(perSecond))
}

/** `18 of 21 done, 1 waits for a time or a check, 2 failed` */
export function standing({ total, done, waiting, failed, pending, state }: Operation): string {
  return [
    `${count(done)} of ${count(total)} done`,
    ...(waiting > 0 ? [`${count(waiting)} ${waiting === 1 ? 'waits' : 'wait'} for a time or a check`] : []),
    ...(failed > 0 ? [`${count(failed)} failed`] : []),
    ...(pending > 0 ? [`${count(pending)} ${leftWords(state, pending)}`] : []),
  ].join(', ')
}

function leftWords(state: Operation['state'], pending: number): string {
  if (state !== 'cancelled') return 'to go'
  return pending === 1 ? 'left as it was' : 'left as they were'
}

const stateWords = {
  pending_approval: 'Waits for a second person',
  running: 'Under way',
  paused: 'Paused',
  done: 'Done',
  cancelled: 'Cancelled',
} as const satisfies Record<Operation['state'], string>

/** Where an operation stands, in one sentence. */
export function stateSentence(operation: Operation): string {
  return `${stateWords[operation.state]}: ${standing(operation)}.`
}

/** Everything about an operation. */
export function describeOperation(operation: Operation, now: Date): string {
  const { state, perSecond, nextAt, finishAt, finishedAt } = operation
  return facts([
    ['Operation', operation.operationId],
    ['Kind', operation.kind.replaceAll('_', ' ')],
    ['State', state.replaceAll('_', ' ')],
    ['Items', standing(operation)],
    ['Speed', perSecond === null ? null : `${rate(perSecond)} a second`],
    ['Goes on', nextAt === null || Date.parse(nextAt) <= now.getTime() ? null : secondOf(nextAt, now)],
    ['Done', finishAt === null ? null : `about ${secondOf(finishAt, now)}`],
    ['Request', operation.requestId],
    ['Undoes', operation.undoes],
    ['Undone by', operation.undoneBy],
    ['Begun', `${moment(operation.createdAt)} by ${operation.createdByName ?? operation.createdBy}`],
    ['Ended', moment(finishedAt)],
  ])
}

/** What can be done about an operation as it stands. */
export function nextSteps(operation: Operation): string[] {
  const { operationId, requestId, state, failed, done, waiting, undoes, undoneBy } = operation
  const call = (step: string) => `npx baton operations ${step} ${operationId}`
  if (state === 'running') return [`Watch it: ${call('watch')}`]
  if (state === 'paused') return [`Let it go on: ${call('resume')}`]
  if (state === 'pending_approval')
    return requestId === null ? [] : [`A second person agrees with: npx baton requests approve ${requestId}`]
  return [
    ...(failed > 0 && state === 'done' ? [`Try the failed ones again: ${call('retry')}`] : []),
    ...(done + waiting > 0 && undoes === null && undoneBy === null
      ? [`Take all of it back: ${call('undo')}`]
      : []),
    `Each result in a file: ${call('results')} --output results.csv`,
  ]
}

/** How a command ends that waited for an operation. */
export function codeOf({ state, failed, waiting }: Operation): ExitCode {
  if (state === 'cancelled' || (state === 'done' && failed > 0)) return exitCode.failed
  return state === 'done' && waiting === 0 ? exitCode.done : exitCode.pending
}
