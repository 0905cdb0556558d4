import type { Tx } from '../../../platform/db/tx.ts'
import { hasAccess } from '../../people/index.ts'
import type { Membership } from '../model.ts'
import { type OwnMembership, readMemberships } from '../views.ts'

/** The companies that an account may act in: those where its member is neither suspended nor gone. */
export async function actingMemberships(tx: Tx, accountId: string): Promise<OwnMembership[]> {
  return (await readMemberships(tx, accountId)).filter((membership) => hasAccess(membership.status))
}

/** A membership as its person sees it. */
export function shownMembership({ companyId, slug, name, role, isSample }: Membership): Membership {
  return { companyId, slug, name, role, isSample }
}
