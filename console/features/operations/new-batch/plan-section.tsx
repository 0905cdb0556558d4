import { Alert, Button, Group, List, Stack, Text, Title } from '@mantine/core'
import { IconPlayerPlay, IconUsers } from '@tabler/icons-react'
import { useEffect, useMemo, useRef } from 'react'
import type { BatchPlan, PlannedMove } from '../../../../src/features/numbers/model/batches.ts'
import { useFormat } from '../../../ui/format.ts'
import { usePhone } from '../../../ui/phone.tsx'
import { PlanDiff } from '../../../ui/plan-diff/plan-diff.tsx'
import { useRefusalWords } from '../parts/refusal-words.ts'
import { remembered } from '../parts/remembered.ts'
import { useBatchWords } from '../words.ts'
import type { CheckedPlan, Draft } from './draft.ts'
import type { DraftLine } from './lines.ts'
import { groupsOf, type PlanChange } from './plan.ts'
import { ProblemLines } from './problem-lines.tsx'

interface PlanSectionProps {
  readonly checked: CheckedPlan
  readonly draft: Draft
  readonly changes: readonly PlanChange[]
  readonly isStarting: boolean
  readonly onLines: (lines: readonly DraftLine[]) => void
  readonly onStart: () => void
}

/** What the batch would do, what is in its way, and its start. */
export function PlanSection({ checked, draft, changes, isStarting, onLines, onStart }: PlanSectionProps) {
  const t = useBatchWords()
  const { plan, problems } = checked
  const heading = useRef<HTMLHeadingElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new plan begins at its heading
  useEffect(() => heading.current?.focus(), [checked])
  return (
    <Stack gap="md" component="section" aria-labelledby="plan-heading">
      <Title order={2} size="h3" id="plan-heading" ref={heading} tabIndex={-1} style={{ outline: 'none' }}>
        {t('plan.title')}
      </Title>
      <Summary plan={plan} leftOut={problems.size} />
      {changes.length > 0 && <Changes changes={changes} />}
      <ProblemLines checked={checked} draft={draft} onLines={onLines} />
      <Start {...{ checked, draft, changes, isStarting, onStart }} />
      {plan && <Difference plan={plan} />}
    </Stack>
  )
}

function Summary({ plan, leftOut }: { readonly plan: BatchPlan | null; readonly leftOut: number }) {
  const t = useBatchWords()
  const format = useFormat()
  const say = (key: 'plan.moves' | 'plan.waits' | 'plan.refused' | 'plan.leftOut', count: number) =>
    t(key, { count, number: format.number(count) })
  return (
    <>
      <List spacing={4}>
        {plan && plan.moves > 0 && <List.Item>{say('plan.moves', plan.moves)}</List.Item>}
        {plan && plan.waits > 0 && <List.Item>{say('plan.waits', plan.waits)}</List.Item>}
        {plan && plan.refused > 0 && <List.Item>{say('plan.refused', plan.refused)}</List.Item>}
        {leftOut > 0 && <List.Item>{say('plan.leftOut', leftOut)}</List.Item>}
        {plan && plan.moves + plan.waits > 0 && (
          <List.Item>{t('plan.finish', finishOf(plan, format))}</List.Item>
        )}
        {plan && plan.batches > 1 && plan.gapMinutes > 0 && (
          <List.Item>
            {t('plan.portions', {
              count: plan.batches,
              number: format.number(plan.batches),
              minutes: plan.gapMinutes,
            })}
          </List.Item>
        )}
      </List>
      {plan?.needsApproval && (
        <Alert variant="outline" icon={<IconUsers aria-hidden />} title={t('plan.approval')}>
          {t('plan.approvalText')}
        </Alert>
      )}
    </>
  )
}

function finishOf(plan: BatchPlan, format: ReturnType<typeof useFormat>) {
  return { time: format.dateTime(plan.finishAt), relative: format.relative(plan.finishAt) }
}

const changesShown = 20

function Changes({ changes }: { readonly changes: readonly PlanChange[] }) {
  const t = useBatchWords()
  const write = usePhone()
  const state = useOutcomeWords()
  return (
    <Alert role="alert" color="red" variant="outline" title={t('changed.title', { count: changes.length })}>
      <Text size="sm">{t('changed.text')}</Text>
      <List size="sm" mt="xs">
        {changes.slice(0, changesShown).map(({ before, after }) => (
          <List.Item key={after.position}>
            {t('changed.line', { number: write(after.e164), before: state(before), after: state(after) })}
          </List.Item>
        ))}
      </List>
      {changes.length > changesShown && (
        <Text size="sm">{t('changed.more', { count: changes.length - changesShown })}</Text>
      )}
    </Alert>
  )
}

function useOutcomeWords(): (move: PlannedMove) => string {
  const t = useBatchWords()
  const say = useRefusalWords()
  return (move) => {
    if (move.outcome === 'refused') return say(move).title
    const from = move.fromName ?? t('nobody')
    return t(`outcome.${move.outcome}`, { from, to: move.toName ?? '' })
  }
}

function Start({ checked, draft, changes, isStarting, onStart }: Omit<PlanSectionProps, 'onLines'>) {
  const t = useBatchWords()
  const format = useFormat()
  const reason = useWhyNotStart(checked, draft)
  const count = (checked.plan?.moves ?? 0) + (checked.plan?.waits ?? 0)
  return (
    <Group>
      <Button
        leftSection={<IconPlayerPlay size={18} aria-hidden />}
        onClick={onStart}
        loading={isStarting}
        disabled={reason !== null}
      >
        {changes.length > 0
          ? t('start.changed', { count, number: format.number(count) })
          : t(checked.plan?.needsApproval ? 'start.approval' : 'start', {
              count,
              number: format.number(count),
            })}
      </Button>
      {reason && <Text size="sm">{reason}</Text>}
    </Group>
  )
}

function useWhyNotStart({ plan, problems, draft: shown }: CheckedPlan, draft: Draft): string | null {
  const t = useBatchWords()
  if (plan === null || plan.moves + plan.waits === 0) return t('start.nothing')
  if (shown !== draft) return t('start.stale')
  if (draft.options.stopOnProblems && plan.refused + problems.size > 0) return t('start.problems')
  return null
}

// Grouping the digits of more numbers than these would stop the page for a moment.
const mostGrouped = 2_000

function Difference({ plan }: { readonly plan: BatchPlan }) {
  const t = useBatchWords()
  const format = useFormat()
  const write = usePhone()
  const areMany = plan.items.length > mostGrouped
  const say = useRefusalWords(areMany)
  const groups = useMemo(() => {
    const from = remembered((name) => t('diff.from', { name }))
    const to = remembered((name) => t('diff.to', { name }))
    const until = remembered((at) => t('diff.waitsUntil', { time: format.dateTime(at) }))
    const [nobody, check] = [t('nobody'), t('diff.waitsCheck')]
    return groupsOf(plan.items, {
      phone: areMany ? (e164) => e164 : write,
      from: (name) => from(name ?? nobody),
      to: (name) => to(name ?? ''),
      waits: ({ waitsFor, dueAt }) => (waitsFor === 'check' || dueAt === null ? check : until(dueAt)),
      refused: say,
      unknown: t('diff.unknown'),
      park: t('diff.park'),
      counts: (gains, loses) =>
        t('diff.counts', { gains: format.number(gains), loses: format.number(loses) }),
    })
  }, [plan, t, format, write, say, areMany])
  return <PlanDiff label={t('plan.title')} groups={groups} />
}
