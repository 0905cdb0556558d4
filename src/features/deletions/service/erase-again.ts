import { systemCaller } from '../../../kernel/caller.ts'
import type { Vault } from '../../../platform/crypto/vault.ts'
import type { Database } from '../../../platform/db/database.ts'
import type { ErasedAccount } from '../../../platform/files/erasure-journal.ts'
import { eraseAccountAgain, finishErasing } from './erase-account.ts'
import { eraseMemberAgain } from './erase-member.ts'

export interface AgainParts {
  readonly database: Database
  readonly vault: Vault
  /** Who restores, for the ledger. */
  readonly operator: string
}

/**
 * Erases an account again that had been erased before a backup brought it back, with what companies have of its person:
 * also those that the backup knew it to be a member of, and no legal hold is asked, since it was decided and done.
 * @returns whether anything of it was here
 */
export async function eraseAgain(
  { database, vault, operator }: AgainParts,
  { accountId, members }: ErasedAccount,
): Promise<boolean> {
  const restore = { kind: 'installation', id: operator } as const
  const wasHere = await database.inRealmOf(restore, (tx) =>
    tx.inAccount(accountId, async (inside) => {
      const erased = await eraseAccountAgain(inside, vault)
      if (erased) await finishErasing(inside)
      return erased
    }),
  )
  let erased = wasHere
  for (const { companyId, memberId } of members) {
    const caller = { ...systemCaller(companyId, operator), kind: 'operator' as const }
    if (await database.inRealmOf(caller, (tx) => eraseMemberAgain(tx, { memberId, accountId }))) erased = true
  }
  return erased
}
