import { Button, Code, List, Stack, Text, Timeline } from '@mantine/core'
import type { PhoneNumber } from '../../../../src/features/numbers/model.ts'
import { usePages, useRead } from '../../../api/read.ts'
import { useCommonWords } from '../../../ui/common-words.ts'
import { useFormat } from '../../../ui/format.ts'
import { EmptyState, LoadingState, ProblemState } from '../../../ui/states.tsx'
import { useActionName } from '../../audit/parts/action-name.ts'
import { VerifyPanel } from '../../audit/parts/verify-panel.tsx'
import { holderNames } from './custody.ts'
import { type Entry, historyOf, sentenceOf } from './entry-words.ts'
import { useNumberPageWords } from './page-words.ts'

/** Every decision about the number: what, who, why, and its place in the sealed ledger (ALL-2). */
export function AuditTab({ number }: { readonly number: PhoneNumber }) {
  const t = useNumberPageWords()
  const common = useCommonWords()
  const { items, query } = usePages('listAudit', { query: { subjectId: number.numberId } })
  const custody = useRead('getCustody', { params: { numberId: number.numberId }, query: {} })
  const byId = holderNames(custody.data?.items ?? [])
  if (query.isPending) return <LoadingState rows={6} />
  if (query.error && items.length === 0)
    return <ProblemState problem={query.error} onRetry={() => query.refetch()} />
  return (
    <Stack gap="lg">
      <VerifyPanel />
      {items.length === 0 ? (
        <EmptyState title={t('audit.empty')} text={t('audit.empty.text')} />
      ) : (
        <Timeline bulletSize={14} lineWidth={2} active={-1}>
          {items.map((entry) => (
            <Timeline.Item key={entry.id}>
              <EntryText entry={entry} byId={byId} />
            </Timeline.Item>
          ))}
        </Timeline>
      )}
      {query.hasNextPage && (
        <div>
          <Button
            variant="default"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {common('showMore')}
          </Button>
        </div>
      )}
    </Stack>
  )
}

function EntryText({ entry, byId }: { readonly entry: Entry; readonly byId: ReadonlyMap<string, string> }) {
  const t = useNumberPageWords()
  const format = useFormat()
  const { word, values } = sentenceOf(entry, {
    nobody: t('entry.nobody'),
    somebody: t('entry.somebody'),
    byId,
  })
  const actionName = useActionName()
  const history = historyOf(entry)
  return (
    <>
      <Text fw={600}>{t(word, { ...values, action: actionName(entry.action) })}</Text>
      <Text size="sm">{t('entry.by', { by: useActor(entry), time: format.exact(entry.at) })}</Text>
      {entry.reason && <Text size="sm">{t('entry.reason', { reason: entry.reason })}</Text>}
      {history && <Text size="sm">{t(history)}</Text>}
      {entry.effect['overrode'] === true && <Text size="sm">{t('entry.overrode')}</Text>}
      {entry.detailsErased && <Text size="sm">{t('entry.detailsErased')}</Text>}
      <Text size="xs" c="dimmed">
        {entry.seq === null ? t('entry.sealing') : t('entry.place', { seq: format.number(entry.seq) })}
      </Text>
      <Raw entry={entry} />
    </>
  )
}

function useActor({ actor, actorName }: Entry): string {
  const t = useNumberPageWords()
  const name = actorName ?? actor.id ?? ''
  if (actor.kind === 'system') return t('entry.system')
  if (actor.kind === 'token') return t('entry.token', { name })
  if (actor.kind === 'operator') return t('entry.operator', { name })
  return name
}

/** The effect as the ledger has it: ids and states. */
function Raw({ entry }: { readonly entry: Entry }) {
  const t = useNumberPageWords()
  return (
    <details>
      <summary>
        <Text span size="xs">
          {t('entry.raw')}
        </Text>
      </summary>
      <List size="xs" listStyleType="none">
        <List.Item>
          <Code>{entry.action}</Code>
        </List.Item>
        {Object.entries(entry.effect).map(([key, value]) => (
          <List.Item key={key} style={{ overflowWrap: 'anywhere' }}>
            {key}: <Code>{JSON.stringify(value)}</Code>
          </List.Item>
        ))}
      </List>
    </details>
  )
}
