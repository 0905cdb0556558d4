import { Button, Card, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { IconBellRinging, IconCalendarTime, IconPhone } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { Item } from '../../api/client.ts'
import { usePages, useRead } from '../../api/read.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../shell/session.tsx'
import { useFormat } from '../../ui/format.ts'
import { ScreenLink } from '../../ui/link.tsx'
import { Page } from '../../ui/page.tsx'
import { Phone, usePhone } from '../../ui/phone.tsx'
import { EmptyState, LoadingState, ProblemState } from '../../ui/states.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { ToReceive } from '../handovers/parts/to-receive.tsx'
import { OwnTasks } from '../tasks/parts/own-tasks.tsx'
import { useMineWords } from './words.ts'

/** The numbers that the reader holds, for a phone first. */
export function MyNumbers() {
  const t = useMineWords()
  const { slug, memberId } = useSession()
  const { items, query } = usePages(
    'listNumbers',
    { query: { holderId: memberId ?? undefined, sort: 'heldSince' } },
    { enabled: memberId !== null },
  )
  const toAccount = (label: string) => (
    <Button component={Link} to={paths.me(slug)} variant="default">
      {label}
    </Button>
  )
  return (
    <Page
      title={t('title')}
      text={t('text')}
      actions={items.length > 0 ? toAccount(t('destination')) : undefined}
    >
      <ToReceive />
      <OwnTasks />
      {query.error && items.length === 0 ? (
        <ProblemState problem={query.error} onRetry={() => query.refetch()} />
      ) : query.isPending && memberId !== null ? (
        <LoadingState rows={3} height={96} />
      ) : items.length === 0 ? (
        <EmptyState icon={<IconPhone />} title={t('empty')} text={t('emptyText')}>
          {toAccount(t('emptyAction'))}
        </EmptyState>
      ) : (
        <SimpleGrid
          component="ul"
          aria-label={t('list')}
          cols={{ base: 1, md: 2 }}
          style={{ listStyle: 'none', padding: 0, margin: 0 }}
        >
          {items.map((number) => (
            <li key={number.numberId}>
              <NumberCard number={number} />
            </li>
          ))}
        </SimpleGrid>
      )}
    </Page>
  )
}

function NumberCard({ number }: { readonly number: Item<'listNumbers'> }) {
  const t = useMineWords()
  const f = useFormat()
  const { slug } = useSession()
  return (
    <Card withBorder h="100%">
      <Stack gap={6} align="flex-start">
        <Title order={2} size="h3">
          <ScreenLink to={paths.myNumber(slug, number.numberId)}>
            <Phone e164={number.e164} />
          </ScreenLink>
        </Title>
        {number.label !== null && <Text style={{ overflowWrap: 'anywhere' }}>{number.label}</Text>}
        <OpenCount numberId={number.numberId} />
        <Destination />
        <Text size="sm" c="dimmed">
          {t('since', { time: f.dateTime(number.heldSince) })}
        </Text>
        {number.waiting.map(({ moveId, kind, to, dueAt }) => (
          <Group key={moveId} gap={6} wrap="nowrap">
            <IconCalendarTime size={16} aria-hidden />
            <Text size="sm">
              {t(kind === 'return' ? 'returns' : 'moves', { name: to.name, time: f.dateTime(dueAt) })}
            </Text>
          </Group>
        ))}
      </Stack>
    </Card>
  )
}

const mostCounted = 99

/** How many on the other side wait for an answer. */
function OpenCount({ numberId }: { readonly numberId: string }) {
  const t = useMineWords()
  const open = useRead(
    'listConversations',
    { params: { numberId }, query: { open: 'true', limit: mostCounted } },
    { everyMs: 30_000 },
  )
  if (!open.data) return null
  const count = open.data.items.length
  if (open.data.nextCursor !== null)
    return <StatusBadge kind="wait">{t('openMany', { count: mostCounted })}</StatusBadge>
  if (count > 0) return <StatusBadge kind="wait">{t('open', { count })}</StatusBadge>
  return <StatusBadge kind="good">{t('openNone')}</StatusBadge>
}

/** Where calls of one's numbers ring; the same for all of them. */
export function Destination() {
  const t = useMineWords()
  const phone = usePhone()
  const { memberId } = useSession()
  const me = useRead(
    'readMember',
    { params: { memberId: memberId ?? '' } },
    { enabled: memberId !== null, staleMs: 60_000 },
  )
  if (!me.data) return null
  const { destination } = me.data
  return (
    <Group gap={6} wrap="nowrap" align="flex-start">
      <IconBellRinging size={16} aria-hidden style={{ flex: 'none', marginTop: 3 }} />
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {destination === null
          ? t('ringsNowhere')
          : t('rings', { destination: destination.startsWith('+') ? phone(destination) : destination })}
      </Text>
    </Group>
  )
}
