import { Box, Button, Checkbox, Group, NativeSelect, SegmentedControl, Stack, Text } from '@mantine/core'
import { IconChecklist, IconPlus } from '@tabler/icons-react'
import { useMemo } from 'react'
import { usePages } from '../../api/read.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../shell/session.tsx'
import { useCommonWords } from '../../ui/common-words.ts'
import { DataTable } from '../../ui/data-table/data-table.tsx'
import { useTableLayout } from '../../ui/data-table/layout.ts'
import type { Column } from '../../ui/data-table/model.ts'
import { NothingFits } from '../../ui/filters.tsx'
import { ScreenLink } from '../../ui/link.tsx'
import { Page } from '../../ui/page.tsx'
import { type SetSearch, useSearchState } from '../../ui/search-state.ts'
import { EmptyState, ProblemAlert, ProblemState } from '../../ui/states.tsx'
import { ListDownload } from '../exports/parts/list-download.tsx'
import { NewTask } from './new-task.tsx'
import { type ListedTask, useAddressee, useReadable } from './parts/task.ts'
import { DueDate, TaskState } from './parts/task-state.tsx'
import {
  askedStates,
  isNarrowed,
  noFilter,
  queryOf,
  type Shown,
  shownAtFirst,
  stateOf,
} from './task-filter.ts'
import { TaskSubject } from './task-page/facts.tsx'
import { useTaskWords } from './words.ts'

/** What people have to do: one's own, or all that one may see. */
export function TaskList() {
  const t = useTaskWords()
  const { can, memberId } = useSession()
  const [shown, set] = useSearchState(shownAtFirst)
  const seesAll = can('requests:read')
  const isMine = memberId !== null && (!seesAll || shown.who === 'mine')
  const list = usePages('listTasks', { query: queryOf(shown, isMine) }, { keepsPrevious: true })
  return (
    <Page
      title={t('title')}
      text={t('text')}
      actions={
        <>
          <ListDownload kind="exportTasks" query={queryOf(shown, isMine)} />
          {can('tasks:write') && (
            <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => set({ add: 'yes' })}>
              {t('new')}
            </Button>
          )}
        </>
      }
    >
      <Stack gap="sm">
        <Filters shown={shown} set={set} whose={seesAll && memberId !== null} isMine={isMine} />
        <Tasks list={list} shown={shown} set={set} isMine={isMine} />
      </Stack>
      {can('tasks:write') && (
        <NewTask isOpen={shown.add !== ''} onClose={() => set({ add: '' }, { replace: true })} />
      )}
    </Page>
  )
}

interface FilterProps {
  readonly shown: Shown
  readonly set: SetSearch<Shown>
  readonly isMine: boolean
}

function Filters({ shown, set, whose, isMine }: FilterProps & { readonly whose: boolean }) {
  const t = useTaskWords()
  const words = { open: 'filter.open', any: 'filter.any' } as const
  return (
    <Group gap="md" align="center">
      {whose && (
        <SegmentedControl
          aria-label={t('who')}
          value={isMine ? 'mine' : 'all'}
          onChange={(who) => set({ who })}
          data={[
            { value: 'all', label: t('who.all') },
            { value: 'mine', label: t('who.mine') },
          ]}
        />
      )}
      <NativeSelect
        aria-label={t('filter.state')}
        value={stateOf(shown)}
        onChange={(event) => set({ state: event.currentTarget.value })}
        data={askedStates.map((value) => ({
          value,
          label: t(value === 'open' || value === 'any' ? words[value] : `state.${value}`),
        }))}
      />
      <Checkbox
        label={t('filter.overdue')}
        checked={shown.overdue}
        onChange={(event) => set({ overdue: event.currentTarget.checked })}
      />
      {shown.handover === '' ? (
        <Checkbox
          label={t('filter.handover')}
          checked={shown.part}
          onChange={(event) => set({ part: event.currentTarget.checked })}
        />
      ) : (
        <Button size="compact-md" variant="default" onClick={() => set({ handover: '' })}>
          {t('filter.everyHandover')}
        </Button>
      )}
    </Group>
  )
}

interface TasksProps extends FilterProps {
  readonly list: ReturnType<typeof usePages<'listTasks'>>
}

function Tasks({ list: { items, query }, shown, set, isMine }: TasksProps) {
  const t = useTaskWords()
  const common = useCommonWords()
  const columns = useColumns(isMine)
  const layout = useTableLayout()
  if (query.error && items.length === 0)
    return <ProblemState problem={query.error} onRetry={() => query.refetch()} />
  return (
    <>
      <Text size="sm" role="status">
        {query.isSuccess && t(query.hasNextPage ? 'countMore' : 'count', { count: items.length })}
      </Text>
      <Box opacity={query.isPlaceholderData ? 0.6 : 1} aria-busy={query.isPlaceholderData}>
        <DataTable
          label={t('list')}
          columns={columns}
          rows={items}
          rowKey={({ taskId }) => taskId}
          rowLabel={({ title }) => title}
          total={query.hasNextPage ? undefined : items.length}
          isLoading={query.isPending}
          isFetchingMore={query.isFetchingNextPage}
          hasMore={query.hasNextPage}
          onMore={() => void query.fetchNextPage()}
          empty={
            isNarrowed(shown) ? (
              <NothingFits
                title={t('fitsNone.title')}
                text={t('fitsNone.text')}
                onClear={() => set(noFilter)}
              />
            ) : (
              <EmptyState
                icon={<IconChecklist />}
                title={t('empty.title')}
                text={t(isMine ? 'empty.mine' : 'empty.all')}
              />
            )
          }
          layout={layout}
        />
      </Box>
      {query.isFetchNextPageError && (
        <ProblemAlert problem={query.error}>
          <Button size="xs" variant="default" onClick={() => void query.fetchNextPage()}>
            {common('retry')}
          </Button>
        </ProblemAlert>
      )}
    </>
  )
}

function useColumns(isMine: boolean): readonly Column<ListedTask>[] {
  const t = useTaskWords()
  const { slug } = useSession()
  const say = useReadable()
  const addressee = useAddressee()
  return useMemo(
    () => [
      {
        id: 'title',
        header: t('column.title'),
        cell: ({ taskId, title }) => <ScreenLink to={paths.task(slug, taskId)}>{say(title)}</ScreenLink>,
        isFixed: true,
      },
      {
        id: 'state',
        header: t('column.state'),
        cell: ({ state }) => <TaskState state={state} />,
        width: 150,
      },
      {
        id: 'due',
        header: t('column.due'),
        cell: (task) => (
          <Box py={6}>
            <DueDate task={task} />
          </Box>
        ),
        width: 220,
      },
      {
        id: 'for',
        header: t('column.for'),
        cell: (task) => addressee(task),
        width: 170,
        isShownFirst: !isMine,
      },
      { id: 'about', header: t('column.about'), cell: (task) => <TaskSubject task={task} />, width: 210 },
    ],
    [t, slug, say, addressee, isMine],
  )
}
