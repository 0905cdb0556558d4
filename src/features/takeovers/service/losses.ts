import { createHash } from 'node:crypto'
import { Refusal } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { sealedDays } from '../../accounts/index.ts'
import { canonicalJson } from '../../audit/index.ts'
import { lossesOf } from '../../custody-ports/index.ts'
import type { Loss } from '../model.ts'
import { lossRemark } from '../refusals.ts'

export interface Losses {
  readonly losses: Loss[]
  /** The same whatever the reader's language. */
  readonly lossesHash: string
}

/** In the company's realm: what is lost for ever when the number leaves the account of this former member (ACC-5). */
export async function lossesFor(tx: Tx, formerMemberId: string, language: 'en' | 'zh'): Promise<Losses> {
  const own = [
    { rule: lossRemark.signIn, values: {} },
    { rule: lossRemark.account, values: { days: sealedDays } },
  ]
  const remarks = [...own, ...(await lossesOf(tx, formerMemberId))]
  const losses = remarks.map(({ rule, values }) => ({
    code: rule.code,
    ...new Refusal(rule, values).inWords(language),
  }))
  const decided = remarks.map(({ rule, values }) => ({ code: rule.code, values: { ...values } }))
  return { losses, lossesHash: createHash('sha256').update(canonicalJson(decided)).digest('hex') }
}
