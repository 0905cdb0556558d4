import { randomBytes } from 'node:crypto'
import { idAt } from '../../src/kernel/ids.ts'
import { normaliseInstant } from '../../src/kernel/instant.ts'
import type { TestCompany } from '../builders.ts'
import type { World } from '../world.ts'

export interface RecordWish {
  readonly at: string | Date
  readonly kind?: 'call' | 'message' | 'voicemail'
  readonly direction?: 'inbound' | 'outbound'
  readonly otherParty?: string
  readonly otherName?: string
  readonly answered?: boolean
  readonly text?: string
  readonly sourceId?: string
}

let records = 0

/** Writes a record past the API, with its conversation: a message from outside unless told otherwise. */
export async function putRecord(
  world: World,
  of: { readonly company: TestCompany; readonly numberId: string },
  wish: RecordWish,
): Promise<string> {
  records += 1
  const { kind = 'message', direction = 'inbound', otherParty = '+8613800138034' } = wish
  const at = normaliseInstant(new Date(wish.at).toISOString())
  const recordId = idAt(Date.parse(at), randomBytes(10))
  const answered = kind === 'call' ? (wish.answered ?? true) : null
  const asks = direction === 'inbound' && answered !== true
  const answers = kind === 'call' ? answered === true : direction === 'outbound'
  await world.tamper('select baton_open_record_month($1)', [at])
  await world.tamper(
    `insert into records (company_id, number_id, occurred_at, record_id, kind, direction, other_party, other_name,
       duration_seconds, answered, body, source, source_id, received_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'test', $12, $3)`,
    [
      of.company.companyId,
      of.numberId,
      at,
      recordId,
      kind,
      direction,
      otherParty,
      wish.otherName ?? null,
      kind === 'message' ? null : 30,
      answered,
      wish.text ?? (kind === 'message' ? 'Hello' : null),
      wish.sourceId ?? `s-${records}`,
    ],
  )
  await world.tamper(
    `insert into conversations (company_id, number_id, other_party, other_name, named_at, last_at, last_asked_at, last_answered_at)
     values ($1, $2, $3, $4, case when $4::text is not null then $5::timestamptz end, $5, $6, $7)
     on conflict (company_id, number_id, other_party) do update set last_at = greatest(conversations.last_at, excluded.last_at),
       other_name = coalesce(excluded.other_name, conversations.other_name), named_at = greatest(conversations.named_at, excluded.named_at),
       last_asked_at = greatest(conversations.last_asked_at, excluded.last_asked_at),
       last_answered_at = greatest(conversations.last_answered_at, excluded.last_answered_at)`,
    [
      of.company.companyId,
      of.numberId,
      otherParty,
      wish.otherName ?? null,
      at,
      asks ? at : null,
      answers ? at : null,
    ],
  )
  return recordId
}
