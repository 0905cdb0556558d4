import { Badge } from '@mantine/core'
import { useRead } from '../api/read.ts'
import { useSession } from './session.tsx'
import { useShellWords } from './words.ts'

const mostCounted = 99
const refreshMs = 60_000

/** How many tasks wait for the reader; nothing where none does. */
export function TaskCount() {
  const t = useShellWords()
  const { memberId } = useSession()
  const tasks = useRead(
    'listTasks',
    { query: { mine: 'true', state: 'planned', limit: mostCounted } },
    { enabled: memberId !== null, everyMs: refreshMs },
  )
  const count = tasks.data?.items.length ?? 0
  if (count === 0) return null
  const shown = tasks.data?.nextCursor ? `${mostCounted}+` : String(count)
  return (
    <Badge variant="outline" size="sm" circle={count < 10} aria-label={t('nav.tasks.count', { count })}>
      {shown}
    </Badge>
  )
}
