import { Button, Group, SegmentedControl, Stack, Title } from '@mantine/core'
import { useState } from 'react'
import { usePages } from '../../../api/read.ts'
import { useCommonWords } from '../../../ui/common-words.ts'
import { useSearchState } from '../../../ui/search-state.ts'
import { EmptyState, LoadingState, ProblemState } from '../../../ui/states.tsx'
import { ListDownload } from '../../exports/parts/list-download.tsx'
import { useHandoverWords } from '../words.ts'
import { HandDialog, SkipDialog } from './item-dialogs.tsx'
import classes from './plan.module.css'
import { RunRow } from './run-row.tsx'
import type { Handover, ItemAct, RunItem } from './types.ts'

const states = ['failed', 'waiting', 'handed', 'observed', 'skipped', 'planned', 'undone'] as const
const liveMs = 1_500

/** What became of each item, in the order of the run, and what somebody can do about it. */
export function RunItems({ handover }: { readonly handover: Handover }) {
  const t = useHandoverWords()
  const common = useCommonWords()
  const [{ items: wanted }, set] = useSearchState({ items: 'all' })
  const [open, setOpen] = useState<ItemAct | null>(null)
  const state = states.find((one) => one === wanted)
  const isLive = handover.state === 'running' || handover.state === 'undoing'
  const { items, query } = usePages(
    'listHandoverItems',
    { params: { handoverId: handover.handoverId }, query: { state } },
    { pageSize: 200, keepsPrevious: true, everyMs: isLive ? liveMs : false },
  )
  return (
    <Stack gap="sm" component="section" aria-labelledby="items-heading">
      <Group justify="space-between">
        <Title order={2} size="h3" id="items-heading">
          {t('items.title')}
        </Title>
        <ListDownload
          kind="exportHandoverItems"
          params={{ handoverId: handover.handoverId }}
          query={state ? { state } : {}}
        />
      </Group>
      <StateChoice handover={handover} state={state} onState={(items) => set({ items }, { replace: true })} />
      {query.isPending ? (
        <LoadingState rows={8} height={36} />
      ) : query.error && items.length === 0 ? (
        <ProblemState problem={query.error} onRetry={() => query.refetch()} />
      ) : items.length === 0 ? (
        <EmptyState title={t('items.none')} />
      ) : (
        <Timeline items={items} handover={handover} onAct={setOpen} />
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
      {open?.act === 'skip' && (
        <SkipDialog handover={handover} item={open.item} onClose={() => setOpen(null)} />
      )}
      {open?.act === 'hand' && (
        <HandDialog handover={handover} item={open.item} onClose={() => setOpen(null)} />
      )}
    </Stack>
  )
}

function StateChoice({
  handover,
  state,
  onState,
}: {
  readonly handover: Handover
  readonly state: (typeof states)[number] | undefined
  readonly onState: (state: string) => void
}) {
  const t = useHandoverWords()
  const { coverage } = handover
  const count = (one: (typeof states)[number]) => coverage[one === 'failed' ? 'needsYou' : one]
  const shown = states.filter((one) => one === state || count(one) > 0)
  if (shown.length < 2 && state === undefined) return null
  return (
    <div style={{ overflowX: 'auto' }}>
      <SegmentedControl
        aria-label={t('items.filter')}
        value={state ?? 'all'}
        onChange={onState}
        data={[
          { value: 'all', label: t('items.all') },
          ...shown.map((one) => ({ value: one, label: t(`item.${one}`) })),
        ]}
      />
    </div>
  )
}

interface TimelineProps {
  readonly items: readonly RunItem[]
  readonly handover: Handover
  readonly onAct: (act: ItemAct) => void
}

function Timeline({ items, handover, onAct }: TimelineProps) {
  const t = useHandoverWords()
  const phases = [...new Set(items.map(({ phase }) => phase))]
  return (
    <Stack gap="sm" component="ol" m={0} p={0} style={{ listStyle: 'none' }}>
      {phases.map((phase) => (
        <li key={phase} className={classes['group']}>
          <div className={classes['head']}>
            <Title order={3} size="h5">
              {t(`phase.${phase}`)}
            </Title>
          </div>
          <ol className={classes['list']}>
            {items
              .filter((item) => item.phase === phase)
              .map((item) => (
                <li key={item.itemId}>
                  <RunRow item={item} handover={handover} onAct={onAct} />
                </li>
              ))}
          </ol>
        </li>
      ))}
    </Stack>
  )
}
