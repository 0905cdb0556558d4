import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { type SubmitEvent, useEffect, useRef, useState } from 'react'
import { useFormat } from '../format.ts'
import type { ProblemLike } from '../states.tsx'
import { CodeField, isWholeCode } from './code-field.tsx'
import { useSecondsUntil } from './countdown.ts'
import { useProofWords } from './proof-words.ts'
import { WaitingProblem } from './waiting-problem.tsx'

const resendAfterMs = 60_000
const minuteSeconds = 60

export interface CodeStepProps {
  /** Where the code went, masked. */
  readonly sentTo: string
  readonly expiresAt: string
  readonly action: string
  readonly isBusy: boolean
  readonly problem: ProblemLike | null
  readonly onCode: (code: string) => void
  /** Sends another code; the step is to get a new `key` then. */
  readonly onResend: () => void
  readonly isResending?: boolean
  readonly resendProblem?: ProblemLike | null
  /** Goes back to where the address is entered. */
  readonly onOtherAddress?: () => void
}

/** Enter the code that was sent: until when it works, another one after a minute, another address. */
export function CodeStep(props: CodeStepProps) {
  const [code, setCode] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const { problem, isBusy, onCode } = props
  // Whoever mistyped goes on by typing.
  useEffect(() => {
    if (problem) field.current?.select()
  }, [problem])
  function submit(event: SubmitEvent) {
    event.preventDefault()
    if (!isBusy && isWholeCode(code)) onCode(code)
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <Sent sentTo={props.sentTo} expiresAt={props.expiresAt} />
        <CodeField
          value={code}
          onChange={setCode}
          onWhole={(whole) => {
            if (!isBusy) onCode(whole)
          }}
          isWrong={problem !== null && !isBusy}
          inputRef={field}
          autoFocus
        />
        <WaitingProblem problem={isBusy ? null : (problem ?? props.resendProblem)} />
        <Button type="submit" size="md" loading={isBusy} disabled={!isWholeCode(code)}>
          {props.action}
        </Button>
        <Again {...props} />
      </Stack>
    </form>
  )
}

function Sent({ sentTo, expiresAt }: { readonly sentTo: string; readonly expiresAt: string }) {
  const t = useProofWords()
  const left = useSecondsUntil(Date.parse(expiresAt))
  if (left === 0) return <Alert color="yellow">{t('code.tooOld')}</Alert>
  return (
    <Text>
      {t('code.sent', { to: sentTo })}{' '}
      <Text span c="dimmed">
        {t('code.works', { count: Math.ceil(left / minuteSeconds) })}
      </Text>
    </Text>
  )
}

function Again({ onResend, isResending, onOtherAddress }: CodeStepProps) {
  const t = useProofWords()
  const format = useFormat()
  const [resendAtMs] = useState(() => Date.now() + resendAfterMs)
  const left = useSecondsUntil(resendAtMs)
  return (
    <Stack gap={4}>
      <Text size="sm" c="dimmed">
        {t('code.notThere')}
      </Text>
      <Group gap="xs">
        <Button
          variant="default"
          size="md"
          onClick={onResend}
          loading={isResending ?? false}
          disabled={left > 0}
        >
          {left > 0 ? t('code.againIn', { time: format.duration(left) }) : t('code.again')}
        </Button>
        {onOtherAddress && (
          <Button variant="subtle" size="md" onClick={onOtherAddress}>
            {t('code.otherAddress')}
          </Button>
        )}
      </Group>
    </Stack>
  )
}
