/** What one person has moved in 24 h, waiting orders included, and how many numbers the company has. */
export interface MovesMade {
  readonly moves: number
  /** Counted no further than matters; see `numbersThatMatter`. */
  readonly numbers: number
}

export interface MoveLimit {
  readonly perDay: number
  readonly percent: number
}

/** As many moves of one person as may be under way at once; nearer to the limit than this they queue. */
export const movesAtOnce = 32

const smallCompany = 100

/** How many more moves one person may make alone (HAN-10, ADR 0012); none left is zero or less. */
export function movesLeft({ moves, numbers }: MovesMade, { perDay, percent }: MoveLimit): number {
  const share = numbers > smallCompany ? Math.floor((numbers * percent) / 100) : Number.POSITIVE_INFINITY
  return Math.min(perDay, share) - moves
}

/** With this many numbers the percentage is out of reach of so many moves, so that none need counting beyond. */
export function numbersThatMatter(moves: number, { percent }: MoveLimit): number {
  return Math.max(smallCompany + 1, Math.ceil(((moves + movesAtOnce + 1) * 100) / percent))
}
