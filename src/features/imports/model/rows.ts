import type { History, NumberType } from '../../numbers/model.ts'
import type { Role } from '../../people/model.ts'
import type { CellValue } from './column.ts'
import type { RowEdits } from './options.ts'
import type { FieldChange, Problem, Verdict } from './verdict.ts'

/** A row of the file, read by the mapping: one value for each cell that could be read. */
export interface ReadRow {
  readonly row: number
  /** Nothing stands in it. */
  readonly isBlank: boolean
  /** It is the example of the template. */
  readonly isSample: boolean
  readonly values: Readonly<Record<string, CellValue>>
  readonly problems: readonly Problem[]
  readonly edits: RowEdits
}

/** A department that a member is to be in: there already, or to be made. */
export interface WantedPlace {
  /** Null when it is to be made. */
  readonly departmentId: string | null
  /** Names from the top, with everything above it. */
  readonly path: readonly string[]
  readonly isLead: boolean
}

/** What a row says of a member. What it does not say is not there, and stays as it is. */
export interface MemberDraft {
  readonly subject: 'member'
  readonly staffCode: string
  /** The staff code that the member has had so far; null when it stays. */
  readonly renamedFrom: string | null
  readonly name: string
  readonly alias?: string
  readonly title?: string
  /** E.164. */
  readonly mobile?: string
  readonly email?: string
  readonly destination?: string
  readonly managerStaffCode?: string
  readonly places?: readonly WantedPlace[]
  readonly role?: Role
}

export interface NumberDraft {
  readonly subject: 'number'
  readonly e164: string
  readonly label?: string
  readonly type?: NumberType
  readonly fields: Readonly<Record<string, string>>
  /** Who gets a number that is new or parked. */
  readonly holderStaffCode?: string
}

export interface RecordDraft {
  readonly subject: 'record'
  /** Members of a NewRecord of the records feature. */
  readonly number: string
  readonly kind: 'call' | 'message' | 'voicemail'
  readonly direction: 'inbound' | 'outbound'
  readonly otherParty: string
  readonly otherName?: string
  readonly occurredAt: string
  readonly durationSeconds?: number
  readonly answered?: boolean
  readonly text?: string
  readonly source: string
  readonly sourceId: string
}

export interface MoveDraft {
  readonly subject: 'move'
  readonly e164: string
  readonly toStaffCode: string
  readonly expectedStaffCode?: string
  readonly history?: History
  /** Instant. */
  readonly at?: string
  readonly reason?: string
}

export interface SystemDraft {
  readonly subject: 'system'
  readonly system: string
  readonly link?: string
  readonly instructions?: string
  readonly login?: string
  readonly holderStaffCode?: string
  /** E.164. */
  readonly e164?: string
  readonly usedFor?: 'login' | 'verification' | 'both'
  readonly note?: string
}

export type Draft = MemberDraft | NumberDraft | RecordDraft | MoveDraft | SystemDraft

/** What applying would do with a row. */
export interface CheckedRow {
  readonly row: number
  readonly verdict: Verdict
  readonly problems: readonly Problem[]
  /** For `changed`: what would be different; for `new` empty. */
  readonly changes: readonly FieldChange[]
  /** What would be written; null unless the verdict is `new` or `changed`. */
  readonly draft: Draft | null
  /** The member or number that is there already; null for none. */
  readonly subjectId: string | null
}
