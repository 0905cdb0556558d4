import { personOf } from '../../../kernel/caller.ts'
import type { Instant } from '../../../kernel/fields.ts'
import { addHours, addMinutes } from '../../../kernel/instant.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { record } from '../../audit/index.ts'
import { loadPolicies } from '../../companies/index.ts'
import { type HandoverFacts, type Holding, holdingsOf, stepFor } from '../../custody-ports/index.ts'
import { type StepResult, toPassOn } from '../../custody-ports/model.ts'
import {
  endedReferences,
  failResting,
  leaveItems,
  meantToGo,
  nextTurn,
  type Seen,
  type Standing,
  type StepRow,
  saveResults,
  saveSeen,
  standingOf,
  type Taken,
  type Turn,
  wakeResting,
} from '../item-store.ts'
import { handoverRefusal } from '../model.ts'
import { factsOf } from '../plan-facts.ts'
import { keyOf } from '../rules/choices.ts'
import { mustStep } from '../rules/step.ts'
import { claimHandover, type HandoverRow, recount, updateHandover } from '../store.ts'
import { closeHandover } from './close.ts'
import { makeReceipt } from './make-receipt.ts'
import { startScheduled } from './start.ts'
import { undoSlice } from './undo-slice.ts'

// What somebody else decides, e.g. a check, is looked at this often.
const lookAgainMinutes = 1
const looksAtMost = 5

/** As many as one slice takes, of those whose turn it is. */
export const wholeSlice: Taken = { limit: 200, itemId: null }

/**
 * Does the next slice of a handover: one transaction, so that a crash leaves it undone and it runs again (HAN-4).
 * @param taken one item alone where all together fail
 * @returns false when there was nothing to do: paused meanwhile, not due, or another process is at it
 */
export async function runSlice(tx: Tx, handoverId: string, taken: Taken = wholeSlice): Promise<boolean> {
  const row = await claimHandover(tx, handoverId)
  if (!row) return false
  if (row.state === 'scheduled') await startScheduled(tx, row)
  else if (row.state === 'running') await runOn(tx, row, taken)
  else if (row.state === 'undoing') await undoSlice(tx, row, taken)
  else if (row.state === 'finished') await closeHandover(tx, row)
  else return false
  return true
}

async function runOn(tx: Tx, row: HandoverRow, taken: Taken): Promise<void> {
  if (row.phase === null) leaveItems(tx, row.handoverId)
  const turn = await nextTurn(tx, row.handoverId, taken)
  if (turn === null) {
    if (taken.itemId === null) await rest(tx, row)
    return
  }
  if (turn.act === 'carry_out') await carryOut(tx, row, turn)
  else await observe(tx, row, turn)
  recount(tx, row.handoverId)
  updateHandover(tx, row.handoverId, { phase: turn.phase, dueAt: tx.now })
}

async function carryOut(tx: Tx, row: HandoverRow, { kind, phase, items }: Turn): Promise<void> {
  const results = await stepFor(kind).carryOut(tx, presentFacts(tx, row), items)
  if (results.length !== items.length) throw new Error('every item of a slice needs a result')
  keepResults(tx, row.handoverId, {
    kind,
    phase,
    results: results.map((result) => lookedAtAgain(result, tx.now)),
  })
}

/** Writes what became of items of one kind, and tells the ledger how many. */
export function keepResults(
  tx: Tx,
  handoverId: string,
  { kind, phase, results }: Pick<Turn, 'kind' | 'phase'> & { readonly results: readonly StepResult[] },
): void {
  saveResults(tx, handoverId, results)
  const count = (state: (typeof results)[number]['state']) =>
    results.filter((result) => result.state === state).length
  record(tx, {
    action: 'handover.items_done',
    subjectKind: 'handover',
    subjectId: handoverId,
    effect: {
      phase,
      kind,
      attempted: count('attempted'),
      waiting: count('waiting'),
      failed: count('failed'),
    },
  })
}

// A check ends without a word to the run.
function lookedAtAgain(result: StepResult, now: Instant): StepResult {
  if (result.state !== 'waiting' || result.waitsFor !== 'check' || result.until !== null) return result
  return { ...result, until: addMinutes(now, lookAgainMinutes) }
}

async function observe(tx: Tx, row: HandoverRow, { kind, items }: Turn): Promise<void> {
  const [observations, ended] = await Promise.all([
    stepFor(kind).observe(tx, presentFacts(tx, row), items),
    endedReferences(
      tx,
      items.flatMap(({ reference }) => reference ?? []),
    ),
  ])
  const found = new Map(observations.map((one) => [one.itemId, one]))
  const seen = items.map((item): Seen => {
    const observation = found.get(item.itemId)
    if (!observation) throw new Error('every item of a slice is looked at')
    const { itemId } = item
    if (observation.isThere) return { itemId, is: 'observed', seen: observation.seen }
    return { itemId, seen: observation.seen, ...afterMissing(item, ended, tx.now) }
  })
  saveSeen(tx, row.handoverId, seen)
  if (seen.some((one) => one.is === 'observed')) wakeResting(tx, row.handoverId)
}

type Missing =
  | { readonly is: 'not_yet'; readonly dueAt: Instant }
  | { readonly is: 'failed'; readonly code: string }

function afterMissing(item: StepRow, ended: ReadonlySet<string>, now: Instant): Missing {
  if (item.reference !== null && ended.has(item.reference))
    return { is: 'failed', code: handoverRefusal.referenceEnded.code }
  if (item.state === 'attempted' && item.attempts > looksAtMost)
    return { is: 'failed', code: handoverRefusal.notSeen.code }
  return { is: 'not_yet', dueAt: addMinutes(now, lookAgainMinutes) }
}

// Nothing has a turn: the run is at its end, waits for a time, or for somebody.
async function rest(tx: Tx, row: HandoverRow): Promise<void> {
  const standing = await standingOf(tx, row.handoverId)
  if (standing.open === 0) return finish(tx, row)
  if (standing.open === standing.resting) return holdsOn(tx, row)
  updateHandover(tx, row.handoverId, { dueAt: nextLook(standing, tx.now) })
}

function nextLook({ open, failed, resting, nextAt }: Standing, now: Instant): Instant | null {
  if (open === failed + resting) return null
  const soon = addMinutes(now, lookAgainMinutes)
  return nextAt === null || nextAt > soon ? soon : nextAt
}

// Nothing more comes, and the leaver still holds something: whoever looks after the run decides.
async function holdsOn(tx: Tx, { handoverId, leaverId }: HandoverRow): Promise<void> {
  const held = toPassOn(await holdingsOf(tx, leaverId))
  failResting(tx, handoverId, { code: handoverRefusal.stillHeld.code, values: { count: held.length } })
  recount(tx, handoverId)
  updateHandover(tx, handoverId, { dueAt: tx.now })
}

// HAN-9: the leaver's holdings are asked again.
async function finish(tx: Tx, row: HandoverRow): Promise<void> {
  const { handoverId } = row
  const { undoWindowHours } = await loadPolicies(tx)
  const stillHeld = await stillHeldOf(tx, row)
  const undoUntil = addHours(tx.now, undoWindowHours)
  recount(tx, handoverId)
  updateHandover(tx, handoverId, {
    state: mustStep(row.state, 'finish'),
    phase: null,
    finishedAt: tx.now,
    undoUntil,
    outcome: { stillHeld },
    dueAt: undoUntil,
  })
  record(tx, {
    action: 'handover.finished',
    subjectKind: 'handover',
    subjectId: handoverId,
    effect: {
      total: row.total,
      observed: row.observed,
      skipped: row.skipped,
      stillHeld: stillHeld.length,
      undoUntil,
    },
  })
  await makeReceipt(tx, handoverId)
}

async function stillHeldOf(tx: Tx, row: HandoverRow): Promise<Pick<Holding, 'kind' | 'id' | 'label'>[]> {
  const held = await holdingsOf(tx, row.leaverId)
  const gone = row.kind === 'leave' ? null : await meantToGo(tx, row.handoverId)
  const meant = gone && new Set(gone.map(({ kind, holdingId }) => keyOf(kind, holdingId)))
  return held
    .filter(({ kind, id }) => meant === null || meant.has(keyOf(kind, id)))
    .map(({ kind, id, label }) => ({ kind, id, label }))
}

function presentFacts(tx: Tx, row: HandoverRow): HandoverFacts {
  return factsOf(row, { now: tx.now, person: personOf(tx.caller) })
}
