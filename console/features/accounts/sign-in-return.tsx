import { Button, Stack } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useWrite } from '../../api/write.ts'
import { paths } from '../../paths.ts'
import { ScreenLink } from '../../ui/link.tsx'
import { LoadingState, ProblemAlert } from '../../ui/states.tsx'
import { Door } from './door.tsx'
import { useFlow } from './sign-in/flow.ts'
import { type KeptVisit, takeVisit } from './sign-in/kept-visit.ts'
import { LaterStep } from './sign-in/later-step.tsx'
import { useSignInWords } from './sign-in/words.ts'

interface Returned<Visit = KeptVisit> {
  readonly visit: Visit
  readonly code: string
  readonly state: string
}

// What the other service said leaves the address at once, and with it the history of the browser.
function takeReturned(): Returned | null {
  const given = new URLSearchParams(window.location.search)
  const state = given.get('state')
  const code = given.get('code')
  const visit = takeVisit(state)
  const search = visit?.purpose === 'sign_in' ? visit.search : ''
  window.history.replaceState(window.history.state, '', window.location.pathname + search)
  return visit && code && state ? { visit, code, state } : null
}

// Once for the page, however often React makes the screen anew: it can be taken only once.
let taken: Returned | null | undefined

/** Where WeChat, WeCom or QQ send the person back to. */
export function SignInReturn() {
  const t = useSignInWords()
  const [returned] = useState(() => {
    if (taken === undefined) taken = takeReturned()
    return taken
  })
  if (!returned)
    return (
      <Door title={t('return.none')} text={t('return.noneText')}>
        <ScreenLink to={paths.signIn()}>{t('title')}</ScreenLink>
      </Door>
    )
  const { visit, code, state } = returned
  return visit.purpose === 'sign_in' ? (
    <ToSignIn visit={visit} code={code} state={state} />
  ) : (
    <ToBind visit={visit} code={code} state={state} />
  )
}

type VisitTo<Purpose extends KeptVisit['purpose']> = Extract<KeptVisit, { purpose: Purpose }>

function ToSignIn({ visit, code, state }: Returned<VisitTo<'sign_in'>>) {
  const t = useSignInWords()
  const flow = useFlow()
  const verify = useWrite('verifySignIn')
  useOnce(() =>
    verify.mutate(
      { params: { signInId: visit.signInId }, body: { authorizationCode: code, state } },
      { onSuccess: flow.take, onError: flow.leaveFor },
    ),
  )
  if (flow.step.at !== 'start') return <LaterStep flow={flow} step={flow.step} />
  return (
    <Door title={t('return.title')}>
      {verify.error ? (
        <Stack>
          <ProblemAlert problem={verify.error} />
          <Button component="a" href={paths.signIn() + visit.search} size="md">
            {t('again')}
          </Button>
        </Stack>
      ) : (
        <LoadingState rows={2} />
      )}
    </Door>
  )
}

function ToBind({ visit, code, state }: Returned<VisitTo<'identifier'>>) {
  const t = useSignInWords()
  const verify = useWrite('verifyIdentifier')
  useOnce(() =>
    verify.mutate(
      { params: { challengeId: visit.challengeId }, body: { authorizationCode: code, state } },
      { onSuccess: () => window.location.replace(visit.to) },
    ),
  )
  return (
    <Door title={t('return.binding')}>
      {verify.error ? (
        <Stack>
          <ProblemAlert problem={verify.error} />
          <Button component="a" href={visit.to} size="md">
            {t('return.back')}
          </Button>
        </Stack>
      ) : (
        <LoadingState rows={2} />
      )}
    </Door>
  )
}

function useOnce(work: () => void): void {
  const isDone = useRef(false)
  useEffect(() => {
    if (isDone.current) return
    isDone.current = true
    work()
  })
}
