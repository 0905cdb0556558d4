import type { CustodyState, NumberType } from '../../numbers/model.ts'
import type { Role } from '../../people/model.ts'
import type { MemberStatus } from '../../people/states.ts'

/** A member as the company has them, as far as imports compare. */
export interface KnownMember {
  readonly memberId: string
  readonly staffCode: string
  readonly name: string
  readonly status: MemberStatus
  readonly alias: string | null
  readonly title: string | null
  readonly email: string | null
  readonly mobile: string | null
  readonly destination: string | null
  readonly role: Role
  readonly managerStaffCode: string | null
  readonly places: readonly { readonly departmentId: string; readonly isLead: boolean }[]
  /** Numbers held and to come, as they count against the cap. */
  readonly numbersCounted: number
}

/** A number as the company has it. */
export interface KnownNumber {
  readonly numberId: string
  readonly state: CustodyState
  readonly holderStaffCode: string | null
  readonly type: NumberType
  readonly label: string | null
  readonly fields: Readonly<Record<string, string>>
  readonly licensed: boolean
}

/** What the company has already, as far as the file touches it. */
export interface KnownFacts {
  readonly companyName: string
  /** By staff code: everyone whom the file names in any column, and all their managers upwards. */
  readonly members: ReadonlyMap<string, KnownMember>
  /** Staff code by mobile in E.164, of those who work here. */
  readonly codeByMobile: ReadonlyMap<string, string>
  /** All departments by `pathKey`. */
  readonly departmentIds: ReadonlyMap<string, string>
  /** The same the other way round. */
  readonly departmentPaths: ReadonlyMap<string, readonly string[]>
  /** By E.164: the numbers that the file names. */
  readonly numbers: ReadonlyMap<string, KnownNumber>
  /** Numbers that are not available because another company has them, in E.164. */
  readonly unavailable: ReadonlySet<string>
  /** How many numbers a member may hold. */
  readonly cap: number
  readonly licencesFree: number
  /** Names of outside systems that exist, as `systemKey` has them. */
  readonly systems: ReadonlySet<string>
  /** Accounts in outside systems that exist, as `accountKey` has them, with the holder's staff code. */
  readonly systemAccounts: ReadonlyMap<string, string | null>
  /** Whether whoever imports may make Owners and change them. */
  readonly mayMakeOwners: boolean
}

/** A company with nothing in it. */
export function nothingKnown(companyName: string): KnownFacts {
  return {
    companyName,
    members: new Map(),
    codeByMobile: new Map(),
    departmentIds: new Map(),
    departmentPaths: new Map(),
    numbers: new Map(),
    unavailable: new Set(),
    cap: 10,
    licencesFree: 0,
    systems: new Set(),
    systemAccounts: new Map(),
    mayMakeOwners: true,
  }
}

/** A staff code without regard to case: WeCom, too, takes those of different case for the same. */
export function foldCode(code: string): string {
  return code.toLowerCase()
}

/** The key of a department in `departmentIds`: its names from the top. */
export function pathKey(names: readonly string[]): string {
  return names.join('\u0000')
}

/** The key of an outside system: its name without regard to case. */
export function systemKey(name: string): string {
  return name.trim().toLowerCase()
}

/** The key of an account in an outside system. */
export function accountKey(system: string, login: string): string {
  return `${systemKey(system)}\u0000${login}`
}
