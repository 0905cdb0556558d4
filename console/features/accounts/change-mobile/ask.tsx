import { Button, Group, Radio, Stack, Text } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import { useWrite } from '../../../api/write.ts'
import { readAddress } from '../../../ui/proof/address.ts'
import { AddressField } from '../../../ui/proof/address-field.tsx'
import { WaitingProblem } from '../../../ui/proof/waiting-problem.tsx'
import { type Account, useIdentifierName } from '../security/names.ts'
import type { StartedChange } from './kept-start.ts'
import { Step } from './step.tsx'
import { useChangeMobileWords } from './words.ts'

interface AskProps {
  readonly account: Account
  readonly onStarted: (started: StartedChange) => void
}

/** Step 1: the phone that is to be bound, and whether it takes the place of one that is. */
export function Ask({ account, onStarted }: AskProps) {
  const t = useChangeMobileWords()
  const [phone, setPhone] = useState('')
  const [replaces, setReplaces] = useState('')
  const [isFaulty, setFaulty] = useState(false)
  const start = useWrite('startMobileChange')
  function submit(event: SubmitEvent) {
    event.preventDefault()
    const isPhone = readAddress(phone)?.kind === 'phone'
    setFaulty(!isPhone)
    if (!isPhone) return
    const body = { phone: phone.trim(), replaces: replaces === '' ? null : replaces }
    start.mutate(
      { body },
      { onSuccess: (begun) => onStarted({ ...begun, ...body, accountId: account.accountId }) },
    )
  }
  return (
    <Step number={1} title={t('ask')}>
      {account.isFrozen && <Text>{t('ask.frozen')}</Text>}
      <form onSubmit={submit} noValidate>
        <Stack>
          <AddressField
            kinds="phone"
            label={t('ask.phone')}
            description={t('ask.help')}
            value={phone}
            onChange={setPhone}
            error={isFaulty ? t('ask.faulty') : undefined}
          />
          <Replaces account={account} value={replaces} onChange={setReplaces} />
          <WaitingProblem problem={start.error} />
          <Group>
            <Button type="submit" size="md" loading={start.isPending} disabled={account.isFrozen}>
              {t('ask.send')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Step>
  )
}

interface ReplacesProps {
  readonly account: Account
  readonly value: string
  readonly onChange: (value: string) => void
}

function Replaces({ account, value, onChange }: ReplacesProps) {
  const t = useChangeMobileWords()
  const nameOf = useIdentifierName()
  const phones = account.identifiers.filter(({ kind }) => kind === 'phone')
  if (phones.length === 0) return null
  return (
    <Radio.Group label={t('replaces')} value={value} onChange={onChange}>
      <Stack gap="xs" mt="xs">
        <Radio value="" label={t('replaces.none')} />
        {phones.map((one) => (
          <Radio
            key={one.identifierId}
            value={one.identifierId}
            label={t('replaces.one', { phone: nameOf(one) })}
          />
        ))}
      </Stack>
    </Radio.Group>
  )
}
