import { Button, Stack } from '@mantine/core'
import { useWrite } from '../../api/write.ts'
import { CodeStep } from '../../ui/proof/code-step.tsx'
import { WaitingProblem } from '../../ui/proof/waiting-problem.tsx'
import { useFreshProofWords } from './words.ts'

/** By a code to a phone or e-mail address of the account. */
export function ByCode({
  identifierId,
  sentTo,
  onDone,
}: {
  readonly identifierId: string
  readonly sentTo: string
  readonly onDone: () => void
}) {
  const t = useFreshProofWords()
  const begin = useWrite('beginConfirmation')
  const confirm = useWrite('confirmAccount')
  const sent = begin.data
  function send() {
    confirm.reset()
    begin.mutate({ body: { by: 'code', identifierId } })
  }
  if (!sent)
    return (
      <Stack>
        <WaitingProblem problem={begin.error} />
        <Button size="md" onClick={send} loading={begin.isPending} autoFocus>
          {t('sendCode', { to: sentTo })}
        </Button>
      </Stack>
    )
  return (
    <CodeStep
      key={sent.confirmationId}
      sentTo={sent.sentTo ?? sentTo}
      expiresAt={sent.expiresAt}
      action={t('confirm')}
      isBusy={confirm.isPending}
      problem={confirm.error}
      onCode={(code) =>
        confirm.mutate(
          { params: { confirmationId: sent.confirmationId }, body: { code } },
          { onSuccess: onDone },
        )
      }
      onResend={send}
      isResending={begin.isPending}
    />
  )
}
