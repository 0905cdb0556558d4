import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Answer, ApiProblem, Input, Operation } from './client.ts'
import { useApi } from './company.tsx'
import { withFreshProof } from './fresh-proof.ts'
import { refreshCompany } from './refresh.ts'
import { createRetryKey } from './retry-key.ts'

export type Write<Name extends Operation> = UseMutationResult<
  Answer<Name>,
  ApiProblem,
  Input<Name> & { readonly version?: number }
>

// A session comes as a cookie, which a repeated answer does not carry: each try of these is a new one.
const openSessions: readonly Operation[] = ['openSession', 'verifySignIn', 'acceptInvitation']

/**
 * Writes, then brings everything on the screen up to date. When Baton could not be reached, the same words sent again
 * carry the same idempotency key, so that they are done once (ALL-4). Where Baton wants a fresh proof of who is there, the
 * person is asked and it is written then.
 */
export function useWrite<Name extends Operation>(name: Name): Write<Name> {
  const api = useApi()
  const client = useQueryClient()
  const [retryKey] = useState(() =>
    createRetryKey(
      () => performance.now(),
      () => crypto.randomUUID(),
    ),
  )
  return useMutation<Answer<Name>, ApiProblem, Input<Name> & { readonly version?: number }>({
    mutationFn: async ({ version, ...rest }) => {
      const input = rest as unknown as Input<Name>
      const words = JSON.stringify([input, version])
      const idempotencyKey = openSessions.includes(name) ? crypto.randomUUID() : retryKey.for(words)
      try {
        const answer = await withFreshProof(() => api.call(name, input, { version, idempotencyKey }))
        retryKey.settle(words, null)
        return answer
      } catch (error) {
        retryKey.settle(words, error)
        throw error
      }
    },
    // Not waited for: what the caller does next must not depend on a screen that the refresh may take away.
    onSuccess: (answer) => void refreshCompany(client, api.company, answer),
  })
}
