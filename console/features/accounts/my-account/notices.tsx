import { Button, Group, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ApiProblem } from '../../../api/client.ts'
import { useApi } from '../../../api/company.tsx'
import { usePages } from '../../../api/read.ts'
import { refreshCompany } from '../../../api/refresh.ts'
import { useWrite } from '../../../api/write.ts'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../shell/session.tsx'
import { useCommonWords } from '../../../ui/common-words.ts'
import { useFormat } from '../../../ui/format.ts'
import { ScreenLink } from '../../../ui/link.tsx'
import { usePhone } from '../../../ui/phone.tsx'
import { EmptyState, LoadingState, ProblemState } from '../../../ui/states.tsx'
import { StatusBadge } from '../../../ui/status-badge.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { type Notice, wordsOf } from './notice-words.ts'
import { Section } from './section.tsx'
import { useMyAccountWords } from './words.ts'

const firstShown = 5

/** What one was told, newest first. */
export function Notices() {
  const t = useMyAccountWords()
  const common = useCommonWords()
  const { items, query } = usePages('listNotices', { query: {} }, { pageSize: firstShown })
  const hasNew = items.some(({ readAt }) => readAt === null)
  return (
    <Section title={t('notices')} actions={hasNew && <ReadAll />}>
      {query.error && items.length === 0 ? (
        <ProblemState problem={query.error} onRetry={() => query.refetch()} />
      ) : query.isPending ? (
        <LoadingState rows={3} />
      ) : items.length === 0 ? (
        <EmptyState title={t('notices.empty')} text={t('notices.emptyText')} />
      ) : (
        <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
          {items.map((notice) => (
            <NoticeLine
              key={notice.noticeId}
              notice={notice}
              isLatest={items.find(({ numberId }) => numberId === notice.numberId) === notice}
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
    </Section>
  )
}

function NoticeLine({ notice, isLatest }: { readonly notice: Notice; readonly isLatest: boolean }) {
  const t = useMyAccountWords()
  const f = useFormat()
  const phone = usePhone()
  const toast = useToast()
  const read = useWrite('readNotice')
  const { what, why } = wordsOf(notice)
  const isNew = notice.readAt === null
  const said = t(what, {
    number: notice.e164 === null ? t('notices.number') : phone(notice.e164),
    member: notice.memberName ?? t('notices.member'),
  })
  return (
    <Group component="li" justify="space-between" gap="sm" wrap="nowrap" align="flex-start">
      <div style={{ minWidth: 0 }}>
        <Group gap="xs">
          <NoticeText notice={notice} isLatest={isLatest}>
            {said}
          </NoticeText>
          {isNew && <StatusBadge kind="wait">{t('notices.new')}</StatusBadge>}
        </Group>
        <Text size="sm" c="dimmed">
          {why !== null && `${t(why, { code: notice.cause ?? '' })} · `}
          {f.dateTime(notice.at)}
        </Text>
      </div>
      {isNew && (
        <Button
          size="compact-sm"
          variant="default"
          style={{ flex: 'none' }}
          aria-label={t('notices.readOne', { notice: said })}
          loading={read.isPending}
          onClick={() => read.mutate({ params: { noticeId: notice.noticeId } }, { onError: toast.problem })}
        >
          {t('notices.read')}
        </Button>
      )}
    </Group>
  )
}

interface NoticeTextProps {
  readonly notice: Notice
  readonly isLatest: boolean
  readonly children: string
}

function NoticeText({
  notice: { numberId, taskId, handoverId, memberId, kind, readAt },
  isLatest,
  children,
}: NoticeTextProps) {
  const { slug, can } = useSession()
  const isOwn = isLatest && kind === 'number.came_to_you'
  const weight = readAt === null ? 600 : 400
  if (taskId !== null)
    return (
      <ScreenLink to={paths.task(slug, taskId)} fw={weight}>
        {children}
      </ScreenLink>
    )
  if (handoverId !== null)
    return (
      <ScreenLink to={paths.handover(slug, handoverId)} fw={weight}>
        {children}
      </ScreenLink>
    )
  if (memberId !== null && numberId === null)
    return (
      <ScreenLink to={paths.person(slug, memberId)} fw={weight}>
        {children}
      </ScreenLink>
    )
  // A number that left is no link for a member, who would find nothing there.
  if (numberId === null || (!isOwn && !can('requests:read')))
    return (
      <Text component="span" fw={weight}>
        {children}
      </Text>
    )
  return (
    <ScreenLink to={isOwn ? paths.myNumber(slug, numberId) : paths.number(slug, numberId)} fw={weight}>
      {children}
    </ScreenLink>
  )
}

/** Marks everything new as read, also what is not loaded yet. */
function ReadAll() {
  const t = useMyAccountWords()
  const api = useApi()
  const client = useQueryClient()
  const toast = useToast()
  const readAll = useMutation<void, ApiProblem>({
    mutationFn: async () => {
      for (;;) {
        const { items } = await api.call('listNotices', { query: { unread: 'true', limit: 50 } })
        for (const { noticeId } of items) await api.call('readNotice', { params: { noticeId } })
        if (items.length < 50) return
      }
    },
    onError: toast.problem,
    onSettled: () => refreshCompany(client, api.company),
  })
  return (
    <Button size="compact-sm" variant="default" loading={readAll.isPending} onClick={() => readAll.mutate()}>
      {t('notices.readAll')}
    </Button>
  )
}
