import type { Instant } from '../../../kernel/fields.ts'
import { addHours } from '../../../kernel/instant.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { requestRefusal } from '../../requests/model/requests.ts'
import { handoverRefusal } from '../refusals.ts'

interface Approving {
  readonly decider: string
  /** Who began, planned or submitted it; null where nobody has yet. */
  readonly makers: readonly (string | null)[]
  /** Active Owners and Admins. */
  readonly admins: readonly { readonly memberId: string; readonly name: string }[]
  /** When it was submitted, which everybody who may approve is told; null before. */
  readonly askedAt: Instant | null
  readonly now: Instant
}

const waitHours = 24

/**
 * HAN-10: a second person approves what they neither began, planned nor submitted. Where every Owner and Admin has a part
 * in it, one of them may from 24 hours after it was submitted on, as the only Admin of a company may.
 * @returns `alone` when the wait took the second person's place
 * @throws Refusal `request.own`, `handover.nobody_else`
 */
export function decidePlanApproval({ decider, makers, admins, askedAt, now }: Approving): 'second' | 'alone' {
  if (!makers.includes(decider)) return 'second'
  const others = admins.filter(({ memberId }) => !makers.includes(memberId))
  if (others.length > 0 || askedAt === null)
    throw new Refusal(requestRefusal.own, { others: others.map(({ name }) => name).join(', ') || '–' })
  const from = addHours(askedAt, waitHours)
  if (now < from) throw new Refusal(handoverRefusal.nobodyElse, { from })
  return 'alone'
}
