import { Button, Tabs, Text } from '@mantine/core'
import { IconReportAnalytics, IconUsersGroup } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useEffect, useMemo } from 'react'
import { usePages } from '../../api/read.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../shell/session.tsx'
import { DataTable } from '../../ui/data-table/data-table.tsx'
import type { Column } from '../../ui/data-table/model.ts'
import { useFormat } from '../../ui/format.ts'
import { ScreenLink } from '../../ui/link.tsx'
import { Page } from '../../ui/page.tsx'
import { useSearchState } from '../../ui/search-state.ts'
import { EmptyState, ProblemState } from '../../ui/states.tsx'
import { ListDownload } from '../exports/parts/list-download.tsx'
import { HandOverLink } from './parts/hand-over-link.tsx'
import { type HandoverEntry, HandoverState, overStates } from './parts/handover-state.tsx'
import { useHandoverWords } from './words.ts'

const refreshMs = 5_000

/** Who leaves, moves or is away, and how far the passing on of what they hold is. */
export function HandoverList() {
  const t = useHandoverWords()
  const [{ tab }, set] = useSearchState({ tab: 'open' })
  const shown = tab === 'over' ? 'over' : 'open'
  return (
    <Page title={t('list.title')} text={t('list.text')} actions={<ListActions />}>
      <Tabs value={shown} onChange={(value) => set({ tab: value ?? 'open' })} keepMounted={false}>
        <Tabs.List aria-label={t('list.tabs')}>
          <Tabs.Tab value="open">{t('list.open')}</Tabs.Tab>
          <Tabs.Tab value="over">{t('list.over')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value={shown} pt="md">
          <Handovers isOver={shown === 'over'} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  )
}

function ListActions() {
  const t = useHandoverWords()
  const { slug, can } = useSession()
  return (
    <>
      <HandOverLink word="leaving" />
      <HandOverLink word="gone" variant="default" />
      {can('handovers:write') && (
        <Button
          component={Link}
          to={paths.manyLeavers(slug)}
          variant="default"
          leftSection={<IconUsersGroup size={18} aria-hidden />}
        >
          {t('list.many')}
        </Button>
      )}
      <Button
        component={Link}
        to={paths.leavers(slug)}
        variant="default"
        leftSection={<IconReportAnalytics size={18} aria-hidden />}
      >
        {t('list.report')}
      </Button>
      <ListDownload kind="exportHandovers" isWhole />
    </>
  )
}

function Handovers({ isOver }: { readonly isOver: boolean }) {
  const t = useHandoverWords()
  const { items, query } = usePages('listHandovers', {}, { everyMs: refreshMs, pageSize: 100 })
  const columns = useColumns()
  const rows = useMemo(
    () => items.filter(({ state }) => overStates.includes(state) === isOver),
    [items, isOver],
  )
  // A page may have nothing for this tab, though the next one has.
  const isShort = rows.length === 0 && query.hasNextPage && !query.isFetchingNextPage
  const { fetchNextPage } = query
  useEffect(() => {
    if (isShort) void fetchNextPage()
  }, [isShort, fetchNextPage])
  if (query.error && items.length === 0)
    return <ProblemState problem={query.error} onRetry={() => query.refetch()} />
  return (
    <DataTable
      label={t(isOver ? 'list.over' : 'list.open')}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.handoverId}
      rowLabel={(row) => row.leaver.name}
      isLoading={query.isPending || isShort}
      isFetchingMore={query.isFetchingNextPage}
      hasMore={query.hasNextPage}
      onMore={() => void query.fetchNextPage()}
      empty={
        <EmptyState title={t(isOver ? 'list.noneOver' : 'list.none')} text={t('list.noneText')}>
          {!isOver && <HandOverLink word="leaving" />}
        </EmptyState>
      }
    />
  )
}

function useColumns(): readonly Column<HandoverEntry>[] {
  const t = useHandoverWords()
  const format = useFormat()
  const { slug } = useSession()
  return useMemo(
    () => [
      {
        id: 'leaver',
        header: t('list.who'),
        cell: (row) => <ScreenLink to={paths.handover(slug, row.handoverId)}>{row.leaver.name}</ScreenLink>,
      },
      { id: 'kind', header: t('list.kind'), width: 140, cell: (row) => t(`handoverKind.${row.kind}`) },
      { id: 'state', header: t('list.state'), width: 200, cell: (row) => <HandoverState handover={row} /> },
      { id: 'when', header: t('list.when'), width: 175, cell: (row) => format.dateTime(row.effectiveAt) },
      { id: 'to', header: t('list.to'), cell: (row) => row.defaultSuccessor?.name ?? t('to.nobody') },
      {
        id: 'coverage',
        header: t('list.coverage'),
        width: 110,
        cell: ({ coverage }) => (
          <Text size="sm">
            {t('coverage.short', {
              done: format.number(coverage.observed),
              total: format.number(coverage.total),
            })}
          </Text>
        ),
      },
    ],
    [t, format, slug],
  )
}
