import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { useEffect, useMemo, useRef } from 'react'
import { usePages } from '../../../api/read.ts'
import { CopyText } from '../../../ui/copy-text.tsx'
import { useFormat } from '../../../ui/format.ts'
import { Phone, usePhone } from '../../../ui/phone.tsx'
import { EmptyState, LoadingState, ProblemState } from '../../../ui/states.tsx'
import { useRecordWords } from '../words.ts'
import classes from './inbox.module.css'
import { RecordBubble } from './record-bubble.tsx'
import { type Holder, type ThreadLine, threadOf } from './thread.ts'
import { type InboxPlace, WithheldPane } from './withheld.tsx'

export interface ThreadOf {
  readonly otherParty: string
  readonly otherName: string | null
  /** The record that was looked for, and until when its neighbours are shown; null for the newest ones. */
  readonly found: { readonly recordId: string; readonly upTo: string } | null
}

/** All that a number and somebody outside had with each other, the newest at the bottom. */
export function Thread({
  place,
  of,
  onNewest,
}: {
  readonly place: InboxPlace
  readonly of: ThreadOf
  readonly onNewest: (() => void) | null
}) {
  const { numberId, reading, holder } = place
  const { items, query } = usePages('listNumberRecords', {
    params: { numberId },
    query: { otherParty: of.otherParty, to: of.found?.upTo, reason: reading.reason },
  })
  const { timeZone } = useFormat()
  const lines = useMemo(
    () => threadOf(items, { timeZone, holderId: holder?.memberId ?? null }),
    [items, timeZone, holder?.memberId],
  )
  const { error } = query
  if (error?.code === 'record.reason_needed') return <WithheldPane place={place} withheld="reason_needed" />
  if (error?.code === 'record.not_granted') return <WithheldPane place={place} withheld="not_granted" />
  if (error && (items.length === 0 || error.status === 404 || error.status === 403))
    return <ProblemState problem={error} onRetry={() => query.refetch()} />
  const name = items.find(({ otherName }) => otherName !== null)?.otherName ?? of.otherName
  return (
    <Stack gap="xs">
      <ThreadHeading otherParty={of.otherParty} name={name} onNewest={onNewest} />
      {query.isPending ? (
        <LoadingState rows={6} height={40} />
      ) : (
        <Lines lines={lines} query={query} of={of} name={name} />
      )}
    </Stack>
  )
}

function ThreadHeading({
  otherParty,
  name,
  onNewest,
}: {
  readonly otherParty: string
  readonly name: string | null
  readonly onNewest: (() => void) | null
}) {
  const t = useRecordWords()
  return (
    <Group gap="sm">
      <Title order={2} size="h4" style={{ overflowWrap: 'anywhere' }}>
        {name ?? <Phone e164={otherParty} />}
      </Title>
      <Group gap={4}>
        {name !== null && (
          <Text>
            <Phone e164={otherParty} />
          </Text>
        )}
        <CopyText text={otherParty} label={t('thread.copy')} />
      </Group>
      {onNewest && (
        <Button size="compact-sm" variant="default" onClick={onNewest}>
          {t('thread.newest')}
        </Button>
      )}
    </Group>
  )
}

interface LinesProps {
  readonly lines: readonly ThreadLine[]
  readonly query: ReturnType<typeof usePages>['query']
  readonly of: ThreadOf
  readonly name: string | null
}

function Lines({ lines, query, of, name }: LinesProps) {
  const t = useRecordWords()
  const phone = usePhone()
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query
  const frame = useRef<HTMLElement>(null)
  const older = useRef<HTMLButtonElement>(null)
  const isReady = hasNextPage && !isFetchingNextPage && !isFetchNextPageError
  useOlderOnScroll({ frame, older, isReady, load: fetchNextPage })
  const foundId = of.found?.recordId
  useEffect(() => {
    if (foundId) centre(frame.current, frame.current?.querySelector('[data-found]') ?? null)
  }, [foundId])
  if (lines.length === 0 && !hasNextPage)
    return <EmptyState title={t('thread.empty')} text={t('thread.emptyText')} />
  return (
    <section
      ref={frame}
      className={classes['frame']}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no mouse scrolls it by keys (WCAG 2.1.1)
      tabIndex={0}
      aria-label={t('thread.all', { party: name ?? phone(of.otherParty) })}
    >
      <div className={classes['inner']}>
        {hasNextPage && (
          <Button
            ref={older}
            variant="subtle"
            loading={isFetchingNextPage}
            onClick={() => void fetchNextPage()}
          >
            {t('thread.older')}
          </Button>
        )}
        <ol className={classes['lines']}>
          {lines.map((line) => (
            <Line key={line.key} line={line} isFound={line.key === foundId} />
          ))}
        </ol>
      </div>
    </section>
  )
}

// Only inside the frame: the page around it stays where it is.
function centre(frame: Element | null, line: Element | null): void {
  if (!frame || !line) return
  const [outer, inner] = [frame.getBoundingClientRect(), line.getBoundingClientRect()]
  frame.scrollTop += inner.top + inner.height / 2 - (outer.top + outer.height / 2)
}

function Line({ line, isFound }: { readonly line: ThreadLine; readonly isFound: boolean }) {
  const f = useFormat()
  if (line.kind === 'record') return <RecordBubble record={line.record} isFound={isFound} />
  return (
    <li className={classes['between']}>
      {line.kind === 'day' ? (
        <span>{f.date(line.at)}</span>
      ) : (
        <HolderLine holder={line.holder} isFirst={line.isFirst} />
      )}
    </li>
  )
}

function HolderLine({ holder, isFirst }: { readonly holder: Holder; readonly isFirst: boolean }) {
  const t = useRecordWords()
  if (!holder) return <span>{t('holder.nobody')}</span>
  return <span>{t(isFirst ? 'holder.then' : 'holder.thenSince', { name: holder.name })}</span>
}

interface OlderOnScroll {
  readonly frame: { readonly current: HTMLElement | null }
  readonly older: { readonly current: HTMLElement | null }
  readonly isReady: boolean
  readonly load: () => Promise<unknown>
}

/** Loads what is older once its button comes into sight. */
function useOlderOnScroll({ frame, older, isReady, load }: OlderOnScroll): void {
  useEffect(() => {
    if (!isReady || !older.current) return
    const sight = new IntersectionObserver(
      (seen) => {
        if (seen.some(({ isIntersecting }) => isIntersecting)) void load()
      },
      { root: frame.current },
    )
    sight.observe(older.current)
    return () => sight.disconnect()
  }, [frame, older, isReady, load])
}
