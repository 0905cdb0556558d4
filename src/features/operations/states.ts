/** What an operation can be. */
export const operationStates = ['pending_approval', 'running', 'paused', 'done', 'cancelled'] as const
type State = (typeof operationStates)[number]

/** What may be done to an operation, from which states, and where it leads. `finish` is the work's own end. */
export const operationSteps = {
  approve: { from: ['pending_approval'], to: 'running' },
  pause: { from: ['running'], to: 'paused' },
  resume: { from: ['paused'], to: 'running' },
  cancel: { from: ['pending_approval', 'running', 'paused'], to: 'cancelled' },
  hold: { from: ['running'], to: 'pending_approval' },
  finish: { from: ['running'], to: 'done' },
  retry: { from: ['done'], to: 'running' },
} as const satisfies Record<string, { from: readonly State[]; to: State }>
export type OperationStep = keyof typeof operationSteps

/** Where a step leads from a state; null where it cannot be taken. */
export function stateAfter(state: State, step: OperationStep): State | null {
  const { from, to }: { readonly from: readonly State[]; readonly to: State } = operationSteps[step]
  return from.includes(state) ? to : null
}
