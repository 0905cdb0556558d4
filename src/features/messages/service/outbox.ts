import { decodeCursor, encodeCursor } from '../../../kernel/cursor.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import type { Vault } from '../../../platform/crypto/vault.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import type { OutgoingMessage } from '../../../platform/messages/senders.ts'
import type { messagesContract } from '../contract.ts'
import { messageRefusal } from '../refusals.ts'
import { listKept } from '../views.ts'

type Routes = typeof messagesContract

export interface OutboxParts {
  readonly vault: Vault
  /** Whether this is a development machine that keeps what no sender takes. */
  readonly outbox: boolean
}

const listName = 'outbox:-messageId'

/**
 * What no sender took, the newest first. It opens other people's accounts, so that it is there on a development machine
 * only, and there for an Owner in a browser: tokens and operators stay out (ACC-1).
 * @throws Refusal `outbox.off`, `outbox.owner_only`, `page.cursor_invalid`
 */
export async function listOutbox(
  tx: Tx,
  { vault, outbox }: OutboxParts,
  { query: { limit, cursor } }: RouteInput<Routes['listOutbox']>,
): Promise<RouteOutput<Routes['listOutbox']>> {
  if (tx.caller.kind !== 'member' || tx.caller.role !== 'owner') {
    throw new Refusal(messageRefusal.outboxOwnerOnly)
  }
  if (!outbox) throw new Refusal(messageRefusal.outboxOff)
  const before = cursor === undefined ? null : decodeCursor(listName, cursor, ['id'])?.[0]
  if (before === undefined) throw new Refusal(httpRefusal.cursorInvalid)
  const rows = await listKept(tx, before, limit + 1)
  const items = rows.slice(0, limit).map(({ sealed, createdAt }) => {
    const { values: _values, ...message } = JSON.parse(vault.open('message', sealed)) as OutgoingMessage
    return { ...message, createdAt }
  })
  const last = items.at(-1)
  return {
    items,
    nextCursor: rows.length > limit && last ? encodeCursor(listName, [last.messageId]) : null,
  }
}
