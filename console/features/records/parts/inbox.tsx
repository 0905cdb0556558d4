import { Stack, Text } from '@mantine/core'
import { type ReactNode, useRef } from 'react'
import { useRead } from '../../../api/read.ts'
import { useElementWidth } from '../../../ui/element-width.ts'
import { bothFromPixels, SplitList } from '../../../ui/split-list.tsx'
import { ProblemState } from '../../../ui/states.tsx'
import type { Entry } from '../inbox/entries.ts'
import { EntryRow } from '../inbox/entry-row.tsx'
import { InboxDetail } from '../inbox/inbox-detail.tsx'
import { InboxEmpty } from '../inbox/inbox-empty.tsx'
import { InboxTools } from '../inbox/inbox-tools.tsx'
import { type Inbox, useInbox } from '../inbox/use-inbox.ts'
import { useNews } from '../inbox/use-news.ts'
import { type InboxPlace, ReasonBar, WithheldPane } from '../inbox/withheld.tsx'
import { useRecordWords } from '../words.ts'

function keyOf(entry: Entry) {
  return entry.key
}

function rowOf(entry: Entry) {
  return <EntryRow entry={entry} />
}

// Whoever may not read contents may not look for them either.
const refusals: ReadonlyMap<string, 'reason_needed' | 'not_granted'> = new Map([
  ['record.reason_needed', 'reason_needed'],
  ['record.not_granted', 'not_granted'],
])

/**
 * The calls, messages and voicemails of a number, as a mail inbox: who wrote, who waits for an answer, and all that was
 * said. What the reader may not read is withheld, and says what it takes.
 */
export function RecordsInbox({ numberId }: { readonly numberId: string }) {
  return <NumberInbox key={numberId} numberId={numberId} />
}

function NumberInbox({ numberId }: { readonly numberId: string }) {
  const inbox = useInbox(numberId)
  const number = useRead('getNumber', { params: { numberId } })
  useNews(numberId)
  const place = { numberId, holder: number.data?.holder ?? null, reading: inbox.reading }
  const { query, entries } = inbox
  const { error } = query
  // What was read before a refusal is not shown any longer: the number may be another's now.
  const isRefused = error !== null && error.status >= 400 && error.status < 500
  const withheld = refusals.get(error?.code ?? '') ?? null
  if (error && !withheld && (isRefused || entries.length === 0))
    return <ProblemState problem={error} onRetry={() => query.refetch()} />
  return (
    <ShownInbox inbox={inbox} place={place}>
      {withheld ? (
        <WithheldPane place={place} withheld={withheld} />
      ) : (
        <Entries inbox={inbox} place={place} />
      )}
    </ShownInbox>
  )
}

interface InboxProps {
  readonly inbox: Inbox
  readonly place: InboxPlace
}

function ShownInbox({ inbox, place, children }: InboxProps & { readonly children: ReactNode }) {
  const frame = useRef<HTMLDivElement>(null)
  // Where the conversation takes the place of the list, it takes that of the list's tools, too.
  const isWide = useElementWidth(frame) >= bothFromPixels
  return (
    <Stack gap="sm" ref={frame}>
      {(isWide || inbox.chosen.key === null) && <InboxTools inbox={inbox} numberId={place.numberId} />}
      <ReasonBar reading={place.reading} />
      {children}
    </Stack>
  )
}

function Entries({ inbox, place }: InboxProps) {
  const t = useRecordWords()
  const { entries, query, chosen, withheld, setView } = inbox
  return (
    <SplitList
      label={t('inbox.label')}
      items={entries}
      itemKey={keyOf}
      renderItem={rowOf}
      chosen={chosen.key}
      onChoose={(key) => setView({ with: key ?? '' })}
      detailLabel={t('inbox.thread')}
      detail={<InboxDetail inbox={inbox} place={place} />}
      hint={
        withheld ? (
          <WithheldPane place={place} withheld={withheld} />
        ) : (
          <Text c="dimmed">{t('inbox.hint')}</Text>
        )
      }
      empty={<InboxEmpty inbox={inbox} />}
      isLoading={query.isPending || (entries.length === 0 && query.hasNextPage)}
      hasMore={query.hasNextPage}
      isFetchingMore={query.isFetchingNextPage}
      onMore={() => void query.fetchNextPage()}
    />
  )
}
