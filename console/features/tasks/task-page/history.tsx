import { Text, Timeline } from '@mantine/core'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../shell/session.tsx'
import { useFormat } from '../../../ui/format.ts'
import { ScreenLink } from '../../../ui/link.tsx'
import { type TaskDetail, usePersonWord } from '../parts/task.ts'
import { useTaskWords } from '../words.ts'

/** Who asked, who did it, who saw it, and how often somebody was reminded. */
export function TaskHistory({ task }: { readonly task: TaskDetail }) {
  const t = useTaskWords()
  const format = useFormat()
  const { slug, can } = useSession()
  const events = useEvents(task)
  return (
    <>
      <Timeline bulletSize={16} lineWidth={2} active={events.length - 1}>
        {events.map(({ words, at }) => (
          <Timeline.Item key={words} title={words}>
            {at !== null && (
              <Text size="sm" c="dimmed">
                {format.dateTime(at)}
              </Text>
            )}
          </Timeline.Item>
        ))}
      </Timeline>
      {can('audit:read') && (
        <Text size="sm" mt="md">
          <ScreenLink to={paths.audit(slug)} search={{ kind: 'task', subject: task.taskId }}>
            {t('history.ledger')}
          </ScreenLink>
        </Text>
      )}
    </>
  )
}

interface Event {
  readonly words: string
  readonly at: string | null
}

function useEvents(task: TaskDetail): readonly Event[] {
  const t = useTaskWords()
  const format = useFormat()
  const personOf = usePersonWord()
  const { claimedAt, observedAt, observedHow, remindedCount, nextReminderAt } = task
  const events: Event[] = [
    { words: t('history.opened', { name: personOf(task.openedBy, task.openedByName) }), at: task.openedAt },
  ]
  if (remindedCount > 0) events.push({ words: t('history.reminded', { count: remindedCount }), at: null })
  if (claimedAt !== null)
    events.push({
      words: t('history.claimed', { name: personOf(task.claimedBy, task.claimedByName, task.forName) }),
      at: claimedAt,
    })
  if (observedAt !== null && observedHow !== null)
    events.push({
      words: t('history.observed', {
        name: personOf(task.observedBy, task.observedByName),
        how: t(`history.how.${observedHow}`),
      }),
      at: observedAt,
    })
  if (nextReminderAt !== null)
    events.push({
      words: t('history.next', { relative: format.relative(nextReminderAt) }),
      at: nextReminderAt,
    })
  return events
}
