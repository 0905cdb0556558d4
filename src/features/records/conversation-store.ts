import type { Instant } from '../../kernel/fields.ts'
import type { Tx } from '../../platform/db/tx.ts'
import type { ConversationNews } from './rules/conversation.ts'

/** Brings conversations up to date, one key once, in the order of their keys; it does not matter which news comes first. */
export function updateConversations(tx: Tx, news: readonly ConversationNews[]): void {
  tx.send({
    name: 'conversations-update',
    text: `insert into conversations as c (company_id, number_id, other_party, other_name, named_at, last_at, last_asked_at, last_answered_at)
      select $1, number_id, other_party, other_name, named_at, last_at, last_asked_at, last_answered_at
      from unnest($2::uuid[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::timestamptz[], $8::timestamptz[])
        as given (number_id, other_party, other_name, named_at, last_at, last_asked_at, last_answered_at)
      order by number_id, other_party collate "C"
      on conflict (company_id, number_id, other_party) do update set
        other_name = case when (excluded.named_at, excluded.other_name collate "C") > (c.named_at, c.other_name collate "C")
          or c.named_at is null then excluded.other_name else c.other_name end,
        named_at = greatest(c.named_at, excluded.named_at),
        last_at = greatest(c.last_at, excluded.last_at),
        last_asked_at = greatest(c.last_asked_at, excluded.last_asked_at),
        last_answered_at = greatest(c.last_answered_at, excluded.last_answered_at)`,
    values: [
      tx.companyId,
      news.map((one) => one.numberId),
      news.map((one) => one.otherParty),
      news.map((one) => one.otherName),
      news.map((one) => one.namedAt),
      news.map((one) => one.lastAt),
      news.map((one) => one.lastAskedAt),
      news.map((one) => one.lastAnsweredAt),
    ],
  })
}

/** Takes out of conversations what is from before a cut-off; one that has nothing later goes whole. */
export function forgetConversations(
  tx: Tx,
  history: { readonly numberId: string; readonly cutOff: Instant },
  otherParties: readonly string[],
): void {
  const values = [tx.companyId, history.numberId, otherParties, history.cutOff]
  tx.send({
    name: 'conversations-end',
    text: 'delete from conversations where company_id = $1 and number_id = $2 and other_party = any($3::text[]) and last_at < $4',
    values,
  })
  tx.send({
    name: 'conversations-forget',
    text: `update conversations set
        other_name = case when named_at >= $4 then other_name end,
        named_at = case when named_at >= $4 then named_at end,
        last_asked_at = case when last_asked_at >= $4 then last_asked_at end,
        last_answered_at = case when last_answered_at >= $4 then last_answered_at end
      where company_id = $1 and number_id = $2 and other_party = any($3::text[])
        and least(named_at, last_asked_at, last_answered_at) < $4`,
    values,
  })
}
