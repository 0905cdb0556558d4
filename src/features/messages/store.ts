import type { Tx } from '../../platform/db/tx.ts'
import type { Channel } from '../../platform/messages/senders.ts'

export interface PostedMessage {
  readonly messageId: string
  readonly channel: Channel
  readonly template: string
  readonly sealed: Buffer
}

export function insertMessage(tx: Tx, { messageId, channel, template, sealed }: PostedMessage): void {
  tx.send({
    name: 'message-post',
    text: 'select baton_post_message($1, $2, $3, $4, $5)',
    values: [messageId, channel, template, sealed, tx.now],
  })
}
