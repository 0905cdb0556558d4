import { Button, Modal, Stack } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import type { Answer } from '../../../api/client.ts'
import { useWrite } from '../../../api/write.ts'
import { useCommonWords } from '../../../ui/common-words.ts'
import { AddressField } from '../../../ui/proof/address-field.tsx'
import { CodeStep } from '../../../ui/proof/code-step.tsx'
import { ProblemAlert } from '../../../ui/states.tsx'
import { useToast } from '../../../ui/toast.tsx'
import touch from '../../../ui/touch.module.css'
import { useSecurityWords } from './words.ts'

type Started = Extract<Answer<'addIdentifier'>, { proof: 'code' }>

/** Binds an e-mail address: the address, then the code that was sent there. */
export function AddEmail({ onClose }: { readonly onClose: () => void }) {
  const t = useSecurityWords()
  const common = useCommonWords()
  const toast = useToast()
  const [value, setValue] = useState('')
  const [started, setStarted] = useState<Started | null>(null)
  const begin = useWrite('addIdentifier')
  const verify = useWrite('verifyIdentifier')
  function send() {
    begin.mutate(
      { body: { kind: 'email', value } },
      { onSuccess: (answer) => answer.proof === 'code' && setStarted(answer) },
    )
  }
  function submit(event: SubmitEvent) {
    event.preventDefault()
    send()
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('email.add')}
      closeButtonProps={{ 'aria-label': common('close') }}
      closeOnClickOutside={false}
    >
      <div className={touch['touch'] ?? ''}>
        {started === null ? (
          <form onSubmit={submit}>
            <Stack>
              <AddressField kinds="email" value={value} onChange={setValue} autoFocus />
              <ProblemAlert problem={begin.error} />
              <Button type="submit" size="md" loading={begin.isPending} disabled={!value.includes('@')}>
                {t('sendCode')}
              </Button>
            </Stack>
          </form>
        ) : (
          <CodeStep
            key={started.challengeId}
            sentTo={started.sentTo}
            expiresAt={started.expiresAt}
            action={t('bind')}
            isBusy={verify.isPending}
            problem={verify.error}
            onCode={(code) =>
              verify.mutate(
                { params: { challengeId: started.challengeId }, body: { code } },
                {
                  onSuccess: () => {
                    toast.done(t('email.added', { email: started.sentTo }))
                    onClose()
                  },
                },
              )
            }
            onResend={send}
            isResending={begin.isPending}
            resendProblem={begin.error}
            onOtherAddress={() => setStarted(null)}
          />
        )}
      </div>
    </Modal>
  )
}
