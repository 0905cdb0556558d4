import type { Instant } from '../../kernel/fields.ts'
import type { Tx } from '../../platform/db/tx.ts'

/** A row of `conversations`. */
export interface ConversationRow {
  readonly number_id: string
  readonly other_party: string
  readonly other_name: string | null
  /** When the record was that the name is from. */
  readonly named_at: Instant | null
  readonly last_at: Instant
  readonly last_asked_at: Instant | null
  readonly last_answered_at: Instant | null
}

/** An open conversation, from its number's point of view. */
export interface OpenConversation {
  readonly number_id: string
  readonly other_party: string
  readonly last_answered_at: Instant | null
}

const columns =
  'c.number_id, c.other_party, c.other_name, c.named_at, c.last_at, c.last_asked_at, c.last_answered_at'
// Said as the partial index says it, so that it is used.
const isOpen = `c.last_asked_at > coalesce(c.last_answered_at, '-infinity'::timestamptz)`

export interface ConversationList {
  readonly numberId: string
  /** Only what went on at this instant or later. */
  readonly existsFrom: Instant
  /** By the time of the last asking instead of the last record, and open ones only. */
  readonly openOnly: boolean
  /** Where to go on: behind so many conversations of this same instant. */
  readonly after: { readonly at: Instant; readonly passed: number } | null
  readonly limit: number
}

/** Conversations of one number, the newest first. */
export function findConversations(tx: Tx, list: ConversationList): Promise<ConversationRow[]> {
  const time = list.openOnly ? 'c.last_asked_at' : 'c.last_at'
  return tx.query<ConversationRow>({
    text: `select ${columns} from conversations c
      where c.company_id = $1 and c.number_id = $2 and ${time} >= $3 ${list.after ? `and ${time} <= $6` : ''}
        ${list.openOnly ? `and ${isOpen}` : ''}
      order by ${time} desc, c.other_party desc limit $4 offset $5`,
    values: [
      tx.companyId,
      list.numberId,
      list.existsFrom,
      list.limit,
      list.after?.passed ?? 0,
      ...(list.after ? [list.after.at] : []),
    ],
  })
}

/** Open conversations of these numbers, or of the whole company where they are null; at most `most`. */
export function findOpenConversations(
  tx: Tx,
  numberIds: readonly string[] | null,
  most: number,
): Promise<OpenConversation[]> {
  const ofNumbers = numberIds === null ? '' : 'and c.number_id = any($3::uuid[])'
  return tx.query<OpenConversation>({
    text: `select c.number_id, c.other_party, c.last_answered_at from conversations c
      where c.company_id = $1 and ${isOpen} ${ofNumbers} limit $2`,
    values: [tx.companyId, most, ...(numberIds === null ? [] : [numberIds])],
  })
}
