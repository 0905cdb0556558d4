import type { Tx } from '../../../platform/db/tx.ts'
import type { DoomedHistory } from '../../custody-ports/index.ts'
import { forgetConversations } from '../conversation-store.ts'
import { deleteRecords, findDoomed } from '../erase-store.ts'
import { deleteMedia } from '../media-store.ts'

export const removeMediaJob = 'records.remove-media'

const mediaPerJob = 100

/**
 * Erases the oldest records of a number from before a cut-off, at most `limit` of them, with all that hangs on them
 * (NUM-5): ids at their sources, files, what conversations know of them. The bytes of files go after the commit.
 * @returns how many records are gone
 */
export async function eraseHistory(tx: Tx, history: DoomedHistory, limit: number): Promise<number> {
  const doomed = await findDoomed(tx, history, limit)
  if (doomed.length === 0) return 0
  deleteRecords(tx, history.numberId, doomed)
  forgetConversations(tx, history, [...new Set(doomed.map((row) => row.other_party))])
  const media = await deleteMedia(
    tx,
    doomed.map((row) => row.record_id),
  )
  for (let from = 0; from < media.length; from += mediaPerJob) {
    const mediaIds = media.slice(from, from + mediaPerJob).join(' ')
    tx.enqueue(removeMediaJob, { companyId: tx.companyId, mediaIds })
  }
  return doomed.length
}
