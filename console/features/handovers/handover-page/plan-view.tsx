import { Button, Group, Menu, SegmentedControl, Stack, Title } from '@mantine/core'
import { IconAdjustments } from '@tabler/icons-react'
import { useState } from 'react'
import { usePages } from '../../../api/read.ts'
import { useCommonWords } from '../../../ui/common-words.ts'
import { useFormat } from '../../../ui/format.ts'
import { MenuButton } from '../../../ui/menu-button.tsx'
import { useSearchState } from '../../../ui/search-state.ts'
import { LoadingState, ProblemState } from '../../../ui/states.tsx'
import { ListDownload } from '../../exports/parts/list-download.tsx'
import { useHandoverWords } from '../words.ts'
import { ChooseDialog } from './choose-dialog.tsx'
import classes from './plan.module.css'
import { PlanRow, useWayWords } from './plan-row.tsx'
import type { Handover, Plan, PlanItem } from './types.ts'

const views = ['blocked', 'warned', 'irreversible'] as const
const keyOf = ({ kind, holdingId }: PlanItem) => `${kind} ${holdingId}`

interface Choosing {
  readonly items: readonly PlanItem[]
  readonly ofKind: boolean
}

interface PlanViewProps {
  readonly handover: Handover
  readonly plan: Plan
}

/** What would be done, successor by successor, and what can be decided otherwise. */
export function PlanView({ handover, plan }: PlanViewProps) {
  const t = useHandoverWords()
  const [{ only }, set] = useSearchState({ only: 'all' })
  const view = views.find((one) => one === only)
  const { items, query } = usePages(
    'getPlan',
    { params: { handoverId: handover.handoverId }, query: { only: view } },
    { pageSize: 200, keepsPrevious: true },
  )
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [choosing, setChoosing] = useState<Choosing | null>(null)
  const mayChange = handover.actions.includes('change')
  const chosen = items.filter((item) => selected.has(keyOf(item)))
  return (
    <Stack gap="sm" component="section" aria-labelledby="plan-heading">
      <Group justify="space-between">
        <Title order={2} size="h3" id="plan-heading">
          {t('plan.title')}
        </Title>
        <ListDownload
          kind="exportHandoverPlan"
          params={{ handoverId: handover.handoverId }}
          query={view ? { only: view } : {}}
        />
      </Group>
      <Group justify="space-between">
        <ViewChoice
          plan={plan}
          view={view ?? 'all'}
          onView={(next) => set({ only: next }, { replace: true })}
        />
        {mayChange && <BulkTools items={items} chosen={chosen} onChoose={setChoosing} />}
      </Group>
      {query.isPending ? (
        <LoadingState rows={8} height={36} />
      ) : query.error && items.length === 0 ? (
        <ProblemState problem={query.error} onRetry={() => query.refetch()} />
      ) : (
        <Groups
          items={items}
          selected={selected}
          onSelect={mayChange ? setSelected : null}
          onChoose={mayChange ? (item) => setChoosing({ items: [item], ofKind: false }) : null}
        />
      )}
      <More query={query} />
      {choosing && (
        <ChooseDialog
          handover={handover}
          {...choosing}
          onClose={() => {
            setChoosing(null)
            setSelected(new Set())
          }}
        />
      )}
    </Stack>
  )
}

function More({ query }: { readonly query: ReturnType<typeof usePages>['query'] }) {
  const common = useCommonWords()
  if (!query.hasNextPage) return null
  return (
    <Button variant="subtle" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
      {common('showMore')}
    </Button>
  )
}

function ViewChoice({
  plan,
  view,
  onView,
}: {
  readonly plan: Plan
  readonly view: string
  readonly onView: (view: string) => void
}) {
  const t = useHandoverWords()
  const format = useFormat()
  const counts = {
    all: plan.total,
    blocked: plan.blocked,
    warned: plan.warned,
    irreversible: plan.irreversible,
  }
  const shown = (['all', ...views] as const).filter((one) => one === 'all' || one === view || counts[one] > 0)
  if (shown.length === 1) return <span />
  return (
    <div style={{ overflowX: 'auto' }}>
      <SegmentedControl
        aria-label={t('plan.view')}
        value={view}
        onChange={onView}
        data={shown.map((one) => ({
          value: one,
          label: t(`plan.view.${one}`, { number: format.number(counts[one]) }),
        }))}
      />
    </div>
  )
}

interface BulkToolsProps {
  readonly items: readonly PlanItem[]
  readonly chosen: readonly PlanItem[]
  readonly onChoose: (choosing: Choosing) => void
}

function BulkTools({ items, chosen, onChoose }: BulkToolsProps) {
  const t = useHandoverWords()
  const kinds = [...new Map(items.map((item) => [item.kind, item])).values()].filter(
    ({ ways }) => ways.length > 1 || ways[0] === 'pass_on',
  )
  return (
    <Group gap="xs">
      {chosen.length > 0 && (
        <Button onClick={() => onChoose({ items: chosen, ofKind: false })}>
          {t('plan.changeChosen', { count: chosen.length })}
        </Button>
      )}
      {kinds.length > 0 && (
        <MenuButton label={t('plan.changeKind')}>
          {kinds.map((item) => (
            <Menu.Item
              key={item.kind}
              leftSection={<IconAdjustments size={16} aria-hidden />}
              onClick={() => onChoose({ items: [item], ofKind: true })}
            >
              {t('choose.kind', { kind: t(`kind.${item.kind}`) })}
            </Menu.Item>
          ))}
        </MenuButton>
      )}
    </Group>
  )
}

interface GroupsProps {
  readonly items: readonly PlanItem[]
  readonly selected: ReadonlySet<string>
  readonly onSelect: ((selected: ReadonlySet<string>) => void) | null
  readonly onChoose: ((item: PlanItem) => void) | null
}

function Groups({ items, selected, onSelect, onChoose }: GroupsProps) {
  const t = useHandoverWords()
  const wayWords = useWayWords()
  const groups = new Map<string, PlanItem[]>()
  for (const item of items) {
    const key = `${item.way} ${item.to?.memberId ?? ''}`
    groups.set(key, [...(groups.get(key) ?? []), item])
  }
  function toggle(item: PlanItem, isOn: boolean) {
    const next = new Set(selected)
    if (isOn) next.add(keyOf(item))
    else next.delete(keyOf(item))
    onSelect?.(next)
  }
  return [...groups].map(([key, [first, ...rest]]) =>
    first ? (
      <section key={key} className={classes['group']} aria-label={wayWords(first)}>
        <div className={classes['head']}>
          <Title order={3} size="h5">
            {wayWords(first)}
          </Title>
          <span className={classes['detail']}>{t('plan.items', { count: rest.length + 1 })}</span>
        </div>
        <ul className={classes['list']}>
          {[first, ...rest].map((item) => (
            <li key={keyOf(item)}>
              <PlanRow
                item={item}
                isSelected={selected.has(keyOf(item))}
                onSelect={onSelect && ((isOn) => toggle(item, isOn))}
                onChoose={onChoose && (() => onChoose(item))}
              />
            </li>
          ))}
        </ul>
      </section>
    ) : null,
  )
}
