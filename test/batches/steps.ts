import fc from 'fast-check'

export const numberCount = 6
export const memberCount = 3

/** One line of a batch; a number or member that does not exist is null. */
export interface LineStep {
  readonly number: number | null
  readonly member: number | null
  /** Who is said to hold it: nothing is said, it is right, or it is this (perhaps wrong) member or nobody. */
  readonly expects: 'frozen' | 'right' | { readonly holder: number | null }
}

export interface BatchStep {
  readonly kind: 'batch'
  /** As it is; or each number to the holder of the next: a ring, or a chain whose last goes to its own member. */
  readonly shape: 'list' | 'ring' | 'chain'
  readonly lines: readonly LineStep[]
  readonly when: 'now' | 'earliest'
  readonly override: boolean
  /** How far it runs before the next step. */
  readonly runs: 'not at all' | 'one slice' | 'to the end'
}

export interface AskStep {
  readonly kind: 'move' | 'schedule' | 'lend' | 'earliest'
  readonly number: number
  readonly member: number
}

/** What is done to an operation: one of those that were begun, by its place from the latest. */
export interface SteerStep {
  readonly kind: 'run' | 'slice' | 'undo-batch' | 'retry' | 'pause' | 'resume' | 'cancel'
  readonly operation: number
}

export type Step =
  | BatchStep
  | SteerStep
  | AskStep
  | { readonly kind: 'park' | 'undo'; readonly number: number }
  | { readonly kind: 'suspend' | 'activate'; readonly member: number }
  | { readonly kind: 'wait'; readonly minutes: number }

export interface History {
  readonly cap: number
  /** The most moves of a batch at once (`maxBatchSize`). */
  readonly limit: number | null
  readonly steps: readonly Step[]
}

const number = fc.nat({ max: numberCount - 1 })
const member = fc.nat({ max: memberCount - 1 })

const line: fc.Arbitrary<LineStep> = fc.record({
  number: fc.option(number, { freq: 15 }),
  member: fc.option(member, { freq: 15 }),
  expects: fc.oneof(
    { weight: 6, arbitrary: fc.constant('frozen' as const) },
    { weight: 2, arbitrary: fc.constant('right' as const) },
    { weight: 1, arbitrary: fc.record({ holder: fc.option(member, { freq: 2 }) }) },
  ),
})

const batch: fc.Arbitrary<BatchStep> = fc.record({
  kind: fc.constant('batch' as const),
  shape: fc.constantFrom('list' as const, 'list' as const, 'ring' as const, 'chain' as const),
  lines: fc.oneof(
    {
      weight: 3,
      arbitrary: fc.uniqueArray(line, { minLength: 1, maxLength: 6, selector: (one) => one.number }),
    },
    { weight: 1, arbitrary: fc.array(line, { minLength: 1, maxLength: 8 }) },
  ),
  when: fc.constantFrom('now' as const, 'earliest' as const),
  override: fc.boolean(),
  // As often left unfinished as not, so that pause, resume and cancel find something to stop.
  runs: fc.constantFrom(
    'to the end' as const,
    'to the end' as const,
    'one slice' as const,
    'not at all' as const,
    'not at all' as const,
  ),
})

const steer: fc.Arbitrary<SteerStep> = fc.record({
  kind: fc.constantFrom(
    'run' as const,
    'run' as const,
    'slice' as const,
    'undo-batch' as const,
    'undo-batch' as const,
    'retry' as const,
    'retry' as const,
    'pause' as const,
    'pause' as const,
    'resume' as const,
    'resume' as const,
    'cancel' as const,
    'cancel' as const,
  ),
  operation: fc.constantFrom(0, 0, 0, 1, 2),
})

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: batch },
  { weight: 5, arbitrary: steer },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('move' as const, 'schedule' as const, 'lend' as const, 'earliest' as const),
      number,
      member,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom('park' as const, 'undo' as const), number }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom('suspend' as const, 'activate' as const, 'activate' as const),
      member,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      minutes: fc.constantFrom(4, 4, 20, 40, 320, 2400),
    }),
  },
)

// Most numbers are held and past their cool-down when it begins.
const beginning: readonly Step[] = [
  ...[0, 1, 2, 3].map((index) => ({ kind: 'move' as const, number: index, member: index % memberCount })),
  { kind: 'wait', minutes: 40 },
]

/** A random history of a company of three people and six numbers. */
export function histories(steps: number): fc.Arbitrary<History> {
  return fc.record({
    cap: fc.constantFrom(2, 3),
    limit: fc.constantFrom(null, 2, 3),
    steps: fc
      .array(step, { minLength: Math.ceil(steps / 2), maxLength: steps, size: 'max' })
      .map((random) => [...beginning, ...random]),
  })
}

const asked = { shape: 'list', when: 'earliest', override: false, runs: 'to the end' } as const

function lineTo(number: number, member: number): LineStep {
  return { number, member, expects: 'frozen' }
}

/** What chance finds too seldom. */
export const told: readonly History[] = [
  // The place that a waiting move has taken is free again for the number that an undo brings back.
  {
    cap: 2,
    limit: null,
    steps: [
      ...beginning,
      { kind: 'move', number: 1, member: 2 },
      { kind: 'batch', ...asked, lines: [lineTo(0, 1), lineTo(1, 0)] },
      { kind: 'undo-batch', operation: 0 },
    ],
  },
  // The same, where the two would be in slices of their own.
  {
    cap: 2,
    limit: 2,
    steps: [
      ...beginning,
      { kind: 'move', number: 1, member: 2 },
      { kind: 'batch', ...asked, lines: [lineTo(0, 1), lineTo(4, 1), lineTo(1, 0)] },
      { kind: 'undo-batch', operation: 0 },
    ],
  },
  // What is wrong with the list itself is not tried again.
  {
    cap: 3,
    limit: null,
    steps: [
      ...beginning,
      {
        kind: 'batch',
        ...asked,
        lines: [lineTo(0, 1), lineTo(4, 1), lineTo(4, 2), { number: null, member: 1, expects: 'frozen' }],
      },
      { kind: 'retry', operation: 0 },
    ],
  },
]
