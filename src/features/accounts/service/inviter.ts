import { isCompanyCaller } from '../../../kernel/caller.ts'
import { permissionNames, type Role, roleAllows } from '../../../kernel/permission.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { hasAccess } from '../../people/index.ts'
import { accountRefusal } from '../model.ts'
import { scopesBeyond } from '../rules.ts'
import { readMember } from '../views.ts'

/** A link by which somebody joins as a member, as it was made. */
export interface LinkMade {
  /** What the member was then; null where that was not kept. */
  readonly memberRole: string | null
  /** Who made it: `personOf` its caller. */
  readonly createdBy: string
}

const memberId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * In the company's realm: whether a link still lets somebody in as a member of this role. The member has to be what it
 * was for, and whoever made it has to be allowed still: else a link that was kept back is worth more than its maker.
 */
export async function isStillGood(tx: Tx, link: LinkMade, role: Role): Promise<boolean> {
  if (link.memberRole !== role) return false
  // The operator of the machine, or Baton itself.
  if (!memberId.test(link.createdBy)) return true
  const maker = await readMember(tx, link.createdBy)
  if (!maker || !hasAccess(maker.status) || !roleAllows(maker.role, 'members:write')) return false
  return role !== 'owner' || maker.role === 'owner'
}

/**
 * Whoever gets a link signs in with all that the role allows: a token with fewer scopes makes none.
 * @throws Refusal `sign_in_link.beyond_scopes`
 */
export function refuseBeyondScopes({ caller }: Tx, role: Role): void {
  if (!isCompanyCaller(caller) || caller.scopes === null) return
  const allowed = permissionNames.filter((permission) => roleAllows(role, permission))
  const beyond = scopesBeyond(allowed, role, caller)
  if (beyond.length > 0) throw new Refusal(accountRefusal.linkBeyondScopes, { scopes: beyond.join(', ') })
}
