import { Button } from '@mantine/core'
import type { Answer } from '../../../api/client.ts'
import { useWrite } from '../../../api/write.ts'
import { ProblemAlert } from '../../../ui/states.tsx'
import { leaveFor } from './kept-visit.ts'
import { useSignInWords } from './words.ts'

type Kind = Answer<'readSignInWays'>['oauth'][number]

/** One button for each service elsewhere that is set up here; the person comes back to `/sign-in/return`. */
export function OutsideWays({ kinds }: { readonly kinds: readonly Kind[] }) {
  const t = useSignInWords()
  const start = useWrite('startSignIn')
  const [busy] = start.isPending && start.variables ? [start.variables.body.by] : [null]
  function leave(by: Kind): void {
    start.mutate(
      { body: { by } },
      {
        onSuccess: (answer) => {
          if (answer.next !== 'authorize') return
          const { authorizeUrl, signInId } = answer
          // The answer was lost on its way and came without its address: another one is asked for.
          if (authorizeUrl === undefined) return leave(by)
          leaveFor(authorizeUrl, { purpose: 'sign_in', signInId, search: window.location.search })
        },
      },
    )
  }
  return (
    <>
      {kinds.map((kind) => (
        <Button key={kind} variant="default" size="md" loading={busy === kind} onClick={() => leave(kind)}>
          {t(`outside.${kind}`)}
        </Button>
      ))}
      <ProblemAlert problem={start.error} />
    </>
  )
}
