import type { Difference, DifferenceItem } from '../model.ts'
import { type Decided, keyOf } from './choices.ts'

/** What was decided for a holding, as far as two plans are compared by it. */
export type Decision = Pick<
  Decided,
  'kind' | 'holdingId' | 'label' | 'way' | 'toMemberId' | 'history' | 'returnAt'
>

const mostItems = 200

/** How a plan differs from the one that was written down (HAN-2); null when it does not. */
export function differenceOf(written: readonly Decision[], present: readonly Decision[]): Difference | null {
  const before = new Map(written.map((item) => [keyOf(item.kind, item.holdingId), item]))
  const after = new Map(present.map((item) => [keyOf(item.kind, item.holdingId), item]))
  const added = present.filter((item) => !before.has(keyOf(item.kind, item.holdingId)))
  const removed = written.filter((item) => !after.has(keyOf(item.kind, item.holdingId)))
  const changed = present.flatMap((item) => {
    const old = before.get(keyOf(item.kind, item.holdingId))
    return old && !isSame(old, item) ? [{ old, item }] : []
  })
  if (added.length + removed.length + changed.length === 0) return null
  const items: DifferenceItem[] = [
    ...added.map((item) => shown('added', null, item)),
    ...removed.map((item) => shown('removed', item, null)),
    ...changed.map(({ old, item }) => shown('changed', old, item)),
  ]
  return {
    added: added.length,
    removed: removed.length,
    changed: changed.length,
    items: items.slice(0, mostItems),
  }
}

function isSame(one: Decision, other: Decision): boolean {
  return (
    one.way === other.way &&
    one.toMemberId === other.toMemberId &&
    one.history === other.history &&
    one.returnAt === other.returnAt
  )
}

function shown(
  change: DifferenceItem['change'],
  before: Decision | null,
  after: Decision | null,
): DifferenceItem {
  const of = after ?? before
  if (of === null) throw new Error('a difference is about something')
  const { kind, holdingId, label } = of
  return { change, kind, holdingId, label, before: decisionOf(before), after: decisionOf(after) }
}

function decisionOf(decision: Decision | null) {
  if (decision === null) return null
  const { way, toMemberId, history, returnAt } = decision
  return { way, toMemberId, history, returnAt }
}

/** Who gets something by the second plan that they do not get by the first, or gets it in another mode. */
export function getMore(before: readonly Decision[], after: readonly Decision[]): Set<string> {
  const keyFor = ({ toMemberId, kind, holdingId, history, returnAt }: Decision) =>
    [toMemberId, kind, holdingId, history, returnAt].join(' ')
  const known = new Set(before.map(keyFor))
  return new Set(after.filter((one) => !known.has(keyFor(one))).flatMap(({ toMemberId }) => toMemberId ?? []))
}
