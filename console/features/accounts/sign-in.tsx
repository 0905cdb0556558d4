import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useRead } from '../../api/read.ts'
import { paths } from '../../paths.ts'
import { LoadingState } from '../../ui/states.tsx'
import { AllowBrowser } from './allow-browser.tsx'
import { Door } from './door.tsx'
import { ByLink } from './sign-in/by-link.tsx'
import { FirstStep } from './sign-in/first-step.tsx'
import { useFlow } from './sign-in/flow.ts'
import { LaterStep } from './sign-in/later-step.tsx'
import { useSignInWords } from './sign-in/words.ts'

// What stands after the # never reaches a server or a log.
function inAddress(name: string): string | null {
  return new URLSearchParams(window.location.hash.slice(1)).get(name)
}

// Nor does it stay in the history of a browser that others use, too.
function forgetLink(): void {
  const { hash, pathname, search } = window.location
  if (hash !== '') window.history.replaceState(window.history.state, '', pathname + search)
}

/** The links with which the page is opened, also where it is open already: then the browser changes the address alone. */
function useLinks() {
  const [link, setLink] = useState(() => inAddress('link'))
  const [browserLink, setBrowserLink] = useState(() => inAddress('browser'))
  useEffect(() => {
    function take() {
      const [given, forBrowser] = [inAddress('link'), inAddress('browser')]
      if (given !== null) setLink(given)
      if (forBrowser !== null) setBrowserLink(forBrowser)
      forgetLink()
    }
    forgetLink()
    window.addEventListener('hashchange', take)
    return () => window.removeEventListener('hashchange', take)
  }, [])
  return { link, setLink, browserLink }
}

/** Signs in: by code, password, passkey or an account elsewhere, whatever is offered here; or by a sign-in link. */
export function SignIn() {
  const { link, setLink, browserLink } = useLinks()
  const setup = useRead('readSetup', {})
  const navigate = useNavigate()
  const isNeeded = setup.data?.needed === true
  useEffect(() => {
    if (isNeeded) void navigate({ to: paths.setUp(), replace: true })
  }, [isNeeded, navigate])
  if (browserLink !== null) return <AllowBrowser token={browserLink} />
  return link === null ? <ByProof /> : <ByLink link={link} onOther={() => setLink(null)} />
}

// Where the ways cannot be read, the one that is always there is worth a try.
const passwordOnly = { passkey: false, email: false, phone: false, oauth: [] } as const

function ByProof() {
  const t = useSignInWords()
  const ways = useRead('readSignInWays', {}, { staleMs: 60_000 })
  const flow = useFlow()
  if (flow.step.at !== 'start') return <LaterStep flow={flow} step={flow.step} />
  return (
    <Door title={t('title')}>
      {ways.isPending ? <LoadingState /> : <FirstStep ways={ways.data ?? passwordOnly} flow={flow} />}
    </Door>
  )
}
