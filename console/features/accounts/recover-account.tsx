import { Button, PasswordInput, Stack, Text } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import type { Answer } from '../../api/client.ts'
import { useWrite } from '../../api/write.ts'
import { paths } from '../../paths.ts'
import { useFormat } from '../../ui/format.ts'
import { ScreenLink } from '../../ui/link.tsx'
import { AddressField } from '../../ui/proof/address-field.tsx'
import { CodeField, isWholeCode } from '../../ui/proof/code-field.tsx'
import { WaitingProblem } from '../../ui/proof/waiting-problem.tsx'
import { Door } from './door.tsx'
import { useWaysBackWords } from './ways-back/words.ts'

type Started = Answer<'startAccountRecovery'>
type Outcome = Answer<'verifyAccountRecovery'>

/** Opens a sealed account again, by an e-mail address that it once had. */
export function RecoverAccount() {
  const t = useWaysBackWords()
  const [started, setStarted] = useState<Started | null>(null)
  const f = useFormat()
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  if (outcome)
    return (
      <Door title={t(outcome.outcome === 'waiting' ? 'recover.waitTitle' : 'recover.doneTitle')}>
        <Stack>
          <Text role="status">
            {outcome.outcome === 'waiting'
              ? t('recover.wait', { time: f.dateTime(outcome.dueAt) })
              : t('recover.done')}
          </Text>
          <Button component="a" href={paths.signIn()} size="md">
            {t('signIn')}
          </Button>
        </Stack>
      </Door>
    )
  if (started)
    return (
      <ProveAddress
        key={started.recoveryId}
        started={started}
        onDone={setOutcome}
        onOther={() => setStarted(null)}
      />
    )
  return <AskAddress onStarted={setStarted} />
}

function AskAddress({ onStarted }: { readonly onStarted: (started: Started) => void }) {
  const t = useWaysBackWords()
  const start = useWrite('startAccountRecovery')
  const [email, setEmail] = useState('')
  function submit(event: SubmitEvent) {
    event.preventDefault()
    start.mutate({ body: { email: email.trim() } }, { onSuccess: onStarted })
  }
  return (
    <Door title={t('recover.title')} text={t('recover.text')}>
      <form onSubmit={submit}>
        <Stack>
          <AddressField kinds="email" value={email} onChange={setEmail} />
          <WaitingProblem problem={start.error} />
          <Button type="submit" size="md" loading={start.isPending}>
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

interface ProveProps {
  readonly started: Started
  readonly onDone: (outcome: Outcome) => void
  readonly onOther: () => void
}

function ProveAddress({ started, onDone, onOther }: ProveProps) {
  const t = useWaysBackWords()
  const verify = useWrite('verifyAccountRecovery')
  const [code, setCode] = useState('')
  const [password, setPassword] = useState('')
  function submit(event: SubmitEvent) {
    event.preventDefault()
    const body = { code, ...(password === '' ? {} : { password }) }
    verify.mutate({ params: { recoveryId: started.recoveryId }, body }, { onSuccess: onDone })
  }
  return (
    <Door title={t('recover.proveTitle')} text={t('recover.sent', { to: started.sentTo })}>
      <form onSubmit={submit}>
        <Stack>
          <CodeField value={code} onChange={setCode} autoFocus />
          <PasswordInput
            label={t('recover.password')}
            description={t('recover.passwordText')}
            autoComplete="current-password"
            size="md"
            maxLength={256}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <WaitingProblem problem={verify.error} />
          <Button type="submit" size="md" loading={verify.isPending} disabled={!isWholeCode(code)}>
            {t('recover.submit')}
          </Button>
          <Button variant="subtle" size="md" onClick={onOther}>
            {t('reset.other')}
          </Button>
        </Stack>
      </form>
    </Door>
  )
}
