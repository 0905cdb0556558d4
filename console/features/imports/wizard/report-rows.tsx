import { SegmentedControl, Stack, Text, Title } from '@mantine/core'
import { useEffect, useMemo } from 'react'
import type { Item } from '../../../api/client.ts'
import { usePages } from '../../../api/read.ts'
import { DataTable } from '../../../ui/data-table/data-table.tsx'
import type { Column } from '../../../ui/data-table/model.ts'
import { useFormat } from '../../../ui/format.ts'
import { usePhone } from '../../../ui/phone.tsx'
import { useSearchState } from '../../../ui/search-state.ts'
import { EmptyState, ProblemState } from '../../../ui/states.tsx'
import { StatusBadge, type StatusKind } from '../../../ui/status-badge.tsx'
import { useRefusalWords } from '../../operations/parts/refusal-words.ts'
import type { Import } from '../use-draft.ts'
import { useTemplate } from '../use-templates.ts'
import { useImportWords } from '../words.ts'
import { nameOfRow } from './preview-rows.tsx'
import type { Row } from './undo-edits.ts'

type DoneItem = Item<'getOperation'>
type Operation = NonNullable<Import['operation']>

const states = ['done', 'waiting', 'failed', 'pending'] as const
const kinds: Readonly<Record<DoneItem['state'], StatusKind>> = {
  pending: 'busy',
  done: 'good',
  waiting: 'wait',
  failed: 'bad',
  cancelled: 'off',
}

interface ReportProps {
  readonly shown: Import
  readonly operation: Operation
  /** The operation takes back what an earlier one did. */
  readonly isUndo: boolean
}

/** What became of each row. */
export function ReportRows({ shown, operation, isUndo }: ReportProps) {
  const t = useImportWords()
  const [{ items: asked }, set] = useSearchState({ items: 'all' })
  const state = states.find((one) => one === asked)
  const { operationId } = operation
  const isGoing = operation.state === 'running'
  const { items, query } = usePages(
    'getOperation',
    { params: { operationId }, query: { items: state } },
    { pageSize: 100, keepsPrevious: true, everyMs: isGoing ? 3_000 : false },
  )
  const names = useNames(shown, items)
  const columns = useColumns(names, isUndo)
  return (
    <Stack gap="sm" component="section" aria-labelledby="report-heading">
      <Title order={2} size="h4" id="report-heading">
        {t('report.rows')}
      </Title>
      <div style={{ overflowX: 'auto' }}>
        <SegmentedControl
          aria-label={t('report.filter')}
          value={state ?? 'all'}
          onChange={(value) => set({ items: value }, { replace: true })}
          data={[
            { value: 'all', label: t('grid.all') },
            ...states.map((one) => ({ value: one, label: t(`item.${one}`) })),
          ]}
        />
      </div>
      {query.error && items.length === 0 ? (
        <ProblemState problem={query.error} onRetry={() => query.refetch()} />
      ) : (
        <DataTable
          label={t('report.rows')}
          columns={columns}
          rows={items}
          rowKey={({ position }) => String(position)}
          rowLabel={(item) => nameOfItem(item, names) || String(item.position + 1)}
          total={state === undefined ? operation.total : undefined}
          isLoading={query.isPending}
          isFetchingMore={query.isFetchingNextPage}
          hasMore={query.hasNextPage}
          onMore={() => void query.fetchNextPage()}
          maxHeight="60dvh"
          empty={<EmptyState title={t('grid.none')} />}
        />
      )}
    </Stack>
  )
}

type Names = ReadonlyMap<number, string>

// What was new has no name in the operation; the rows of the file have it.
function useNames(shown: Import, items: readonly DoneItem[]): Names {
  const words = useTemplate(shown.template)
  const { items: rows, query } = usePages(
    'listImportRows',
    { params: { importId: shown.importId }, query: {} },
    { pageSize: 500 },
  )
  const last = Math.max(0, ...items.map(rowOf))
  const { hasNextPage, isFetchingNextPage, isError, fetchNextPage } = query
  const isBehind = (rows.at(-1)?.row ?? 0) < last
  useEffect(() => {
    if (isBehind && hasNextPage && !isFetchingNextPage && !isError) void fetchNextPage()
  }, [isBehind, hasNextPage, isFetchingNextPage, isError, fetchNextPage])
  return useMemo(
    () => new Map(rows.map((row: Row): [number, string] => [row.row, nameOfRow(row, words)])),
    [rows, words],
  )
}

function rowOf({ given }: DoneItem): number {
  return typeof given['row'] === 'number' ? given['row'] : 0
}

function nameOfItem(item: DoneItem, names: Names): string {
  return item.subjectLabel ?? names.get(rowOf(item)) ?? ''
}

const deeds = [
  'member_created',
  'member_changed',
  'number_added',
  'number_changed',
  'moved',
  'record_taken_in',
  'system_added',
] as const

function useColumns(names: Names, isUndo: boolean): readonly Column<DoneItem>[] {
  const t = useImportWords()
  const phone = usePhone()
  return useMemo(
    () => [
      {
        id: 'row',
        header: t('preview.row'),
        width: 90,
        cell: (item) => (rowOf(item) > 0 ? String(rowOf(item)) : '–'),
      },
      {
        id: 'what',
        header: t('preview.what'),
        width: 240,
        cell: (item) => {
          const name = nameOfItem(item, names)
          return name.startsWith('+') ? phone(name) : name
        },
      },
      {
        id: 'state',
        header: t('report.state'),
        width: 130,
        cell: ({ state }) => <StatusBadge kind={kinds[state]}>{t(`item.${state}`)}</StatusBadge>,
      },
      { id: 'result', header: t('report.result'), cell: (item) => <Result item={item} isUndo={isUndo} /> },
    ],
    [t, phone, names, isUndo],
  )
}

function Result({ item, isUndo }: { readonly item: DoneItem; readonly isUndo: boolean }) {
  const t = useImportWords()
  const say = useRefusalWords()
  const format = useFormat()
  if (item.title !== null) {
    const { title, next } = say(item)
    return (
      <Text size="sm" py={6} style={{ whiteSpace: 'normal' }}>
        {format.sentences(title, next)}
      </Text>
    )
  }
  if (isUndo) return item.state === 'done' ? t('did.takenBack') : null
  const did = deeds.find((one) => one === item.outcome?.['did'])
  return <>{did ? t(`did.${did}`) : ''}</>
}
