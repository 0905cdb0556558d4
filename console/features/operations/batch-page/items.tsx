import { Group, SegmentedControl, Stack, Text, Title } from '@mantine/core'
import { useMemo } from 'react'
import type { Answer, Item } from '../../../api/client.ts'
import { usePages } from '../../../api/read.ts'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../shell/session.tsx'
import { DataTable } from '../../../ui/data-table/data-table.tsx'
import type { Column } from '../../../ui/data-table/model.ts'
import { useFormat } from '../../../ui/format.ts'
import { ScreenLink } from '../../../ui/link.tsx'
import { Phone } from '../../../ui/phone.tsx'
import { useSearchState } from '../../../ui/search-state.ts'
import { EmptyState, ProblemState } from '../../../ui/states.tsx'
import { StatusBadge, type StatusKind } from '../../../ui/status-badge.tsx'
import { ListDownload } from '../../exports/parts/list-download.tsx'
import { MemberName } from '../parts/member-name.tsx'
import { useRefusalWords } from '../parts/refusal-words.ts'
import { useBatchWords } from '../words.ts'

type Operation = Answer<'getOperation'>
type BatchItem = Item<'getOperation'>

const states = ['done', 'waiting', 'failed', 'pending', 'cancelled'] as const
const kinds: Readonly<Record<BatchItem['state'], StatusKind>> = {
  pending: 'busy',
  done: 'good',
  waiting: 'wait',
  failed: 'bad',
  cancelled: 'off',
}
const refreshMs = 3_000

/** What became of each item, by state; also as a file. */
export function BatchItems({ operation }: { readonly operation: Operation }) {
  const t = useBatchWords()
  const [{ items: wanted }, set] = useSearchState({ items: 'all' })
  const state = states.find((one) => one === wanted)
  return (
    <Stack gap="sm" component="section" aria-labelledby="items-heading">
      <Group justify="space-between">
        <Title order={2} size="h3" id="items-heading">
          {t('items.title')}
        </Title>
        <ListDownload
          kind="exportOperation"
          params={{ operationId: operation.operationId }}
          query={state ? { items: state } : {}}
        />
      </Group>
      <div style={{ overflowX: 'auto' }}>
        <SegmentedControl
          aria-label={t('items.filter')}
          value={state ?? 'all'}
          onChange={(value) => set({ items: value }, { replace: true })}
          data={[
            { value: 'all', label: t('items.all') },
            ...states
              .filter((one) => one !== (operation.state === 'cancelled' ? 'pending' : 'cancelled'))
              .map((one) => ({ value: one, label: t(`item.${one}`) })),
          ]}
        />
      </div>
      <ItemTable operation={operation} state={state} />
    </Stack>
  )
}

function ItemTable({
  operation,
  state,
}: {
  readonly operation: Operation
  readonly state: BatchItem['state'] | undefined
}) {
  const t = useBatchWords()
  const { operationId } = operation
  const isGoing = operation.state === 'running'
  const { items, query } = usePages(
    'getOperation',
    { params: { operationId }, query: { items: state } },
    { pageSize: 100, keepsPrevious: true, everyMs: isGoing ? refreshMs : false },
  )
  const columns = useColumns(operation.kind)
  if (query.error && items.length === 0)
    return <ProblemState problem={query.error} onRetry={() => query.refetch()} />
  return (
    <DataTable
      label={t('items.title')}
      columns={columns}
      rows={items}
      rowKey={(row) => String(row.position)}
      rowLabel={(row) => row.subjectLabel ?? String(row.position + 1)}
      total={state === undefined ? operation.total : undefined}
      isLoading={query.isPending}
      isFetchingMore={query.isFetchingNextPage}
      hasMore={query.hasNextPage}
      onMore={() => void query.fetchNextPage()}
      empty={<EmptyState title={t('items.none')} />}
    />
  )
}

function useColumns(kind: string): readonly Column<BatchItem>[] {
  const t = useBatchWords()
  const { slug } = useSession()
  return useMemo(() => {
    const from = kind === 'number_moves_undo' ? 'fromMemberId' : 'expectedHolderId'
    return [
      {
        id: 'number',
        header: t('items.number'),
        width: 190,
        cell: (row) => <Subject item={row} slug={slug} />,
      },
      {
        id: 'from',
        header: t('items.from'),
        width: 160,
        cell: (row) => (row.subjectId === null ? '–' : <Party value={row.given[from]} />),
      },
      {
        id: 'to',
        header: t('items.to'),
        width: 160,
        cell: (row) => <Party value={row.given['toMemberId'] ?? row.given['toStaffCode']} />,
      },
      {
        id: 'state',
        header: t('items.state'),
        width: 130,
        cell: (row) => <StatusBadge kind={kinds[row.state]}>{t(`item.${row.state}`)}</StatusBadge>,
      },
      { id: 'result', header: t('items.result'), cell: (row) => <Result item={row} /> },
    ]
  }, [t, slug, kind])
}

function Subject({ item, slug }: { readonly item: BatchItem; readonly slug: string }) {
  const { subjectId, subjectLabel, given } = item
  if (subjectId && subjectLabel)
    return (
      <ScreenLink to={paths.number(slug, subjectId)}>
        <Phone e164={subjectLabel} />
      </ScreenLink>
    )
  return <Text size="sm">{String(given['number'] ?? item.position + 1)}</Text>
}

const isId = /^[0-9a-f]{8}-[0-9a-f]{4}-/

function Party({ value }: { readonly value: unknown }) {
  const t = useBatchWords()
  if (typeof value !== 'string') return <>{t('nobody')}</>
  return isId.test(value) ? <MemberName memberId={value} /> : value
}

function Result({ item }: { readonly item: BatchItem }) {
  const say = useRefusalWords()
  const format = useFormat()
  if (item.title === null) return null
  const { title, next } = say(item)
  return (
    <Text size="sm" py={6} style={{ whiteSpace: 'normal' }}>
      {format.sentences(title, next)}
    </Text>
  )
}
