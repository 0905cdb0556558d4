import type { PlannedMove } from '../../../../src/features/numbers/model/batches.ts'
import type { PlanGroup, PlanRow } from '../../../ui/plan-diff/model.ts'
import type { SentMove } from './lines.ts'

/** How the rows of a plan are worded in the reader's language. */
export interface PlanWords {
  phone(e164: string): string
  from(name: string | null): string
  to(name: string | null): string
  waits(move: PlannedMove): string
  refused(move: PlannedMove): { readonly title: string; readonly next: string }
  /** Whoever is not known. */
  readonly unknown: string
  readonly park: string
  counts(gains: number, loses: number): string
}

interface Side {
  readonly title: string
  readonly rows: PlanRow[]
  gains: number
  loses: number
}

/** What each person gains and loses by a plan, by name; what is refused stands with who should have received it. */
export function groupsOf(items: readonly PlannedMove[], words: PlanWords): PlanGroup[] {
  const sides = new Map<string, Side>()
  const sideOf = (id: string, title: string): Side => {
    const side = sides.get(id) ?? { title, rows: [], gains: 0, loses: 0 }
    sides.set(id, side)
    return side
  }
  for (const item of items) {
    const text = words.phone(item.e164)
    const recipient = sideOf(item.toMemberId ?? '', item.toName ?? words.unknown)
    recipient.rows.push(receiving(item, text, words))
    if (item.outcome === 'refused') continue
    recipient.gains += 1
    const giver = sideOf(item.fromMemberId ?? 'park', item.fromName ?? words.park)
    giver.loses += 1
    giver.rows.push({
      key: `${item.position}-`,
      sign: item.outcome === 'wait' ? '~' : '-',
      text,
      detail: joined(words.to(item.toName), item.outcome === 'wait' ? words.waits(item) : null),
    })
  }
  return [...sides]
    .map(([key, { title, rows, gains, loses }]) => ({
      key,
      title,
      rows,
      subtitle: words.counts(gains, loses),
    }))
    .toSorted((a, b) => a.title.localeCompare(b.title))
}

function receiving(item: PlannedMove, text: string, words: PlanWords): PlanRow {
  const key = `${item.position}+`
  const detail = words.from(item.fromName)
  if (item.outcome === 'refused') return { key, sign: '!', text, problem: words.refused(item) }
  if (item.outcome === 'wait') return { key, sign: '~', text, detail: joined(detail, words.waits(item)) }
  return { key, sign: '+', text, detail }
}

function joined(...parts: readonly (string | null)[]): string {
  return parts.filter(Boolean).join(' · ')
}

/** One line of a plan that has become another since it was shown. */
export interface PlanChange {
  readonly before: PlannedMove
  readonly after: PlannedMove
}

/** What a later check of the same list finds different. */
export function changesBetween(before: readonly PlannedMove[], after: readonly PlannedMove[]): PlanChange[] {
  const earlier = new Map(before.map((item) => [item.position, item]))
  return after.flatMap((item) => {
    const was = earlier.get(item.position)
    return was && factsOf(was) !== factsOf(item) ? [{ before: was, after: item }] : []
  })
}

// The time of a wait that moves on by itself, such as the end of a cool-down, is no change of the plan.
function factsOf({ outcome, fromMemberId, toMemberId, code, waitsFor }: PlannedMove): string {
  return [outcome, fromMemberId, toMemberId, code, waitsFor].join(' ')
}

/** The moves with whoever held each number at the check, who is expected to hold it at the start, too (NUM-9). */
export function withHolders(moves: readonly SentMove[], items: readonly PlannedMove[]): SentMove[] {
  const planned = new Map(items.map((item) => [item.position, item]))
  return moves.map((move, position) => {
    const item = planned.get(position)
    return item?.numberId ? { ...move, expectedHolderId: item.fromMemberId } : move
  })
}
