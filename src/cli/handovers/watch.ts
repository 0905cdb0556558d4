import { setTimeout as sleep } from 'node:timers/promises'
import { handoversContract } from '../../features/handovers/contract.ts'
import type { HandoverDetail } from '../../features/handovers/model.ts'
import { createLiveLine } from '../live-line.ts'
import type { Output } from '../output.ts'
import type { Session } from '../session.ts'
import { progressWords } from './handover-words.ts'

const everyMs = 300
// A run that has shown no progress for so long waits for a time or for somebody.
const restsAfterMs = 10_000

/** Watches a handover until it rests: at its end, paused, or waiting for a time or a person. */
export async function watchHandover(
  session: Session,
  handoverId: string,
  output: Output,
): Promise<HandoverDetail> {
  const line = createLiveLine({ isWanted: !output.json, isTerminal: process.stderr.isTTY === true })
  let last = ''
  let movedAt = performance.now()
  try {
    for (;;) {
      const { body } = await session.ask(handoversContract.getHandover, { params: { handoverId } })
      const words = progressWords(body)
      if (words !== last) movedAt = performance.now()
      last = words
      if (!isGoingOn(body) || performance.now() - movedAt > restsAfterMs) return body
      line.show(words)
      await sleep(everyMs)
    }
  } finally {
    line.clear()
  }
}

function isGoingOn({ state, coverage }: HandoverDetail): boolean {
  if (state === 'undoing') return true
  const { total, observed, skipped, waiting, needsYou, handed } = coverage
  return (
    state === 'running' &&
    (observed + skipped === total || observed + skipped + waiting + needsYou + handed < total)
  )
}
