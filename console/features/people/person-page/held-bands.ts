import type { Item } from '../../../api/client.ts'
import type { Lane } from '../../../ui/bands/model.ts'

export type HeldStretch = Item<'listMemberCustody'>

/** A line for each number, the one that came last on top, its stretches oldest first; at most so many lines. */
export function lanesOf(
  stretches: readonly HeldStretch[],
  say: { readonly number: (e164: string) => string; readonly cause: (cause: HeldStretch['cause']) => string },
  most: number,
): readonly Lane[] {
  const byNumber = new Map<string, HeldStretch[]>()
  for (const stretch of stretches)
    byNumber.set(stretch.numberId, [...(byNumber.get(stretch.numberId) ?? []), stretch])
  return [...byNumber].slice(0, most).map(([numberId, held], color) => ({
    key: numberId,
    label: say.number(held[0]?.e164 ?? ''),
    stretches: held
      .toReversed()
      .map(({ from, to, cause }) => ({ key: from, label: say.cause(cause), from, to, color })),
  }))
}
