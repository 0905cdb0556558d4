import type { Instant } from '../../../kernel/fields.ts'
import { addMinutes } from '../../../kernel/instant.ts'
import type { Vault } from '../../../platform/crypto/vault.ts'
import type { Database } from '../../../platform/db/database.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import {
  type Channel,
  type OutgoingMessage,
  SendError,
  type Senders,
} from '../../../platform/messages/senders.ts'
import { type ClaimedMessage, claimMessages, endKept, endSent, noteFailure } from '../store.ts'

/** Where an operator reads that messages do not leave. */
export interface DispatchLog {
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

export interface DispatchParts {
  readonly database: Database
  readonly vault: Vault
  readonly senders: Senders
  /** Whether what no sender takes is kept for the outbox page. */
  readonly outbox: boolean
  readonly log: DispatchLog
  /** Baton stops: what is under way ends, nothing more is taken. */
  readonly draining: AbortSignal
}

const caller = { kind: 'installation', id: 'sweeper' } as const
const atOnce = 4
// Longer than any sender takes, so that a message is taken twice only after a crash.
const leaseMinutes = 2
/** How long each further try waits; after the last one the message has failed. */
const waitMinutes = [1 / 3, 1, 3, 10] as const

/**
 * Sends what waits on one channel, a few at a time; resolves to how many were taken. Between taking and settling no
 * transaction is open. A message leaves at least once: again where Baton died before it could note that it left.
 */
export async function sendWaiting(parts: DispatchParts, channel: Channel): Promise<number> {
  let taken = 0
  while (!parts.draining.aborted) {
    const { now, claimed } = await parts.database.asSteward(caller, async (tx) => {
      const leaseUntil = addMinutes(tx.now, leaseMinutes)
      return { now: tx.now, claimed: await claimMessages(tx, { channel, most: atOnce, leaseUntil }) }
    })
    if (claimed.length === 0) break
    taken += claimed.length
    await Promise.all(claimed.map((message) => deliver(parts, message, now)))
  }
  return taken
}

async function deliver(parts: DispatchParts, claimed: ClaimedMessage, now: Instant): Promise<void> {
  const outcome = tooLate(claimed, now) ?? (await attempt(parts, claimed))
  const left = await parts.database.asSteward(caller, async (tx) => settle(tx, claimed, outcome))
  if (!(outcome instanceof SendError)) return
  const { messageId, template, tries } = claimed
  parts.log.warn(
    { messageId, template, tries, reason: outcome.message },
    left === null ? 'a message could not be sent and is given up' : 'a message could not be sent yet',
  )
}

function tooLate({ tries, expiresAt }: ClaimedMessage, now: Instant): SendError | null {
  if (expiresAt !== null && expiresAt <= now) return over('it was too late to be of use')
  // Taken more often than it may fail: whoever took it did not live to say what happened.
  return tries > waitMinutes.length + 1 ? over('sending it never came to an end') : null
}

/** Sends one message; a failure is an outcome like the others. */
async function attempt(
  { vault, senders, outbox, log }: DispatchParts,
  { messageId, sealed }: ClaimedMessage,
): Promise<'sent' | 'kept' | SendError> {
  const message = opened(vault, sealed)
  if (message === null) return over('the key that it was sealed with is not here any more')
  const sender = senders[message.channel]
  if (sender === undefined) return outbox ? 'kept' : over('no sender is configured')
  try {
    await sender.send(message)
    return 'sent'
  } catch (error) {
    if (error instanceof SendError) return error
    log.error({ err: error, messageId }, 'a sender failed in a way that it should not')
    return new SendError('a fault on our side', { isLasting: false })
  }
}

function over(reason: string): SendError {
  return new SendError(reason, { isLasting: true })
}

function opened(vault: Vault, sealed: Buffer): OutgoingMessage | null {
  try {
    return JSON.parse(vault.open('message', sealed)) as OutgoingMessage
  } catch {
    return null
  }
}

/** Resolves to when the message is tried again; null for never. */
function settle(
  tx: Tx,
  { messageId, tries, expiresAt }: ClaimedMessage,
  outcome: 'sent' | 'kept' | SendError,
): Instant | null {
  if (outcome === 'sent') endSent(tx, messageId)
  else if (outcome === 'kept') endKept(tx, messageId)
  else {
    const againAt = nextTry(tx.now, { tries, expiresAt, isLasting: outcome.isLasting })
    noteFailure(tx, { messageId, tries, failure: outcome.message, againAt })
    return againAt
  }
  return null
}

function nextTry(
  now: Instant,
  { tries, expiresAt, isLasting }: Pick<ClaimedMessage, 'tries' | 'expiresAt'> & { isLasting: boolean },
): Instant | null {
  const wait = waitMinutes[tries - 1]
  if (isLasting || wait === undefined) return null
  const againAt = addMinutes(now, wait)
  return expiresAt !== null && expiresAt <= againAt ? null : againAt
}
