import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type SubmitEvent, useEffect, useState } from 'react'
import { useRead } from '../../api/read.ts'
import { useWrite } from '../../api/write.ts'
import { paths } from '../../paths.ts'
import { returnAddress } from '../../shell/sign-in-again.ts'
import { ProblemAlert } from '../../ui/states.tsx'
import { Door } from './door.tsx'
import { useDoorWords } from './door-words.ts'

// What stands after the # never reaches a server or a log.
function linkInAddress(): string | null {
  return new URLSearchParams(window.location.hash.slice(1)).get('link')
}

// Nor does it stay in the history of a browser that others use, too.
function forgetLink(): void {
  const { hash, pathname, search } = window.location
  if (hash !== '') window.history.replaceState(window.history.state, '', pathname + search)
}

/** Signs in with e-mail address and password, or with a sign-in link. */
export function SignIn() {
  const [link, setLink] = useState(linkInAddress)
  const setup = useRead('readSetup', {})
  const navigate = useNavigate()
  const isNeeded = setup.data?.needed === true
  useEffect(() => {
    if (isNeeded) void navigate({ to: paths.setUp(), replace: true })
  }, [isNeeded, navigate])
  useEffect(forgetLink, [])
  return link === null ? <ByPassword /> : <ByLink link={link} onOther={() => setLink(null)} />
}

// A whole new page: nothing of who was signed in before stays in memory.
function enter(): void {
  window.location.assign(returnAddress(window.location.search, window.location.origin))
}

function ByPassword() {
  const t = useDoorWords()
  const signIn = useWrite('openSession')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  function submit(event: SubmitEvent) {
    event.preventDefault()
    signIn.mutate({ body: { email, password } }, { onSuccess: enter })
  }
  return (
    <Door title={t('signIn.title')}>
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            label={t('signIn.email')}
            type="email"
            autoComplete="username"
            required
            withAsterisk={false}
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <PasswordInput
            label={t('signIn.password')}
            autoComplete="current-password"
            required
            withAsterisk={false}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <ProblemAlert problem={signIn.error} />
          <Button type="submit" loading={signIn.isPending}>
            {t('signIn.submit')}
          </Button>
          <Text size="sm" c="dimmed">
            {t('signIn.help')}
          </Text>
        </Stack>
      </form>
    </Door>
  )
}

function ByLink({ link, onOther }: { readonly link: string; readonly onOther: () => void }) {
  const t = useDoorWords()
  const signIn = useWrite('openSession')
  const [password, setPassword] = useState('')
  function submit(event: SubmitEvent) {
    event.preventDefault()
    signIn.mutate({ body: { link, password } }, { onSuccess: enter })
  }
  return (
    <Door title={t('link.title')} text={t('link.text')}>
      <form onSubmit={submit}>
        <Stack>
          <PasswordInput
            label={t('link.password')}
            description={t('setUp.passwordText')}
            autoComplete="new-password"
            required
            withAsterisk={false}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <ProblemAlert problem={signIn.error} />
          <Button type="submit" loading={signIn.isPending}>
            {t('link.submit')}
          </Button>
          <Button variant="subtle" onClick={onOther}>
            {t('link.other')}
          </Button>
        </Stack>
      </form>
    </Door>
  )
}
