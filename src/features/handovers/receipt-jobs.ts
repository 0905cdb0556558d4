import { systemCaller } from '../../kernel/caller.ts'
import type { Announcer } from '../../platform/db/announce.ts'
import { type Database, installationRealm } from '../../platform/db/database.ts'
import type { DueTask } from '../../platform/jobs/sweeper.ts'
import { companiesToSign, SigningKeyFinder, signReceipts } from './service/sign-receipts.ts'

export interface ReceiptParts {
  readonly database: Database
  readonly announcer: Announcer
  readonly keys: ConstructorParameters<typeof SigningKeyFinder>[0]
}

const everyMs = 5_000

/** HAN-8: signs receipts as soon as the entries of their handover are sealed. */
export function createReceiptSigner({ database, announcer, keys }: ReceiptParts): DueTask {
  const finder = new SigningKeyFinder(keys)
  const asSteward = <T>(companyId: string, work: Parameters<typeof database.asSteward<T>>[1]) =>
    database.asSteward(systemCaller(companyId, 'receipts'), work)
  return {
    name: 'receipts.sign',
    everyMs,
    async run() {
      let signed = 0
      for (const companyId of await asSteward(installationRealm, companiesToSign))
        signed += await asSteward(companyId, (tx) => signReceipts(tx, finder))
      return signed
    },
    wakeOn: (wake) =>
      announcer.listen(({ kind }) => {
        if (kind === 'ledger-sealed') wake()
      }),
  }
}
