import { Card, Group, Stack, Text, Title } from '@mantine/core'
import { useId } from 'react'
import { useRead } from '../../../api/read.ts'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../shell/session.tsx'
import { ScreenLink } from '../../../ui/link.tsx'
import { useTaskWords } from '../words.ts'
import { useReadable } from './task.ts'
import { DueDate, TaskState } from './task-state.tsx'

const mostShown = 5

/** The open tasks of the reader, the next one due first; nothing where there is none. */
export function OwnTasks() {
  const t = useTaskWords()
  const say = useReadable()
  const heading = useId()
  const { slug, memberId } = useSession()
  const tasks = useRead(
    'listTasks',
    { query: { mine: 'true', state: 'open', sort: 'dueAt', limit: mostShown } },
    { enabled: memberId !== null },
  )
  const items = tasks.data?.items ?? []
  if (items.length === 0) return null
  return (
    <Card withBorder component="section" aria-labelledby={heading}>
      <Stack gap="sm">
        <Title order={2} size="h4" id={heading}>
          {t('own.title')}
        </Title>
        <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
          {items.map((task) => (
            <Group key={task.taskId} component="li" justify="space-between" gap="xs" align="flex-start">
              <div style={{ minWidth: 0, flex: '1 1 14rem', overflowWrap: 'anywhere' }}>
                <ScreenLink to={paths.task(slug, task.taskId)}>{say(task.title)}</ScreenLink>
                <Text component="div" size="sm">
                  <DueDate task={task} />
                </Text>
              </div>
              <TaskState state={task.state} />
            </Group>
          ))}
        </Stack>
        {tasks.data?.nextCursor && (
          <ScreenLink to={paths.tasks(slug)} search={{ who: 'mine' }} size="sm">
            {t('own.all')}
          </ScreenLink>
        )}
      </Stack>
    </Card>
  )
}
