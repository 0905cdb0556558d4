import type { Input, Item } from '../../../api/client.ts'
import { instantOf } from '../../../ui/bands/local-time.ts'

export type HandoverKind = 'leave' | 'move' | 'loan'
type Successor = Item<'listSuccessors'>

/** What is decided on the form, as it is typed. */
export interface Draft {
  /** The id; empty until somebody is chosen. */
  readonly leaverId: string
  readonly kind: HandoverKind
  readonly alreadyLeft: boolean
  readonly when: 'now' | 'later'
  /** As the field for date and time has it. */
  readonly at: string
  readonly endsAt: string
  readonly timeZone: string
  /** Null: whoever is suggested first; empty: nobody. */
  readonly successorId: string | null
  readonly fallbackId: string
  readonly reason: string
}

export type Fault = 'leaver' | 'at' | 'endsAt'

export function emptyDraft(start: Pick<Draft, 'leaverId' | 'kind' | 'alreadyLeft' | 'timeZone'>): Draft {
  return { ...start, when: 'now', at: '', endsAt: '', successorId: null, fallbackId: '', reason: '' }
}

/** What still has to be filled in before a plan can be made. */
export function faultsOf(draft: Draft): Fault[] {
  const missing: readonly (readonly [Fault, boolean])[] = [
    ['leaver', draft.leaverId === ''],
    ['at', draft.when === 'later' && instantOf(draft.at, draft.timeZone) === null],
    ['endsAt', draft.kind === 'loan' && instantOf(draft.endsAt, draft.timeZone) === null],
  ]
  return missing.flatMap(([fault, isMissing]) => (isMissing ? [fault] : []))
}

/** Who gets everything: the one who was chosen, else whoever is suggested first; empty for nobody. */
export function successorOf(draft: Draft, suggested: readonly Successor[]): string {
  return draft.successorId ?? suggested[0]?.member.memberId ?? ''
}

/** The order for the plan; `successorId` is empty where nobody gets it. */
export function bodyOf(draft: Draft, successorId: string): Input<'createHandover'>['body'] {
  const { kind, leaverId, timeZone, alreadyLeft } = draft
  const effectiveAt = draft.when === 'later' ? instantOf(draft.at, timeZone) : null
  const endsAt = kind === 'loan' ? instantOf(draft.endsAt, timeZone) : null
  const reason = draft.reason.trim()
  return {
    kind,
    leaverId,
    timeZone,
    defaultSuccessorId: successorId || null,
    fallbackId: draft.fallbackId || null,
    alreadyLeft: kind === 'leave' && alreadyLeft,
    ...(effectiveAt ? { effectiveAt } : {}),
    ...(endsAt ? { endsAt } : {}),
    ...(reason ? { reason } : {}),
  }
}
