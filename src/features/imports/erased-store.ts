import type { Tx } from '../../platform/db/tx.ts'
import type { FormerMember } from '../custody-ports/model.ts'

const finished = `(select i.import_id from imports i
    join operations o on o.company_id = i.company_id and o.operation_id = i.operation_id
    where i.company_id = $1 and o.state in ('done', 'cancelled'))`

const ofPerson = `(subject_id = $2
    or exists (select 1 from unnest($3::text[]) as address where strpos(cells::text, address) > 0))`

/**
 * Empties the rows of finished imports that were read as this member, or have one of the person's addresses in a cell,
 * with what was quoted from the files; the rows of drafts and of those under way go with their time.
 */
export function erasePersonHere(tx: Tx, { memberId, addresses }: FormerMember): void {
  tx.send({
    text: `update imports i set problem_groups = '[]', recognition = jsonb_set(i.recognition, '{columns}', coalesce((
          select jsonb_agg(c || '{"samples": []}') from jsonb_array_elements(i.recognition -> 'columns') c), '[]'))
      where i.company_id = $1 and i.import_id in ${finished}
        and i.import_id in (select import_id from import_rows where company_id = $1 and ${ofPerson})`,
    values: [tx.companyId, memberId, addresses],
  })
  tx.send({
    text: `update import_rows set cells = '[]', edits = null, problems = null, problem_codes = null, changes = null,
        read_values = null, draft = null, applied = null
      where company_id = $1 and import_id in ${finished} and ${ofPerson}`,
    values: [tx.companyId, memberId, addresses],
  })
}
