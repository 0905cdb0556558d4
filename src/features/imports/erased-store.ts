import type { Tx } from '../../platform/db/tx.ts'
import type { FormerMember } from '../custody-ports/model.ts'

/**
 * Empties the rows of finished imports that were read as this member, or have one of the person's addresses in a cell;
 * the rows of drafts and of those under way go with their time.
 */
export function erasePersonHere(tx: Tx, { memberId, addresses }: FormerMember): void {
  tx.send({
    text: `update import_rows set cells = '[]', edits = null, problems = null, problem_codes = null, changes = null,
        read_values = null, draft = null, applied = null
      where company_id = $1
        and import_id in (select i.import_id from imports i
          join operations o on o.company_id = i.company_id and o.operation_id = i.operation_id
          where i.company_id = $1 and o.state in ('done', 'cancelled'))
        and (subject_id = $2
        or exists (select 1 from unnest($3::text[]) as address where strpos(cells::text, address) > 0))`,
    values: [tx.companyId, memberId, addresses],
  })
}
