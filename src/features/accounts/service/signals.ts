import { type CompanyCaller, systemCaller } from '../../../kernel/caller.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { type JsonValue, record } from '../../audit/index.ts'
import { type OwnMembership, readMemberships } from '../views.ts'
import { callerIn } from './sessions.ts'

/** What became of an account, as the companies concerned and their event streams hear of it. */
export type SignalAction =
  | 'account.identifier_bound'
  | 'account.identifier_unbound'
  | 'account.identifier_changed'
  | 'account.identifier_recycled'
  | 'account.sessions_revoked'
  | 'account.disabled'
  | 'account.enabled'
  | 'account.deleted'

export interface Signal {
  readonly action: SignalAction
  /** Kinds, ids and counts; never the value of an identifier. */
  readonly effect: Readonly<Record<string, JsonValue>>
}

/**
 * Records in the ledger of every company that the account still belongs to what became of it. Where somebody else's
 * request caused it, the system is named as the one who acted, so that no company learns of a person of another.
 */
export async function signal(tx: Tx, accountId: string, { action, effect }: Signal): Promise<void> {
  for (const membership of await presentMemberships(tx, accountId)) {
    await tx.inCompany(actorIn(tx, membership, accountId), async (inside) => {
      record(inside, { action, subjectKind: 'member', subjectId: membership.memberId, effect })
      if (action !== 'account.sessions_revoked') return
      inside.announce({ kind: 'sessions-ended', companyId: inside.companyId, accountId })
    })
  }
}

/** The companies that an account belongs to, those that its person has left aside. */
export async function presentMemberships(tx: Tx, accountId: string): Promise<OwnMembership[]> {
  return (await readMemberships(tx, accountId)).filter(({ status }) => status !== 'left')
}

/** Who acts in a company for an account: its person, or the system when somebody or something else does. */
export function actorIn(tx: Tx, membership: OwnMembership, accountId: string): CompanyCaller {
  const { caller } = tx
  const isOwn = 'accountId' in caller && caller.accountId === accountId
  return isOwn ? callerIn(membership, accountId) : systemCaller(membership.companyId, 'accounts')
}
