import { systemCaller } from '../../../kernel/caller.ts'
import type { Vault } from '../../../platform/crypto/vault.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import {
  beginErasing,
  endDeletion,
  eraseAccountRow,
  findDeletion,
  forgetAllAttempts,
  identifierDigest,
  insertDeletion,
  isFrozen,
  listIdentifiers,
  lockAccountRow,
  type OwnMembership,
  putOffDeletion,
  readMemberships,
  revokeTokensOf,
  signal,
  tellPerson,
  unbindIdentifier,
} from '../../accounts/index.ts'
import { record } from '../../audit/index.ts'
import { tellAccountGone } from '../../custody-ports/index.ts'
import { endMembership, holdLastOwner } from '../../people/index.ts'
import { accountErasedMessage } from '../message-templates.ts'
import { type DueFacts, decideDue } from '../rules.ts'
import { fulfilRequests, insertMemberErasure } from '../store.ts'
import { endOf, requireAccount } from './read.ts'
import { tellAdmins } from './tell-admins.ts'

const system = 'deletions'

/**
 * ACC-3, in the account's realm: erases an account whose time has come: everything personal of it goes at once, its
 * identifiers are free, its memberships end. What companies have of the person goes by `eraseFormerMember`.
 * @returns whether it is erased as far as the database is concerned, and is to be written into the journal
 */
export async function eraseDueAccount(tx: Tx, vault: Vault): Promise<boolean> {
  await lockAccountRow(tx, 'update')
  const deletion = await findDeletion(tx)
  if (!deletion) return false
  const decision = decideDue({ ...deletion, now: tx.now, ...(await standing(tx)) })
  if (decision === 'not_yet') return false
  if (decision === 'put_off') {
    await putOff(tx, deletion.deletionId)
    return false
  }
  if (deletion.state === 'waiting') {
    beginErasing(tx, deletion.deletionId)
    await erase(tx, vault, { mayLeaveOwner: false })
  }
  return true
}

/** In the account's realm: marks the erasure as done; it must be in the journal before. */
export async function finishErasing(tx: Tx): Promise<void> {
  await lockAccountRow(tx, 'update')
  const deletion = await findDeletion(tx)
  if (deletion?.state === 'erasing') endDeletion(tx, deletion.deletionId, 'erased')
}

/**
 * In the account's realm: erases an account again that a backup brought back.
 * @returns false where there is no such account, or nothing of it
 */
export async function eraseAccountAgain(tx: Tx, vault: Vault): Promise<boolean> {
  const state = await lockAccountRow(tx, 'update')
  if (state === null || state === 'erased') return false
  const deletion = await findDeletion(tx)
  if (!deletion) await insertDeletion(tx, { cause: 'restored', dueAt: tx.now, state: 'erasing' })
  else beginErasing(tx, deletion.deletionId)
  await erase(tx, vault, { mayLeaveOwner: true })
  return true
}

// Of two Owners who are erased at once, one waits here for the other, and then stays.
async function standing(tx: Tx): Promise<Omit<DueFacts, 'state' | 'cause' | 'dueAt' | 'now'>> {
  const present = (await readMemberships(tx, requireAccount(tx))).filter(({ status }) => status !== 'left')
  let isLast = false
  for (const membership of present) {
    isLast ||= await tx.inCompany(systemCaller(membership.companyId, system), (inside) =>
      holdLastOwner(inside, membership.memberId),
    )
  }
  return { isMember: present.length > 0, isLastOwner: isLast, isFrozen: await isFrozen(tx) }
}

async function putOff(tx: Tx, deletionId: string): Promise<void> {
  const until = endOf(tx.now, 1)
  putOffDeletion(tx, deletionId, until)
  for (const membership of await readMemberships(tx, requireAccount(tx))) {
    if (membership.status === 'left') continue
    await tx.inCompany(systemCaller(membership.companyId, system), async (inside) => {
      record(inside, {
        action: 'account.deletion_put_off',
        subjectKind: 'member',
        subjectId: membership.memberId,
        effect: { deletionId, until },
      })
    })
  }
}

interface Erasing {
  /** The last Owner, whom a backup has brought back as one, stays one without a person. */
  readonly mayLeaveOwner: boolean
}

async function erase(tx: Tx, vault: Vault, erasing: Erasing): Promise<void> {
  const accountId = requireAccount(tx)
  await tellPerson(tx, vault, { template: accountErasedMessage, values: {} })
  await signal(tx, accountId, { action: 'account.deleted', effect: {} })
  for (const membership of await readMemberships(tx, accountId)) {
    await tx.inCompany(systemCaller(membership.companyId, system), async (inside) => {
      const ended = await endMembership(inside, membership.memberId)
      if (ended === null && !erasing.mayLeaveOwner) throw new Error('the last Owner is not erased')
      await tellGone(inside, membership, { accountId, isHolding: ended?.status !== 'left' })
    })
  }
  await forgetAllAttempts(tx, vault)
  for (const { identifierId, kind, value } of await listIdentifiers(tx)) {
    const digest = identifierDigest(vault, kind, value)
    await unbindIdentifier(tx, identifierId, { how: 'account_erased', digest })
  }
  await tellAccountGone(tx)
  eraseAccountRow(tx)
}

async function tellGone(
  tx: Tx,
  { memberId }: OwnMembership,
  { accountId, isHolding }: { readonly accountId: string; readonly isHolding: boolean },
): Promise<void> {
  revokeTokensOf(tx, memberId)
  fulfilRequests(tx, memberId)
  insertMemberErasure(tx, { memberId, accountId })
  tx.announce({ kind: 'sessions-ended', companyId: tx.companyId, accountId })
  await tellAdmins(tx, { kind: isHolding ? 'account.deleted_holding' : 'account.deleted', memberId })
}
