import type { Tx } from '../../../platform/db/tx.ts'
import type { DoomedHistory } from '../../custody-ports/index.ts'
import { forgetConversations } from '../conversation-store.ts'
import { deleteRecords, findDoomed } from '../erase-store.ts'
import { deleteMedia } from '../media-store.ts'
import { findAllMedia } from '../media-views.ts'

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
  removeBytes(tx, media)
  return doomed.length
}

function removeBytes(tx: Tx, media: readonly string[]): void {
  for (let from = 0; from < media.length; from += mediaPerJob) {
    const mediaIds = media.slice(from, from + mediaPerJob).join(' ')
    tx.enqueue(removeMediaJob, { companyId: tx.companyId, mediaIds })
  }
}

/** Lets the bytes of all files of a company follow it: what the commit leaves without a row is removed. */
export async function removeAllBytes(tx: Tx): Promise<void> {
  removeBytes(tx, await findAllMedia(tx))
}
