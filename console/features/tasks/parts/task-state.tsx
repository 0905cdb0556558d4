import { Text } from '@mantine/core'
import { useFormat } from '../../../ui/format.ts'
import { StatusBadge, type StatusKind } from '../../../ui/status-badge.tsx'
import { useTaskWords } from '../words.ts'
import type { ListedTask } from './task.ts'

type State = ListedTask['state']

const kinds: Readonly<Record<State, StatusKind>> = {
  planned: 'wait',
  claimed: 'busy',
  observed: 'good',
  cancelled: 'off',
}

/** Where a task stands: said to be done is not done (WRK-3). */
export function TaskState({ state }: { readonly state: State }) {
  const t = useTaskWords()
  return <StatusBadge kind={kinds[state]}>{t(`state.${state}`)}</StatusBadge>
}

interface DueProps {
  readonly task: Pick<ListedTask, 'dueAt' | 'isOverdue' | 'state'>
}

/** Until when, both how far away and exactly. */
export function DueDate({ task: { dueAt, isOverdue, state } }: DueProps) {
  const t = useTaskWords()
  const format = useFormat()
  const isOver = state === 'observed' || state === 'cancelled'
  return (
    <>
      {!isOver && (
        <Text
          span
          display="block"
          fz="inherit"
          {...(isOverdue ? { c: 'var(--mantine-color-error)', fw: 600 } : {})}
        >
          {isOverdue ? `${t('overdue')} · ${format.relative(dueAt)}` : format.relative(dueAt)}
        </Text>
      )}
      <Text span size="sm" c={isOver ? undefined : 'dimmed'}>
        {format.dateTime(dueAt)}
      </Text>
    </>
  )
}
