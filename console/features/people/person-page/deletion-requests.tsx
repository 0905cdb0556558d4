import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { useId } from 'react'
import type { Item } from '../../../api/client.ts'
import { usePages } from '../../../api/read.ts'
import { useWrite } from '../../../api/write.ts'
import { useCommonWords } from '../../../ui/common-words.ts'
import { useFormat } from '../../../ui/format.ts'
import { LoadingState, ProblemAlert } from '../../../ui/states.tsx'
import { StatusBadge } from '../../../ui/status-badge.tsx'
import { useToast } from '../../../ui/toast.tsx'
import { useActorName } from '../../numbers/parts/actor-name.ts'
import classes from './admin-can.module.css'
import { usePersonPageWords } from './page-words.ts'

type Asked = Item<'listDeletionRequests'>

const kinds = { open: 'wait', declined: 'off', withdrawn: 'off', done: 'good' } as const

/** How often somebody was asked to delete the own account, and what they answered; nothing for nobody asked. */
export function DeletionRequests({ memberId }: { readonly memberId: string }) {
  const t = usePersonPageWords()
  const common = useCommonWords()
  const heading = useId()
  const { items, query } = usePages('listDeletionRequests', { params: { memberId } }, { pageSize: 5 })
  if (query.isPending) return <LoadingState rows={1} />
  if (items.length === 0) return query.error && <ProblemAlert problem={query.error} />
  return (
    <Stack gap="xs" component="section" aria-labelledby={heading}>
      <Title order={2} size="h4" id={heading}>
        {t('asked.title')}
      </Title>
      <ul className={classes['ways']}>
        {items.map((asked) => (
          <Line key={asked.requestId} asked={asked} />
        ))}
      </ul>
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

function Line({ asked }: { readonly asked: Asked }) {
  const t = usePersonPageWords()
  const format = useFormat()
  const by = useActorName(asked.askedBy)
  const { state, reason, askedAt, endedAt } = asked
  return (
    <li>
      <div className={classes['words']}>
        <Group gap="xs">
          <Text size="sm">{t('asked.by', { time: format.dateTime(askedAt), by })}</Text>
          <StatusBadge kind={kinds[state]}>{t(`asked.${state}`)}</StatusBadge>
        </Group>
        {endedAt !== null && (
          <Text size="sm" c="dimmed">
            {t('asked.ended', { time: format.dateTime(endedAt) })}
          </Text>
        )}
        {reason !== null && (
          <Text size="sm" style={{ whiteSpace: 'pre-line' }}>
            {reason}
          </Text>
        )}
      </div>
      {state === 'open' && <Withdraw asked={asked} />}
    </li>
  )
}

function Withdraw({ asked: { memberId, requestId } }: { readonly asked: Asked }) {
  const t = usePersonPageWords()
  const toast = useToast()
  const withdraw = useWrite('withdrawDeletionRequest')
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={withdraw.isPending}
      onClick={() =>
        withdraw.mutate(
          { params: { memberId, requestId } },
          { onSuccess: () => toast.done(t('asked.withdrawn.done')), onError: toast.problem },
        )
      }
    >
      {t('asked.withdraw')}
    </Button>
  )
}
