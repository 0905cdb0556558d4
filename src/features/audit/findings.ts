export type FindingKind =
  | 'edited'
  | 'inserted'
  | 'removed'
  | 'reordered'
  | 'truncated'
  | 'rolled-back'
  | 'forked'
  | 'bad-signature'
  | 'unknown-key'
  | 'details-changed'

/** One thing that is wrong with a ledger; `seq` to `lastSeq` are the places (from 0) it concerns. */
export interface Finding {
  readonly kind: FindingKind
  readonly seq?: number
  readonly lastSeq?: number
  readonly entryId?: string
  readonly says: string
}

/** The findings so far; past `maxFindings` they are only counted, so that a ruined ledger cannot fill the memory. */
export interface FindingList {
  readonly items: Finding[]
  omitted: number
}

export const maxFindings = 1_000

/** Adds a finding, or counts it when the list is full. */
export function addFinding(list: FindingList, finding: Finding): void {
  if (list.items.length < maxFindings) list.items.push(finding)
  else list.omitted += 1
}

/** Places in words: "entry 7" or "entries 7 to 9". */
export function placesInWords(from: number, to: number): string {
  return from === to ? `entry ${from}` : `entries ${from} to ${to}`
}

/** A count with its noun: "1 entry", "3 entries". */
export function countInWords(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`
}
