import { isCompanyCaller } from '../../../kernel/caller.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { OwnContext, Reply } from '../../../platform/http/bind.ts'
import { signedOut } from '../../accounts/index.ts'
import { removeAllBytes } from '../../records/index.ts'
import { sampleRefusal } from '../model.ts'
import { removeCompany } from '../store.ts'
import type { SampleParts } from './load.ts'

/**
 * Removes the sample company in one transaction: all its rows, the accounts that belong to no other company, and their
 * sessions; the bytes of its files follow. The checkpoints of its ledger outside the database stay. Only the log keeps a trace.
 * @throws Refusal `company.not_sample`
 */
export async function removeSample(
  { log }: Pick<SampleParts, 'log'>,
  { open }: Pick<OwnContext, 'open'>,
): Promise<Reply<undefined>> {
  const removed = { companyId: '', by: '' }
  const answer = await open(async (tx) => {
    await removeAllBytes(tx)
    if (!(await removeCompany(tx))) throw new Refusal(sampleRefusal.notSample)
    const { companyId, caller } = tx
    if (isCompanyCaller(caller) && caller.accountId !== null) {
      tx.announce({ kind: 'sessions-ended', companyId, accountId: caller.accountId })
    }
    Object.assign(removed, { companyId, by: `${caller.kind}:${caller.id}` })
    return signedOut()
  })
  log.info(removed, 'the sample company was removed')
  return answer
}
