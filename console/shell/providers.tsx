import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { setNonce } from 'get-nonce'
import { type ReactNode, useEffect } from 'react'
import { notFreshCode } from '../api/fresh-proof.ts'
import { ApiProblem } from '../api/problem.ts'
import { useCommonWords } from '../ui/common-words.ts'
import { visit } from '../ui/opener.ts'
import { onPreferences, readLanguage, usePreferences } from '../ui/preferences.ts'
import { cssVariables, theme } from '../ui/theme.ts'
import { FreshProof } from './fresh-proof.tsx'
import { toSignIn } from './sign-in-again.ts'

// The only style sheets made at run time carry the nonce that the server put into the page.
const nonce = document.querySelector<HTMLMetaElement>('meta[name=style-nonce]')?.content ?? ''
setNonce(nonce)

const colorScheme = localStorageColorSchemeManager({ key: 'baton.color-scheme' })

// Whose access to one company has ended, or who is to confirm something, is signed in all the same: signing in again would
// lead back here.
const signedInAllTheSame: readonly string[] = ['member.suspended', notFreshCode]

const client = new QueryClient({
  queryCache: new QueryCache({
    onError: (error) => {
      if (error instanceof ApiProblem && error.status === 401 && !signedInAllTheSame.includes(error.code))
        toSignIn()
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) =>
        failures < 3 && error instanceof ApiProblem && (error.status === 0 || error.status === 503),
    },
  },
})

/** What every screen stands on: look, language, data, messages. */
export function Providers({ children }: { readonly children: ReactNode }) {
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={colorScheme}
      cssVariablesResolver={cssVariables}
      getStyleNonce={() => nonce}
    >
      <QueryClientProvider client={client}>
        <DocumentLanguage />
        <FreshProof />
        {children}
        <Messages />
      </QueryClientProvider>
    </MantineProvider>
  )
}

function DocumentLanguage() {
  const { language } = usePreferences()
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  // Much of what Baton answers is in the reader's language: what is shown is asked for again in the new one.
  useEffect(() => onLanguage(() => void client.invalidateQueries()), [])
  return null
}

// Tells of a change of the language, not of the other preferences.
function onLanguage(changed: () => void): () => void {
  let before = readLanguage()
  return onPreferences(({ language }) => {
    if (language !== before) changed()
    before = language
  })
}

function Messages() {
  const t = useCommonWords()
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.key !== 'F6') return
      const newest = document.querySelector<HTMLElement>('[data-messages] button')
      if (!newest) return
      event.preventDefault()
      visit(newest)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
  return (
    <Notifications
      data-messages
      role="region"
      aria-label={t('toast.region')}
      position="bottom-right"
      limit={4}
    />
  )
}
