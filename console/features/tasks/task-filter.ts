import type { Input } from '../../api/client.ts'

type Query = NonNullable<Input<'listTasks'>['query']>

/** Takes all filters away; `who` and the open dialog are none. */
export const noFilter = { state: 'open', overdue: false, handover: '', part: false }

/** What the list shows, as the URL keeps it; `who` is empty for what suits the reader. */
export const shownAtFirst = { ...noFilter, who: '', add: '' }
export type Shown = typeof shownAtFirst

/** The states that can be asked for; the empty one is any. */
export const askedStates = ['open', 'planned', 'claimed', 'observed', 'cancelled', 'any'] as const
export type AskedState = (typeof askedStates)[number]

const idPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The state that a URL asks for; what makes no sense is the usual one. */
export function stateOf({ state }: Pick<Shown, 'state'>): AskedState {
  return askedStates.find((one) => one === state) ?? 'open'
}

/** The question to Baton for what the URL asks; what is still to do comes by its due date, the rest newest first. */
export function queryOf(shown: Omit<Shown, 'add'>, isMine: boolean): Query {
  const state = stateOf(shown)
  const isOne = idPattern.test(shown.handover)
  const isToDo = state === 'open' || state === 'planned' || state === 'claimed'
  return {
    ...(state !== 'any' && { state }),
    ...(isMine && { mine: 'true' as const }),
    ...(shown.overdue && { overdue: 'true' as const }),
    ...((shown.part || isOne) && { originKind: 'handover' }),
    ...(isOne && { originId: shown.handover }),
    sort: isToDo ? ('dueAt' as const) : ('-openedAt' as const),
  }
}

/** Whether any filter narrows the list. */
export function isNarrowed(shown: Omit<Shown, 'add' | 'who'>): boolean {
  return stateOf(shown) !== 'open' || shown.overdue || shown.part || shown.handover !== ''
}
