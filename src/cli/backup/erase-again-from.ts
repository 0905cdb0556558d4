import { eraseAgain as eraseAccountAgain } from '../../features/deletions/service/erase-again.ts'
import { eraseAgain } from '../../features/numbers/service/erase-again.ts'
import { systemCaller } from '../../kernel/caller.ts'
import type { Vault } from '../../platform/crypto/vault.ts'
import type { Database } from '../../platform/db/database.ts'
import type { ErasureJournal } from '../../platform/files/erasure-journal.ts'

export interface ErasedAgain {
  /** Entries of the journal whose number is here. */
  readonly done: number
  readonly records: number
  /** Accounts that the backup had brought back, in whole or in a company. */
  readonly accounts: number
}

export interface EraseAgainParts {
  readonly database: Database
  readonly vault: Vault
  readonly from: ErasureJournal
  /** The one of this installation, which a later restore reads. */
  readonly journal: ErasureJournal
  readonly operator: string
}

/**
 * Replays the journal of erasures, all of it, whatever clock it was written by: what the backup had erased already costs
 * a look.
 */
export async function eraseAgainFrom(parts: EraseAgainParts): Promise<ErasedAgain> {
  let done = 0
  let records = 0
  const here = new Set((await parts.journal.read()).map((erasure) => JSON.stringify(erasure)))
  for (const erasure of await parts.from.read()) {
    const caller = { ...systemCaller(erasure.companyId, parts.operator), kind: 'operator' as const }
    const gone = await eraseAgain(parts.database, caller, erasure)
    if (!here.has(JSON.stringify(erasure))) await parts.journal.append(erasure)
    done += gone === null ? 0 : 1
    records += gone ?? 0
  }
  return { done, records, accounts: await eraseAccountsFrom(parts) }
}

async function eraseAccountsFrom(parts: EraseAgainParts): Promise<number> {
  let accounts = 0
  const here = new Set((await parts.journal.readAccounts()).map((erased) => JSON.stringify(erased)))
  for (const erased of await parts.from.readAccounts()) {
    if (await eraseAccountAgain(parts, erased)) accounts += 1
    if (!here.has(JSON.stringify(erased))) await parts.journal.appendAccount(erased)
  }
  return accounts
}
