import type { Item } from '../../../api/client.ts'
import type { Stretch } from '../../../ui/bands/model.ts'

export type CustodyStretch = Item<'getCustody'>

/** Whether an instant falls into a stretch: [from, to), so that the moment of a move is the new holder's (NUM-12). */
export function isIn({ from, to }: Pick<CustodyStretch, 'from' | 'to'>, instant: string): boolean {
  const at = Date.parse(instant)
  return Date.parse(from) <= at && (to === null || at < Date.parse(to))
}

/** Names of everybody who ever held the number, by member. */
export function holderNames(custody: readonly CustodyStretch[]): ReadonlyMap<string, string> {
  return new Map(custody.flatMap(({ holder }) => (holder ? [[holder.memberId, holder.name]] : [])))
}

/** Custody as bands, oldest first: each holder has a colour of their own, nobody's time is a gap. */
export function stretchesOf(
  custody: readonly CustodyStretch[],
  say: (stretch: CustodyStretch) => string,
): readonly Stretch[] {
  const order = new Map<string, number>()
  return custody.toReversed().map((stretch) => {
    const { holder, from, to } = stretch
    if (holder && !order.has(holder.memberId)) order.set(holder.memberId, order.size)
    const color = holder ? order.get(holder.memberId) : undefined
    return {
      key: from,
      label: say(stretch),
      from,
      to,
      ...(color === undefined ? { isGap: true } : { color }),
    }
  })
}
