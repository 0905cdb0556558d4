import { Button, Group, Stack, Text } from '@mantine/core'
import { IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react'
import { useState } from 'react'
import type { Item } from '../../../api/client.ts'
import { usePages } from '../../../api/read.ts'
import { useWrite } from '../../../api/write.ts'
import { useCommonWords } from '../../../ui/common-words.ts'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { useFormat } from '../../../ui/format.ts'
import { LoadingState, ProblemState } from '../../../ui/states.tsx'
import { StatusBadge } from '../../../ui/status-badge.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { Section } from '../my-account/section.tsx'
import { useDeviceName } from '../parts/device-name.ts'
import { useSecurityWords } from './words.ts'

type Session = Item<'listSessions'>

/** Where one is signed in, and how to end it there. */
export function Sessions() {
  const t = useSecurityWords()
  const common = useCommonWords()
  const { items, query } = usePages('listSessions', {}, { pageSize: 20 })
  const hasOthers = items.some(({ current }) => !current)
  const toast = useToast()
  const nameOf = useDeviceName()
  // Kept here: the line of a session goes with it, and what is to be said afterwards would go as well.
  const end = useWrite('endOneSession')
  function endOne({ sessionId, device }: Session) {
    end.mutate(
      { params: { sessionId } },
      {
        onSuccess: () => toast.done(t('sessions.ended', { device: nameOf(device) })),
        onError: toast.problem,
      },
    )
  }
  return (
    <Section title={t('sessions')} text={t('sessions.text')} actions={<EndOthers isOffered={hasOthers} />}>
      {query.error && items.length === 0 ? (
        <ProblemState problem={query.error} onRetry={() => query.refetch()} />
      ) : query.isPending ? (
        <LoadingState rows={3} />
      ) : (
        <Stack component="ul" gap="md" m={0} p={0} style={{ listStyle: 'none' }}>
          {items.map((session) => (
            <SessionLine
              key={session.sessionId}
              session={session}
              isEnding={end.isPending && end.variables.params.sessionId === session.sessionId}
              onEnd={() => endOne(session)}
            />
          ))}
        </Stack>
      )}
      {query.hasNextPage && (
        <Button
          variant="subtle"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {common('showMore')}
        </Button>
      )}
      {query.isSuccess && !hasOthers && <Text>{t('sessions.only')}</Text>}
    </Section>
  )
}

interface SessionLineProps {
  readonly session: Session
  readonly isEnding: boolean
  readonly onEnd: () => void
}

function SessionLine({ session, isEnding, onEnd }: SessionLineProps) {
  const t = useSecurityWords()
  const f = useFormat()
  const device = useDeviceName()(session.device)
  const Icon = /Mobile|Android|iPhone/.test(session.device ?? '') ? IconDeviceMobile : IconDeviceDesktop
  return (
    <Group component="li" justify="space-between" gap="sm" wrap="nowrap" align="flex-start">
      <Group gap="sm" wrap="nowrap" align="flex-start" style={{ minWidth: 0 }}>
        <Icon aria-hidden style={{ flex: 'none' }} />
        <div style={{ minWidth: 0 }}>
          <Group gap="xs">
            <Text
              component="span"
              fw={500}
              title={session.device ?? undefined}
              style={{ overflowWrap: 'anywhere' }}
            >
              {device}
            </Text>
            {session.current && <StatusBadge kind="good">{t('sessions.current')}</StatusBadge>}
          </Group>
          <Text size="sm" c="dimmed">
            {t('sessions.opened', { time: f.dateTime(session.createdAt) })}
            {session.network !== null && ` · ${t('sessions.network', { network: session.network })}`}
          </Text>
          {!session.current && (
            <Text size="sm" c="dimmed">
              {t('sessions.used', { time: f.relative(session.lastUsedAt) })}
            </Text>
          )}
        </div>
      </Group>
      {!session.current && (
        <Button
          variant="default"
          style={{ flex: 'none' }}
          aria-label={t('sessions.endOne', { device, time: f.dateTime(session.createdAt) })}
          loading={isEnding}
          onClick={onEnd}
        >
          {t('sessions.end')}
        </Button>
      )}
    </Group>
  )
}

function EndOthers({ isOffered }: { readonly isOffered: boolean }) {
  const t = useSecurityWords()
  const toast = useToast()
  const [isAsking, setAsking] = useState(false)
  const end = useWrite('endOtherSessions')
  return (
    <>
      {isOffered && (
        <Button variant="default" onClick={() => setAsking(true)}>
          {t('sessions.endOthers')}
        </Button>
      )}
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('sessions.endOthersTitle')}
        action={t('sessions.endOthersDo')}
        isBusy={end.isPending}
        problem={end.error}
        onConfirm={() =>
          end.mutate(
            {},
            {
              onSuccess: ({ endedSessions }) => {
                setAsking(false)
                toast.done(t('sessions.endedOthers', { count: endedSessions }))
              },
            },
          )
        }
      >
        {t('sessions.endOthersText')}
      </ConfirmDialog>
    </>
  )
}
