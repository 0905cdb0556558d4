import { Button, Card, NativeSelect, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { usePages } from '../../api/read.ts'
import { useCommonWords } from '../../ui/common-words.ts'
import { useFormat } from '../../ui/format.ts'
import { EmptyState, LoadingState, ProblemState } from '../../ui/states.tsx'
import { useDeviceName } from './parts/device-name.ts'
import { AccountFrame } from './security/frame.tsx'
import { useSecurityWords } from './security/words.ts'
import { type Group, groups, isIn, type SecurityEvent } from './security-log/groups.ts'
import { useSentence } from './security-log/sentence.ts'
import { useSecurityLogWords } from './security-log/words.ts'

/** What happened to the own account, the newest first. */
export function SecurityLog() {
  const t = useSecurityLogWords()
  const security = useSecurityWords()
  const [group, setGroup] = useState<Group>('all')
  return (
    <AccountFrame title={security('log')} text={t('text')} under={[security('center'), security('log')]}>
      <Stack>
        <NativeSelect
          label={t('show')}
          size="md"
          maw={320}
          value={group}
          onChange={({ currentTarget }) =>
            setGroup(groups.find((one) => one === currentTarget.value) ?? 'all')
          }
          data={groups.map((one) => ({ value: one, label: t(`show.${one}`) }))}
        />
        <Events group={group} />
      </Stack>
    </AccountFrame>
  )
}

function Events({ group }: { readonly group: Group }) {
  const t = useSecurityLogWords()
  const common = useCommonWords()
  const { items, query } = usePages('listSecurityLog', { query: {} }, { pageSize: 50 })
  const shown = items.filter((event) => isIn(group, event))
  if (query.error && items.length === 0)
    return <ProblemState problem={query.error} onRetry={() => query.refetch()} />
  if (query.isPending) return <LoadingState rows={6} />
  return (
    <>
      {shown.length === 0 ? (
        <EmptyState title={t('empty')} text={t(query.hasNextPage ? 'empty.more' : 'empty.text')} />
      ) : (
        <Card withBorder>
          <Stack component="ol" gap="md" m={0} p={0} style={{ listStyle: 'none' }}>
            {shown.map((event) => (
              <EventLine key={event.eventId} event={event} />
            ))}
          </Stack>
        </Card>
      )}
      {query.hasNextPage && (
        <Button
          variant="default"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {common('showMore')}
        </Button>
      )}
    </>
  )
}

function EventLine({ event }: { readonly event: SecurityEvent }) {
  const t = useSecurityLogWords()
  const f = useFormat()
  const sentence = useSentence()
  const nameOf = useDeviceName()
  const { happenedAt, device, network } = event
  return (
    <li>
      <Text style={{ overflowWrap: 'anywhere' }}>{sentence(event)}</Text>
      <Text size="sm" c="dimmed">
        {f.dateTime(happenedAt)}
        {device !== null && ` · ${nameOf(device)}`}
        {network !== null && ` · ${t('network', { network })}`}
      </Text>
    </li>
  )
}
