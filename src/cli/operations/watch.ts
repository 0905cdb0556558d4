import { setTimeout as sleep } from 'node:timers/promises'
import { operationsContract } from '../../features/operations/contract.ts'
import type { Operation, OperationItem } from '../../features/operations/model.ts'
import { Failure } from '../failure.ts'
import type { LiveLine } from '../live-line.ts'
import type { Session } from '../session.ts'
import { progressLine } from './operation-words.ts'
import type { Problem } from './problem-words.ts'

const slowestMs = 1_000
const awayMs = 60_000
const awayCodes: readonly unknown[] = ['server.unreachable', 'database.unavailable']

export interface Watching {
  readonly line: LiveLine
  readonly signal: AbortSignal
}

/** Watches an operation until it rests: done, cancelled, paused or waiting for somebody. Null when interrupted. */
export async function watchOperation(
  session: Session,
  operationId: string,
  { line, signal }: Watching,
): Promise<Operation | null> {
  const interrupted = new Promise<null>((resolve) => {
    if (signal.aborted) resolve(null)
    signal.addEventListener('abort', () => resolve(null))
  })
  let answeredAt = performance.now()
  try {
    for (let pauseMs = 100; ; pauseMs = Math.min(slowestMs, pauseMs * 2)) {
      const asked = askOrAway(session, operationId, performance.now() - answeredAt)
      const operation = await Promise.race([asked, interrupted])
      if (operation === null) return null
      if (operation === 'away') line.show('Baton does not answer at the moment; waiting for it …')
      else {
        answeredAt = performance.now()
        if (operation.state !== 'running') return operation
        line.show(progressLine(operation, new Date()))
      }
      await sleep(pauseMs, undefined, { signal }).catch(() => {})
      if (signal.aborted) return null
    }
  } finally {
    line.clear()
  }
}

// The batch goes on in the server, which may be restarted meanwhile.
async function askOrAway(
  session: Session,
  operationId: string,
  silentMs: number,
): Promise<Operation | 'away'> {
  try {
    const { body } = await session.ask(operationsContract.getOperation, {
      params: { operationId },
      query: { limit: 0 },
    })
    return body
  } catch (error) {
    if (error instanceof Failure && awayCodes.includes(error.problem['code']) && silentMs < awayMs)
      return 'away'
    throw error
  }
}

const perPage = 1_000

/** All items of an operation that stand in a state, or all of them, page by page. */
export async function* itemsOf(session: Session, operationId: string, state?: string) {
  let cursor: string | undefined
  do {
    const { body } = await session.ask(operationsContract.getOperation, {
      params: { operationId },
      query: { items: state, limit: perPage, cursor },
    })
    yield body.items
    cursor = body.nextCursor ?? undefined
  } while (cursor !== undefined)
}

/** Why items of an operation failed. */
export async function failuresOf(
  session: Session,
  { operationId, failed }: Operation,
  placeOf: (position: number, given?: OperationItem['given']) => number,
): Promise<Problem[]> {
  const problems: Problem[] = []
  if (failed === 0) return problems
  for await (const items of itemsOf(session, operationId, 'failed')) {
    for (const { position, given, code, title, next } of items)
      problems.push({ place: placeOf(position, given), code: code ?? '', title: title ?? '', next })
  }
  return problems
}
