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

/** Declares a template; the identity function keeps the names of its values. */
export function defineTemplate<const Values extends string>(
  template: MessageTemplate<Values>,
): MessageTemplate<Values> {
  return template
}
