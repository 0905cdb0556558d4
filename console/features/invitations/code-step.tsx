import { Stack } from '@mantine/core'
import type { Answer } from '../../api/client.ts'
import { useWrite } from '../../api/write.ts'
import { paths } from '../../paths.ts'
import { ScreenLink } from '../../ui/link.tsx'
import { CodeStep as CodeForm } from '../../ui/proof/code-step.tsx'
import type { SentCode } from './address-step.tsx'
import { useInvitationWords } from './words.ts'

interface CodeProps {
  readonly sent: SentCode
  readonly isBusy: boolean
  readonly onProved: (proof: Answer<'verifySignIn'>) => void
  readonly onSent: (sent: SentCode) => void
  readonly onOther: () => void
}

/** The code as it arrived. */
export function CodeStep({ sent, isBusy, onProved, onSent, onOther }: CodeProps) {
  const t = useInvitationWords()
  const verify = useWrite('verifySignIn')
  const again = useWrite('startSignIn')
  const { signInId, sentTo, expiresAt, wish } = sent
  return (
    <Stack>
      <CodeForm
        sentTo={sentTo}
        expiresAt={expiresAt}
        action={t('code.submit')}
        isBusy={verify.isPending || isBusy}
        problem={verify.error}
        onCode={(code) => verify.mutate({ params: { signInId }, body: { code } }, { onSuccess: onProved })}
        isResending={again.isPending}
        resendProblem={again.error}
        onResend={() =>
          again.mutate(
            { body: wish },
            { onSuccess: (answer) => answer.next === 'code' && onSent({ wish, ...answer }) },
          )
        }
        onOtherAddress={onOther}
      />
      {verify.error?.code === 'identifier.still_linked' && (
        <ScreenLink to={paths.stillLinked()}>{t('code.linked')}</ScreenLink>
      )}
    </Stack>
  )
}
