import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import { SignInElsewhere } from './sign-in-elsewhere.tsx'
import { useInvitationWords } from './words.ts'

interface NameProps {
  readonly company: string
  readonly isBusy: boolean
  readonly onName: (person: { readonly name: string; readonly password?: string }) => void
}

/** What a new account needs beside what was proved: a name, and a password for whoever wants one. */
export function NameStep({ company, isBusy, onName }: NameProps) {
  const t = useInvitationWords()
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  function submit(event: SubmitEvent) {
    event.preventDefault()
    onName({ name, ...(password === '' ? {} : { password }) })
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text role="status">{t('name.text')}</Text>
        <TextInput
          label={t('name.field')}
          autoComplete="name"
          maxLength={100}
          required
          withAsterisk={false}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          ref={focusOnce}
        />
        <PasswordInput
          label={t('name.password')}
          description={t('name.passwordText')}
          autoComplete="new-password"
          minLength={12}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" loading={isBusy}>
          {t('name.submit', { company })}
        </Button>
      </Stack>
    </form>
  )
}

/** Where the account asks for more than a code: everything for that stands on the page for signing in. */
export function MoreProof() {
  const t = useInvitationWords()
  return (
    <Stack>
      <Text role="status">{t('more.text')}</Text>
      <SignInElsewhere label={t('door.signIn')} />
    </Stack>
  )
}

// The field before is gone.
function focusOnce(input: HTMLInputElement | null): void {
  input?.focus()
}
