import type { Vault } from '../../../platform/crypto/vault.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { type MessageTemplate, sendMessage } from '../../messages/index.ts'
import { listIdentifiers } from '../identifier-store.ts'
import { readLanguage } from '../views.ts'

/** Where a person is written to. */
export interface Channel {
  readonly kind: 'phone' | 'email'
  readonly value: string
}

type Values<Names extends string> = Readonly<Record<Names, string>>

export interface PersonalNews<Names extends string> {
  readonly template: MessageTemplate<Names>
  /** The values of the template; a function where they are words of a language. */
  readonly values: Values<Names> | ((language: 'en' | 'zh') => Values<Names>)
  /** Identifiers that do not hear of it. */
  readonly exceptIdentifierIds?: readonly string[]
  /** Who else hears of it: what was the person's until now. */
  readonly alsoTo?: readonly Channel[]
}

/**
 * In the account's realm: writes to every phone and e-mail address of the person, in the person's language (ACC-9).
 * What an objection has frozen is perhaps somebody else's, and hears nothing.
 * @returns how many messages leave after the commit
 */
export async function tellPerson<Names extends string>(
  tx: Tx,
  vault: Vault,
  { template, values, exceptIdentifierIds = [], alsoTo = [] }: PersonalNews<Names>,
): Promise<number> {
  const language = await readLanguage(tx)
  const own = (await listIdentifiers(tx)).filter(
    ({ identifierId, frozenAt }) => frozenAt === null && !exceptIdentifierIds.includes(identifierId),
  )
  const channels = new Map<string, Channel>()
  for (const { kind, value } of [...own, ...alsoTo]) {
    if (kind === 'phone' || kind === 'email') channels.set(`${kind} ${value}`, { kind, value })
  }
  const words = typeof values === 'function' ? values(language) : values
  for (const to of channels.values()) sendMessage(tx, vault, { to, template, values: words, language })
  return channels.size
}
