import type { Instant } from '../../kernel/fields.ts'
import type { Tx } from '../../platform/db/tx.ts'
import type { ReadScope } from '../people/model.ts'
import type { ReportRow } from './model.ts'

export interface ReportPage {
  readonly scope: Extract<ReadScope, { kind: 'company' | 'departments' }>
  readonly from: Instant
  readonly to: Instant
  /** Effective time and id of the last one seen. */
  readonly after: readonly [Instant, string] | null
  readonly limit: number
}

/** The handovers of leavers that take effect in a period, by that time (HAN-12); given up ones apart. */
export function pageOfLeavers(tx: Tx, page: ReportPage): Promise<ReportRow[]> {
  const values: unknown[] = [tx.companyId, page.from, page.to, page.limit]
  const place = (value: unknown) => `$${values.push(value)}`
  const after =
    page.after === null
      ? ''
      : `and (h.effective_at, h.handover_id) > (${place(page.after[0])}::timestamptz, ${place(page.after[1])}::uuid)`
  const seen =
    page.scope.kind === 'company'
      ? ''
      : `and h.leaver_id in (select md.member_id from member_departments md where md.company_id = $1
          and md.department_id = any(${place(page.scope.departmentIds)}::uuid[])
          and md.member_id <> ${place(page.scope.memberId)})`
  return tx.query<ReportRow>({
    text: `select h.handover_id as "handoverId", h.state, h.effective_at as "effectiveAt", h.finished_at as "finishedAt",
        json_build_object('memberId', l.member_id, 'name', l.name, 'staffCode', l.staff_code, 'status', l.status) as leaver,
        c.at as "cutOffAt", floor(extract(epoch from c.at - h.effective_at) / 60)::integer as "minutesToCutOff",
        h.total as items, h.total - h.observed - h.skipped - h.undone as open, h.failed + h.skipped + h.handed - c.meant as exceptions,
        h.state in ('undoing', 'undone') as undone
      from handovers h
      join members l on l.company_id = h.company_id and l.member_id = h.leaver_id
      cross join lateral (select min(i.attempted_at) filter (where i.kind = 'access' and i.state in ('attempted', 'observed', 'undone')) as at,
          count(*) filter (where i.state = 'skipped' and i.way = 'leave')::integer as meant
        from handover_items i where i.company_id = h.company_id and i.handover_id = h.handover_id
          and (i.kind = 'access' or i.state = 'skipped')) c
      where h.company_id = $1 and h.kind = 'leave' and h.state <> 'cancelled'
        and h.effective_at >= $2 and h.effective_at < $3 ${after} ${seen}
      order by h.effective_at, h.handover_id limit $4`,
    values,
  })
}
