import { type CompanyCaller, isCompanyCaller } from '../../../kernel/caller.ts'
import { addHours } from '../../../kernel/instant.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteOutput } from '../../../kernel/route.ts'
import { hashSecret, newSecret } from '../../../platform/crypto/secret.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { Reply } from '../../../platform/http/bind.ts'
import { record } from '../../audit/index.ts'
import type { accountsContract } from '../contract.ts'
import { accountRefusal } from '../model.ts'
import { sessionHours } from '../rules.ts'
import { endSession as closeSession, insertSession } from '../store.ts'
import type { OwnMembership } from '../views.ts'
import { actingMemberships, shownMembership } from './memberships.ts'

type Opened = RouteOutput<(typeof accountsContract)['openSession']>

/** Opens a new session of an account and answers with its cookie; each company concerned has it in its ledger. */
export async function openSessionOf(
  tx: Tx,
  person: { readonly accountId: string; readonly device: string | null },
): Promise<Reply<Opened>> {
  const { accountId, device } = person
  const secret = newSecret()
  insertSession(tx, {
    hash: hashSecret(secret),
    accountId,
    device,
    expiresAt: addHours(tx.now, sessionHours),
  })
  const memberships = await actingMemberships(tx, accountId)
  await tellCompanies(tx, { accountId, memberships, action: 'session.opened' })
  const companies = memberships.map(shownMembership)
  return new Reply(
    { accountId, companies },
    { setSession: { value: secret, maxAgeSeconds: sessionHours * 3600 } },
  )
}

/**
 * Ends the session that the request was made with and takes its cookie away.
 * @throws Refusal `session.none` for tokens and operators
 */
export async function endSession(tx: Tx): Promise<Reply<undefined>> {
  const { caller } = tx
  const session = caller.kind === 'account' || isCompanyCaller(caller) ? caller : null
  if (!session?.sessionId || !session.accountId) throw new Refusal(accountRefusal.noSession)
  const { accountId, sessionId } = session
  closeSession(tx, sessionId, accountId)
  const memberships = await actingMemberships(tx, accountId)
  await tellCompanies(tx, { accountId, memberships, action: 'session.ended' })
  return new Reply(undefined, { setSession: { value: null, maxAgeSeconds: 0 } })
}

interface Telling {
  readonly accountId: string
  readonly memberships: readonly OwnMembership[]
  readonly action: 'session.opened' | 'session.ended'
}

// A session belongs to an account, not to a company; whoever may act in a company with it shows in its ledger.
async function tellCompanies(tx: Tx, { accountId, memberships, action }: Telling): Promise<void> {
  for (const membership of memberships) {
    await tx.inCompany(callerIn(membership, accountId), async (inside) => {
      record(inside, { action, subjectKind: 'member', subjectId: membership.memberId, effect: {} })
      if (action === 'session.ended') {
        inside.announce({ kind: 'sessions-ended', companyId: inside.companyId, accountId })
      }
    })
  }
}

/** A person acting in a company as the member they are there. */
export function callerIn(
  membership: Pick<OwnMembership, 'companyId' | 'memberId' | 'role'>,
  accountId: string,
): CompanyCaller {
  const { companyId, memberId, role } = membership
  return {
    kind: 'member',
    id: memberId,
    companyId,
    memberId,
    accountId,
    sessionId: null,
    role,
    scopes: null,
    onBehalfOf: null,
  }
}
