import type { Item } from '../../api/client.ts'

type Move = Item<'listScheduledMoves'>
type Operation = Item<'listOperations'>
type Handover = Item<'listHandovers'>
type Licences = { readonly total: number; readonly free: number }

const dayMs = 86_400_000
/** How long what failed stays on Home. */
const failuresShownMs = 7 * dayMs

/** The waiting moves that are due before the end of the reader's day, those already late among them. */
export function dueToday(moves: readonly Move[], now: number, timeZone: string): Move[] {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' })
  const today = day.format(now)
  return moves.filter(({ dueAt }) => day.format(Date.parse(dueAt)) <= today)
}

/** What failed lately enough to be done something about. */
export function lateFailures(moves: readonly Move[], now: number): Move[] {
  return moves.filter(({ dueAt }) => now - Date.parse(dueAt) < failuresShownMs)
}

/** Operations that still work or wait, and those that ended lately with failed items and were not undone. */
export function openOperations(operations: readonly Operation[], now: number) {
  const open: readonly Operation['state'][] = ['running', 'paused', 'pending_approval']
  return {
    going: operations.filter(({ state }) => open.includes(state)),
    flawed: operations.filter(
      ({ state, failed, undoneBy, finishedAt }) =>
        state === 'done' &&
        failed > 0 &&
        undoneBy === null &&
        finishedAt !== null &&
        now - Date.parse(finishedAt) < failuresShownMs,
    ),
  }
}

/** Two or fewer are free, or a tenth of all. */
export function isRunningOut({ total, free }: Licences): boolean {
  return total > 0 && (free <= 2 || free <= total / 10)
}

const overOrUndone: readonly Handover['state'][] = ['finished', 'closed', 'undone', 'cancelled']

/** Handovers that are not over; first those that stand still until somebody does something. */
export function openHandovers(handovers: readonly Handover[]): Handover[] {
  const needs = ({ state, coverage }: Handover) =>
    state === 'stopped' || state === 'paused' || coverage.needsYou > 0
  return handovers
    .filter(({ state }) => !overOrUndone.includes(state))
    .sort((one, other) => Number(needs(other)) - Number(needs(one)))
}
