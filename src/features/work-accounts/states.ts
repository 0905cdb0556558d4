/**
 * What an account in an outside system can be. A WeCom personal account belongs to its person (WRK-5): it is never
 * passed on, its number leaves it, by its deletion or by a change of number.
 */
export const workAccountStates = ['held', 'deletion_requested', 'released', 'closed'] as const
type State = (typeof workAccountStates)[number]

/** What may become of an account, from which states, and where it leads. */
export const workAccountSteps = {
  passOn: { from: ['held'], to: 'held' },
  requestDeletion: { from: ['held'], to: 'deletion_requested' },
  withdrawDeletion: { from: ['deletion_requested'], to: 'held' },
  release: { from: ['held', 'deletion_requested'], to: 'released' },
  close: { from: ['held'], to: 'closed' },
} as const satisfies Record<string, { from: readonly State[]; to: State }>
export type WorkAccountStep = keyof typeof workAccountSteps

/** Where a step leads from a state; null where it cannot be taken. */
export function stateAfter(state: State, step: WorkAccountStep): State | null {
  const { from, to }: { readonly from: readonly State[]; readonly to: State } = workAccountSteps[step]
  return from.includes(state) ? to : null
}
