import fc from 'fast-check'

export const numberCount = 2
const memberCount = 3

/** What may happen to a company's numbers and their records, or that time passes. */
export type Step =
  | { readonly kind: 'ingest'; readonly number: number; readonly hoursAgo: number }
  | {
      readonly kind: 'move'
      readonly number: number
      readonly member: number
      readonly history: 'keep' | 'hide' | 'delete'
    }
  | { readonly kind: 'lend'; readonly number: number; readonly member: number }
  | {
      readonly kind: 'park' | 'undo' | 'approve' | 'reject' | 'hold' | 'lift'
      readonly number: number
    }
  | { readonly kind: 'retain'; readonly days: number }
  | { readonly kind: 'wait'; readonly hours: number }

// Most of it happens to one number, so that steps follow from each other.
const number = fc.constantFrom(
  ...Array.from({ length: 4 }, (_, place) => (place === 0 ? numberCount - 1 : 0)),
)
const member = fc.nat({ max: memberCount - 1 })

function often<Made>(
  weight: number,
  arbitrary: fc.Arbitrary<Made>,
): { weight: number; arbitrary: typeof arbitrary } {
  return { weight, arbitrary }
}

function only<Kind extends string>(kind: Kind): fc.Arbitrary<{ kind: Kind; number: number }> {
  return fc.record({ kind: fc.constant(kind), number })
}

const history = fc.constantFrom('keep' as const, 'hide' as const, 'delete' as const, 'delete' as const)
const hoursAgo = fc.constantFrom(0, 0, 1, 30, 80, 2000)

export const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  often(6, fc.record({ kind: fc.constant('ingest' as const), number, hoursAgo })),
  often(7, fc.record({ kind: fc.constant('move' as const), number, member, history })),
  often(3, fc.record({ kind: fc.constant('lend' as const), number, member })),
  often(5, only('undo')),
  often(2, only('park')),
  often(5, only('approve')),
  often(1, only('reject')),
  often(2, only('hold')),
  often(2, only('lift')),
  often(1, fc.record({ kind: fc.constant('retain' as const), days: fc.constantFrom(0, 0, 30) })),
  often(5, fc.record({ kind: fc.constant('wait' as const), hours: fc.constantFrom(1, 25, 80, 80) })),
)
