import { Button, Stack } from '@mantine/core'
import { type ReactNode, type SubmitEvent, useEffect, useRef } from 'react'
import { WaitingProblem } from '../../../ui/proof/waiting-problem.tsx'
import type { ProblemLike } from '../../../ui/states.tsx'

interface ProofFormProps {
  readonly action: string
  readonly isReady: boolean
  readonly isBusy: boolean
  readonly problem: ProblemLike | null
  readonly onSubmit: () => void
  /** The one field that proves something; it is chosen anew when it was wrong. */
  readonly children: ReactNode
}

/** One field and one button that prove something. */
export function ProofForm({ action, isReady, isBusy, problem, onSubmit, children }: ProofFormProps) {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (problem) form.current?.querySelector('input')?.select()
  }, [problem])
  function submit(event: SubmitEvent) {
    event.preventDefault()
    if (isReady && !isBusy) onSubmit()
  }
  return (
    <form ref={form} onSubmit={submit}>
      <Stack>
        {children}
        <WaitingProblem problem={isBusy ? null : problem} />
        <Button type="submit" size="md" loading={isBusy} disabled={!isReady}>
          {action}
        </Button>
      </Stack>
    </form>
  )
}
