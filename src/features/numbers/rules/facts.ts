import type { Instant } from '../../../kernel/fields.ts'
import type { Role } from '../../../kernel/permission.ts'
import type { Cause, CustodyState, History, MoveState } from '../model.ts'

/** A number as the rules see it: its row, which copies the open assignment. */
export interface NumberFacts {
  readonly e164: string
  readonly country: string
  readonly state: CustodyState
  readonly holderId: string | null
  readonly heldFrom: Instant
  readonly visibleFrom: Instant
  /** When it was last given to someone; parking does not change it (NUM-4). */
  readonly assignedAt: Instant | null
  readonly licensed: boolean
  readonly waiting: readonly WaitingFacts[]
  readonly underHold: boolean
}

export interface WaitingFacts {
  readonly moveId: string
  readonly kind: 'move' | 'return'
  readonly toMemberId: string
  readonly state: MoveState
  readonly dueAt: Instant
  /** For the return of a loan: what the lender saw, and will see again. */
  readonly restoreVisibleFrom: Instant | null
}

/** The member who is to receive a number, with everything that counts against the cap (NUM-3, ADR 0013). */
export interface RecipientFacts {
  readonly memberId: string
  readonly name: string
  readonly status: 'active' | 'suspended' | 'leaving' | 'left'
  /** Numbers held, moves that will come, and lent numbers that will come back. */
  readonly counted: number
  readonly heldNumbers: readonly { readonly numberId: string; readonly e164: string }[]
  readonly tier: string
  readonly cap: number
}

/** What the company's licences and policies say. */
export interface CompanyFacts {
  readonly licencesTotal: number
  readonly licencesFree: number
  readonly cooldownMinutes: number
  readonly undoWindowHours: number
  readonly minimumRetentionDays: number
  readonly checkedCountries: ReadonlySet<string>
}

/** A move as it is asked for, with its times read already. */
export interface AskedMove {
  readonly kind: 'assign' | 'reassign'
  readonly toMemberId: string
  readonly history: History
  /** undefined: the caller does not say. */
  readonly expectedHolderId: string | null | undefined
  readonly at: Instant | null
  readonly returnAt: Instant | null
  readonly when: 'now' | 'earliest'
  readonly overrideReason: string | null
  readonly reason: string | null
  readonly askedBy: Role
  /** Settled before: a second person approved it, or the country's check is cleared. */
  readonly approved: boolean
  readonly checked: boolean
}

/** One stretch of custody that begins now. */
export interface NextCustody {
  readonly at: Instant
  readonly state: CustodyState
  readonly holderId: string | null
  readonly visibleFrom: Instant
  readonly assignedAt: Instant | null
  readonly cause: Cause
  readonly takesLicence: boolean
  readonly freesLicence: boolean
}
