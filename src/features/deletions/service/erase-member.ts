import type { Tx } from '../../../platform/db/tx.ts'
import { eraseDetails, record } from '../../audit/index.ts'
import { eraseMember, type FormerMember } from '../../custody-ports/index.ts'
import { formerMember } from '../../people/index.ts'
import { activeHoldsOn } from '../../requests/index.ts'
import { eraseRequestTexts, finishMemberErasure, insertMemberErasure, lockMemberErasure } from '../store.ts'

/**
 * ACC-3, in the company's realm: erases what the company has of a person whose account is gone. What the member did stays,
 * under the staff code. A legal hold on the member puts it off until it is lifted (ALL-7).
 * @returns whether it was erased now
 */
export async function eraseFormerMember(tx: Tx, memberId: string): Promise<boolean> {
  if (!(await lockMemberErasure(tx, memberId))) return false
  if ((await activeHoldsOn(tx, 'member', memberId)).length > 0) return false
  const former = await formerMember(tx, memberId)
  if (former) await erase(tx, former)
  finishMemberErasure(tx, memberId)
  return true
}

/** The same for a member whom a backup brought back: it was decided and done, so that no hold is asked. */
export async function eraseMemberAgain(
  tx: Tx,
  { memberId, accountId }: { readonly memberId: string; readonly accountId: string },
): Promise<boolean> {
  const former = await formerMember(tx, memberId)
  if (!former) return false
  insertMemberErasure(tx, { memberId, accountId })
  await erase(tx, former)
  finishMemberErasure(tx, memberId)
  return true
}

async function erase(tx: Tx, former: FormerMember): Promise<void> {
  await eraseMember(tx, former)
  eraseRequestTexts(tx, former.memberId)
  const details = await eraseDetails(tx, former)
  record(tx, {
    action: 'member.erased',
    subjectKind: 'member',
    subjectId: former.memberId,
    effect: { staffCode: former.staffCode, details },
  })
}
