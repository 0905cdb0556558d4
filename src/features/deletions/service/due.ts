import { systemCaller } from '../../../kernel/caller.ts'
import type { Vault } from '../../../platform/crypto/vault.ts'
import type { Database } from '../../../platform/db/database.ts'
import type { ErasureJournal } from '../../../platform/files/erasure-journal.ts'
import type { Backoff } from '../../../platform/jobs/backoff.ts'
import { dueAccounts, dueMembers, membersOf, untoldAccounts } from '../views.ts'
import { tellCancelled } from './cancel.ts'
import { eraseDueAccount, finishErasing } from './erase-account.ts'
import { eraseFormerMember } from './erase-member.ts'

export interface DueParts {
  readonly database: Database
  readonly vault: Vault
  readonly erasureJournal: ErasureJournal
  readonly backoff: Backoff
}

const sweep = { kind: 'installation', id: 'deletions' } as const

/**
 * Erases the accounts that are due, each in one transaction, then writes it into the journal outside the database, then
 * marks it: killed between any two of these, it goes on where it was.
 */
export async function eraseDueAccounts(parts: DueParts): Promise<number> {
  const { database, vault, erasureJournal } = parts
  return eachDue(parts, (tx, resting) => dueAccounts(tx, resting), {
    idOf: ({ accountId }) => accountId,
    async act({ accountId }) {
      const erased = await database.inRealmOf(sweep, (tx) =>
        tx.inAccount(accountId, (inside) => eraseDueAccount(inside, vault)),
      )
      if (!erased) return false
      const { members, at } = await database.asSteward(sweep, async (tx) => ({
        members: await membersOf(tx, accountId),
        at: tx.now,
      }))
      await erasureJournal.appendAccount({ accountId, at, members })
      await database.inRealmOf(sweep, (tx) => tx.inAccount(accountId, finishErasing))
      return true
    },
  })
}

/** Erases what companies have of persons whose accounts are gone, each member in one transaction. */
export async function eraseFormerMembers(parts: Omit<DueParts, 'vault' | 'erasureJournal'>): Promise<number> {
  return eachDue(parts, (tx, resting) => dueMembers(tx, resting), {
    idOf: ({ memberId }) => memberId,
    act: ({ companyId, memberId }) =>
      parts.database.inRealmOf(systemCaller(companyId, 'deletions'), (tx) => eraseFormerMember(tx, memberId)),
  })
}

/** Writes to those whose account stays after all. */
export async function tellOfCancelled({
  database,
  vault,
}: Pick<DueParts, 'database' | 'vault'>): Promise<number> {
  const found = await database.asSteward(sweep, untoldAccounts)
  for (const { accountId } of found) {
    await database.inRealmOf(sweep, (tx) => tx.inAccount(accountId, (inside) => tellCancelled(inside, vault)))
  }
  return found.length
}

interface Work<Row> {
  idOf(row: Row): string
  /** Whether anything was done. */
  act(row: Row): Promise<boolean>
}

// What fails rests and is tried again; the others have their turn.
async function eachDue<Row>(
  { database, backoff }: Pick<DueParts, 'database' | 'backoff'>,
  find: (tx: Parameters<typeof dueAccounts>[0], resting: readonly string[]) => Promise<readonly Row[]>,
  work: Work<Row>,
): Promise<number> {
  const { found, nowMs } = await database.asSteward(sweep, async (tx) => {
    const now = Date.parse(tx.now)
    return { found: await find(tx, backoff.resting(now)), nowMs: now }
  })
  const failures: unknown[] = []
  let done = 0
  for (const row of found) {
    try {
      if (await work.act(row)) done += 1
      backoff.succeeded(work.idOf(row))
    } catch (error) {
      backoff.failed(work.idOf(row), nowMs)
      failures.push(error)
    }
  }
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} of ${found.length} erasures failed`)
  return done
}
