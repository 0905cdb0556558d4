import type { Tx } from '../../../platform/db/tx.ts'
import type { Holding, Remark } from '../../custody-ports/index.ts'
import { tokenRemark } from '../refusals.ts'
import { tokensOf } from '../views.ts'

/** What a member holds here: API tokens that still work (HAN-1). */
export async function listHoldings(tx: Tx, memberId: string): Promise<Holding[]> {
  const tokens = await tokensOf(tx, memberId)
  return tokens.map(({ tokenId, name, createdAt }) => ({
    kind: 'api_token',
    id: tokenId,
    label: name,
    since: createdAt,
    dependents: [],
  }))
}

/** What a member loses here for ever together with the own account (ACC-2). */
export async function lossesOf(tx: Tx, memberId: string): Promise<Remark[]> {
  const count = (await tokensOf(tx, memberId)).length
  return count === 0 ? [] : [{ rule: tokenRemark.lostWithAccount, values: { count }, data: {} }]
}
