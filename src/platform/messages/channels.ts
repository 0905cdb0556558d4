import type { Senders } from './senders.ts'

/** Which messages can leave, so that a screen offers no code that could never arrive. */
export interface Channels {
  readonly email: boolean
  readonly sms: boolean
  /** Whether messages without a sender are kept for the outbox page of a development machine. */
  readonly outbox: boolean
}

/** What this installation can send. */
export function channelsOf({
  senders,
  outbox,
}: {
  readonly senders: Senders
  readonly outbox: boolean
}): Channels {
  return { email: senders.email !== undefined, sms: senders.sms !== undefined, outbox }
}
