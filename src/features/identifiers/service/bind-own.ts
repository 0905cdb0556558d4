import { Refusal, type RefusalRule } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import {
  announceChange,
  bindIdentifier,
  listIdentifiers,
  noteSecurity,
  type Place,
  refuseFrozen,
  signal,
} from '../../accounts/index.ts'
import type { Identifier } from '../../accounts/model.ts'
import type { Named } from '../objection-rules.ts'
import { identifierRefusal } from '../refusals.ts'
import { mostIdentifiers, usesAtFirst } from '../rules.ts'
import { findHolderOfLine } from '../views.ts'
import { type IdentifierParts, personIn } from './person.ts'

export interface Proven extends Named {
  /** In words for the history. */
  readonly provenHow: string
  readonly place: Place
}

/**
 * In the account's realm, whose row is locked: binds what was just proven and tells of it.
 * @throws Refusal `account.frozen`, `identifier.own_already`, `identifier.elsewhere`, `identifier.phone_elsewhere`,
 *   `identifier.company_number`, `identifier.too_many`
 */
export async function bindOwn(
  parts: IdentifierParts,
  tx: Tx,
  { kind, value, provenHow, place: { device, network } }: Proven,
): Promise<Identifier> {
  await refuseFrozen(tx)
  if (await isLineOfOthers(tx, { kind, value })) throw new Refusal(identifierRefusal.companyNumber)
  const own = await listIdentifiers(tx)
  if (own.length >= mostIdentifiers) throw new Refusal(identifierRefusal.tooMany, { most: mostIdentifiers })
  const uses = usesAtFirst(kind)
  const identifierId = await bindIdentifier(tx, { kind, value, provenHow, ...uses })
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

/** ACC-12: a company's number is bound to whoever holds it now, and to nobody else. */
export async function isLineOfOthers(tx: Tx, { kind, value }: Named): Promise<boolean> {
  const line = kind === 'phone' ? await findHolderOfLine(tx, value) : null
  return line !== null && line.accountId !== tx.accountId
}

function refusalOf({ kind, value }: Named, own: readonly Identifier[]): RefusalRule {
  if (own.some((one) => one.kind === kind && one.value === value)) return identifierRefusal.alreadyOwn
  return kind === 'phone' ? identifierRefusal.phoneElsewhere : identifierRefusal.elsewhere
}
