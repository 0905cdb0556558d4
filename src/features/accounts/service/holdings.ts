import type { Tx } from '../../../platform/db/tx.ts'
import type { Holding } from '../../custody-ports/index.ts'
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
