import type { Tx } from '../../platform/db/tx.ts'
import type { Notice } from './model.ts'

// Reading out of jsonb is not leakproof: done before the join, it does not keep the join from the index of numbers.
const columns = `notice_id, kind, (particulars ->> 'numberId')::uuid as about, (particulars ->> 'taskId')::uuid as task_id, (particulars ->> 'handoverId')::uuid as handover_id,
  (particulars ->> 'memberId')::uuid as member_about,
  particulars ->> 'cause' as cause, created_at, read_at`
const shown = `select c.notice_id as "noticeId", c.kind, n.number_id as "numberId", n.e164, c.cause, c.task_id as "taskId", c.handover_id as "handoverId",
    c.member_about as "memberId", m.name as "memberName", c.created_at as at,
    c.read_at as "readAt"
  from chosen c left join numbers n on n.company_id = $1 and n.number_id = c.about
  left join members m on m.company_id = $1 and m.member_id = c.member_about`

export interface NoticeQuery {
  readonly memberId: string
  readonly unreadOnly: boolean
  /** Time and id of the last one seen. */
  readonly after: readonly string[] | undefined
  readonly limit: number
}

/** A member's notices, newest first. */
export function listNotices(tx: Tx, query: NoticeQuery): Promise<Notice[]> {
  const [at, id] = query.after ?? []
  return tx.query<Notice>({
    text: `with chosen as materialized (select ${columns} from notices
        where company_id = $1 and member_id = $2 ${query.unreadOnly ? 'and read_at is null' : ''}
          ${query.after ? 'and (created_at, notice_id) < ($4::timestamptz, $5::uuid)' : ''}
        order by created_at desc, notice_id desc limit $3)
      ${shown} order by c.created_at desc, c.notice_id desc`,
    values: [tx.companyId, query.memberId, query.limit, ...(query.after ? [at, id] : [])],
  })
}

/** One notice of a member; undefined for what is not there or another's. */
export async function findNotice(tx: Tx, memberId: string, noticeId: string): Promise<Notice | undefined> {
  const [notice] = await tx.query<Notice>({
    text: `with chosen as materialized (select ${columns} from notices
        where company_id = $1 and member_id = $2 and notice_id = $3) ${shown}`,
    values: [tx.companyId, memberId, noticeId],
  })
  return notice
}
