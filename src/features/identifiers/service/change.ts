import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import {
  announceChange,
  identifierDigest,
  listIdentifiers,
  listUnsettled,
  lockIdentifiers,
  noteSecurity,
  refuseFrozen,
  setUses,
  signal,
  unbindIdentifier,
} from '../../accounts/index.ts'
import type { Identifier } from '../../accounts/model.ts'
import type { identifiersContract } from '../contract.ts'
import {
  type HeldIdentifier,
  planUnbinding as planOf,
  refuseUnbinding,
  refuseUses,
  type Ways,
} from '../rules.ts'
import { type IdentifierParts, personIn, waysIn } from './person.ts'

type Routes = typeof identifiersContract

/**
 * In which order an identifier can be unbound so that nobody is locked out (ACC-7, ACC-8).
 * @throws Refusal `thing.not_found`
 */
export async function planUnbinding(
  parts: IdentifierParts,
  tx: Tx,
  { params }: RouteInput<Routes['planUnbinding']>,
): Promise<RouteOutput<Routes['planUnbinding']>> {
  const all = await listIdentifiers(tx)
  ownOf(all, params.identifierId)
  const ways = await waysIn(tx, parts, all)
  const objection = (await listUnsettled(tx)).find(({ objectionId }) => objectionId !== null)
  const objectionId = objection?.objectionId ?? null
  return planOf({ ...ways, objectionId }, heldIn(ways, params.identifierId))
}

/**
 * Says what an identifier is used for; both uses are given, so that none stays behind unseen (ACC-8).
 * @throws Refusal `thing.not_found`, `account.frozen`, `identifier.without_use`, `identifier.cannot_verify`,
 *   `identifier.last_login`, `identifier.last_verification`
 */
export async function setIdentifierUses(
  parts: IdentifierParts,
  tx: Tx,
  { params, body }: RouteInput<Routes['setIdentifierUses']>,
): Promise<RouteOutput<Routes['setIdentifierUses']>> {
  const { identifier, ways } = await lockOwn(parts, tx, params.identifierId)
  if (identifier.canLogin === body.canLogin && identifier.canVerify === body.canVerify) return identifier
  const rule = refuseUses(ways, identifier, body)
  if (rule !== null) throw new Refusal(rule, {}, { plan: planOf(ways, heldIn(ways, params.identifierId)) })
  const { identifierId, kind, value } = identifier
  setUses(tx, identifierId, body)
  noteSecurity(tx, { kind: 'identifier_uses_changed', facts: { identifierKind: kind, value, ...body } })
  await announceChange(tx, parts, {
    kind: 'identifier_uses_changed',
    subjectId: identifierId,
    identifier: { kind, value },
    before: pictureOf(identifier),
    after: { ...pictureOf(identifier), ...body },
  })
  await signal(tx, personIn(tx).accountId, {
    action: 'account.identifier_changed',
    effect: { identifierId, identifierKind: kind, ...body },
  })
  return { ...identifier, ...body }
}

/**
 * Unbinds an identifier for both uses; sessions that were opened by it end.
 * @throws Refusal `thing.not_found`, `account.frozen`, `identifier.last_login`, `identifier.last_verification` with the
 *   order that works
 */
export async function removeIdentifier(
  parts: IdentifierParts,
  tx: Tx,
  { params }: RouteInput<Routes['removeIdentifier']>,
): Promise<undefined> {
  const { identifier, ways } = await lockOwn(parts, tx, params.identifierId)
  const rule = refuseUnbinding(ways, identifier.identifierId)
  if (rule !== null) throw new Refusal(rule, {}, { plan: planOf(ways, heldIn(ways, params.identifierId)) })
  const { identifierId, kind, value } = identifier
  const digest = identifierDigest(parts.vault, kind, value)
  await unbindIdentifier(tx, identifierId, { how: 'removed', digest })
  noteSecurity(tx, { kind: 'identifier_unbound', facts: { identifierKind: kind, value } })
  await announceChange(tx, parts, {
    kind: 'identifier_unbound',
    subjectId: identifierId,
    identifier: { kind, value },
    before: pictureOf(identifier),
  })
  await signal(tx, personIn(tx).accountId, {
    action: 'account.identifier_unbound',
    effect: { identifierId, identifierKind: kind },
  })
}

async function lockOwn(
  parts: IdentifierParts,
  tx: Tx,
  identifierId: string,
): Promise<{ identifier: Identifier; ways: Ways }> {
  const all = await lockIdentifiers(tx)
  await refuseFrozen(tx)
  const identifier = ownOf(all, identifierId)
  return { identifier, ways: { ...(await waysIn(tx, parts, all)), objectionId: null } }
}

function ownOf(all: readonly Identifier[], identifierId: string): Identifier {
  const identifier = all.find((one) => one.identifierId === identifierId)
  if (!identifier) throw new Refusal(httpRefusal.notFound, { thing: 'identifier' })
  return identifier
}

function heldIn({ identifiers }: Pick<Ways, 'identifiers'>, identifierId: string): HeldIdentifier {
  const held = identifiers.find((one) => one.identifierId === identifierId)
  if (!held) throw new Error('an identifier that is bound is among the ways')
  return held
}

function pictureOf({ canLogin, canVerify, boundAt, provenHow }: Identifier) {
  return { canLogin, canVerify, boundAt, provenHow }
}
