import { useWrite } from '../../../api/write.ts'
import { CodeStep } from '../../../ui/proof/code-step.tsx'
import { Door } from '../door.tsx'
import type { Flow, Step } from './flow.ts'
import { useSignInWords } from './words.ts'

interface ByCodeProps {
  readonly flow: Flow
  readonly step: Extract<Step, { at: 'code' }>
}

/** The code that was sent, whether or not an account has the address. */
export function ByCode({ flow, step: { sent, address } }: ByCodeProps) {
  const t = useSignInWords()
  const verify = useWrite('verifySignIn')
  const resend = useWrite('startSignIn')
  return (
    <Door title={t('code.title')}>
      <CodeStep
        sentTo={sent.sentTo}
        expiresAt={sent.expiresAt}
        action={t('submit')}
        isBusy={verify.isPending}
        problem={verify.error}
        onCode={(code) =>
          verify.mutate(
            { params: { signInId: sent.signInId }, body: { code } },
            { onSuccess: flow.take, onError: flow.leaveFor },
          )
        }
        onResend={() =>
          resend.mutate(
            { body: { by: address.kind, value: address.value } },
            { onSuccess: (again) => again.next === 'code' && flow.go({ at: 'code', sent: again, address }) },
          )
        }
        isResending={resend.isPending}
        resendProblem={resend.error}
        onOtherAddress={() => flow.go({ at: 'start' })}
      />
    </Door>
  )
}
