import { Button, Progress, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Item } from '../../api/client.ts'
import { usePages } from '../../api/read.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../shell/session.tsx'
import { DataTable } from '../../ui/data-table/data-table.tsx'
import type { Column } from '../../ui/data-table/model.ts'
import { useFormat } from '../../ui/format.ts'
import { ScreenLink } from '../../ui/link.tsx'
import { Page } from '../../ui/page.tsx'
import { EmptyState, ProblemState } from '../../ui/states.tsx'
import { ListDownload } from '../exports/parts/list-download.tsx'
import { shareDone } from './batch-steps.ts'
import { OperationState, useKindWords } from './parts/operation-state.tsx'
import { useBatchWords } from './words.ts'

type Operation = Item<'listOperations'>

const refreshMs = 3_000

/** Work on many numbers, newest first. */
export function BatchList() {
  const t = useBatchWords()
  const session = useSession()
  const mayWrite = session.can('numbers:write')
  const { items, query } = usePages('listOperations', {}, { everyMs: refreshMs })
  const columns = useColumns()
  const add = mayWrite && (
    <Button
      component={Link}
      to={paths.newBatch(session.slug)}
      leftSection={<IconPlus size={18} aria-hidden />}
    >
      {t('new.title')}
    </Button>
  )
  return (
    <Page
      title={t('list.title')}
      text={t('list.text')}
      actions={
        <>
          <ListDownload kind="exportOperations" />
          {add}
        </>
      }
    >
      {query.error && items.length === 0 ? (
        <ProblemState problem={query.error} onRetry={() => query.refetch()} />
      ) : (
        <DataTable
          label={t('list.title')}
          columns={columns}
          rows={items}
          rowKey={(row) => row.operationId}
          rowLabel={(row) => row.operationId}
          isLoading={query.isPending}
          isFetchingMore={query.isFetchingNextPage}
          hasMore={query.hasNextPage}
          onMore={() => void query.fetchNextPage()}
          empty={
            <EmptyState title={t('list.empty')} text={t('list.emptyText')}>
              {add}
            </EmptyState>
          }
        />
      )}
    </Page>
  )
}

function useColumns(): readonly Column<Operation>[] {
  const t = useBatchWords()
  const format = useFormat()
  const { slug } = useSession()
  const kindOf = useKindWords()
  return useMemo(
    () => [
      {
        id: 'begun',
        header: t('list.begun'),
        width: 210,
        cell: (row) => (
          <ScreenLink to={paths.batch(slug, row.operationId)}>{format.dateTime(row.createdAt)}</ScreenLink>
        ),
      },
      { id: 'kind', header: t('list.kind'), cell: (row) => kindOf(row.kind) },
      { id: 'state', header: t('list.state'), width: 200, cell: (row) => <OperationState operation={row} /> },
      { id: 'progress', header: t('list.progress'), width: 190, cell: (row) => <HowFar operation={row} /> },
      {
        id: 'rate',
        header: t('list.rate'),
        width: 130,
        align: 'end',
        cell: (row) =>
          row.perSecond === null ? '–' : t('perSecond', { number: format.number(Math.round(row.perSecond)) }),
      },
      { id: 'by', header: t('list.by'), cell: (row) => row.createdByName ?? row.createdBy },
    ],
    [t, format, slug, kindOf],
  )
}

function HowFar({ operation }: { readonly operation: Operation }) {
  const t = useBatchWords()
  const format = useFormat()
  const { done, waiting, total, state } = operation
  return (
    <div>
      <Text size="sm">
        {t('progress.count', { done: format.number(done + waiting), total: format.number(total) })}
      </Text>
      {state === 'running' && (
        <Progress value={100 * shareDone(operation)} size="sm" aria-label={t('progress.label')} />
      )}
    </div>
  )
}
