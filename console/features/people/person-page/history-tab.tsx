import { Button, Group, Stack, Table, Text } from '@mantine/core'
import { useState } from 'react'
import { usePages } from '../../../api/read.ts'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../shell/session.tsx'
import { Bands } from '../../../ui/bands/bands.tsx'
import { useCommonWords } from '../../../ui/common-words.ts'
import { useFormat } from '../../../ui/format.ts'
import { ScreenLink } from '../../../ui/link.tsx'
import { Phone, usePhone } from '../../../ui/phone.tsx'
import { EmptyState, LoadingState, ProblemAlert, ProblemState } from '../../../ui/states.tsx'
import { TableScroller } from '../../../ui/table-scroller.tsx'
import { ExportCustody } from '../../exports/parts/export-custody.tsx'
import { useActorName } from '../../numbers/parts/actor-name.ts'
import { type HeldStretch, lanesOf } from './held-bands.ts'
import type { MemberDetail } from './member-detail.ts'
import { usePersonPageWords } from './page-words.ts'

const pageSize = 100
const mostLanes = 25

/** Which numbers a person held, from when to when, as a picture and as a table (NUM-12). */
export function HistoryTab({ member: { memberId, name } }: { readonly member: MemberDetail }) {
  const t = usePersonPageWords()
  const common = useCommonWords()
  const { items, query } = usePages('listMemberCustody', { params: { memberId } }, { pageSize })
  if (query.isPending) return <LoadingState rows={6} />
  if (query.error && items.length === 0)
    return <ProblemState problem={query.error} onRetry={() => query.refetch()} />
  if (items.length === 0)
    return <EmptyState title={t('history.empty', { name })} text={t('history.emptyText')} />
  return (
    <Stack gap="lg">
      <HeldBands name={name} stretches={items} />
      <HeldTable stretches={items} />
      <Group>
        <ExportCustody query={{ memberId }} />
      </Group>
      {query.isFetchNextPageError && <ProblemAlert problem={query.error} />}
      {query.hasNextPage && (
        <Button
          variant="subtle"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {common('showMore')}
        </Button>
      )}
    </Stack>
  )
}

function HeldBands({
  name,
  stretches,
}: {
  readonly name: string
  readonly stretches: readonly HeldStretch[]
}) {
  const t = usePersonPageWords()
  const common = useCommonWords()
  const number = usePhone()
  const [opened] = useState(() => Date.now())
  const cause = (known: HeldStretch['cause']) => common(`cause.${known}`)
  const numbers = new Set(stretches.map(({ numberId }) => numberId)).size
  const begins = stretches.map(({ from }) => Date.parse(from))
  const last = Math.max(opened, ...begins.map((begin) => begin + 60_000))
  return (
    <Stack gap={4}>
      <Bands
        label={t('history.bands', { name })}
        lanes={lanesOf(stretches, { number, cause }, mostLanes)}
        from={new Date(Math.min(...begins)).toISOString()}
        to={new Date(last).toISOString()}
        hasTableBeside
      />
      {numbers > mostLanes && (
        <Text size="sm" c="dimmed">
          {t('history.mostLanes', { count: mostLanes })}
        </Text>
      )}
    </Stack>
  )
}

function HeldTable({ stretches }: { readonly stretches: readonly HeldStretch[] }) {
  const t = usePersonPageWords()
  return (
    <TableScroller minWidth={480} label={t('history.table')}>
      <Table aria-label={t('history.table')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('history.number')}</Table.Th>
            <Table.Th scope="col">{t('history.from')}</Table.Th>
            <Table.Th scope="col">{t('history.to')}</Table.Th>
            <Table.Th scope="col">{t('history.how')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {stretches.map((stretch) => (
            <HeldRow key={stretch.numberId + stretch.from} stretch={stretch} />
          ))}
        </Table.Tbody>
      </Table>
    </TableScroller>
  )
}

function HeldRow({ stretch }: { readonly stretch: HeldStretch }) {
  const t = usePersonPageWords()
  const common = useCommonWords()
  const format = useFormat()
  const { slug } = useSession()
  const by = useActorName(stretch.movedBy)
  return (
    <Table.Tr>
      <Table.Td>
        <ScreenLink to={paths.number(slug, stretch.numberId)} fz="sm">
          <Phone e164={stretch.e164} />
        </ScreenLink>
      </Table.Td>
      <Table.Td>{format.dateTime(stretch.from)}</Table.Td>
      <Table.Td>{stretch.to === null ? common('now') : format.dateTime(stretch.to)}</Table.Td>
      <Table.Td>{t('history.by', { cause: common(`cause.${stretch.cause}`), by })}</Table.Td>
    </Table.Tr>
  )
}
