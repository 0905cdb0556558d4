import { Button, Card, Group, SegmentedControl, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import type { Item } from '../../api/client.ts'
import { usePages } from '../../api/read.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../shell/session.tsx'
import { useFormat } from '../../ui/format.ts'
import { ScreenLink } from '../../ui/link.tsx'
import { Page } from '../../ui/page.tsx'
import { usePhone } from '../../ui/phone.tsx'
import { useSearchState } from '../../ui/search-state.ts'
import { EmptyState, LoadingState, ProblemState } from '../../ui/states.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { ListDownload } from '../exports/parts/list-download.tsx'
import { useHoldWords } from './hold-words.ts'
import { LiftDialog } from './lift-dialog.tsx'
import { PlaceDialog } from './place-dialog.tsx'

type Hold = Item<'listLegalHolds'>

const states = ['placed', 'lifting', 'lifted'] as const

/** Legal holds: what nobody may delete, and who has lifted it (ALL-7). */
export function Holds() {
  const t = useHoldWords()
  const { can } = useSession()
  const [search, set] = useSearchState({ state: 'placed' })
  const state = states.find((one) => one === search.state) ?? 'placed'
  const [isPlacing, setIsPlacing] = useState(false)
  const { items, query } = usePages('listLegalHolds', { query: { state } }, { pageSize: 200 })
  return (
    <Page
      title={t('title')}
      text={t('text')}
      actions={
        <>
          <ListDownload kind="exportLegalHolds" query={{ state }} />
          {can('holds:place') && <Button onClick={() => setIsPlacing(true)}>{t('place')}</Button>}
        </>
      }
    >
      <SegmentedControl
        aria-label={t('filter')}
        value={state}
        onChange={(value) => set({ state: value })}
        data={states.map((one) => ({ value: one, label: t(`state.${one}`) }))}
        style={{ alignSelf: 'flex-start' }}
      />
      {query.error && items.length === 0 ? (
        <ProblemState problem={query.error} onRetry={() => void query.refetch()} />
      ) : query.isPending ? (
        <LoadingState rows={3} height={80} />
      ) : items.length === 0 ? (
        <EmptyState title={t(`empty.${state}`)} text={state === 'placed' ? t('emptyText') : ''} />
      ) : (
        <Stack component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
          {items.map((hold) => (
            <li key={hold.holdId}>
              <HoldCard hold={hold} />
            </li>
          ))}
        </Stack>
      )}
      <PlaceDialog isOpen={isPlacing} onClose={() => setIsPlacing(false)} />
    </Page>
  )
}

function HoldCard({ hold }: { readonly hold: Hold }) {
  const t = useHoldWords()
  const format = useFormat()
  const { can } = useSession()
  const [isLifting, setIsLifting] = useState(false)
  const mayLift = can('holds:lift') && hold.state !== 'lifted'
  return (
    <Card withBorder padding="lg">
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} size="h4">
            <Subject hold={hold} />
          </Title>
          <StatusBadge kind={hold.state === 'lifted' ? 'off' : hold.state === 'lifting' ? 'wait' : 'good'}>
            {t(`state.${hold.state}`)}
          </StatusBadge>
        </Group>
        <Text>{hold.reason}</Text>
        <Text size="sm" c="dimmed">
          {t('placedAt', { time: format.dateTime(hold.placedAt) })}
        </Text>
        {hold.firstLiftedAt && (
          <Text size="sm">
            {t('firstLifted', { time: format.dateTime(hold.firstLiftedAt) })} {hold.firstLiftReason}
          </Text>
        )}
        {hold.state === 'lifting' && hold.secondPersons.length > 0 && (
          <Text size="sm">
            {t('second', { names: format.list(hold.secondPersons.map(({ name }) => name)) })}
          </Text>
        )}
        {hold.liftedAt && (
          <Text size="sm">
            {t('liftedAt', { time: format.dateTime(hold.liftedAt) })} {hold.liftReason}
          </Text>
        )}
        {mayLift && (
          <Group>
            <Button variant="default" onClick={() => setIsLifting(true)}>
              {t(hold.state === 'lifting' ? 'lift.second' : 'lift')}
            </Button>
          </Group>
        )}
      </Stack>
      <LiftDialog hold={hold} isOpen={isLifting} onClose={() => setIsLifting(false)} />
    </Card>
  )
}

function Subject({ hold: { subjectKind, subjectId, subjectLabel } }: { readonly hold: Hold }) {
  const t = useHoldWords()
  const { slug } = useSession()
  const phone = usePhone()
  const label = phone(subjectLabel ?? t('unknown'))
  if (subjectKind === 'customer') return label
  const to = subjectKind === 'number' ? paths.number(slug, subjectId) : paths.person(slug, subjectId)
  return <ScreenLink to={to}>{label}</ScreenLink>
}
