import { Button, Stack, Table, Text } from '@mantine/core'
import { IconDevices } from '@tabler/icons-react'
import type { Item } from '../../../api/client.ts'
import { usePages } from '../../../api/read.ts'
import { useCommonWords } from '../../../ui/common-words.ts'
import { useFormat } from '../../../ui/format.ts'
import { EmptyState, LoadingState, ProblemAlert, ProblemState } from '../../../ui/states.tsx'
import { TableScroller } from '../../../ui/table-scroller.tsx'
import { deviceOf } from '../../accounts/parts/device.ts'
import type { MemberDetail } from './member-detail.ts'
import { usePersonPageWords } from './page-words.ts'

type Session = Item<'listMemberSessions'>

/** Where a person is signed in, to look at only: the account is their own (ACC-1). */
export function SessionsTab({ member: { memberId, name, account } }: { readonly member: MemberDetail }) {
  const t = usePersonPageWords()
  const common = useCommonWords()
  const { items, query } = usePages('listMemberSessions', { params: { memberId } }, { pageSize: 20 })
  if (query.isPending) return <LoadingState rows={4} />
  if (query.error && items.length === 0)
    return <ProblemState problem={query.error} onRetry={() => query.refetch()} />
  if (items.length === 0)
    return (
      <EmptyState
        icon={<IconDevices />}
        title={t('sessions.empty', { name })}
        text={account === 'none' ? t('sessions.emptyNone', { name }) : t('sessions.emptyJoined')}
      />
    )
  return (
    <Stack>
      <Text maw={720}>{t('sessions.text', { name })}</Text>
      <SessionTable sessions={items} />
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

function SessionTable({ sessions }: { readonly sessions: readonly Session[] }) {
  const t = usePersonPageWords()
  const format = useFormat()
  const deviceName = useDeviceName()
  return (
    <TableScroller minWidth={360} label={t('sessions.table')}>
      <Table aria-label={t('sessions.table')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('sessions.device')}</Table.Th>
            <Table.Th scope="col">{t('sessions.opened')}</Table.Th>
            <Table.Th scope="col">{t('sessions.used')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sessions.map(({ device, createdAt, lastUsedAt }) => (
            <Table.Tr key={createdAt}>
              <Table.Td>{deviceName(device)}</Table.Td>
              <Table.Td>{format.dateTime(createdAt)}</Table.Td>
              <Table.Td>{format.relative(lastUsedAt)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </TableScroller>
  )
}

function useDeviceName(): (device: string | null) => string {
  const t = usePersonPageWords()
  return (device) => {
    const { browser, system, other } = deviceOf(device)
    if (browser !== null && system !== null) return t('sessions.on', { browser, system })
    return browser ?? system ?? other ?? t('sessions.unknown')
  }
}
