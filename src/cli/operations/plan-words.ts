import type { BatchPlan, PlannedMove } from '../../features/numbers/model/batches.ts'
import { count, counted, facts, moment, secondOf } from '../show.ts'
import { clip, columnsOf, harmless, table, wrap } from '../text.ts'
import { type Problem, problemWords } from './problem-words.ts'

export interface PlanStyle {
  readonly columns: number
  readonly now: Date
  /** The line of the file for a position in the list. */
  readonly lineAt: (position: number) => number
}

const movesShown = 20

/** How many moves a plan has, when they would be done, and who has to agree. */
export function planCounts(plan: BatchPlan, now: Date): string {
  const { moves, waits, refused, total, batches, gapMinutes, needsApproval } = plan
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const begins = moves + waits > 0
  return facts([
    ['Lines', count(total)],
    ['Move', count(moves)],
    ['Wait', waits === 0 ? null : `${count(waits)} for a time or a check`],
    ['Refused', count(refused)],
    ['Portions', begins ? portions(batches, gapMinutes) : null],
    ['Done', begins ? `about ${secondOf(plan.finishAt, now)} (${zone})` : null],
    ['Approval', needsApproval ? 'a second person has to agree first' : null],
  ])
}

function portions(batches: number, gapMinutes: number): string {
  if (batches <= 1) return String(batches)
  return `${count(batches)}, ${gapMinutes === 0 ? 'one right after the other' : `${counted(gapMinutes, 'minute')} apart`}`
}

/** A plan as people read it: counts, what is refused and why, and the first moves. */
export function planWords(plan: BatchPlan, style: PlanStyle): string {
  const refused = problemsOf(plan, style.lineAt)
  const going = plan.items.filter((item) => item.outcome !== 'refused')
  const more = going.length - movesShown
  return [
    planCounts(plan, style.now),
    ...(refused.length === 0
      ? []
      : [
          `Refused:\n${problemWords(refused, { noun: 'line', columns: style.columns, placeOf: (item) => style.lineAt(item - 1) })}`,
        ]),
    ...(going.length === 0 ? [] : [moveTable(going.slice(0, movesShown), style)]),
    ...(more > 0 ? [wrap(`… and ${count(more)} more; --json shows all.`, style.columns)] : []),
  ].join('\n\n')
}

/** What is refused in a plan, by the lines of the file. */
export function problemsOf(
  { items }: Pick<BatchPlan, 'items'>,
  lineAt: (position: number) => number,
): Problem[] {
  return items.flatMap(({ outcome, position, code, title, next }) =>
    outcome === 'refused' ? [{ place: lineAt(position), code: code ?? '', title: title ?? '', next }] : [],
  )
}

function moveTable(moves: readonly PlannedMove[], { columns }: PlanStyle): string {
  const rows = moves.map((move): [string, string, string, string] => [
    move.e164,
    move.fromMemberId === null ? '(parked)' : (move.fromName ?? move.fromMemberId),
    move.toName ?? move.toMemberId ?? '',
    waitWords(move),
  ])
  const waits = rows.some(([, , , wait]) => wait !== '')
  const widest = (column: 0 | 1 | 3) => Math.max(...rows.map((row) => columnsOf(row[column])))
  // Two columns stand between two cells.
  const fixed = Math.max(widest(0), 'NUMBER'.length) + 2 + 2 + '→'.length + 2 + (waits ? widest(3) + 2 : 0)
  const fromColumns = Math.max(8, Math.min(widest(1), Math.floor((columns - fixed) / 2)))
  const toColumns = Math.max(8, columns - fixed - fromColumns)
  return table(
    ['NUMBER', 'FROM', '→', 'TO', ...(waits ? [''] : [])],
    rows.map(([number, from, to, wait]) => [
      number,
      clip(harmless(from), fromColumns),
      '→',
      clip(harmless(to), toColumns),
      ...(waits ? [wait] : []),
    ]),
  )
}

function waitWords({ waitsFor, dueAt }: PlannedMove): string {
  if (waitsFor === null) return ''
  return waitsFor === 'check' ? 'after a check' : `at ${moment(dueAt)}`
}
