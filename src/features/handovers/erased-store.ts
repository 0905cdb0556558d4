import type { Tx } from '../../platform/db/tx.ts'
import type { FormerMember } from '../custody-ports/model.ts'

const ownKinds = ['access', 'role', 'membership', 'report']

/**
 * Erases a person from handovers and their receipts: names and labels go, ids and digests stay, so that the proofs hold.
 */
export async function erasePersonHere(tx: Tx, { memberId, names }: FormerMember): Promise<void> {
  tx.send({
    text: `delete from handover_receipt_names where company_id = $1
      and (ref = any($2::text[]) or (ref like 'text:%'
          and exists (select 1 from unnest($3::text[]) as name where strpos(value #>> '{}', name) > 0))
        or (ref like 'holding:api_token:%' and handover_id in (select handover_id from handovers
          where company_id = $1 and leaver_id = $4)))`,
    values: [
      tx.companyId,
      [`member:${memberId}`, ...ownKinds.map((kind) => `holding:${kind}:${memberId}`)],
      names,
      memberId,
    ],
  })
  tx.send({
    text: `update handover_items set label = null where company_id = $1 and label is not null
      and ((holding_id = $2 and kind = any($3::text[]))
        or (kind = 'api_token' and handover_id in (select handover_id from handovers
          where company_id = $1 and leaver_id = $2)))`,
    values: [tx.companyId, memberId, ownKinds],
  })
  tx.send({
    text: `update handovers set reason = null where company_id = $1 and leaver_id = $2
      and exists (select 1 from unnest($3::text[]) as name where strpos(reason, name) > 0)`,
    values: [tx.companyId, memberId, names],
  })
  for (const name of names) {
    const label = `"label": ${JSON.stringify(name)}`
    tx.send({
      text: `update handovers set outcome = replace(outcome::text, $3, '"label": ""')::jsonb
        where company_id = $1 and strpos(outcome::text, $2) > 0 and strpos(outcome::text, $3) > 0`,
      values: [tx.companyId, memberId, label],
    })
  }
}
