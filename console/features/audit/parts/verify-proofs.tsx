import { Button, Code, Group, List, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import type { Answer, Item } from '../../../api/client.ts'
import { usePages } from '../../../api/read.ts'
import { useCommonWords } from '../../../ui/common-words.ts'
import { CopyText } from '../../../ui/copy-text.tsx'
import { useFormat } from '../../../ui/format.ts'
import { LoadingState, ProblemAlert } from '../../../ui/states.tsx'
import { useVerifyWords } from './verify-words.ts'

export type Report = Answer<'verifyAudit'>

/** Keys and checkpoints, for who checks the ledger elsewhere. */
export function LedgerProofs({ report }: { readonly report: Report | undefined }) {
  const t = useVerifyWords()
  const [isOpen, setIsOpen] = useState(false)
  return (
    <details onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary style={{ paddingBlock: 4 }}>
        <Text span size="sm">
          {t('proofs')}
        </Text>
      </summary>
      {isOpen && (
        <Stack gap="md" mt="xs">
          <Text size="sm">{t('proofs.text')}</Text>
          {report && <Root report={report} />}
          {report && report.keys.length > 0 && <Keys keys={report.keys} />}
          <Checkpoints />
        </Stack>
      )}
    </details>
  )
}

function Root({ report: { root, size } }: { readonly report: Report }) {
  const t = useVerifyWords()
  const format = useFormat()
  return (
    <div>
      <Title order={3} size="h6">
        {t('root', { size: format.number(size) })}
      </Title>
      <Group gap="xs">
        <Code style={{ overflowWrap: 'anywhere' }}>{root}</Code>
        <CopyText text={root} label={t('root.copy')} />
      </Group>
    </div>
  )
}

function Keys({ keys }: Pick<Report, 'keys'>) {
  const t = useVerifyWords()
  const format = useFormat()
  return (
    <div>
      <Title order={3} size="h6">
        {t('keys')}
      </Title>
      <List size="sm" listStyleType="none">
        {keys.map(({ keyName, publicKey, retiredAt }) => (
          <List.Item key={keyName}>
            <Group gap="xs">
              <Code style={{ overflowWrap: 'anywhere' }}>{keyName}</Code>
              <Text size="sm">
                {retiredAt === null ? t('key.inUse') : t('key.retired', { time: format.dateTime(retiredAt) })}
              </Text>
              <CopyText text={publicKey} label={t('key.copy', { key: keyName })} />
            </Group>
          </List.Item>
        ))}
      </List>
    </div>
  )
}

const pageSize = 10

function Checkpoints() {
  const t = useVerifyWords()
  const common = useCommonWords()
  const { items, query } = usePages('listCheckpoints', { query: {} }, { pageSize })
  return (
    <div>
      <Title order={3} size="h6">
        {t('checkpoints')}
      </Title>
      {query.isPending ? (
        <LoadingState rows={3} />
      ) : items.length === 0 && !query.error ? (
        <Text size="sm">{t('checkpoints.none')}</Text>
      ) : (
        <List size="sm" listStyleType="none">
          {items.map((checkpoint) => (
            <List.Item key={checkpoint.size}>
              <CheckpointLine checkpoint={checkpoint} />
            </List.Item>
          ))}
        </List>
      )}
      <ProblemAlert problem={query.error} />
      {query.hasNextPage && (
        <Button
          mt="xs"
          size="xs"
          variant="default"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {common('showMore')}
        </Button>
      )}
    </div>
  )
}

function CheckpointLine({ checkpoint }: { readonly checkpoint: Item<'listCheckpoints'> }) {
  const t = useVerifyWords()
  const format = useFormat()
  const size = format.number(checkpoint.size)
  return (
    <Group gap="xs">
      <Text size="sm">{t('checkpoint', { size, time: format.dateTime(checkpoint.sealedAt) })}</Text>
      <Button
        variant="subtle"
        size="compact-sm"
        aria-label={t('checkpoint.saveLabel', { size })}
        onClick={() => saveText(checkpoint.note, `checkpoint-${checkpoint.size}.txt`)}
      >
        {t('checkpoint.save')}
      </Button>
    </Group>
  )
}

function saveText(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser needs the address until it has begun to save.
  window.setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
