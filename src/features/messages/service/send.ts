import type { Instant } from '../../../kernel/fields.ts'
import type { Vault } from '../../../platform/crypto/vault.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import type { Channel, OutgoingMessage } from '../../../platform/messages/senders.ts'
import type { MessageTemplate } from '../model.ts'
import { insertMessage } from '../store.ts'

export interface MessagePlan<Values extends string> {
  readonly to: { readonly kind: 'phone' | 'email' | 'robot'; readonly value: string }
  readonly template: MessageTemplate<Values>
  readonly values: Readonly<Record<Values, string>>
  readonly language: 'en' | 'zh'
  /** After this it is not sent any more, such as a code that has expired. */
  readonly usefulUntil?: Instant
}

const channelOf = { phone: 'sms', email: 'email', robot: 'robot' } as const satisfies Record<string, Channel>

/** Lets a message leave after the commit, or never. */
export function sendMessage<Values extends string>(tx: Tx, vault: Vault, plan: MessagePlan<Values>): void {
  const { to, template, values, language } = plan
  const words = template[language]
  const message: OutgoingMessage = {
    messageId: tx.newId(),
    channel: channelOf[to.kind],
    to: to.value,
    subject: fill(words.subject, values),
    text: fill(words.text, values),
    template: template.name,
    values,
    language,
  }
  insertMessage(tx, {
    messageId: message.messageId,
    channel: message.channel,
    template: template.name,
    sealed: vault.seal('message', JSON.stringify(message)),
    expiresAt: plan.usefulUntil ?? null,
  })
  tx.announce({ kind: 'messages-waiting' })
}

function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (_whole, name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`the template has no value for ${name}`)
    return value
  })
}
