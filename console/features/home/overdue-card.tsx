import { Text } from '@mantine/core'
import type { Item } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../shell/session.tsx'
import { useFormat } from '../../ui/format.ts'
import { ScreenLink } from '../../ui/link.tsx'
import { useReadable } from '../tasks/parts/task.ts'
import { TaskCard } from './task-card.tsx'
import type { Tasks } from './tasks.ts'
import { useHomeWords } from './words.ts'

/** What people were to have done by now. */
export function OverdueCard({ tasks: { overdue } }: { readonly tasks: Tasks }) {
  const t = useHomeWords()
  const say = useReadable()
  const format = useFormat()
  const { slug } = useSession()
  if (overdue.items.length === 0) return null
  return (
    <TaskCard<Item<'listTasks'>>
      title={t('overdue.title')}
      text={t('overdue.text')}
      entries={overdue.items}
      hasMore={overdue.hasMore}
      entryKey={({ taskId }) => taskId}
      all={{ to: paths.tasks(slug), search: { overdue: true } }}
      render={({ taskId, title, forName, dueAt }) => (
        <>
          <ScreenLink to={paths.task(slug, taskId)}>{say(title)}</ScreenLink>
          <Text size="sm">
            {t('overdue.for', {
              name: forName ?? t('overdue.anyAdmin'),
              relative: format.relative(dueAt),
            })}
          </Text>
        </>
      )}
    />
  )
}
