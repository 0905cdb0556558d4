import { useEffect, useRef, useState } from 'react'
import { ApiProblem } from '../../../api/client.ts'
import { useApi } from '../../../api/company.tsx'
import { hasPasskeyAutofill, PasskeyFault, usePasskeys } from '../../../ui/proof/passkey.ts'
import type { ProblemLike } from '../../../ui/states.tsx'
import type { Flow } from './flow.ts'

/** Signs in by a passkey alone: by the button, or by what the browser offers in the field of the address. */
export function usePasskeySignIn(flow: Flow) {
  const api = useApi()
  const passkeys = usePasskeys()
  const [problem, setProblem] = useState<ProblemLike | null>(null)
  const [isBusy, setBusy] = useState(false)
  const isOffered = useRef(false)
  const isGone = useRef(false)
  useEffect(() => {
    isGone.current = false
    return () => {
      isGone.current = true
    }
  }, [])
  async function prove(isAutofill: boolean): Promise<void> {
    const started = await api.call('startSignIn', { body: { by: 'passkey' } })
    if (started.next !== 'passkey') return
    const passkey = await passkeys.ask(started.options, { isAutofill })
    const outcome = await api.call('verifySignIn', {
      params: { signInId: started.signInId },
      body: { passkey },
    })
    if (!isGone.current) flow.take(outcome)
  }
  function fail(error: unknown): void {
    if (!(error instanceof ApiProblem || error instanceof PasskeyFault)) throw error
    if (!(error instanceof ApiProblem && flow.leaveFor(error))) setProblem(error)
  }
  return {
    problem,
    isBusy,
    ask() {
      setProblem(null)
      setBusy(true)
      void prove(false)
        .catch(fail)
        .finally(() => setBusy(false))
    },
    /** What the browser offers by itself fails silently: nobody asked for it. */
    offer() {
      if (isOffered.current) return
      isOffered.current = true
      void hasPasskeyAutofill()
        .then((has) => (has ? prove(true) : undefined))
        .catch((error: unknown) => {
          if (error instanceof ApiProblem && !silent.includes(error.code)) fail(error)
        })
    },
  }
}

const silent: readonly string[] = ['passkey.address_needed', 'network.unreachable', 'code.too_many_nearby']
