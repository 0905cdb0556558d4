import type { Tx } from '../../platform/db/tx.ts'
import type { JsonValue } from '../audit/index.ts'

/** Something a member is told: a kind that the reader's language puts into words, and ids. */
export interface Notice {
  readonly noticeId: string
  readonly memberId: string
  readonly kind: string
  readonly particulars: Readonly<Record<string, JsonValue>>
}

/** Writes a notice once: the same id again changes nothing. */
export function addNotice(tx: Tx, notice: Notice): void {
  tx.send({
    text: `insert into notices (company_id, notice_id, member_id, kind, particulars, created_at) values ($1, $2, $3, $4, $5, $6)
      on conflict (company_id, notice_id) do nothing`,
    values: [
      tx.companyId,
      notice.noticeId,
      notice.memberId,
      notice.kind,
      JSON.stringify(notice.particulars),
      tx.now,
    ],
  })
}
