import type { Answer } from '../../api/client.ts'
import type { PlanGroup, PlanRow } from '../../ui/plan-diff/model.ts'
import type { useNumberWords } from './words.ts'

export type BatchPlan = Answer<'moveNumbers'>['plan']
type PlannedMove = BatchPlan['items'][number]

export interface PlanWords {
  readonly say: ReturnType<typeof useNumberWords>
  readonly phone: (e164: string) => string
  readonly dateTime: (instant: string) => string
}

/**
 * A checked batch as groups to read: what is in the way first, by its reason, then what waits, then what moves, by who
 * gives it up.
 */
export function planGroups(plan: BatchPlan, words: PlanWords): readonly PlanGroup[] {
  const of = (outcome: PlannedMove['outcome']) => plan.items.filter((move) => move.outcome === outcome)
  const waiting = of('wait').map((move) => rowOf(move, words))
  const moving = [...groupBy(of('move'), (move) => move.fromMemberId ?? '')].map(([holder, moves]) => ({
    key: holder || 'parked',
    title: holder
      ? words.say('bulk.plan.from', { member: moves[0]?.fromName ?? '' })
      : words.say('bulk.plan.parked'),
    rows: moves.map((move) => rowOf(move, words)),
  }))
  const groups = [
    ...refusedGroups(of('refused'), words),
    { key: 'waits', title: words.say('bulk.plan.waitsTitle'), rows: waiting },
    ...moving,
  ]
  return groups.filter(({ rows }) => rows.length > 0)
}

// A reason that many share is said once, above them; reasons that name the number stand beside it.
function refusedGroups(refused: readonly PlannedMove[], words: PlanWords): readonly PlanGroup[] {
  const shared: PlanGroup[] = []
  const single: PlanRow[] = []
  for (const [reason, moves] of groupBy(refused, (move) => move.title ?? '')) {
    if (moves.length === 1) single.push(...moves.map((move) => rowOf(move, words)))
    else
      shared.push({
        key: `refused ${reason}`,
        title: reason,
        subtitle: moves[0]?.next ?? undefined,
        rows: moves.map((move) => ({ ...rowOf(move, words), problem: undefined })),
      })
  }
  return [...shared, { key: 'refused', title: words.say('bulk.plan.refusedTitle'), rows: single }]
}

function groupBy<Entry>(entries: readonly Entry[], keyOf: (entry: Entry) => string): Map<string, Entry[]> {
  const groups = new Map<string, Entry[]>()
  for (const entry of entries) {
    const group = groups.get(keyOf(entry))
    if (group) group.push(entry)
    else groups.set(keyOf(entry), [entry])
  }
  return groups
}

function rowOf(move: PlannedMove, words: PlanWords): PlanRow {
  const key = String(move.position)
  const number = words.phone(move.e164)
  const from = move.fromName ?? words.say('bulk.plan.nobody')
  if (move.outcome === 'refused') {
    const problem = { title: move.title ?? move.code ?? '', next: move.next ?? '' }
    return { key, sign: '!', text: number, problem }
  }
  const text = words.say('bulk.plan.to', { number, member: move.toName ?? '' })
  if (move.outcome === 'move') return { key, sign: move.fromMemberId === null ? '+' : '~', text }
  const detail =
    move.waitsFor === 'time' && move.dueAt !== null
      ? words.say('bulk.plan.waitsTime', { member: from, time: words.dateTime(move.dueAt) })
      : words.say('bulk.plan.waitsCheck', { member: from })
  return { key, sign: '~', text, detail }
}
