import { Button, PasswordInput, Stack, Text } from '@mantine/core'
import { type SubmitEvent, useEffect, useRef, useState } from 'react'
import type { Answer, Input } from '../../api/client.ts'
import { useRead } from '../../api/read.ts'
import { useWrite } from '../../api/write.ts'
import { paths } from '../../paths.ts'
import { ScreenLink } from '../../ui/link.tsx'
import { readAddress } from '../../ui/proof/address.ts'
import { AddressField } from '../../ui/proof/address-field.tsx'
import { CodeField, isWholeCode } from '../../ui/proof/code-field.tsx'
import { WaitingProblem } from '../../ui/proof/waiting-problem.tsx'
import { LoadingState } from '../../ui/states.tsx'
import { Door } from './door.tsx'
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
      <Door title={t('reset.doneTitle')}>
        <Stack>
          <Text role="status">
            {step.endedSessions > 0 ? t('reset.ended', { count: step.endedSessions }) : t('reset.done')}
          </Text>
          <Button component="a" href={paths.signIn()} size="md">
            {t('signIn')}
          </Button>
        </Stack>
      </Door>
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
  const [value, setValue] = useState('')
  const [isWrong, setWrong] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const hasPhones = ways.data?.phone ?? false
  function submit(event: SubmitEvent) {
    event.preventDefault()
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
    <Door title={t('forgot.title')} text={t('forgot.text')}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <AddressField
            kinds={hasPhones ? 'both' : 'email'}
            value={value}
            onChange={setValue}
            inputRef={field}
            error={isWrong ? t(hasPhones ? 'address.both' : 'address.email') : undefined}
          />
          <WaitingProblem problem={forget.error} />
          <Button type="submit" size="md" loading={forget.isPending}>
            {t('forgot.send')}
          </Button>
          <ScreenLink to={paths.signIn()} size="sm">
            {t('back')}
          </ScreenLink>
        </Stack>
      </form>
    </Door>
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
  const [code, setCode] = useState('')
  const [password, setPassword] = useState('')
  useEffect(() => {
    if (reset.error?.code === stillLinkedCode) window.location.assign(paths.stillLinked())
  }, [reset.error])
  function submit(event: SubmitEvent) {
    event.preventDefault()
    reset.mutate(
      { body: { resetId: sent.resetId, code, password } },
      { onSuccess: ({ endedSessions }) => onDone(endedSessions) },
    )
  }
  return (
    <Door title={t('reset.title')} text={t('reset.text', { to: sent.sentTo })}>
      <form onSubmit={submit}>
        <Stack>
          <CodeField value={code} onChange={setCode} autoFocus />
          <PasswordInput
            label={t('reset.password')}
            description={t('reset.passwordText')}
            autoComplete="new-password"
            size="md"
            required
            withAsterisk={false}
            minLength={12}
            maxLength={256}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <WaitingProblem problem={reset.error ?? resend.error} />
          <Button
            type="submit"
            size="md"
            loading={reset.isPending}
            disabled={!isWholeCode(code) || password === ''}
          >
            {t('reset.submit')}
          </Button>
          <Button
            variant="default"
            size="md"
            loading={resend.isPending}
            onClick={() => resend.mutate({ body: address }, { onSuccess: onSent })}
          >
            {t('reset.again')}
          </Button>
          <Button variant="subtle" size="md" onClick={onOther}>
            {t('reset.other')}
          </Button>
        </Stack>
      </form>
    </Door>
  )
}
