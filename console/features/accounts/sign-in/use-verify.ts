import { useMutation } from '@tanstack/react-query'
import { ApiProblem, type Input } from '../../../api/client.ts'
import { useApi } from '../../../api/company.tsx'
import { usePasskeys } from '../../../ui/proof/passkey.ts'
import type { ProblemLike } from '../../../ui/states.tsx'
import type { Flow } from './flow.ts'

type Given = Input<'verifySignIn'>['body']

/** Goes on with a sign-in by what the person gives, or by a passkey that the browser asks for. */
export function useVerify(flow: Flow, signInId: string) {
  const api = useApi()
  const passkeys = usePasskeys()
  const prove = useMutation<void, Error & ProblemLike, Given | { readonly ask: object }>({
    mutationFn: async (given) => {
      const body = 'ask' in given ? { passkey: await passkeys.ask(given.ask) } : given
      flow.take(await api.call('verifySignIn', { params: { signInId }, body }))
    },
    onError: (problem) => problem instanceof ApiProblem && flow.leaveFor(problem),
  })
  return {
    give: (given: Given) => prove.mutate(given),
    askPasskey: (ask: object) => prove.mutate({ ask }),
    isBusy: prove.isPending,
    problem: prove.error,
    reset: prove.reset,
  }
}
