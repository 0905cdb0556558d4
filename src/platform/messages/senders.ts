/** A message as a sender gets it: complete, in one language. */
export interface OutgoingMessage {
  readonly messageId: string
  readonly channel: Channel
  /** E-mail address, phone in E.164, or the name of a robot. */
  readonly to: string
  readonly subject: string
  readonly text: string
  /** What an SMS gateway with approved texts needs instead of the text. */
  readonly template: string
  readonly values: Readonly<Record<string, string>>
  readonly language: 'en' | 'zh'
}

export type Channel = 'email' | 'sms' | 'robot'

/** A way out of Baton. */
export interface Sender {
  /**
   * Hands the message over; once this resolves it is the other side's to deliver.
   * @throws {SendError} when it could not be handed over
   */
  send(message: OutgoingMessage): Promise<void>
  /** Whether the way out is there, without sending. @throws {SendError} when it is not */
  check?(): Promise<void>
  /** Lets connections go that stayed open for the next message. */
  close?(): void
}

/** A sender for each channel that is configured. */
export type Senders = Readonly<Partial<Record<Channel, Sender>>>

/**
 * A message that could not be handed over; `isLasting` says that trying again is of no use. What it says is kept and
 * logged, so that it holds neither text nor address nor secret.
 */
export class SendError extends Error {
  readonly isLasting: boolean
  constructor(message: string, { isLasting, ...options }: ErrorOptions & { readonly isLasting: boolean }) {
    super(message, options)
    this.name = 'SendError'
    this.isLasting = isLasting
  }
}
