import { Anchor, Badge, Button, Card, Group, Stack, Text, Title } from '@mantine/core'
import { Fragment } from 'react'
import type { Item } from '../../api/client.ts'
import { usePages } from '../../api/read.ts'
import { useCommonWords } from '../../ui/common-words.ts'
import { CopyText } from '../../ui/copy-text.tsx'
import { useFormat } from '../../ui/format.ts'
import { Page } from '../../ui/page.tsx'
import { EmptyState, LoadingState, ProblemState } from '../../ui/states.tsx'
import { linksIn } from './links-in.ts'
import { useMessageWords } from './words.ts'

type Message = Item<'listOutbox'>

const everyMs = 5_000

/** What no sender took on a development machine, the newest first. */
export function Outbox() {
  const t = useMessageWords()
  const common = useCommonWords()
  const { items, query } = usePages('listOutbox', {}, { everyMs })
  return (
    <Page title={t('title')} text={t('text')}>
      {query.error && items.length === 0 ? (
        <ProblemState problem={query.error} onRetry={() => void query.refetch()} />
      ) : query.isPending ? (
        <LoadingState />
      ) : items.length === 0 ? (
        <EmptyState title={t('empty')} text={t('emptyText')} />
      ) : (
        <Stack role="list" aria-label={t('list')} maw={720}>
          {items.map((message) => (
            <MessageCard key={message.messageId} message={message} />
          ))}
        </Stack>
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
    </Page>
  )
}

function MessageCard({ message }: { readonly message: Message }) {
  const t = useMessageWords()
  const format = useFormat()
  const { channel, to, subject, text, language, createdAt } = message
  return (
    <Card withBorder padding="md" role="listitem">
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Group gap="xs">
          <Badge variant="outline" tt="none">
            {t(`channel.${channel}`)}
          </Badge>
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {t('to', { to })}
          </Text>
          <Text size="sm" c="dimmed" title={format.exact(createdAt)}>
            {format.relative(createdAt)}
          </Text>
        </Group>
        <CopyText text={text} label={t('copy')} />
      </Group>
      <Title order={2} size="h5" mt="xs" lang={language}>
        {subject}
      </Title>
      <Text lang={language} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {linksIn(text).map(({ at, text: part, isLink }) => (
          <Fragment key={at}>{isLink ? <Anchor href={part}>{part}</Anchor> : part}</Fragment>
        ))}
      </Text>
    </Card>
  )
}
