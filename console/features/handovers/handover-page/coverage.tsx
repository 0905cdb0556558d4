import { Box, Progress, Text } from '@mantine/core'
import { useRead } from '../../../api/read.ts'
import { useFormat } from '../../../ui/format.ts'
import { useHandoverWords } from '../words.ts'
import type { Handover, RunItem } from './types.ts'

/** How much of it is done, what waits for what and until when, and how much needs somebody. */
export function CoverageMeter({ handover }: { readonly handover: Handover }) {
  const t = useHandoverWords()
  const format = useFormat()
  const { total, observed, waiting, needsYou, skipped, handed, undone } = handover.coverage
  const part = (value: number) => (total === 0 ? 0 : (100 * value) / total)
  const number = (count: number) => ({ count, number: format.number(count) })
  const isUndo = handover.state === 'undoing' || handover.state === 'undone'
  const sentence = [
    isUndo
      ? t('coverage.undone', { done: format.number(undone), total: format.number(total) })
      : t('coverage.done', { done: format.number(observed), total: format.number(total) }),
    ...useWaits(handover),
    handed > 0 && t('coverage.handed', number(handed)),
    skipped > 0 && t('coverage.skipped', number(skipped)),
    needsYou > 0 && t('coverage.needsYou', number(needsYou)),
  ].filter((one) => one !== false)
  return (
    <Box>
      <Text fw={600} mb={4} role="status">
        {sentence.join(t('coverage.comma'))}
      </Text>
      <Progress.Root size="lg">
        <Progress.Section value={part(isUndo ? undone : observed)} aria-label={t('coverage.bar')} />
        <Progress.Section value={part(isUndo ? 0 : skipped)} color="gray.6" aria-label={t('item.skipped')} />
        <Progress.Section
          value={part(isUndo ? 0 : waiting + handed)}
          color="orange.7"
          aria-label={t('item.waiting')}
        />
        <Progress.Section value={part(needsYou)} color="red.8" aria-label={t('item.failed')} />
      </Progress.Root>
    </Box>
  )
}

const reasons = ['cooldown', 'check', 'task', 'approval', 'rest'] as const

// `3 wait for the cool-down until Thu 09:12`; what was only just begun is not worth a word.
function useWaits({ handoverId, coverage, state }: Handover): string[] {
  const t = useHandoverWords()
  const format = useFormat()
  const isAsked = coverage.waiting > 0 && (state === 'running' || state === 'paused')
  const found = useRead(
    'listHandoverItems',
    { params: { handoverId }, query: { state: 'waiting', limit: 1000 } },
    { enabled: isAsked, keepsPrevious: true },
  )
  if (!isAsked) return []
  const items = found.data?.items ?? []
  return reasons.flatMap((reason) => {
    const waiting = items.filter(({ waitsFor }) => waitsFor === reason)
    const count = waiting.length
    if (count === 0) return []
    const until = reason === 'cooldown' ? latestOf(waiting) : null
    const text = t(`coverage.waits.${reason}`, { count, number: format.number(count) })
    return [until === null ? text : t('coverage.until', { text, time: format.dateTime(until) })]
  })
}

function latestOf(items: readonly RunItem[]): string | null {
  return items.reduce<string | null>(
    (latest, { dueAt }) => (dueAt !== null && (latest === null || dueAt > latest) ? dueAt : latest),
    null,
  )
}
