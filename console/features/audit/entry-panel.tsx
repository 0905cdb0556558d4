import { Button, Code, Drawer, Group, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { useRead } from '../../api/read.ts'
import { useCommonWords } from '../../ui/common-words.ts'
import { CopyText } from '../../ui/copy-text.tsx'
import { EmptyState, LoadingState, ProblemState } from '../../ui/states.tsx'
import { EntryFacts } from './entry-facts.tsx'
import { useEntryWords } from './entry-words.ts'
import { aboutOf, type Entry } from './facts.ts'
import { momentAfter, noFilter } from './ledger-filter.ts'
import type { FilterProps } from './ledger-filters.tsx'
import type { LedgerRead } from './ledger-table.tsx'
import { useActionName } from './parts/action-name.ts'

type PanelProps = FilterProps & { readonly list: LedgerRead }

/** One decision in full; its address can be sent to others. */
export function EntryPanel({ list, shown, onChange }: PanelProps) {
  const t = useEntryWords()
  const common = useCommonWords()
  const actionName = useActionName()
  const { entry, query } = useEntry(useLast(shown.entry), list)
  return (
    <Drawer
      opened={shown.entry !== ''}
      onClose={() => onChange({ entry: '' }, { replace: true })}
      position="right"
      size="lg"
      title={
        <Title order={2} size="h4" component="span">
          {entry ? actionName(entry.action) : t('entry')}
        </Title>
      }
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      {entry ? (
        <Stack gap="lg">
          <EntryFacts entry={entry} />
          <Narrow entry={entry} onChange={onChange} />
          <Raw entry={entry} />
        </Stack>
      ) : query.error ? (
        <ProblemState problem={query.error} onRetry={() => void query.refetch()} />
      ) : query.isFetching || list.query.isPending ? (
        <LoadingState rows={8} />
      ) : (
        <EmptyState title={t('gone.title')} text={t('gone.text')} />
      )}
    </Drawer>
  )
}

// What is closing still shows its entry while it slides away.
function useLast(entryId: string): string {
  const [last, setLast] = useState(entryId)
  if (entryId !== '' && entryId !== last) setLast(entryId)
  return entryId || last
}

// An entry that is not in the list, as when a link was followed, is looked for around its time.
function useEntry(entryId: string, { items, query: list }: LedgerRead) {
  const listed = items.find(({ id }) => id === entryId)
  const to = momentAfter(entryId)
  const query = useRead(
    'listAudit',
    { query: { limit: 200, ...(to && { to }) } },
    { enabled: to !== null && !listed && !list.isPending, staleMs: 60_000 },
  )
  return { entry: listed ?? query.data?.items.find(({ id }) => id === entryId), query }
}

function Narrow({ entry, onChange }: Pick<FilterProps, 'onChange'> & { readonly entry: Entry }) {
  const t = useEntryWords()
  const { subjectKind, subjectId, actor } = entry
  const about = aboutOf(entry)
  const subject = about.id === subjectId ? about : { kind: subjectKind, id: subjectId }
  return (
    <Group gap="xs">
      <Button
        variant="default"
        size="sm"
        onClick={() => onChange({ ...noFilter, kind: subject.kind, subject: subject.id, entry: '' })}
      >
        {t('onlyAbout')}
      </Button>
      {actor.id !== null && actor.kind !== 'system' && (
        <Button
          variant="default"
          size="sm"
          onClick={() => onChange({ ...noFilter, actor: actor.id ?? '', entry: '' })}
        >
          {t('onlyBy')}
        </Button>
      )}
    </Group>
  )
}

/** The entry as the ledger has it, one step further in. */
function Raw({ entry }: { readonly entry: Entry }) {
  const t = useEntryWords()
  const { id, seq, at, action, actor, subjectKind, subjectId, effect } = entry
  const text = JSON.stringify({ id, seq, at, action, actor, subjectKind, subjectId, effect }, null, 2)
  return (
    <details>
      <summary style={{ paddingBlock: 4 }}>
        <Text span size="sm">
          {t('raw')}
        </Text>
      </summary>
      <Group justify="flex-end">
        <CopyText text={text} label={t('raw.copy')} />
      </Group>
      <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {text}
      </Code>
    </details>
  )
}
