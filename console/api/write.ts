import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { type Answer, ApiProblem, type Input, type Operation } from './client.ts'
import { useApi } from './company.tsx'
import { unreachableCode } from './problem.ts'
import { refreshCompany } from './refresh.ts'

export type Write<Name extends Operation> = UseMutationResult<
  Answer<Name>,
  ApiProblem,
  Input<Name> & { readonly version?: number }
>

/**
 * Writes, then brings everything on the screen up to date. When Baton could not be reached, the same words sent again
 * carry the same idempotency key, so that they are done once (ALL-4).
 */
export function useWrite<Name extends Operation>(name: Name): Write<Name> {
  const api = useApi()
  const client = useQueryClient()
  const unanswered = useRef<{ words: string; key: string } | null>(null)
  return useMutation<Answer<Name>, ApiProblem, Input<Name> & { readonly version?: number }>({
    mutationFn: async ({ version, ...rest }) => {
      const input = rest as unknown as Input<Name>
      const words = JSON.stringify(input)
      const key = unanswered.current?.words === words ? unanswered.current.key : crypto.randomUUID()
      unanswered.current = { words, key }
      try {
        const answer = await api.call(name, input, { version, idempotencyKey: key })
        unanswered.current = null
        return answer
      } catch (error) {
        if (!isUnanswered(error)) unanswered.current = null
        throw error
      }
    },
    // Not waited for: what the caller does next must not depend on a screen that the refresh may take away.
    onSuccess: (answer) => void refreshCompany(client, api.company, answer),
  })
}

function isUnanswered(error: unknown): boolean {
  return error instanceof ApiProblem && (error.code === unreachableCode || error.status === 503)
}
