import type { Tx } from '../../platform/db/tx.ts'
import { record } from '../audit/index.ts'
import { insertMember } from './store.ts'

export { maskEmail, maskMobile } from './rules.ts'
export { scopeOf, subtreeOf } from './scope.ts'
export { endsOf, foldForSearch, searchWords } from './search-tokens.ts'
export { changeMember } from './service/change-member.ts'
export { createDepartment, removeDepartment } from './service/departments.ts'
export { endMembership, formerMember, holdLastOwner } from './service/former-member.ts'
export {
  createMember,
  listMembersHere,
  listMembersIn,
  removeMember,
  requireSeenMember,
} from './service/members.ts'
export { hasAccess } from './states.ts'
export {
  addNotices,
  linkAccount,
  lockMembers,
  writeSearchTokens,
} from './store.ts'
export { isLastOwner } from './views.ts'

/** The first Owner of a company that is being set up; other features cannot make members. */
export interface FirstOwner {
  readonly memberId: string
  readonly name: string
  readonly email: string
  /** Null until the person joins by a sign-in link. */
  readonly accountId: string | null
}

/** Staff code of a company's first Owner, until someone gives them their own. */
const firstOwnerStaffCode = 'owner'

/** Writes the first Owner of a new company, joined to an account, with a ledger entry. */
export async function createFirstOwner(tx: Tx, owner: FirstOwner): Promise<void> {
  await insertMember(tx, {
    memberId: owner.memberId,
    staffCode: firstOwnerStaffCode,
    name: owner.name,
    alias: null,
    email: owner.email,
    mobile: null,
    destination: null,
    title: null,
    managerId: null,
    role: 'owner',
    status: 'active',
    accountId: owner.accountId,
    version: 1,
    leftAt: null,
  })
  record(tx, {
    action: 'member.created',
    subjectKind: 'member',
    subjectId: owner.memberId,
    effect: { role: 'owner', status: 'active' },
    details: { name: owner.name, staffCode: firstOwnerStaffCode },
  })
}
