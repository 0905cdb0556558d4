import { Button, Stack, Text } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { Answer, Input } from '../../api/client.ts'
import { useRead } from '../../api/read.ts'
import { useWrite } from '../../api/write.ts'
import { paths } from '../../paths.ts'
import { ScreenLink } from '../../ui/link.tsx'
import { readAddress } from '../../ui/proof/address.ts'
import { LoadingState } from '../../ui/states.tsx'
import { Door } from './door.tsx'
import { AddressForm, CodeAndPassword, Outcome } from './ways-back/forms.tsx'
import { stillLinkedCode } from './ways-back/still-linked-code.ts'
import { useWaysBackWords } from './ways-back/words.ts'

type Sent = Answer<'forgetPassword'>
type Address = NonNullable<Input<'forgetPassword'>['body']>

type Step =
  | { readonly at: 'address' }
  | { readonly at: 'code'; readonly sent: Sent; readonly address: Address }
  | { readonly at: 'done'; readonly endedSessions: number }

/** A new password, by a code to a phone or e-mail address of the account. */
export function ForgotPassword() {
  const t = useWaysBackWords()
  const [step, setStep] = useState<Step>({ at: 'address' })
  if (step.at === 'done')
    return (
      <Outcome
        title={t('reset.doneTitle')}
        text={step.endedSessions > 0 ? t('reset.ended', { count: step.endedSessions }) : t('reset.done')}
      />
    )
  if (step.at === 'code')
    return (
      <NewPassword
        key={step.sent.resetId}
        sent={step.sent}
        address={step.address}
        onSent={(sent) => setStep({ ...step, sent })}
        onDone={(endedSessions) => setStep({ at: 'done', endedSessions })}
        onOther={() => setStep({ at: 'address' })}
      />
    )
  return <AskAddress onSent={(sent, address) => setStep({ at: 'code', sent, address })} />
}

function AskAddress({ onSent }: { readonly onSent: (sent: Sent, address: Address) => void }) {
  const t = useWaysBackWords()
  const ways = useRead('readSignInWays', {}, { staleMs: 60_000 })
  const forget = useWrite('forgetPassword')
  const [isWrong, setWrong] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const hasPhones = ways.data?.phone ?? false
  function send(value: string) {
    const given = readAddress(value)
    const isFit = given !== null && (given.kind === 'email' || hasPhones)
    setWrong(!isFit)
    if (!given || !isFit) {
      field.current?.focus()
      return
    }
    const address = given.kind === 'email' ? { email: given.value } : { phone: given.value }
    forget.mutate({ body: address }, { onSuccess: (sent) => onSent(sent, address) })
  }
  if (ways.isPending)
    return (
      <Door title={t('forgot.title')}>
        <LoadingState />
      </Door>
    )
  if (ways.data && !ways.data.email && !ways.data.phone) return <NoCodes />
  return (
    <AddressForm
      title={t('forgot.title')}
      text={t('forgot.text')}
      kinds={hasPhones ? 'both' : 'email'}
      fault={isWrong ? t(hasPhones ? 'address.both' : 'address.email') : undefined}
      inputRef={field}
      isBusy={forget.isPending}
      problem={forget.error}
      onSend={send}
    />
  )
}

function NoCodes() {
  const t = useWaysBackWords()
  return (
    <Door title={t('forgot.title')}>
      <Stack>
        <Text>{t('forgot.noCodes')}</Text>
        <ScreenLink to={paths.signIn()}>{t('back')}</ScreenLink>
      </Stack>
    </Door>
  )
}

interface NewPasswordProps {
  readonly sent: Sent
  readonly address: Address
  readonly onSent: (sent: Sent) => void
  readonly onDone: (endedSessions: number) => void
  readonly onOther: () => void
}

function NewPassword({ sent, address, onSent, onDone, onOther }: NewPasswordProps) {
  const t = useWaysBackWords()
  const reset = useWrite('resetPassword')
  const resend = useWrite('forgetPassword')
  useEffect(() => {
    if (reset.error?.code === stillLinkedCode) window.location.assign(paths.stillLinked())
  }, [reset.error])
  return (
    <CodeAndPassword
      title={t('reset.title')}
      text={t('reset.text', { to: sent.sentTo })}
      password={{
        label: t('reset.password'),
        description: t('reset.passwordText'),
        autoComplete: 'new-password',
        minLength: 12,
      }}
      isPasswordNeeded
      action={t('reset.submit')}
      isBusy={reset.isPending}
      problem={reset.error ?? resend.error}
      onProve={({ code, password }) =>
        reset.mutate(
          { body: { resetId: sent.resetId, code, password } },
          { onSuccess: ({ endedSessions }) => onDone(endedSessions) },
        )
      }
      onOther={onOther}
    >
      <Button
        variant="default"
        size="md"
        loading={resend.isPending}
        onClick={() => resend.mutate({ body: address }, { onSuccess: onSent })}
      >
        {t('reset.again')}
      </Button>
    </CodeAndPassword>
  )
}
