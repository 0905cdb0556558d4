import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { record } from '../../audit/index.ts'
import type { peopleContract } from '../contract.ts'
import { endSessionsHere } from '../former-store.ts'
import type { EndedSessions } from '../model.ts'
import { requireOwnerRights } from '../rules.ts'
import { lockMember } from '../store.ts'

type Input = RouteInput<(typeof peopleContract)['endMemberSessions']>

/**
 * Ends what a member is signed in with, in this company and no further: the person goes on in it after proving anew who
 * they are, and the account stays untouched (ACC-1).
 * @throws Refusal `thing.not_found`, `member.owner_only`
 */
export async function endMemberSessions(tx: Tx, { params, body }: Input): Promise<EndedSessions> {
  const member = await lockMember(tx, params.memberId)
  if (!member) throw new Refusal(httpRefusal.notFound, { thing: 'member' })
  requireOwnerRights(tx.caller, member.role)
  endSessionsHere(tx, member.memberId)
  record(tx, {
    action: 'member.sessions_ended',
    subjectKind: 'member',
    subjectId: member.memberId,
    effect: {},
    reason: body.reason,
    details: { name: member.name },
  })
  if (member.accountId !== null) {
    tx.announce({ kind: 'sessions-ended', companyId: tx.companyId, accountId: member.accountId })
  }
  return { memberId: member.memberId, validFrom: tx.now }
}
