import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { actorIn, noteSecurity, type OwnMembership, readMemberships } from '../../accounts/index.ts'
import { record } from '../../audit/index.ts'
import type { deletionsContract } from '../contract.ts'
import type { OwnDeletionRequest } from '../model.ts'
import { deletionRefusal } from '../refusals.ts'
import { endRequest, lockRequest } from '../store.ts'
import { listRequests } from '../views.ts'
import { tellAdmins } from './tell-admins.ts'

type Routes = typeof deletionsContract

const mostShown = 1_000

/** Companies that ask the person to delete the own account, also those that the person has left. */
export async function openRequests(tx: Tx): Promise<OwnDeletionRequest[]> {
  const open: OwnDeletionRequest[] = []
  await eachCompany(tx, async (inside, { companyId, slug, name, memberId }) => {
    const [newest] = await listRequests(inside, { memberId, before: null, most: 1 })
    if (newest?.state !== 'open') return false
    const { requestId, reason, askedAt } = newest
    open.push({ requestId, company: { companyId, slug, name }, reason, askedAt })
    return false
  })
  return open.sort((one, other) => one.askedAt.localeCompare(other.askedAt)).slice(0, mostShown)
}

export async function listOwnRequests(tx: Tx): Promise<RouteOutput<Routes['listOwnRequests']>> {
  return { items: await openRequests(tx) }
}

/**
 * ACC-1: the account is its person's: declining is enough, and the company hears of it.
 * @throws Refusal `thing.not_found`, also for what another person was asked; `deletion_request.ended`
 */
export async function declineRequest(
  tx: Tx,
  { params: { requestId } }: RouteInput<Routes['declineRequest']>,
): Promise<undefined> {
  const found = await eachCompany(tx, async (inside, { memberId }) => {
    const request = await lockRequest(inside, { memberId, requestId })
    if (!request) return false
    if (request.state !== 'open') throw new Refusal(deletionRefusal.requestEnded)
    endRequest(inside, { requestId, state: 'declined' })
    record(inside, {
      action: 'deletion_request.declined',
      subjectKind: 'member',
      subjectId: memberId,
      effect: { requestId },
    })
    await tellAdmins(inside, { kind: 'deletion_request.declined', memberId })
    return true
  })
  if (!found) throw new Refusal(httpRefusal.notFound, { thing: 'deletion request' })
  noteSecurity(tx, { kind: 'deletion_requested', facts: { requestId, answer: 'declined' } })
  return undefined
}

async function eachCompany(
  tx: Tx,
  act: (inside: Tx, membership: OwnMembership) => Promise<boolean>,
): Promise<boolean> {
  const accountId = tx.accountId ?? ''
  for (const membership of await readMemberships(tx, accountId)) {
    const actor = actorIn(tx, membership, accountId)
    if (await tx.inCompany(actor, (inside) => act(inside, membership))) return true
  }
  return false
}
