import type { PhoneNumber } from '../../../../src/features/numbers/model.ts'

/** What a person may do with one number from a list or its page. */
export type NumberAct = 'reassign' | 'assign' | 'park' | 'undo' | 'release'

/** Why an act is off; also the key of its words, `why.held`. */
export type WhyNot = 'released' | 'held' | 'parked' | 'moveWaits' | 'onLoan' | 'nothingToUndo'

/** A number as far as the question what can be done with it goes. */
export type ActableNumber = Pick<PhoneNumber, 'state' | 'undoUntil'> & {
  readonly waiting: readonly Pick<PhoneNumber['waiting'][number], 'kind'>[]
}

const holds: Readonly<Record<WhyNot, (number: ActableNumber, now: number) => boolean>> = {
  released: ({ state }) => state === 'released',
  held: ({ state }) => state === 'held',
  parked: ({ state }) => state === 'parked',
  moveWaits: ({ waiting }) => waiting.some(({ kind }) => kind === 'move'),
  onLoan: ({ waiting }) => waiting.some(({ kind }) => kind === 'return'),
  nothingToUndo: ({ undoUntil }, now) => undoUntil === null || Date.parse(undoUntil) <= now,
}

// In the order in which Baton itself refuses. A number that cools down can be asked for: its dialog offers the ways.
const refusedWhen: Readonly<Record<NumberAct, readonly WhyNot[]>> = {
  reassign: ['released', 'parked', 'moveWaits'],
  assign: ['released', 'held', 'moveWaits'],
  park: ['released', 'parked'],
  undo: ['nothingToUndo'],
  release: ['released', 'held', 'onLoan', 'moveWaits'],
}

/** Why this cannot be done with the number as it is, or null; `now` in milliseconds. */
export function whyNot(act: NumberAct, number: ActableNumber, now: number): WhyNot | null {
  return refusedWhen[act].find((reason) => holds[reason](number, now)) ?? null
}

/** The way this number passes to somebody: a parked one is assigned, a held one reassigned. */
export function passingOf({ state }: Pick<ActableNumber, 'state'>): 'assign' | 'reassign' {
  return state === 'parked' ? 'assign' : 'reassign'
}
