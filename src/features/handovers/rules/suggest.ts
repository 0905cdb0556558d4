import type { Successor } from '../model/items.ts'

const most = 20

/**
 * Suggested successors, the best first: who can take all numbers before who cannot, then by how much speaks for them,
 * then by how much room they have. A colleague without room for any number is left out.
 */
export function bestSuccessors(found: readonly Successor[]): Successor[] {
  return found
    .filter(({ free, reasons }) => free > 0 || reasons.some((reason) => reason !== 'same_department'))
    .sort(
      (one, other) =>
        Number(other.fits) - Number(one.fits) ||
        other.reasons.length - one.reasons.length ||
        other.sharedCounterparts - one.sharedCounterparts ||
        Number(other.reasons.includes('manager')) - Number(one.reasons.includes('manager')) ||
        other.free - one.free ||
        (one.member.name < other.member.name ? -1 : 1),
    )
    .slice(0, most)
}
