import { Button, SegmentedControl, Stack } from '@mantine/core'
import { useEffect } from 'react'
import type { Item } from '../../api/client.ts'
import { usePages, useRead } from '../../api/read.ts'
import { useSession } from '../../shell/session.tsx'
import { useCommonWords } from '../../ui/common-words.ts'
import { Page } from '../../ui/page.tsx'
import { useSearchState } from '../../ui/search-state.ts'
import { EmptyState, LoadingState, ProblemState } from '../../ui/states.tsx'
import { ListDownload } from '../exports/parts/list-download.tsx'
import { RequestCard } from './request-card.tsx'
import { useRequestWords } from './words.ts'

type Request = Item<'listRequests'>

const states = ['open', 'approved', 'rejected', 'withdrawn'] as const

/** What waits for a second person, and what became of earlier requests. */
export function Requests() {
  const t = useRequestWords()
  const [search, set] = useSearchState({ state: 'open', request: '' })
  const state = states.find((one) => one === search.state) ?? 'open'
  const { items, query } = usePages('listRequests', { query: { state } })
  const found = useStateOf(search.request)
  useEffect(() => {
    if (found && found !== state) set({ state: found }, { replace: true })
  }, [found, state, set])
  return (
    <Page
      title={t('title')}
      text={t('text')}
      actions={<ListDownload kind="exportRequests" query={{ state }} />}
    >
      <div style={{ overflowX: 'auto' }}>
        <SegmentedControl
          aria-label={t('filter')}
          value={state}
          onChange={(value) => set({ state: value, request: '' })}
          data={states.map((one) => ({ value: one, label: t(`state.${one}`) }))}
        />
      </div>
      {query.error && items.length === 0 ? (
        <ProblemState problem={query.error} onRetry={() => void query.refetch()} />
      ) : query.isPending ? (
        <LoadingState rows={4} height={80} />
      ) : (
        <Cards items={items} state={state} pointedAt={search.request} />
      )}
      {query.hasNextPage && (
        <More isBusy={query.isFetchingNextPage} onMore={() => void query.fetchNextPage()} />
      )}
    </Page>
  )
}

// A link names the request, not the state that it has come to since.
function useStateOf(requestId: string): Request['state'] | undefined {
  const newest = useRead('listRequests', { query: { limit: 200 } }, { enabled: requestId !== '' })
  return newest.data?.items.find((request) => request.requestId === requestId)?.state
}

function More({ isBusy, onMore }: { readonly isBusy: boolean; readonly onMore: () => void }) {
  const common = useCommonWords()
  return (
    <Button variant="default" loading={isBusy} onClick={onMore}>
      {common('showMore')}
    </Button>
  )
}

function Cards({
  items,
  state,
  pointedAt,
}: {
  readonly items: readonly Request[]
  readonly state: (typeof states)[number]
  readonly pointedAt: string
}) {
  const t = useRequestWords()
  const { can } = useSession()
  if (items.length === 0)
    return (
      <EmptyState
        title={t(state === 'open' ? 'empty.open' : 'empty.other')}
        text={state === 'open' ? t('empty.text') : ''}
      />
    )
  return (
    <Stack component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
      {items.map((request) => (
        <li key={request.requestId}>
          <RequestCard
            request={request}
            isPointedAt={request.requestId === pointedAt}
            mayDecide={can('requests:decide')}
          />
        </li>
      ))}
    </Stack>
  )
}
