import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { record } from '../../audit/index.ts'
import type { importsContract } from '../contract.ts'
import { importRefusal } from '../refusals.ts'
import { deleteImport, type ImportRecord, lockImport } from '../store.ts'
import { mustFind, refuseStale } from './read.ts'

/** Locks an import that is still a draft. @throws Refusal `thing.not_found`, `import.not_now` */
export async function lockDraft(tx: Tx, importId: string): Promise<ImportRecord> {
  const draft = await lockImport(tx, importId)
  if (!draft) throw new Refusal(httpRefusal.notFound, { thing: 'import' })
  if (draft.operationId === null) return draft
  const { state } = await mustFind(tx, importId)
  throw new Refusal(importRefusal.notNow, { state }, { state })
}

/** Discards a draft with its rows. @throws Refusal `thing.not_found`, `import.not_now`, `version.changed` */
export async function discardImport(
  tx: Tx,
  { params, expectedVersion }: RouteInput<(typeof importsContract)['discardImport']>,
): Promise<undefined> {
  const draft = await lockDraft(tx, params.importId)
  refuseStale(draft, expectedVersion)
  deleteImport(tx, draft.importId)
  record(tx, {
    action: 'import.discarded',
    subjectKind: 'import',
    subjectId: draft.importId,
    effect: { template: draft.template },
  })
}
