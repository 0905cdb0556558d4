import type { Item } from '../../../api/client.ts'
import { useFormat } from '../../../ui/format.ts'
import { StatusBadge, type StatusKind } from '../../../ui/status-badge.tsx'
import { useHandoverWords } from '../words.ts'

export type HandoverEntry = Item<'listHandovers'>
type State = HandoverEntry['state']

const kinds: Readonly<Record<State, StatusKind>> = {
  draft: 'wait',
  pending_approval: 'wait',
  approved: 'wait',
  scheduled: 'busy',
  running: 'busy',
  paused: 'wait',
  stopped: 'bad',
  finished: 'good',
  closed: 'good',
  undoing: 'busy',
  undone: 'off',
  cancelled: 'off',
}

/** States in which a handover is over; in all others somebody or something is still to come. */
export const overStates: readonly State[] = ['finished', 'closed', 'undone', 'cancelled']

/** Where a handover stands, in words. */
export function HandoverState({
  handover,
}: {
  readonly handover: Pick<HandoverEntry, 'state'> & Partial<Pick<HandoverEntry, 'coverage'>>
}) {
  const t = useHandoverWords()
  const format = useFormat()
  const { state, coverage } = handover
  const count = coverage?.needsYou ?? 0
  if (state === 'running' && count > 0)
    return (
      <StatusBadge kind="bad">{t('state.needsYou', { count, number: format.number(count) })}</StatusBadge>
    )
  return <StatusBadge kind={kinds[state]}>{t(`state.${state}`)}</StatusBadge>
}
