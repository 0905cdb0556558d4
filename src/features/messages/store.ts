import type { Instant } from '../../kernel/fields.ts'
import type { Tx } from '../../platform/db/tx.ts'
import type { MessageChannel } from './model.ts'

export interface PostedMessage {
  readonly messageId: string
  readonly channel: MessageChannel
  readonly template: string
  readonly sealed: Buffer
  /** Null for one that is never too late. */
  readonly expiresAt: Instant | null
}

export function insertMessage(tx: Tx, message: PostedMessage): void {
  const { messageId, channel, template, sealed, expiresAt } = message
  tx.send({
    name: 'message-post',
    text: 'select baton_post_message($1, $2, $3, $4, $5, $6)',
    values: [messageId, channel, template, sealed, tx.now, expiresAt],
  })
}

export interface ClaimedMessage {
  readonly messageId: string
  readonly template: string
  readonly sealed: Buffer
  /** How often it was taken to be sent, this time included. */
  readonly tries: number
  readonly expiresAt: Instant | null
}

/** Which messages to take; nobody else takes them until `leaseUntil`. */
export interface Claim {
  readonly channel: MessageChannel
  readonly most: number
  readonly leaseUntil: Instant
}

/** Takes messages that are due: of several dispatchers one gets each. */
export function claimMessages(tx: Tx, { channel, most, leaseUntil }: Claim): Promise<ClaimedMessage[]> {
  return tx.query<ClaimedMessage>({
    text: `update messages set due_at = $1, tries = tries + 1
      where message_id in (select message_id from messages where state = 'waiting' and channel = $2 and due_at <= $3
        order by due_at, message_id limit $4 for update skip locked)
      returning message_id as "messageId", template, sealed, tries, expires_at as "expiresAt"`,
    values: [leaseUntil, channel, tx.now, most],
  })
}

/** Ends a message that left; it stays so even where its lease ran out meanwhile. */
export function endSent(tx: Tx, messageId: string): void {
  tx.send({
    text: `update messages set state = 'sent', ended_at = $2, due_at = null, sealed = null
      where message_id = $1 and state = 'waiting'`,
    values: [messageId, tx.now],
  })
}

/** Keeps a message for the outbox. */
export function endKept(tx: Tx, messageId: string): void {
  tx.send({
    text: `update messages set state = 'kept', ended_at = $2, due_at = null
      where message_id = $1 and state = 'waiting'`,
    values: [messageId, tx.now],
  })
}

export interface FailedTry {
  readonly messageId: string
  readonly tries: number
  readonly failure: string
  /** When it is tried again; null for never. */
  readonly againAt: Instant | null
}

/** Notes why a try failed, unless another dispatcher has taken the message since. */
export function noteFailure(tx: Tx, { messageId, tries, failure, againAt }: FailedTry): void {
  const isOver = againAt === null
  tx.send({
    text: isOver
      ? `update messages set state = 'failed', failure = $3, ended_at = $4, due_at = null, sealed = null
          where message_id = $1 and tries = $2 and state = 'waiting'`
      : `update messages set failure = $3, due_at = $4 where message_id = $1 and tries = $2 and state = 'waiting'`,
    values: [messageId, tries, failure, againAt ?? tx.now],
  })
}

/** Forgets messages that ended before; resolves to how many. */
export async function deleteEnded(tx: Tx, before: Instant): Promise<number> {
  const rows = await tx.query({
    text: 'delete from messages where ended_at < $1 returning 1',
    values: [before],
  })
  return rows.length
}

/** Takes what was kept for an outbox that is off now; resolves to how many. */
export async function dropKept(tx: Tx): Promise<number> {
  const rows = await tx.query({
    text: `update messages set state = 'failed', failure = 'the outbox was switched off', sealed = null
      where state = 'kept' returning 1`,
  })
  return rows.length
}
