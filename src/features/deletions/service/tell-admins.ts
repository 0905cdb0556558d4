import type { Tx } from '../../../platform/db/tx.ts'
import { addNotices } from '../../people/index.ts'
import { adminsBut } from '../views.ts'

/** In the company's realm: tells its Owners and Admins what becomes of a member's account. */
export async function tellAdmins(
  tx: Tx,
  { kind, memberId }: { readonly kind: string; readonly memberId: string },
): Promise<void> {
  const admins = await adminsBut(tx, memberId)
  addNotices(
    tx,
    admins.map((adminId) => ({
      noticeId: tx.newId(),
      memberId: adminId,
      kind,
      particulars: { memberId },
      at: tx.now,
    })),
  )
}
