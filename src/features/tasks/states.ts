/** What a task can be: asked for, said to be done, seen to be done, not needed any more (WRK-3). */
export const taskStates = ['planned', 'claimed', 'observed', 'cancelled'] as const
type State = (typeof taskStates)[number]

/** What may be done to a task, from which states, and where it leads. */
export const taskSteps = {
  claim: { from: ['planned'], to: 'claimed' },
  observe: { from: ['planned', 'claimed'], to: 'observed' },
  reopen: { from: ['claimed'], to: 'planned' },
  cancel: { from: ['planned', 'claimed'], to: 'cancelled' },
} as const satisfies Record<string, { from: readonly State[]; to: State }>
export type TaskStep = keyof typeof taskSteps

/** Those in which somebody still has to do something. */
export const openStates = ['planned', 'claimed'] as const satisfies readonly State[]

/** Where a step leads from a state; null where it cannot be taken. */
export function stateAfter(state: State, step: TaskStep): State | null {
  const { from, to }: { readonly from: readonly State[]; readonly to: State } = taskSteps[step]
  return from.includes(state) ? to : null
}

/** Tells whether somebody still has to do something. */
export function isOpen(state: State): boolean {
  return (openStates as readonly State[]).includes(state)
}
