import { personOf } from '../../../kernel/caller.ts'
import { decodeCursor, encodeCursor } from '../../../kernel/cursor.ts'
import { addHours } from '../../../kernel/instant.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import type { Vault } from '../../../platform/crypto/vault.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { noteSecurity, tellPerson } from '../../accounts/index.ts'
import { record } from '../../audit/index.ts'
import type { deletionsContract } from '../contract.ts'
import { deletionRequestedMessage } from '../message-templates.ts'
import type { DeletionRequest } from '../model.ts'
import { deletionRefusal } from '../refusals.ts'
import { askAgainDays, mostRequests } from '../rules.ts'
import { endRequest, insertRequest, lockRequest } from '../store.ts'
import {
  type AskedMember,
  companyName,
  lastDeclined,
  listRequests,
  listWithdrawnSince,
  readMember,
} from '../views.ts'

type Routes = typeof deletionsContract
const listName = 'deletion-requests:-id'

/**
 * ACC-1: nobody but its person ends an account, but a company may ask; the person is told on every channel and answers.
 * @throws Refusal `thing.not_found`, `deletion_request.no_account`, `deletion_request.open`, `deletion_request.declined`,
 *   `deletion_request.too_many`
 */
export async function askForDeletion(
  tx: Tx,
  vault: Vault,
  { params, body }: Pick<RouteInput<Routes['askForDeletion']>, 'params' | 'body'>,
): Promise<DeletionRequest> {
  const member = await requireMember(tx, params.memberId)
  const { memberId, name, accountId } = member
  if (accountId === null) throw new Refusal(deletionRefusal.noAccount, { name })
  await refuseSoon(tx, member)
  await refuseMany(tx, member)
  const requestId = tx.newId()
  const reason = body.reason ?? null
  const askedBy = personOf(tx.caller)
  if (!(await insertRequest(tx, { requestId, memberId, reason, askedBy }))) {
    throw new Refusal(deletionRefusal.askedAlready, { name })
  }
  record(tx, {
    action: 'deletion_request.made',
    subjectKind: 'member',
    subjectId: memberId,
    effect: { requestId },
    reason,
    details: { name },
  })
  const company = await companyName(tx)
  // The person hears of it; nothing of the account is read or changed.
  await tx.inAccount(accountId, async (inside) => {
    noteSecurity(inside, { kind: 'deletion_requested', facts: { requestId, company } })
    await tellPerson(inside, vault, { template: deletionRequestedMessage, values: { company } })
  })
  return { requestId, memberId, state: 'open', reason, askedBy, askedAt: tx.now, endedAt: null }
}

async function refuseSoon(tx: Tx, { memberId, name }: AskedMember): Promise<void> {
  const declinedAt = (await lastDeclined(tx, memberId))?.endedAt ?? null
  if (declinedAt === null) return
  const askAgainAt = addHours(declinedAt, askAgainDays * 24)
  if (askAgainAt > tx.now) throw new Refusal(deletionRefusal.declinedLately, { name, declinedAt, askAgainAt })
}

// Each request is told on every channel of the person, a withdrawn one too.
async function refuseMany(tx: Tx, { memberId, name }: AskedMember): Promise<void> {
  const since = addHours(tx.now, -askAgainDays * 24)
  const asked = await listWithdrawnSince(tx, memberId, since)
  const first = asked.at(-mostRequests)
  if (first === undefined) return
  const askAgainAt = addHours(first, askAgainDays * 24)
  throw new Refusal(deletionRefusal.askedOften, { name, most: mostRequests, askAgainAt })
}

/** @throws Refusal `thing.not_found`, `page.cursor_invalid` */
export async function listDeletionRequests(
  tx: Tx,
  { params, query }: RouteInput<Routes['listDeletionRequests']>,
): Promise<RouteOutput<Routes['listDeletionRequests']>> {
  const before = query.cursor === undefined ? null : decodeCursor(listName, query.cursor, ['id'])?.[0]
  if (before === undefined) throw new Refusal(httpRefusal.cursorInvalid)
  const { memberId } = await requireMember(tx, params.memberId)
  const found = await listRequests(tx, { memberId, before, most: query.limit + 1 })
  const items = found.slice(0, query.limit)
  const last = items.at(-1)
  return {
    items,
    nextCursor: found.length > items.length && last ? encodeCursor(listName, [last.requestId]) : null,
  }
}

/** @throws Refusal `thing.not_found`, `deletion_request.ended` */
export async function withdrawDeletionRequest(
  tx: Tx,
  { params }: RouteInput<Routes['withdrawDeletionRequest']>,
): Promise<undefined> {
  const { memberId, requestId } = params
  const request = await lockRequest(tx, { memberId, requestId })
  if (!request) throw new Refusal(httpRefusal.notFound, { thing: 'deletion request' })
  if (request.state !== 'open') throw new Refusal(deletionRefusal.requestEnded)
  endRequest(tx, { requestId, state: 'withdrawn' })
  record(tx, {
    action: 'deletion_request.withdrawn',
    subjectKind: 'member',
    subjectId: memberId,
    effect: { requestId },
  })
  return undefined
}

async function requireMember(tx: Tx, memberId: string): Promise<AskedMember> {
  const member = await readMember(tx, memberId)
  if (!member) throw new Refusal(httpRefusal.notFound, { thing: 'member' })
  return member
}
