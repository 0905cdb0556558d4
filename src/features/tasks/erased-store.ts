import type { Tx } from '../../platform/db/tx.ts'
import type { FormerMember } from '../custody-ports/model.ts'

/**
 * Puts what a former member is shown as into the words of tasks that name the person; in those of a namesake only where
 * the task is for the former member or about them.
 */
export function erasePersonHere(tx: Tx, { memberId, names, shownAs }: FormerMember): void {
  tx.send({
    text: `update tasks t set particulars = (
        select jsonb_object_agg(key, case when jsonb_typeof(value) = 'string' and (value #>> '{}') = any($3::text[])
          then to_jsonb($4::text) else value end) from jsonb_each(t.particulars))
      where t.company_id = $1
        and exists (select 1 from jsonb_each(t.particulars) where jsonb_typeof(value) = 'string' and (value #>> '{}') = any($3::text[]))
        and (t.subject_id = $2 or t.for_member_id = $2 or not exists (select 1 from members m
          where m.company_id = $1 and m.member_id <> $2 and (m.name = any($3::text[]) or m.alias = any($3::text[]))))`,
    values: [tx.companyId, memberId, names, shownAs],
  })
  tx.send({
    text: `update tasks set for_name = null, for_contact = null, claim_note = null
      where company_id = $1 and former_member_id = $2`,
    values: [tx.companyId, memberId],
  })
  tx.send({
    text: 'update tasks set claim_note = null where company_id = $1 and for_member_id = $2 and claim_note is not null',
    values: [tx.companyId, memberId],
  })
}
