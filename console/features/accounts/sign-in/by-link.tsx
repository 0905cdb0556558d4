import { Button, PasswordInput, Stack } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import { useWrite } from '../../../api/write.ts'
import { WaitingProblem } from '../../../ui/proof/waiting-problem.tsx'
import { Door } from '../door.tsx'
import { useDoorWords } from '../door-words.ts'
import { useFlow } from './flow.ts'
import { LaterStep } from './later-step.tsx'

/** With a sign-in link: a new account's first password, or the one that an account has. */
export function ByLink({ link, onOther }: { readonly link: string; readonly onOther: () => void }) {
  const t = useDoorWords()
  const signIn = useWrite('openSession')
  const flow = useFlow()
  const [password, setPassword] = useState('')
  function submit(event: SubmitEvent) {
    event.preventDefault()
    signIn.mutate({ body: { link, password } }, { onSuccess: flow.enter, onError: flow.leaveFor })
  }
  if (flow.step.at !== 'start') return <LaterStep flow={flow} step={flow.step} />
  return (
    <Door title={t('link.title')} text={t('link.text')}>
      <form onSubmit={submit}>
        <Stack>
          <PasswordInput
            label={t('link.password')}
            description={t('setUp.passwordText')}
            autoComplete="new-password"
            size="md"
            required
            withAsterisk={false}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <WaitingProblem problem={signIn.error} />
          <Button type="submit" size="md" loading={signIn.isPending}>
            {t('link.submit')}
          </Button>
          <Button variant="subtle" size="md" onClick={onOther}>
            {t('link.other')}
          </Button>
        </Stack>
      </form>
    </Door>
  )
}
