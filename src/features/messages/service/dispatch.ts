import { addMinutes } from '../../../kernel/instant.ts'
import type { Vault } from '../../../platform/crypto/vault.ts'
import type { Database } from '../../../platform/db/database.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { type OutgoingMessage, SendError, type Senders } from '../../../platform/messages/senders.ts'

export interface DispatchParts {
  readonly database: Database
  readonly vault: Vault
  readonly senders: Senders
}

const caller = { kind: 'installation', id: 'sweeper' } as const
const mostAtOnce = 50
const mostTries = 5

interface WaitingRow {
  readonly message_id: string
  readonly sealed: Buffer
  readonly tries: number
}

/** Sends what waits, each in a transaction of its own, so that of two processes one takes it; resolves to how many. */
export async function sendWaiting(parts: DispatchParts): Promise<number> {
  let sent = 0
  while (sent < mostAtOnce && (await sendNext(parts))) sent++
  return sent
}

function sendNext({ database, vault, senders }: DispatchParts): Promise<boolean> {
  return database.asSteward(caller, async (tx) => {
    const [row] = await tx.query<WaitingRow>({
      text: `select message_id, sealed, tries from messages where state = 'waiting' and due_at <= $1
        order by due_at limit 1 for update skip locked`,
      values: [tx.now],
    })
    if (!row) return false
    const message = JSON.parse(vault.open('message', row.sealed)) as OutgoingMessage
    const sender = senders[message.channel]
    if (!sender) {
      end(tx, row.message_id, 'kept')
      return true
    }
    try {
      await sender.send(message)
      end(tx, row.message_id, 'sent')
    } catch (error) {
      if (!(error instanceof SendError)) throw error
      const isOver = error.isLasting || row.tries + 1 >= mostTries
      if (isOver) end(tx, row.message_id, 'failed', error.message)
      else postpone(tx, row, error.message)
    }
    return true
  })
}

function end(
  tx: Tx,
  messageId: string,
  state: 'sent' | 'kept' | 'failed',
  failure: string | null = null,
): void {
  tx.send({
    text: `update messages set state = $2, failure = $3, ended_at = $4, due_at = null, tries = tries + 1,
      sealed = case when $2 = 'kept' then sealed end where message_id = $1`,
    values: [messageId, state, failure, tx.now],
  })
}

function postpone(tx: Tx, { message_id, tries }: WaitingRow, failure: string): void {
  tx.send({
    text: 'update messages set tries = tries + 1, failure = $2, due_at = $3 where message_id = $1',
    values: [message_id, failure, addMinutes(tx.now, 2 ** tries)],
  })
}
