import type { Input } from '../../../api/client.ts'

/** A line of the list as it is sent, with what was chosen in it. */
export type Line = NonNullable<Input<'checkLeavers'>['body']>['lines'][number]

/** What is decided in a line instead of what is written there. */
export type LineChoice = Pick<Line, 'leaverId' | 'successorId' | 'effectiveAt'>

function keyOf(company: string): string {
  return `baton.leavers.${company}`
}

/** The list that this window worked on, so that reloading leads back to it; null for none. */
export function keptList(company: string): readonly Line[] | null {
  const kept = sessionStorage.getItem(keyOf(company))
  return kept === null ? null : readList(kept)
}

/** Reads what a window kept; null for what is no list. */
export function readList(kept: string): readonly Line[] | null {
  try {
    const lines: unknown = JSON.parse(kept)
    return Array.isArray(lines) && lines.length > 0 && lines.every(isLine) ? lines : null
  } catch {
    return null
  }
}

function isLine(line: unknown): line is Line {
  return typeof line === 'object' && line !== null && 'row' in line && typeof line.row === 'number'
}

/** Keeps the list for this window; an empty one is forgotten. */
export function keepList(company: string, lines: readonly Line[]): void {
  try {
    if (lines.length === 0) sessionStorage.removeItem(keyOf(company))
    else sessionStorage.setItem(keyOf(company), JSON.stringify(lines))
  } catch {
    // A window that keeps nothing more works on; only reloading begins anew.
    sessionStorage.removeItem(keyOf(company))
  }
}

/** The lines after a choice in the one of that row, or without it. */
export function withChoice(lines: readonly Line[], row: number, choice: LineChoice | null): readonly Line[] {
  return lines.flatMap((line) => {
    if (line.row !== row) return [line]
    return choice === null ? [] : [{ ...line, ...choice }]
  })
}
