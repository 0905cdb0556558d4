import { Refusal } from '../../../kernel/refusal.ts'
import type { Vault } from '../../../platform/crypto/vault.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import {
  actorIn,
  type EndOfDeletion,
  endDeletion,
  findDeletion,
  findUntold,
  lockAccountRow,
  noteSecurity,
  noteTold,
  presentMemberships,
  tellPerson,
} from '../../accounts/index.ts'
import { record } from '../../audit/index.ts'
import { deletionCancelledMessage } from '../message-templates.ts'
import { deletionRefusal } from '../refusals.ts'
import { requireAccount } from './read.ts'
import { tellAdmins } from './tell-admins.ts'

/** ACC-2: the person keeps the own account. @throws Refusal `deletion.none` */
export async function cancelDeletion(tx: Tx): Promise<undefined> {
  await lockAccountRow(tx, 'update')
  if (!(await cancel(tx, 'withdrawn'))) throw new Refusal(deletionRefusal.none)
  return undefined
}

/** ACC-2: signing in cancels a deletion that waits. A deletion that begins meanwhile waits for this, or this for it. */
export async function personSignedIn(tx: Tx): Promise<void> {
  await lockAccountRow(tx, 'share')
  await cancel(tx, 'signed_in')
}

async function cancel(tx: Tx, how: EndOfDeletion): Promise<boolean> {
  const open = await findDeletion(tx)
  if (open?.state !== 'waiting' || open.cause !== 'asked') return false
  const accountId = requireAccount(tx)
  const { deletionId } = open
  endDeletion(tx, deletionId, how)
  noteSecurity(tx, { kind: 'deletion_cancelled', facts: { how } })
  for (const membership of await presentMemberships(tx, accountId)) {
    const { memberId } = membership
    await tx.inCompany(actorIn(tx, membership, accountId), async (inside) => {
      record(inside, {
        action: 'account.deletion_cancelled',
        subjectKind: 'member',
        subjectId: memberId,
        effect: { deletionId, how },
      })
      await tellAdmins(inside, { kind: 'account.deletion_cancelled', memberId })
    })
  }
  return true
}

/** In the account's realm: writes to the person that the account stays, once. */
export async function tellCancelled(tx: Tx, vault: Vault): Promise<void> {
  await lockAccountRow(tx, 'update')
  for (const { deletionId } of await findUntold(tx)) {
    noteTold(tx, deletionId)
    await tellPerson(tx, vault, { template: deletionCancelledMessage, values: {} })
  }
}
