import { Text } from '@mantine/core'
import type { Item } from '../../../api/client.ts'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../shell/session.tsx'
import { useCommonWords } from '../../../ui/common-words.ts'
import { ScreenLink } from '../../../ui/link.tsx'

/** Why a move waits, with the way to the request that holds it (NUM-16). */
export function WhyWaiting({
  move,
}: {
  readonly move: Pick<Item<'listScheduledMoves'>, 'waitsFor' | 'requestId'>
}) {
  const common = useCommonWords()
  const { slug } = useSession()
  const { waitsFor, requestId } = move
  const words = common(`waits.${waitsFor ?? 'time'}`)
  if (requestId === null) return <Text size="sm">{words}</Text>
  return (
    <ScreenLink size="sm" to={paths.requests(slug)} search={{ request: requestId }}>
      {words}
    </ScreenLink>
  )
}
