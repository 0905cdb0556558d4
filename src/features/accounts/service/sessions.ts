import { type CompanyCaller, isCompanyCaller } from '../../../kernel/caller.ts'
import { addHours } from '../../../kernel/instant.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import { hashSecret, newSecret } from '../../../platform/crypto/secret.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { type OwnContext, Reply, type SessionCookie } from '../../../platform/http/bind.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { record } from '../../audit/index.ts'
import { tellSignedIn } from '../../custody-ports/index.ts'
import type { accountsContract } from '../contract.ts'
import { touchIdentifier } from '../identifier-store.ts'
import { accountRefusal, type SignedIn } from '../model.ts'
import { deviceDays, sessionHours } from '../rules.ts'
import { noteDevice, noteSecurity } from '../security-store.ts'
import { endSession as closeSession, endSessionsBut, insertSession } from '../store.ts'
import type { OwnMembership } from '../views.ts'
import { actingMemberships, shownMembership } from './memberships.ts'

type Routes = typeof accountsContract

export interface Arrival extends Pick<OwnContext, 'device' | 'network' | 'deviceHash'> {
  readonly accountId: string
  /** The identifier that the person came in with; null for none. */
  readonly identifierId: string | null
  /** What proved who they are, in the words of the security log, e.g. `password`. */
  readonly proof: string
}

/**
 * Opens a new session of an account and answers with its cookie. The browser is known from then on, the person finds it
 * in the security log, and each company concerned in its ledger.
 */
export async function openSessionOf(tx: Tx, arrival: Arrival): Promise<Reply<SignedIn>> {
  const { accountId, identifierId, device, network } = arrival
  const secret = newSecret()
  const setDevice = await tx.inAccount(accountId, (inside) => {
    const expiresAt = addHours(inside.now, sessionHours)
    insertSession(inside, { hash: hashSecret(secret), device, network, expiresAt, identifierId })
    return meetPerson(inside, arrival)
  })
  const memberships = await actingMemberships(tx, accountId)
  await tellCompanies(tx, { accountId, memberships, action: 'session.opened' })
  const companies = memberships.map(shownMembership)
  return new Reply(
    { accountId, companies },
    { setSession: { value: secret, maxAgeSeconds: sessionHours * 3600 }, setDevice },
  )
}

async function meetPerson(tx: Tx, arrival: Arrival): Promise<SessionCookie | undefined> {
  const { identifierId, proof, deviceHash, device, network } = arrival
  await tellSignedIn(tx)
  if (identifierId !== null) touchIdentifier(tx, identifierId)
  noteSecurity(tx, { kind: 'signed_in', facts: { proof }, place: { device, network } })
  if (deviceHash !== null) {
    noteDevice(tx, deviceHash)
    return undefined
  }
  const secret = newSecret()
  noteDevice(tx, hashSecret(secret))
  return { value: secret, maxAgeSeconds: deviceDays * 86_400 }
}

/**
 * Ends the session that the request was made with and takes its cookie away.
 * @throws Refusal `session.none` for tokens and operators
 */
export async function endSession(tx: Tx): Promise<Reply<undefined>> {
  const { accountId, sessionId } = requireSession(tx)
  await tx.inAccount(accountId, (inside) => closeSession(inside, sessionId))
  await tellOfEnd(tx, accountId)
  return signedOut()
}

/**
 * Ends one session of the own account, perhaps the one that the request was made with.
 * @throws Refusal `thing.not_found`, also for tokens and operators, who have none
 */
export async function endOneSession(
  tx: Tx,
  { params }: RouteInput<Routes['endOneSession']>,
): Promise<Reply<undefined> | undefined> {
  const own = sessionOf(tx)
  if (own === null || !(await closeSession(tx, params.sessionId))) {
    throw new Refusal(httpRefusal.notFound, { thing: 'session' })
  }
  noteSecurity(tx, { kind: 'sessions_ended', facts: { count: 1 } })
  await tellOfEnd(tx, own.accountId)
  return params.sessionId === own.sessionId ? signedOut() : undefined
}

/**
 * Ends all sessions of the own account but the one that the request was made with.
 * @throws Refusal `session.none` for tokens and operators
 */
export async function endOtherSessions(tx: Tx): Promise<RouteOutput<Routes['endOtherSessions']>> {
  const { accountId, sessionId } = requireSession(tx)
  const endedSessions = await endSessionsBut(tx, sessionId)
  if (endedSessions > 0) {
    noteSecurity(tx, { kind: 'sessions_ended', facts: { count: endedSessions } })
    await tellOfEnd(tx, accountId)
  }
  return { endedSessions }
}

interface OwnSession {
  readonly accountId: string
  readonly sessionId: string
}

/** @throws Refusal `session.none` for tokens and operators */
function requireSession(tx: Tx): OwnSession {
  const own = sessionOf(tx)
  if (own === null) throw new Refusal(accountRefusal.noSession)
  return own
}

/** The session that a request was made with; null for tokens and operators. */
export function sessionOf({ caller }: Tx): OwnSession | null {
  const session = caller.kind === 'account' || isCompanyCaller(caller) ? caller : null
  if (!session?.sessionId || !session.accountId) return null
  return { accountId: session.accountId, sessionId: session.sessionId }
}

/** An answer that takes the cookie of a session away. */
export function signedOut(): Reply<undefined> {
  return new Reply(undefined, { setSession: { value: null, maxAgeSeconds: 0 } })
}

async function tellOfEnd(tx: Tx, accountId: string): Promise<void> {
  const memberships = await actingMemberships(tx, accountId)
  await tellCompanies(tx, { accountId, memberships, action: 'session.ended' })
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
