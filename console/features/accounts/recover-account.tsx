import { useRef, useState } from 'react'
import type { Answer } from '../../api/client.ts'
import { useWrite } from '../../api/write.ts'
import { useFormat } from '../../ui/format.ts'
import { readAddress } from '../../ui/proof/address.ts'
import { AddressForm, CodeAndPassword, Outcome } from './ways-back/forms.tsx'
import { useWaysBackWords } from './ways-back/words.ts'

type Started = Answer<'startAccountRecovery'>
type Recovered = Answer<'verifyAccountRecovery'>

/** Opens a sealed account again, by an e-mail address that it once had. */
export function RecoverAccount() {
  const t = useWaysBackWords()
  const f = useFormat()
  const [started, setStarted] = useState<Started | null>(null)
  const [outcome, setOutcome] = useState<Recovered | null>(null)
  if (outcome?.outcome === 'waiting')
    return (
      <Outcome title={t('recover.waitTitle')} text={t('recover.wait', { time: f.dateTime(outcome.dueAt) })} />
    )
  if (outcome) return <Outcome title={t('recover.doneTitle')} text={t('recover.done')} />
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
  const [isWrong, setWrong] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  function send(value: string) {
    const given = readAddress(value)
    setWrong(given?.kind !== 'email')
    if (given?.kind !== 'email') field.current?.focus()
    else start.mutate({ body: { email: given.value } }, { onSuccess: onStarted })
  }
  return (
    <AddressForm
      title={t('recover.title')}
      text={t('recover.text')}
      kinds="email"
      fault={isWrong ? t('address.email') : undefined}
      inputRef={field}
      isBusy={start.isPending}
      problem={start.error}
      onSend={send}
    />
  )
}

interface ProveProps {
  readonly started: Started
  readonly onDone: (outcome: Recovered) => void
  readonly onOther: () => void
}

function ProveAddress({ started: { recoveryId, sentTo }, onDone, onOther }: ProveProps) {
  const t = useWaysBackWords()
  const verify = useWrite('verifyAccountRecovery')
  return (
    <CodeAndPassword
      title={t('recover.proveTitle')}
      text={t('recover.sent', { to: sentTo })}
      password={{
        label: t('recover.password'),
        description: t('recover.passwordText'),
        autoComplete: 'current-password',
      }}
      isPasswordNeeded={false}
      action={t('recover.submit')}
      isBusy={verify.isPending}
      problem={verify.error}
      onProve={({ code, password }) => {
        const body = { code, ...(password === '' ? {} : { password }) }
        verify.mutate({ params: { recoveryId }, body }, { onSuccess: onDone })
      }}
      onOther={onOther}
    />
  )
}
