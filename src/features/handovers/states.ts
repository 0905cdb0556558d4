/** What a handover can be. */
export const handoverStates = [
  'draft',
  'pending_approval',
  'approved',
  'scheduled',
  'running',
  'paused',
  'stopped',
  'finished',
  'closed',
  'undoing',
  'undone',
  'cancelled',
] as const
type State = (typeof handoverStates)[number]

/**
 * What may become of a handover, from which states, and where it leads. `settle` is a submission that needs no second
 * person; `stop` is drift before the start, `finish`, `close` and `end_undo` are the work's own ends.
 */
export const handoverSteps = {
  change: { from: ['draft', 'pending_approval', 'approved', 'scheduled', 'stopped'], to: 'draft' },
  ask: { from: ['draft'], to: 'pending_approval' },
  settle: { from: ['draft'], to: 'approved' },
  approve: { from: ['draft', 'pending_approval'], to: 'approved' },
  reject: { from: ['pending_approval'], to: 'draft' },
  schedule: { from: ['draft', 'approved'], to: 'scheduled' },
  start: { from: ['draft', 'approved', 'scheduled'], to: 'running' },
  stop: { from: ['scheduled'], to: 'stopped' },
  pause: { from: ['running'], to: 'paused' },
  resume: { from: ['paused'], to: 'running' },
  cancel: { from: ['draft', 'pending_approval', 'approved', 'scheduled', 'stopped'], to: 'cancelled' },
  finish: { from: ['running'], to: 'finished' },
  close: { from: ['finished'], to: 'closed' },
  undo: { from: ['running', 'paused', 'finished'], to: 'undoing' },
  end_undo: { from: ['undoing'], to: 'undone' },
} as const satisfies Record<string, { from: readonly State[]; to: State }>
export type HandoverStepName = keyof typeof handoverSteps

/** Where a step leads from a state; null where it cannot be taken. */
export function stateAfter(state: State, step: HandoverStepName): State | null {
  const { from, to }: { readonly from: readonly State[]; readonly to: State } = handoverSteps[step]
  return from.includes(state) ? to : null
}

/** States in which nothing has been done yet, so that what was decided can still be changed. */
export const changeableStates: readonly State[] = handoverSteps.change.from

/** How far one item of a handover can be. */
export const itemStates = [
  'planned',
  'attempted',
  'waiting',
  'observed',
  'failed',
  'skipped',
  'handed',
  'undone',
] as const
type ItemState = (typeof itemStates)[number]

/** What may become of an item. `handed` is a task for a person; it is observed when the task is. */
export const itemSteps = {
  attempt: { from: ['planned', 'waiting'], to: 'attempted' },
  wait: { from: ['planned', 'waiting', 'attempted'], to: 'waiting' },
  fail: { from: ['planned', 'waiting', 'attempted', 'handed'], to: 'failed' },
  observe: { from: ['attempted', 'waiting', 'handed'], to: 'observed' },
  retry: { from: ['failed', 'waiting', 'skipped'], to: 'planned' },
  skip: { from: ['planned', 'waiting', 'failed', 'handed'], to: 'skipped' },
  hand: { from: ['planned', 'waiting', 'failed', 'skipped'], to: 'handed' },
  undo: { from: ['attempted', 'waiting', 'observed', 'handed'], to: 'undone' },
} as const satisfies Record<string, { from: readonly ItemState[]; to: ItemState }>
export type ItemStepName = keyof typeof itemSteps

/** Where a step leads an item; null where it cannot be taken. */
export function itemStateAfter(state: ItemState, step: ItemStepName): ItemState | null {
  const { from, to }: { readonly from: readonly ItemState[]; readonly to: ItemState } = itemSteps[step]
  return from.includes(state) ? to : null
}

/** What a person may do to a single item, and in which states of the handover. */
export const itemActionStates: readonly State[] = ['running', 'paused']

/** Whether a successor was asked, and what they said. `informed`: told, without being asked. */
export const acceptanceStates = ['planned', 'asked', 'informed', 'accepted', 'declined'] as const
type Acceptance = (typeof acceptanceStates)[number]

/** HAN-6: a successor answers as they like until the start; whoever declined may still accept while it runs. */
export function mayAnswer(state: State, own: Acceptance, accept: boolean): boolean {
  return (
    changeableStates.includes(state) || (accept && own === 'declined' && itemActionStates.includes(state))
  )
}
