import { Button, Stack, Text } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import type { Answer, Input } from '../../api/client.ts'
import { useWrite } from '../../api/write.ts'
import { readAddress } from '../../ui/proof/address.ts'
import { AddressField } from '../../ui/proof/address-field.tsx'
import { WaitingProblem } from '../../ui/proof/waiting-problem.tsx'
import { SignInElsewhere } from './sign-in-elsewhere.tsx'
import { useInvitationWords } from './words.ts'

type Ways = Pick<Answer<'readSignInWays'>, 'phone' | 'email'>

/** What a code was asked for with. */
export type CodeWish = Input<'startSignIn'>['body']

/** A code on its way, and what to ask for another one with. */
export interface SentCode {
  readonly wish: CodeWish
  readonly signInId: string
  readonly sentTo: string
  readonly expiresAt: string
}

interface AddressProps {
  readonly ways: Ways
  readonly onSent: (sent: SentCode) => void
}

/** Where the code is to be sent. */
export function AddressStep({ ways, onSent }: AddressProps) {
  const t = useInvitationWords()
  const start = useWrite('startSignIn')
  const [value, setValue] = useState('')
  const [isUnread, setUnread] = useState(false)
  const kinds = ways.phone && ways.email ? 'both' : ways.phone ? 'phone' : 'email'
  function submit(event: SubmitEvent) {
    event.preventDefault()
    const address = readAddress(value)
    setUnread(address === null)
    if (address === null) return
    const wish = { by: address.kind, value: address.value }
    start.mutate(
      { body: wish },
      { onSuccess: (answer) => answer.next === 'code' && onSent({ wish, ...answer }) },
    )
  }
  if (!ways.phone && !ways.email)
    return (
      <Stack>
        <Text>{t('prove.none')}</Text>
        <SignInElsewhere label={t('door.signIn')} />
      </Stack>
    )
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text>{t('prove.text')}</Text>
        <AddressField
          kinds={kinds}
          value={value}
          onChange={setValue}
          error={isUnread ? t(`prove.unread.${kinds}`) : undefined}
        />
        <WaitingProblem problem={start.error} />
        <Button type="submit" size="md" loading={start.isPending}>
          {t('prove.submit')}
        </Button>
        <SignInElsewhere label={t('prove.known')} />
      </Stack>
    </form>
  )
}
