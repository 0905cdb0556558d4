import type { Tx } from '../../../platform/db/tx.ts'
import { parsePhone } from '../../../platform/phone/phone.ts'
import { record } from '../../audit/index.ts'
import { countLicence, lockSubscription } from '../../companies/index.ts'
import { dependentsOf, tellNumberReleased } from '../../custody-ports/index.ts'
import { withdrawRequest } from '../../requests/index.ts'
import type { PhoneNumber } from '../model.ts'
import type { NextCustody, RecipientFacts } from '../rules/facts.ts'
import { decidePark, decideRelease, decideUndo, refuseDependents, type Stretch } from '../rules/may-end.ts'
import { changeErasures, finishMove } from '../scheduled-store.ts'
import { beginCustody, latestStretches, unclaimNumber } from '../store.ts'
import { type LoadedFacts, loadFacts, loadRecipient } from './facts.ts'
import { refuseStale } from './move.ts'
import { readNumber } from './read.ts'
import { tellHolders } from './tell.ts'

export interface EndOrder {
  readonly numberId: string
  readonly reason?: string | undefined
  readonly expectedVersion: number | null
}

/**
 * Parks a number: the company keeps it, its holder loses it at once (NUM-6).
 * @throws Refusal as `decidePark` does, `thing.not_found`, `version.changed`
 */
export async function parkNumber(
  tx: Tx,
  order: EndOrder & { expectedHolderId?: string | undefined },
): Promise<PhoneNumber> {
  const facts = await loadFacts(tx, order.numberId)
  refuseStale(facts, order.expectedVersion)
  const custody = decidePark(facts.number, order.expectedHolderId, tx.now)
  return endWith(tx, { facts, custody, action: 'number.parked', reason: order.reason })
}

/**
 * Releases a number for good (NUM-15): its licence is free, its records stay, another company may add it.
 * @throws Refusal as `decideRelease` does, `thing.not_found`, `version.changed`
 */
export async function releaseNumber(tx: Tx, order: EndOrder & { confirm: string }): Promise<PhoneNumber> {
  const facts = await loadFacts(tx, order.numberId)
  refuseStale(facts, order.expectedVersion)
  const confirmed = parsePhone(order.confirm, facts.row.country)
  const hanging = await dependentsOf(tx, [order.numberId])
  const custody = decideRelease(facts.number, confirmed?.e164 ?? null, tx.now)
  refuseDependents(facts.row.e164, hanging.get(order.numberId) ?? [])
  await tellNumberReleased(tx, order.numberId)
  unclaimNumber(tx, facts.row.e164)
  return endWith(tx, { facts, custody, action: 'number.released', reason: order.reason })
}

/**
 * Undoes the latest move inside the window (NUM-11): holder, visibility, cool-down, licence, loan and pending deletion
 * become what they were.
 * @throws Refusal as `decideUndo` does, `thing.not_found`, `version.changed`
 */
export async function undoMove(tx: Tx, order: EndOrder): Promise<PhoneNumber> {
  const facts = await loadFacts(tx, order.numberId)
  refuseStale(facts, order.expectedVersion)
  const [latest, before] = await latestStretches(tx, order.numberId)
  if (!latest) throw new Error('a number without custody')
  const recipient = await recipientOf(tx, before, order.numberId)
  const custody = decideUndo({
    number: facts.number,
    latest,
    before: before ?? null,
    recipient,
    company: facts.company,
    now: tx.now,
  })
  await takeBack(tx, facts, latest)
  return endWith(tx, {
    facts,
    custody,
    action: 'number.move_undone',
    reason: order.reason,
    undid: latest.cause,
  })
}

function recipientOf(tx: Tx, before: Stretch | undefined, numberId: string): Promise<RecipientFacts | null> {
  return before?.holderId ? loadRecipient(tx, before.holderId, numberId) : Promise.resolve(null)
}

// What the undone move had set going stops: the return of its loan, the deletion of history.
async function takeBack(tx: Tx, facts: LoadedFacts, latest: Stretch): Promise<void> {
  const loan = facts.waiting.find((move) => move.kind === 'return')
  if (latest.cause === 'lent' && loan) finishMove(tx, loan.move_id, { state: 'cancelled' })
  const erasures = await changeErasures(
    tx,
    { numberId: facts.row.number_id, cutOff: latest.heldFrom },
    { from: ['awaiting_approval', 'approved'], to: 'cancelled' },
  )
  for (const erasure of erasures) await withdrawRequest(tx, erasure.request_id, 'the move was undone')
}

interface End {
  readonly facts: LoadedFacts
  readonly custody: NextCustody
  readonly action: string
  readonly reason: string | undefined
  readonly undid?: string
}

async function endWith(tx: Tx, { facts, custody, action, reason, undid }: End): Promise<PhoneNumber> {
  if (custody.freesLicence) await lockSubscription(tx)
  beginCustody(tx, facts.row, custody)
  if (custody.freesLicence) countLicence(tx, -1)
  record(tx, {
    action,
    subjectKind: 'number',
    subjectId: facts.row.number_id,
    effect: {
      from: facts.row.holder_id,
      to: custody.holderId,
      at: custody.at,
      visibleFrom: custody.visibleFrom,
      ...(undid === undefined ? {} : { undid }),
    },
    reason,
    details: { e164: facts.row.e164 },
  })
  tellHolders(tx, facts.row, custody)
  return readNumber(tx, facts.row.number_id)
}
