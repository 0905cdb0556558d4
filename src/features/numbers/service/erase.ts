import type { Tx } from '../../../platform/db/tx.ts'
import type { ErasureJournal } from '../../../platform/files/erasure-journal.ts'
import { record } from '../../audit/index.ts'
import { eraseHistory, lockHistory, undoableUntil } from '../../custody-ports/index.ts'
import { countErased, findBegunErasure, putOffErasure } from '../erasure-store.ts'
import { holderUnderHold } from '../guard-views.ts'
import { changeErasures, postponeErasure } from '../scheduled-store.ts'
import { type LoadedFacts, loadFacts } from './facts.ts'

/** Where finished erasures are kept outside the database. */
export interface ErasureParts {
  readonly erasureJournal: ErasureJournal
}

export interface DueErasure {
  readonly numberId: string
  readonly requestId: string
}

/** Short enough that a move of the number does not wait for it noticeably. */
const recordsAtOnce = 2_000

/**
 * Begins to delete a number's history before a cut-off, once a second person approved it and the undo window is over
 * (NUM-5): from the commit on it exists for nobody, and nothing is added to it. A legal hold that was placed meanwhile,
 * on the number or someone who held it, postpones it; so does a longer window, and a handover that can still be undone.
 * @returns false when it is postponed or nothing was due
 */
export async function beginErasure(tx: Tx, due: DueErasure): Promise<boolean> {
  await lockHistory(tx, 'exclusive')
  const facts = await loadFacts(tx, due.numberId)
  if (await isHeld(tx, facts)) return false
  const { undoWindowHours } = facts.policies
  if (await postponeErasure(tx, { ...due, undoWindowHours })) return false
  const until = await undoableUntil(tx, due.requestId)
  if (until !== null && until > tx.now) {
    putOffErasure(tx, due, until)
    return false
  }
  const [erasure] = await changeErasures(tx, due, { from: ['approved'], to: 'erasing' })
  if (!erasure) return false
  record(tx, {
    action: 'history.erasure_begun',
    subjectKind: 'number',
    subjectId: due.numberId,
    effect: { cutOff: erasure.cut_off, requestId: due.requestId },
    details: { e164: facts.row.e164 },
  })
  return true
}

/** How far an erasure got: some is gone, a hold stops it, or nothing is left. */
export type ErasureProgress =
  | { readonly state: 'erased'; readonly records: number }
  | { readonly state: 'held' }
  | { readonly state: 'empty'; readonly cutOff: string; readonly at: string }

/**
 * Deletes a part of a history whose erasure has begun. A legal hold that was placed since stops it until it is lifted.
 * @returns null when it is done already
 */
export async function eraseSome(tx: Tx, due: DueErasure): Promise<ErasureProgress | null> {
  const facts = await loadFacts(tx, due.numberId)
  const erasure = await findBegunErasure(tx, due)
  if (!erasure) return null
  if (await isHeld(tx, facts)) return { state: 'held' }
  const history = { numberId: due.numberId, cutOff: erasure.cut_off }
  const records = await eraseHistory(tx, history, recordsAtOnce)
  if (records === 0) return { state: 'empty', cutOff: erasure.cut_off, at: tx.now }
  countErased(tx, erasure.erasure_id, records)
  return { state: 'erased', records }
}

/** Writes an erasure down as done; it must be in the journal before. */
export async function finishErasure(tx: Tx, due: DueErasure): Promise<void> {
  const { row } = await loadFacts(tx, due.numberId)
  const [erasure] = await changeErasures(tx, due, { from: ['erasing'], to: 'done' })
  if (!erasure) return
  record(tx, {
    action: 'history.erased',
    subjectKind: 'number',
    subjectId: due.numberId,
    effect: { cutOff: erasure.cut_off, requestId: due.requestId, records: erasure.erased_records },
    details: { e164: row.e164 },
  })
}

async function isHeld(tx: Tx, { number, row }: LoadedFacts): Promise<boolean> {
  return number.underHold || (await holderUnderHold(tx, row.number_id))
}
