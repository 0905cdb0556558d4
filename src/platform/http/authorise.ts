import { type Caller, type InstallationTokenCaller, isCompanyCaller } from '../../kernel/caller.ts'
import { addMinutes } from '../../kernel/instant.ts'
import { type Access, roleAllows } from '../../kernel/permission.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { httpRefusal } from './refusals.ts'

/**
 * Decides whether a caller may use a route.
 * @throws Refusal `session.required`, `company.not_named`, `permission.missing`, `token.scope_missing` or
 *   `token.of_installation`, `account.person_only`
 */
export function authorise(access: Access, caller: Caller): void {
  if (access === 'public') return
  if (caller.kind === 'anonymous') throw new Refusal(httpRefusal.notSignedIn)
  if (caller.kind === 'installation_token') {
    authoriseInstallationToken(access, caller)
    return
  }
  if (access === 'account') return
  if (access === 'person') {
    if (caller.kind !== 'account') throw new Refusal(httpRefusal.personOnly)
    return
  }
  if (access === 'operator') {
    if (caller.kind !== 'installation')
      throw new Refusal(httpRefusal.notAllowed, {
        role: caller.kind,
        permission: 'operator of the installation',
      })
    return
  }
  if (!isCompanyCaller(caller)) throw new Refusal(httpRefusal.companyMissing)
  if (!roleAllows(caller.role, access))
    throw new Refusal(httpRefusal.notAllowed, { role: caller.role, permission: access })
  if (caller.scopes && !caller.scopes.includes(access))
    throw new Refusal(httpRefusal.scopeMissing, { permission: access })
}

/** How long a proof of who is there counts for what is delicate (ASVS 7.5.1). */
const freshMinutes = 10

/** @throws Refusal `session.not_fresh` for a person who proved too long ago who they are */
export function requireFresh(caller: Caller, now: string): void {
  if (caller.kind !== 'account' || caller.provedAt <= addMinutes(now, -freshMinutes)) {
    throw new Refusal(httpRefusal.notFresh)
  }
}

function authoriseInstallationToken(access: Access, { scopes }: InstallationTokenCaller): void {
  const allowed: readonly Access[] = scopes
  if (!allowed.includes(access))
    throw new Refusal(httpRefusal.installationToken, { scopes: scopes.join(', ') })
}
