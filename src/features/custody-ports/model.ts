import type { Instant } from '../../kernel/fields.ts'
import type { RefusalRule, RefusalValues } from '../../kernel/refusal.ts'

/** Every kind of thing a member can hold, in the order in which a handover comes to them (HAN-3). */
export const holdingKinds = [
  'access',
  'api_token',
  'incoming_move',
  'number',
  'loan_return',
  'department_lead',
  'report',
  'role',
  'work_account',
  'task',
  'membership',
] as const
export type HoldingKind = (typeof holdingKinds)[number]

/** Something that uses another thing and suffers when that passes on, e.g. an account that is verified by a number (WRK-4). */
export interface Dependent {
  readonly kind: 'work_account' | 'identifier'
  readonly id: string
  /** As its reader knows it, e.g. `WeCom · zhangsan`; of a former member's own account nothing personal. */
  readonly label: string
  readonly use: 'login' | 'verification' | 'both' | null
  readonly since: Instant | null
}

/** Something that a member holds, as every feature reports it (HAN-1, NUM-13). */
export interface Holding {
  readonly kind: HoldingKind
  readonly id: string
  /** As its reader knows it, e.g. the phone number. */
  readonly label: string
  readonly since: Instant | null
  readonly dependents: readonly Dependent[]
  /** When it can pass on at the earliest; null or left out for at once (NUM-4). */
  readonly availableAt?: Instant | null
}

/** What comes with being a member: it goes last and does not count as something that still has to be passed on. */
const standingKinds: ReadonlySet<HoldingKind> = new Set(['access', 'role', 'membership'])

/** What still has to be passed on before a member can have left (NUM-13). */
export function toPassOn(holdings: readonly Holding[]): Holding[] {
  return holdings.filter(({ kind }) => !standingKinds.has(kind))
}

/** What may be decided for a holding: pass it on, let the company keep it, end it, or leave it as it is. */
export const ways = ['pass_on', 'park', 'end', 'leave'] as const
export type Way = (typeof ways)[number]

export const handoverKinds = ['leave', 'move', 'loan'] as const
export type HandoverKind = (typeof handoverKinds)[number]

/** In this order (HAN-3); what is of one phase is done side by side. */
export const phases = ['access', 'numbers', 'relations', 'work_accounts', 'roles', 'membership'] as const
export type Phase = (typeof phases)[number]

/** Ids, states and choices, as they are stored. */
export type Particulars = Readonly<Record<string, unknown>>

/** A fact in words of both languages, stored by its code: a blocker, a warning, a loss. */
export interface Remark {
  readonly rule: RefusalRule
  readonly values: RefusalValues
  /** What would have to be done first, as data for buttons, e.g. `{ numberId, requestId }`. */
  readonly data: Particulars
}

/** A member whose person is to be erased: the company's records keep the id and the staff code (ACC-3). */
export interface FormerMember {
  readonly memberId: string
  readonly staffCode: string
  /** What is shown instead of the name, in the company's language. */
  readonly shownAs: string
  /** Every name and alias that the person had here, those of earlier too. */
  readonly names: readonly string[]
  /** The person's own addresses here, those of earlier too: e-mail, mobile, destination. */
  readonly addresses: readonly string[]
}

/** One holding of a handover with what was decided for it. */
export interface StepItem {
  readonly itemId: string
  readonly holdingId: string
  readonly label: string
  readonly way: Way
  /** The successor; null where nobody gets it. */
  readonly toMemberId: string | null
  /** NUM-5, of numbers that pass on; null for everything else. */
  readonly history: 'keep' | 'hide' | 'delete' | null
  /** When a lent thing comes back by itself; null unless the handover is a loan. */
  readonly returnAt: Instant | null
}

/** Whose holdings pass on, why, and when. */
export interface HandoverFacts {
  readonly handoverId: string
  readonly kind: HandoverKind
  readonly leaverId: string
  /** When it takes effect: now, or a time to come. */
  readonly effectiveAt: Instant
  readonly reason: string | null
  /** Who decided, in the form of `personOf`; the run acts in their name. */
  readonly decidedBy: string
}

/** What a step would do to one item, as a dry run (HAN-2). Nothing is written. */
export interface StepForecast {
  readonly itemId: string
  /** What is, as far as the step changes it: who holds it, since when, what is seen. */
  readonly before: Particulars
  readonly after: Particulars
  /** False for what no undo brings back. */
  readonly isReversible: boolean
  /** When it can be done at the earliest; null for at once. */
  readonly notBefore: Instant | null
  /** What it has to wait for, beyond a time. */
  readonly waitsFor: 'cooldown' | 'check' | 'task' | null
  readonly blockers: readonly Remark[]
  readonly warnings: readonly Remark[]
  /** What someone gets to see who did not before. */
  readonly becomesVisible: readonly Remark[]
  readonly lostForEver: readonly Remark[]
  /** Licences that it takes (positive) or frees (negative). */
  readonly licences: number
}

/** What became of one item in the run. */
export type StepResult = { readonly itemId: string } & (
  | { readonly state: 'attempted'; readonly before: Particulars; readonly after: Particulars }
  | {
      readonly state: 'waiting'
      readonly waitsFor: 'cooldown' | 'check' | 'task' | 'approval' | 'rest'
      /** When to try again by itself; null for when what it waits for has happened. */
      readonly until: Instant | null
      /** The task or request that it waits for. */
      readonly reference: string | null
      readonly before: Particulars
    }
  | { readonly state: 'failed'; readonly refusal: { readonly code: string; readonly values: RefusalValues } }
)

/** What is seen when an item is looked at again (WRK-3): whether the step's effect is there. */
export interface Observation {
  readonly itemId: string
  readonly isThere: boolean
  /** What is seen, in the form of `before` and `after`. */
  readonly seen: Particulars
}

/** An item that was done or begun, with what it was before. */
export interface DoneItem extends StepItem {
  readonly before: Particulars
  readonly after: Particulars | null
  readonly reference: string | null
}
