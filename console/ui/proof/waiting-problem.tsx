import { Text } from '@mantine/core'
import { useState } from 'react'
import { useFormat } from '../format.ts'
import { ProblemAlert, type ProblemLike } from '../states.tsx'
import { useSecondsUntil } from './countdown.ts'
import { useProofWords } from './proof-words.ts'

const secondMs = 1_000

/** How long a refusal asks one to wait; null where it names no time. */
function secondsOf(problem: ProblemLike | null | undefined): number | null {
  const seconds = (problem as { readonly data?: { readonly seconds?: unknown } } | null | undefined)?.data
    ?.seconds
  return typeof seconds === 'number' && seconds > 0 ? seconds : null
}

/** A refusal, with the time that it asks one to wait counted down. */
export function WaitingProblem({ problem }: { readonly problem: ProblemLike | null | undefined }) {
  const seconds = secondsOf(problem)
  return (
    <ProblemAlert problem={problem}>
      {seconds !== null && <Wait key={`${problem?.requestId} ${seconds}`} seconds={seconds} />}
    </ProblemAlert>
  )
}

/** How long one has to wait, counted down. */
function Wait({ seconds }: { readonly seconds: number }) {
  const t = useProofWords()
  const format = useFormat()
  const [untilMs] = useState(() => Date.now() + seconds * secondMs)
  const left = useSecondsUntil(untilMs)
  return (
    <Text size="sm" fw={600}>
      {left > 0 ? t('wait', { time: format.duration(left) }) : t('waited')}
    </Text>
  )
}
