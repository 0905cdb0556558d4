import type { Instant } from '../../../kernel/fields.ts'
import { addHours } from '../../../kernel/instant.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { type RequestKind, type RequestState, requestRefusal } from '../model/requests.ts'

export interface DecisionFacts {
  readonly request: {
    readonly kind: RequestKind
    readonly state: RequestState
    readonly requestedBy: string
    readonly createdAt: Instant
  }
  /** Who decides, in the form of `requestedBy`. */
  readonly decider: string
  /** Active Owners and Admins apart from the one who asked, by name. */
  readonly others: readonly string[]
  readonly evidence: string | null
  readonly now: Instant
}

const waitHours = 24
const namesAtMost = 5

/** @throws Refusal `request.decided` */
export function mustBeOpen(state: RequestState): void {
  if (state !== 'open') throw new Refusal(requestRefusal.decided, { state })
}

/**
 * Whether this person may approve: never what they asked for themselves, except a check that they attest with
 * evidence, and, 24 h after asking, where the company has no other Owner or Admin (HAN-10).
 * @returns `alone` when the wait took the second person's place
 * @throws Refusal `request.decided`, `request.evidence_missing`, `request.own`, `request.own_early`
 */
export function decideApproval({
  request,
  decider,
  others,
  evidence,
  now,
}: DecisionFacts): 'second' | 'alone' {
  mustBeOpen(request.state)
  if (request.kind === 'country_check') {
    if (evidence === null) throw new Refusal(requestRefusal.evidenceMissing)
    return 'second'
  }
  if (decider !== request.requestedBy) return 'second'
  if (others.length > 0) throw new Refusal(requestRefusal.own, { others: namesInWords(others) })
  const from = addHours(request.createdAt, waitHours)
  if (now < from) throw new Refusal(requestRefusal.ownEarly, { from })
  return 'alone'
}

/** At most five names, with how many more there are. */
export function namesInWords(names: readonly string[]): string {
  const more = names.length - namesAtMost
  return `${names.slice(0, namesAtMost).join(', ')}${more > 0 ? ` +${more}` : ''}`
}
