import { Button, Group } from '@mantine/core'
import { useRead } from '../../../api/read.ts'
import { useWrite } from '../../../api/write.ts'
import { paths } from '../../../paths.ts'
import { ProblemAlert } from '../../../ui/states.tsx'
import { leaveFor } from '../sign-in/kept-visit.ts'
import { useSecurityWords } from './words.ts'

/** Accounts of other services that this installation lets one bind; nothing where there are none. */
export function AddOutside({
  kinds,
  isFrozen,
}: {
  readonly kinds: readonly string[]
  readonly isFrozen: boolean
}) {
  const t = useSecurityWords()
  const ways = useRead('readSignInWays', {}).data
  const begin = useWrite('addIdentifier')
  const offered = (ways?.oauth ?? []).filter((kind) => kinds.includes(kind))
  if (offered.length === 0) return null
  function leave(kind: (typeof offered)[number]): void {
    begin.mutate(
      { body: { kind } },
      {
        onSuccess: (answer) => {
          if (answer.proof !== 'oauth') return
          const { authorizeUrl, challengeId } = answer
          // The answer was lost on its way and came without its address: another one is asked for.
          if (authorizeUrl === undefined) return leave(kind)
          leaveFor(authorizeUrl, { purpose: 'identifier', challengeId, to: paths.account() })
        },
      },
    )
  }
  return (
    <>
      <ProblemAlert problem={begin.error} />
      <Group gap="xs">
        {offered.map((kind) => (
          <Button
            key={kind}
            variant="default"
            disabled={isFrozen}
            loading={begin.isPending && begin.variables.body.kind === kind}
            onClick={() => leave(kind)}
          >
            {t('outside.bind', { kind: t(`kind.${kind}`) })}
          </Button>
        ))}
      </Group>
    </>
  )
}
