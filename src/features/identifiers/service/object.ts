import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import { hashSecret } from '../../../platform/crypto/secret.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import {
  type AccountChange,
  bindIdentifier,
  endAllSessions,
  findByLink,
  holdLine,
  listIdentifiers,
  listUnsettled,
  lockIdentifiers,
  noteSecurity,
  objectTo,
  parkPassword,
  revokeTokensMadeSince,
  setFrozen,
  setUses,
  signal,
  tellPerson,
} from '../../accounts/index.ts'
import { freezeFactor } from '../../factors/index.ts'
import type { identifiersContract } from '../contract.ts'
import { identifierTemplates } from '../message-templates.ts'
import { coursesOf, type NewStand, objectedWith, standsUnderObjection } from '../objection-rules.ts'
import { identifierRefusal } from '../refusals.ts'
import { isActive, listUsablePasskeys } from '../views.ts'
import { isOthersNumber } from './bind-own.ts'
import { boundOf, type IdentifierParts } from './person.ts'

type Route = (typeof identifiersContract)['objectToChange']

/**
 * ACC-9: freezes a change and what came after it, brings back what was removed where it is still free, and ends all
 * sessions and the API tokens that were made since. The password waits, too: whoever made the change may know it. Once for each link.
 * @throws Refusal `objection.invalid`
 */
export async function objectToChange(
  parts: IdentifierParts,
  tx: Tx,
  { body }: RouteInput<Route>,
): Promise<RouteOutput<Route>> {
  const found = await findByLink(tx, hashSecret(body.token))
  if (found === null) throw new Refusal(identifierRefusal.objectionGone)
  return tx.inAccount(found.accountId, (inside) => freeze(parts, inside, found))
}

interface Found {
  readonly accountId: string
  readonly changeId: string
}

async function freeze(
  parts: IdentifierParts,
  tx: Tx,
  { accountId, changeId }: Found,
): Promise<RouteOutput<Route>> {
  await holdPhones(tx, changeId)
  await lockIdentifiers(tx)
  if (!(await isActive(tx))) throw new Refusal(identifierRefusal.objectionGone)
  const unsettled = await listUnsettled(tx)
  const waiting = objectedWith(unsettled, changeId)
  const [root] = waiting
  // Of many with the same link at once, one came first and the others find the change waiting.
  if (!root || root.objectionId !== null) throw new Refusal(identifierRefusal.objectionGone)
  await bindAgain(tx, waiting)
  await applyStands(parts, tx, { unsettled, waiting, changeId })
  objectTo(
    tx,
    changeId,
    waiting.map((change) => change.changeId),
  )
  await parkPassword(tx, changeId)
  const endedSessions = await endAllSessions(tx)
  await revokeTokensMadeSince(tx, accountId, root.changedAt)
  noteSecurity(tx, { kind: 'change_objected', facts: { changeId, changed: root.kind } })
  await tellPerson(tx, parts.vault, { template: identifierTemplates.objected, values: {} })
  await signal(tx, accountId, {
    action: 'account.sessions_revoked',
    effect: { because: 'objection', changed: root.kind, endedSessions },
  })
  return { kind: root.kind, frozenChanges: waiting.length, endedSessions }
}

// Before the account is locked, as every binding of a phone does.
async function holdPhones(tx: Tx, changeId: string): Promise<void> {
  const phones = coursesOf(objectedWith(await listUnsettled(tx), changeId)).flatMap(
    ({ identifier, before }) => (identifier.kind === 'phone' && before !== null ? [identifier.value] : []),
  )
  for (const phone of phones.sort()) await holdLine(tx, phone)
}

/** What was removed is bound again, unless somebody else has it by now, or holds the number. */
async function bindAgain(tx: Tx, waiting: readonly AccountChange[]): Promise<void> {
  const bound = await listIdentifiers(tx)
  for (const { identifier, before } of coursesOf(waiting)) {
    const isBound = bound.some(({ kind, value }) => kind === identifier.kind && value === identifier.value)
    if (before === null || isBound || (await isOthersNumber(tx, { ...identifier, boundAt: before.boundAt })))
      continue
    await bindIdentifier(tx, { ...identifier, ...before })
  }
}

interface Objected {
  readonly unsettled: readonly AccountChange[]
  readonly waiting: readonly AccountChange[]
  readonly changeId: string
}

async function applyStands(
  parts: IdentifierParts,
  tx: Tx,
  { unsettled, waiting, changeId }: Objected,
): Promise<void> {
  const bound = await boundOf(tx, parts, await listIdentifiers(tx))
  const passkeys = await listUsablePasskeys(tx)
  const added = new Set(waiting.map(({ subjectId }) => subjectId))
  const stands = standsUnderObjection({
    bound,
    passkeys: passkeys.filter(({ passkeyId }) => !added.has(passkeyId)).length,
    unsettled,
    changeId,
  })
  if (stands === null) return
  applyAll(tx, stands)
  for (const change of waiting) if (change.identifier === null) freezeFactor(tx, change)
}

/** Lets identifiers stand like that. */
export function applyAll(tx: Tx, stands: readonly NewStand[]): void {
  for (const { identifierId, canLogin, canVerify, isFrozen } of stands) {
    setUses(tx, identifierId, { canLogin, canVerify })
    setFrozen(tx, identifierId, isFrozen)
  }
}
