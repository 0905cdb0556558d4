import { addHours, instantOf } from '../../../kernel/instant.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import type { FoundMedia, MediaPlace } from '../../../platform/files/media-files.ts'
import { findKeptMedia } from '../media-views.ts'

/** So long a file may wait for the row that names it. */
const graceHours = 24

/** Of these files those that no row names any more, so that their bytes may go. */
export async function unnamedMedia(tx: Tx, places: readonly MediaPlace[]): Promise<MediaPlace[]> {
  const kept = await findKeptMedia(tx, places)
  return places.filter(({ mediaId }) => !kept.has(mediaId))
}

/** Of files in the media folder those older than a day that no row names: what an interruption has left. */
export async function orphansAmong(tx: Tx, found: readonly FoundMedia[]): Promise<FoundMedia[]> {
  const before = addHours(tx.now, -graceHours)
  const old = found.filter((one) => instantOf(one.changedAt) < before)
  if (old.length === 0) return []
  const named = old.flatMap(({ companyId, mediaId }) => (mediaId === null ? [] : [{ companyId, mediaId }]))
  const kept = await findKeptMedia(tx, named)
  return old.filter(({ mediaId }) => mediaId === null || !kept.has(mediaId))
}
