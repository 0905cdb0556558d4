import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import type { Vault } from '../../../platform/crypto/vault.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { Reply } from '../../../platform/http/bind.ts'
import {
  type AccountDeletion,
  actorIn,
  endAllSessions,
  findDeletion,
  lockAccountRow,
  noteSecurity,
  presentMemberships,
  refuseFrozen,
  scheduleErasure,
  signal,
  signedOut,
  tellPerson,
} from '../../accounts/index.ts'
import { record } from '../../audit/index.ts'
import type { deletionsContract } from '../contract.ts'
import { deletionAskedMessage } from '../message-templates.ts'
import { deletionRefusal } from '../refusals.ts'
import { requireTyped } from '../rules.ts'
import { endOf, readDeletion, requireAccount, weigh } from './read.ts'
import { tellAdmins } from './tell-admins.ts'

type Route = (typeof deletionsContract)['startDeletion']

/**
 * ACC-2: the person deletes the own account. All sessions end, the companies concerned hear of it at once, and after the
 * cooling-off it is erased unless the person signs in.
 * @throws Refusal `deletion.not_confirmed`, `account.frozen`, `deletion.waiting`, `deletion.last_owner`
 */
export async function startDeletion(
  tx: Tx,
  vault: Vault,
  { body, language }: Pick<RouteInput<Route>, 'body' | 'language'>,
): Promise<Reply<RouteOutput<Route>>> {
  requireTyped(body.typed, language)
  await lockAccountRow(tx, 'update')
  await refuseFrozen(tx)
  if (await findDeletion(tx)) throw new Refusal(deletionRefusal.waiting)
  const { conditions, coolingDays } = await weigh(tx, language)
  const [first] = conditions
  if (first)
    throw new Refusal(deletionRefusal.lastOwner, { company: first.company?.name ?? '' }, { conditions })
  const deletion = await scheduleErasure(tx, { cause: 'asked', dueAt: endOf(tx.now, coolingDays) })
  await tellEverybody(tx, vault, deletion)
  const { setSession } = signedOut()
  return new Reply(await readDeletion(tx, { language }), setSession === undefined ? {} : { setSession })
}

async function tellEverybody(tx: Tx, vault: Vault, deletion: AccountDeletion): Promise<void> {
  const accountId = requireAccount(tx)
  const { deletionId, dueAt } = deletion
  const sessions = await endAllSessions(tx)
  noteSecurity(tx, { kind: 'deletion_asked', facts: { endsAt: dueAt } })
  for (const membership of await presentMemberships(tx, accountId)) {
    const { memberId } = membership
    await tx.inCompany(actorIn(tx, membership, accountId), async (inside) => {
      record(inside, {
        action: 'account.deletion_asked',
        subjectKind: 'member',
        subjectId: memberId,
        effect: { deletionId, dueAt },
      })
      await tellAdmins(inside, { kind: 'account.deletion_asked', memberId })
    })
  }
  await signal(tx, accountId, {
    action: 'account.sessions_revoked',
    effect: { count: sessions, cause: 'deletion_asked' },
  })
  await tellPerson(tx, vault, {
    template: deletionAskedMessage,
    values: { endsAt: `${dueAt.slice(0, 16).replace('T', ' ')} UTC` },
  })
}
