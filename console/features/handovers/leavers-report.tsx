import { Group, Stack, TextInput } from '@mantine/core'
import { useMemo } from 'react'
import type { Item } from '../../api/client.ts'
import { usePages } from '../../api/read.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../shell/session.tsx'
import { instantOf, localValue } from '../../ui/bands/local-time.ts'
import { DataTable } from '../../ui/data-table/data-table.tsx'
import type { Column } from '../../ui/data-table/model.ts'
import { useFormat } from '../../ui/format.ts'
import { ScreenLink } from '../../ui/link.tsx'
import { Page } from '../../ui/page.tsx'
import { useSearchState } from '../../ui/search-state.ts'
import { EmptyState, ProblemState } from '../../ui/states.tsx'
import { ListDownload } from '../exports/parts/list-download.tsx'
import { useHandoverWords } from './words.ts'

type Leaver = Item<'listLeavers'>
const dayMs = 86_400_000
const usualDays = 90

/** All leavers of a period: time to the end of access, exceptions and what is open (HAN-12). */
export function LeaversReport() {
  const t = useHandoverWords()
  const { slug } = useSession()
  const { period, from, to, set } = usePeriod()
  const { items, query } = usePages('listLeavers', { query: period }, { keepsPrevious: true, pageSize: 100 })
  const columns = useColumns()
  return (
    <Page
      title={t('report.title')}
      text={t('report.text')}
      above={<ScreenLink to={paths.handovers(slug)}>{t('list.title')}</ScreenLink>}
    >
      <Stack gap="md">
        <Group align="flex-end">
          <TextInput
            type="date"
            label={t('report.from')}
            value={from}
            onChange={({ currentTarget: { value } }) => set({ from: value }, { replace: true })}
          />
          <TextInput
            type="date"
            label={t('report.to')}
            value={to}
            onChange={({ currentTarget: { value } }) => set({ to: value }, { replace: true })}
          />
          <ListDownload kind="exportLeavers" query={period} />
        </Group>
        {query.error && items.length === 0 ? (
          <ProblemState problem={query.error} onRetry={() => query.refetch()} />
        ) : (
          <DataTable
            label={t('report.title')}
            columns={columns}
            rows={items}
            rowKey={(row) => row.handoverId}
            rowLabel={(row) => row.leaver.name}
            isLoading={query.isPending}
            isFetchingMore={query.isFetchingNextPage}
            hasMore={query.hasNextPage}
            onMore={() => void query.fetchNextPage()}
            empty={<EmptyState title={t('report.none')} text={t('report.noneText')} />}
          />
        )}
      </Stack>
    </Page>
  )
}

interface Period {
  readonly from?: string
  readonly to?: string
}

// Whole days of the reader's clock; without an end, also who is still to leave.
function usePeriod() {
  const { timeZone } = useFormat()
  const usual = localValue(new Date(Date.now() - usualDays * dayMs).toISOString(), timeZone).slice(0, 10)
  const [{ from, to }, set] = useSearchState({ from: usual, to: '' })
  const start = instantOf(`${from}T00:00`, timeZone)
  const end = to === '' ? null : instantOf(`${to}T00:00`, timeZone)
  const after = end === null ? null : new Date(Date.parse(end) + dayMs).toISOString()
  const period: Period = { ...(start ? { from: start } : {}), ...(after ? { to: after } : {}) }
  return { period, from, to, set }
}

function useColumns(): readonly Column<Leaver>[] {
  const t = useHandoverWords()
  const format = useFormat()
  const { slug } = useSession()
  return useMemo(
    () => [
      {
        id: 'who',
        header: t('report.who'),
        cell: (row) => <ScreenLink to={paths.handover(slug, row.handoverId)}>{row.leaver.name}</ScreenLink>,
      },
      { id: 'when', header: t('report.when'), width: 170, cell: (row) => format.dateTime(row.effectiveAt) },
      {
        id: 'cutOff',
        header: t('report.cutOff'),
        width: 180,
        cell: ({ minutesToCutOff: count }) =>
          count === null
            ? t('report.notYet')
            : t('report.minutes', { count: Math.max(0, count), number: format.number(Math.max(0, count)) }),
      },
      { id: 'state', header: t('report.state'), width: 170, cell: (row) => t(`state.${row.state}`) },
      ...(['items', 'open', 'exceptions'] as const).map((id) => ({
        id,
        header: t(`report.${id}`),
        width: id === 'exceptions' ? 110 : 80,
        align: 'end' as const,
        cell: (row: Leaver) => format.number(row[id]),
      })),
    ],
    [t, format, slug],
  )
}
