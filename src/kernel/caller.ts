import type { Instant } from './fields.ts'
import type { InstallationScope, Permission, Role } from './permission.ts'

/** A person or machine acting in one company. */
export interface CompanyCaller {
  readonly kind: 'member' | 'token' | 'operator' | 'system'
  /** What the audit ledger names: member id, token id, OS user name, or the job's name. */
  readonly id: string
  readonly companyId: string
  /** The member behind a session or token; null for the operator of the machine and for the system. */
  readonly memberId: string | null
  readonly accountId: string | null
  readonly sessionId: string | null
  readonly role: Role
  /** A token's scopes narrow its member's role; null means everything the role allows. */
  readonly scopes: readonly Permission[] | null
  /** For the system: the member who scheduled or approved what is done now. */
  readonly onBehalfOf: string | null
}

/** A person signed in to the own account, without a company. */
export interface AccountCaller {
  readonly kind: 'account'
  readonly id: string
  readonly accountId: string
  readonly sessionId: string
  /** When the person last proved who they are, by signing in or by confirming it. */
  readonly provedAt: Instant
}

/** The operator of the installation, on the machine itself or with an installation right. */
export interface InstallationCaller {
  readonly kind: 'installation'
  readonly id: string
}

/** A machine that serves all companies of the installation, by a token that is no company's. */
export interface InstallationTokenCaller {
  readonly kind: 'installation_token'
  readonly id: string
  readonly scopes: readonly InstallationScope[]
}

export interface AnonymousCaller {
  readonly kind: 'anonymous'
  readonly id: 'anonymous'
}

export type Caller =
  | CompanyCaller
  | AccountCaller
  | InstallationCaller
  | InstallationTokenCaller
  | AnonymousCaller

/** Tells whether the caller acts in a company. */
export function isCompanyCaller(caller: Caller): caller is CompanyCaller {
  return 'companyId' in caller
}

/** The system acting for a member whose decision falls due now. */
export function systemCaller(
  companyId: string,
  task: string,
  onBehalfOf: string | null = null,
): CompanyCaller {
  return {
    kind: 'system',
    id: task,
    companyId,
    memberId: null,
    accountId: null,
    sessionId: null,
    role: 'owner',
    scopes: null,
    onBehalfOf,
  }
}

/**
 * The person behind a caller, so that a session, a token and a task of the same member count as one person: a member
 * id, else `operator:` or `system:` with a name.
 */
export function personOf(caller: Caller): string {
  if (isCompanyCaller(caller)) return caller.memberId ?? caller.onBehalfOf ?? `${caller.kind}:${caller.id}`
  return `${caller.kind === 'installation' ? 'operator' : caller.kind}:${caller.id}`
}
