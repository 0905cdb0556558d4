import type { Item } from '../../../api/client.ts'

export type Recipient = Item<'listRecipients'>
/** Somebody who was chosen to receive a number. */
export type ChosenRecipient = Pick<Recipient, 'memberId' | 'name'>
