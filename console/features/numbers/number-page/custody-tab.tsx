import { Alert, Group, Stack, Table, Text } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useState } from 'react'
import type { PhoneNumber } from '../../../../src/features/numbers/model.ts'
import { useRead } from '../../../api/read.ts'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../shell/session.tsx'
import { Bands } from '../../../ui/bands/bands.tsx'
import { useCommonWords } from '../../../ui/common-words.ts'
import { useFormat } from '../../../ui/format.ts'
import { ScreenLink } from '../../../ui/link.tsx'
import { Await, LoadingState, ProblemState } from '../../../ui/states.tsx'
import { TableScroller } from '../../../ui/table-scroller.tsx'
import { ExportCustody } from '../../exports/parts/export-custody.tsx'
import { useActorName } from '../parts/actor-name.ts'
import { type CustodyStretch, isIn, stretchesOf } from './custody.ts'
import { useNumberPageWords } from './page-words.ts'

interface CustodyTabProps {
  readonly number: PhoneNumber
  /** The moment that is asked about; null for now. */
  readonly at: string | null
  readonly onAt: (at: string | null) => void
}

/** Who held the number all along, and at the moment that is asked about (NUM-12). */
export function CustodyTab({ number, at, onAt }: CustodyTabProps) {
  const custody = useRead('getCustody', { params: { numberId: number.numberId }, query: {} })
  return (
    <Await query={custody}>
      {({ items }) => (
        <Stack gap="lg">
          <CustodyBands number={number} custody={items} at={at} onAt={onAt} />
          {at !== null && <HolderAt numberId={number.numberId} at={at} />}
          <CustodyTable custody={items} at={at} />
          <Group>
            <ExportCustody query={{ numberId: number.numberId }} />
          </Group>
        </Stack>
      )}
    </Await>
  )
}

function CustodyBands({
  number,
  custody,
  at,
  onAt,
}: CustodyTabProps & { readonly custody: readonly CustodyStretch[] }) {
  const t = useNumberPageWords()
  const [opened] = useState(() => Date.now())
  const sayWhose = useWhose()
  const newest = custody[0]?.from ?? number.createdAt
  const oldest = custody.at(-1)?.from ?? number.createdAt
  const to = new Date(Math.max(opened, Date.parse(newest) + 60_000)).toISOString()
  return (
    <Bands
      label={t('custody.bands')}
      lanes={[{ key: 'custody', label: t('custody.lane'), stretches: stretchesOf(custody, sayWhose) }]}
      from={oldest}
      to={to}
      asOf={at}
      onAsOf={onAt}
      hasTableBeside
    />
  )
}

function useWhose(): (stretch: CustodyStretch) => string {
  const common = useCommonWords()
  return ({ state, holder }) => holder?.name ?? common(`custody.${state}`)
}

/** The ledger's own answer to who held it then, asked of Baton and not of the picture. */
function HolderAt({ numberId, at }: { readonly numberId: string; readonly at: string }) {
  const t = useNumberPageWords()
  const format = useFormat()
  const query = useRead('getCustody', { params: { numberId }, query: { at } }, { keepsPrevious: true })
  if (query.error) return <ProblemState problem={query.error} onRetry={() => query.refetch()} />
  if (!query.data) return <LoadingState rows={2} />
  const [stretch] = query.data.items
  const time = format.exact(at)
  return (
    <Alert
      role="status"
      variant="outline"
      icon={<IconHistory />}
      title={
        stretch?.holder
          ? t('at.held', { time, name: stretch.holder.name })
          : stretch
            ? t(stretch.state === 'released' ? 'at.released' : 'at.parked', { time })
            : t('at.nobody', { time })
      }
    >
      {stretch && <StretchText stretch={stretch} />}
    </Alert>
  )
}

function StretchText({ stretch }: { readonly stretch: CustodyStretch }) {
  const t = useNumberPageWords()
  const format = useFormat()
  const common = useCommonWords()
  const { slug } = useSession()
  const values = {
    from: format.exact(stretch.from),
    to: stretch.to ? format.exact(stretch.to) : '',
    cause: common(`cause.${stretch.cause}`),
    by: useActorName(stretch.movedBy),
  }
  return (
    <Text size="sm">
      {t(stretch.to ? 'at.stretch' : 'at.stretchOpen', values)}{' '}
      {stretch.holder && (
        <ScreenLink size="sm" to={paths.person(slug, stretch.holder.memberId)}>
          {t('at.person', { name: stretch.holder.name })}
        </ScreenLink>
      )}
    </Text>
  )
}

function CustodyTable({
  custody,
  at,
}: {
  readonly custody: readonly CustodyStretch[]
  readonly at: string | null
}) {
  const t = useNumberPageWords()
  return (
    <TableScroller minWidth={480} label={t('custody.table')}>
      <Table aria-label={t('custody.table')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('custody.holder')}</Table.Th>
            <Table.Th scope="col">{t('custody.from')}</Table.Th>
            <Table.Th scope="col">{t('custody.to')}</Table.Th>
            <Table.Th scope="col">{t('custody.how')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {custody.map((stretch) => (
            <CustodyRow key={stretch.from} stretch={stretch} isAsked={at !== null && isIn(stretch, at)} />
          ))}
        </Table.Tbody>
      </Table>
    </TableScroller>
  )
}

function CustodyRow({ stretch, isAsked }: { readonly stretch: CustodyStretch; readonly isAsked: boolean }) {
  const t = useNumberPageWords()
  const common = useCommonWords()
  const format = useFormat()
  const { slug } = useSession()
  const whose = useWhose()
  const by = useActorName(stretch.movedBy)
  const weight = isAsked ? 700 : undefined
  return (
    <Table.Tr aria-current={isAsked || undefined} fw={weight}>
      <Table.Td>
        {stretch.holder ? (
          <ScreenLink to={paths.person(slug, stretch.holder.memberId)} fw={weight} fz="sm">
            {stretch.holder.name}
          </ScreenLink>
        ) : (
          whose(stretch)
        )}
      </Table.Td>
      <Table.Td>{format.dateTime(stretch.from)}</Table.Td>
      <Table.Td>{stretch.to ? format.dateTime(stretch.to) : common('now')}</Table.Td>
      <Table.Td>{t('custody.by', { cause: common(`cause.${stretch.cause}`), by })}</Table.Td>
    </Table.Tr>
  )
}
