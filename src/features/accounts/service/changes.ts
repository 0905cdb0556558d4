import { addHours } from '../../../kernel/instant.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { hashSecret, newSecret } from '../../../platform/crypto/secret.ts'
import type { Vault } from '../../../platform/crypto/vault.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { type IdentifierPicture, insertChange, isFrozen } from '../change-store.ts'
import { changeTemplates } from '../message-templates.ts'
import { type AccountChangeKind, accountRefusal } from '../model.ts'
import { objectionDays } from '../rules.ts'
import { identifierInWords, type NamedIdentifier } from './identifier-words.ts'
import { tellPerson } from './tell-person.ts'

/** What a change needs to be told: how messages are sealed, and where the links lead. */
export interface ChangeParts {
  readonly vault: Vault
  readonly publicUrl: string
}

export interface ChangeNews {
  readonly kind: AccountChangeKind
  /** The identifier or factor that changed; left out for the password. */
  readonly subjectId?: string
  readonly identifier?: NamedIdentifier
  readonly before?: IdentifierPicture
  readonly after?: IdentifierPicture
}

/**
 * In the account's realm: tells a change of how its person gets in to every channel, the one that is gone among them,
 * with a link to object for 7 days (ACC-9).
 * @returns the id of the change
 */
export async function announceChange(
  tx: Tx,
  { vault, publicUrl }: ChangeParts,
  { kind, subjectId, identifier, before, after }: ChangeNews,
): Promise<string> {
  const changeId = tx.newId()
  const secret = newSecret()
  await insertChange(tx, {
    changeId,
    kind,
    subjectId: subjectId ?? null,
    identifier: identifier ?? null,
    before: before ?? null,
    after: after ?? null,
    objectableUntil: addHours(tx.now, objectionDays * 24),
    linkHash: hashSecret(secret),
  })
  await tellPerson(tx, vault, {
    template: changeTemplates[kind],
    values: (language) => ({
      what: identifier ? identifierInWords(identifier, language) : '',
      link: `${publicUrl}/objection#${secret}`,
    }),
    alsoTo:
      identifier?.kind === 'phone' || identifier?.kind === 'email'
        ? [{ kind: identifier.kind, value: identifier.value }]
        : [],
  })
  return changeId
}

/**
 * In the account's realm, whose row is locked: lets nothing change about getting in while an objection waits.
 * @throws Refusal `account.frozen`
 */
export async function refuseFrozen(tx: Tx): Promise<void> {
  if (await isFrozen(tx)) throw new Refusal(accountRefusal.frozen)
}
