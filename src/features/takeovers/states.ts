/** What may become of a number that is on its way from one account to another (ACC-5, ACC-6). */
export const takeoverStates = ['confirm', 'waiting', 'done', 'cancelled', 'vetoed', 'void'] as const
export type TakeoverState = (typeof takeoverStates)[number]

/**
 * Which state may follow which: `confirm` waits for its person, who sees what is lost; `waiting` for the time in which
 * the former person may object. `void`: the number went another way meanwhile, or nobody confirmed in time.
 */
export const takeoverChanges: Readonly<Record<TakeoverState, readonly TakeoverState[]>> = {
  confirm: ['done', 'cancelled', 'void'],
  waiting: ['done', 'cancelled', 'vetoed', 'void'],
  done: [],
  cancelled: [],
  vetoed: [],
  void: [],
}

/** Why a number may pass: the company owns it and the ledger shows that it was held here, or nothing but the wait. */
export const takeoverBases = ['company', 'recycled'] as const
export type TakeoverBasis = (typeof takeoverBases)[number]

export function isOpen(state: TakeoverState): boolean {
  return takeoverChanges[state].length > 0
}
