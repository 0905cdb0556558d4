import { Stack } from '@mantine/core'
import { useState } from 'react'
import type { Item } from '../../../api/client.ts'
import type { Account } from '../security/names.ts'
import { Ask } from './ask.tsx'
import { Confirm, type Confirmable } from './confirm.tsx'
import { Bound, Waiting } from './ends.tsx'
import { useKeptStart } from './kept-start.ts'
import { type Outcome, Prove } from './prove.tsx'

interface WizardProps {
  readonly account: Account
  readonly changes: readonly Item<'listMobileChanges'>[]
}

/** Number, code, and what comes of it; what Baton knows of a change decides where one is, also after a reload. */
export function Wizard({ account, changes }: WizardProps) {
  const [started, keep] = useKeptStart(account.accountId)
  const [proved, setProved] = useState<Confirmable | null>(null)
  const [bound, setBound] = useState<string | null>(null)
  function take(phone: string, outcome: Outcome) {
    keep(null)
    if (outcome.outcome === 'bound') setBound(phone)
    if (outcome.outcome === 'confirm') setProved({ ...outcome, phone })
  }
  if (bound !== null) return <Bound phone={bound} onAgain={() => setBound(null)} />
  const confirmable = confirmableOf(changes) ?? proved
  if (confirmable)
    return (
      <Confirm
        key={confirmable.lossesHash}
        change={confirmable}
        onDone={(outcome) => {
          setProved(null)
          take(confirmable.phone, outcome)
        }}
        onCancelled={() => setProved(null)}
      />
    )
  if (started)
    return (
      <Prove
        key={started.changeId}
        started={started}
        onOutcome={(outcome) => take(started.phone, outcome)}
        onRestarted={keep}
        onOther={() => keep(null)}
      />
    )
  return (
    <Stack gap="lg">
      {changes.map((change) => (
        <Waiting key={change.changeId} change={change} />
      ))}
      <Ask account={account} onStarted={keep} />
    </Stack>
  )
}

function confirmableOf(changes: WizardProps['changes']): Confirmable | null {
  for (const { state, changeId, phone, losses, lossesHash, expiresAt } of changes)
    if (state === 'confirm' && lossesHash !== null && expiresAt !== null)
      return { changeId, phone, losses, lossesHash, expiresAt }
  return null
}
