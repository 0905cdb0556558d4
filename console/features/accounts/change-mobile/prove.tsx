import { Button, Group, Stack } from '@mantine/core'
import type { Answer } from '../../../api/client.ts'
import { useWrite } from '../../../api/write.ts'
import { CodeStep } from '../../../ui/proof/code-step.tsx'
import { ProblemAlert } from '../../../ui/states.tsx'
import type { StartedChange } from './kept-start.ts'
import { Step } from './step.tsx'
import { useChangeMobileWords } from './words.ts'

export type Outcome = Answer<'verifyMobileChange'>

interface ProveProps {
  readonly started: StartedChange
  readonly onOutcome: (outcome: Outcome) => void
  readonly onRestarted: (started: StartedChange) => void
  readonly onOther: () => void
}

// The code was right, and the number cannot come all the same: entering it again would not help.
const refusals = /^takeover\.|^account\.frozen$/

/** Step 2: the code that was sent to the phone. */
export function Prove({ started, onOutcome, onRestarted, onOther }: ProveProps) {
  const t = useChangeMobileWords()
  const verify = useWrite('verifyMobileChange')
  const resend = useWrite('startMobileChange')
  const { changeId, phone, replaces } = started
  if (verify.error && refusals.test(verify.error.code))
    return (
      <Step number={2} title={t('refused')}>
        <Stack>
          <ProblemAlert problem={verify.error} />
          <Group>
            <Button variant="default" size="md" onClick={onOther}>
              {t('again')}
            </Button>
          </Group>
        </Stack>
      </Step>
    )
  return (
    <Step number={2} title={t('prove')}>
      <CodeStep
        sentTo={started.sentTo}
        expiresAt={started.expiresAt}
        action={t('prove.do')}
        isBusy={verify.isPending}
        problem={verify.error}
        onCode={(code) => verify.mutate({ params: { changeId }, body: { code } }, { onSuccess: onOutcome })}
        onResend={() =>
          resend.mutate(
            { body: { phone, replaces } },
            { onSuccess: (begun) => onRestarted({ ...started, ...begun }) },
          )
        }
        isResending={resend.isPending}
        resendProblem={resend.error}
        onOtherAddress={onOther}
      />
    </Step>
  )
}
