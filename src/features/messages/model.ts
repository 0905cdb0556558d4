import { z } from 'zod'
import { Id, Instant } from '../../kernel/fields.ts'

/** The ways out; each is served by itself. */
export const messageChannels = ['email', 'sms', 'robot'] as const
export type MessageChannel = (typeof messageChannels)[number]

/** What a message says, in both languages, with `{names}` for values; as data, so that the outbox and the docs can list it. */
export interface MessageTemplate<Values extends string = string> {
  /** Stable: an SMS gateway maps it to a text of its own. */
  readonly name: string
  readonly values: readonly Values[]
  readonly en: MessageText
  readonly zh: MessageText
}

export interface MessageText {
  /** Subject of an e-mail. */
  readonly subject: string
  readonly text: string
}

/**
 * Declares a template; the identity function keeps the names of its values.
 * @throws Error when a text has a `{name}` that is none of its values
 */
export function defineTemplate<const Values extends string>(
  template: MessageTemplate<Values>,
): MessageTemplate<Values> {
  for (const { subject, text } of [template.en, template.zh]) {
    const unknown = [...`${subject} ${text}`.matchAll(/\{(\w+)\}/g)].find(
      ([, name]) => !template.values.includes(name as Values),
    )
    if (unknown) throw new Error(`${template.name} has no value for ${unknown[0]}`)
  }
  return template
}

/** A message that no sender took, as the outbox of a development machine shows it. */
export const OutboxMessage = z.object({
  messageId: Id,
  channel: z.enum(messageChannels).describe('How it would have left'),
  to: z.string().max(500).describe('E-mail address, phone in E.164, or the name of a robot'),
  template: z.string().max(100).describe('What it is about'),
  language: z.enum(['en', 'zh']).describe('Language it is written in'),
  subject: z.string().max(1000).describe('Subject of an e-mail'),
  text: z.string().max(10_000).describe('What it says, codes and links included'),
  createdAt: Instant.describe('When it was written'),
})
export type OutboxMessage = z.infer<typeof OutboxMessage>
