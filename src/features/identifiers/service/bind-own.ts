import type { Instant } from '../../../kernel/fields.ts'
import { Refusal, type RefusalRule } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import {
  announceChange,
  bindIdentifier,
  findLine,
  listIdentifiers,
  markProven,
  noteSecurity,
  type Place,
  refuseFrozen,
  releaseUnproven,
  signal,
  standOfLine,
  unproven,
} from '../../accounts/index.ts'
import type { Identifier } from '../../accounts/model.ts'
import type { Named } from '../objection-rules.ts'
import { identifierRefusal } from '../refusals.ts'
import { mostIdentifiers, usesAtFirst } from '../rules.ts'
import { type IdentifierParts, personIn } from './person.ts'

export interface Proven extends Named {
  /** In words for the history. */
  readonly provenHow: string
  readonly place: Place
}

/**
 * In the account's realm, whose row is locked, and before it the line of a phone (`holdLine`): binds what was just proven and tells of it.
 * @throws Refusal `account.frozen`, `identifier.own_already`, `identifier.elsewhere`, `identifier.phone_elsewhere`,
 *   `identifier.company_number`, `identifier.too_many`
 */
export async function bindOwn(
  parts: IdentifierParts,
  tx: Tx,
  { kind, value, provenHow, place: { device, network } }: Proven,
): Promise<Identifier> {
  await refuseFrozen(tx)
  if (await isOthersNumber(tx, { kind, value, boundAt: tx.now }))
    throw new Refusal(identifierRefusal.companyNumber)
  const own = await listIdentifiers(tx)
  const named = own.find((one) => one.kind === kind && one.value === value && one.provenHow === unproven)
  if (named) {
    markProven(tx, named.identifierId)
    return { ...named, canVerify: true, provenHow: 'code' }
  }
  if (own.length >= mostIdentifiers) throw new Refusal(identifierRefusal.tooMany, { most: mostIdentifiers })
  const uses = usesAtFirst(kind)
  const wanted = { kind, value, provenHow, ...uses }
  const identifierId = await bindFreed(tx, parts, wanted)
  if (identifierId === null) throw new Refusal(refusalOf({ kind, value }, own))
  const { accountId } = personIn(tx)
  noteSecurity(tx, {
    kind: 'identifier_bound',
    facts: { identifierKind: kind, value },
    place: { device, network },
  })
  await announceChange(tx, parts, {
    kind: 'identifier_bound',
    subjectId: identifierId,
    identifier: { kind, value },
    after: { ...uses, boundAt: tx.now, provenHow },
  })
  await signal(tx, accountId, {
    action: 'account.identifier_bound',
    effect: { identifierId, identifierKind: kind },
  })
  return {
    identifierId,
    kind,
    value,
    ...uses,
    boundAt: tx.now,
    provenHow,
    lastUsedAt: null,
    frozenAt: null,
  }
}

// What another account only named is this person's, who has just proved it.
async function bindFreed(
  tx: Tx,
  { vault }: IdentifierParts,
  wanted: Parameters<typeof bindIdentifier>[1],
): Promise<string | null> {
  const identifierId = await bindIdentifier(tx, wanted)
  if (identifierId !== null || !(await releaseUnproven(tx, vault, wanted))) return identifierId
  return bindIdentifier(tx, wanted)
}

/** ACC-12: a company's number is bound to whoever holds it now, and to nobody else. */
export async function isOthersNumber(
  tx: Tx,
  { kind, value, boundAt }: Named & { readonly boundAt: Instant },
): Promise<boolean> {
  const { accountId } = tx
  if (accountId === null) throw new Error('this needs the realm of an account')
  if (kind !== 'phone') return false
  return standOfLine(await findLine(tx, value), { accountId, boundAt }) === 'of_others'
}

function refusalOf({ kind, value }: Named, own: readonly Identifier[]): RefusalRule {
  if (own.some((one) => one.kind === kind && one.value === value)) return identifierRefusal.alreadyOwn
  return kind === 'phone' ? identifierRefusal.phoneElsewhere : identifierRefusal.elsewhere
}
