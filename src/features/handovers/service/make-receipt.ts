import { randomBytes } from 'node:crypto'
import type { Tx } from '../../../platform/db/tx.ts'
import { type DecisionRow, decisionsAbout, type JsonValue, ledgerOf, record } from '../../audit/index.ts'
import {
  type PartBody,
  type ReceiptBody,
  type ReceiptItem,
  receiptFormat,
  type SupplementBody,
  supplementFormat,
} from '../receipt/body.ts'
import { hashOf, madeActions, nameBody, textOf, type Unnamed } from '../receipt/sign.ts'
import { type ReceiptPart, savePart } from '../receipt-store.ts'
import * as views from '../receipt-views.ts'
import { type HandoverRow, lockHandover } from '../store.ts'

/**
 * HAN-8: writes the receipt of a handover that has just finished, in the same transaction and after its last entry: what
 * is hashed, and the names beside it. It is signed once its entries are sealed.
 */
export async function makeReceipt(tx: Tx, handoverId: string): Promise<void> {
  const row = await mustLock(tx, handoverId)
  const items = await views.receiptItems(tx, handoverId)
  const held = heldIn(row)
  const { finishedAt, startedAt, undoUntil } = row
  if (finishedAt === null || startedAt === null) throw new Error('only a finished handover has a receipt')
  const unnamed: Unnamed<ReceiptBody> = {
    format: receiptFormat,
    ...(await sharedOf(tx, handoverId)),
    due: dueOf(items, { undoUntil, now: tx.now }),
    handover: {
      kind: row.kind,
      leaverId: row.leaverId,
      alreadyLeft: row.alreadyLeft,
      effectiveAt: row.effectiveAt,
      timeZone: row.timeZone,
      endsAt: row.endsAt,
      planHash: row.planHash,
      createdAt: row.createdAt,
      createdBy: row.createdBy,
      approvedAt: row.approvedAt,
      approvedBy: row.approvedBy,
      orderedBy: row.orderedBy,
      startedAt,
      finishedAt,
      undoUntil,
    },
    acceptances: await views.receiptAcceptances(tx, handoverId),
    items: items.map(itemOf),
    holdingsAfter: {
      askedAt: finishedAt,
      items: held.map(({ kind, id }) => ({ kind, holdingId: id })),
    },
  }
  const people = [row.createdBy, row.approvedBy, row.orderedBy, row.leaverId]
  const names = new Map<string, JsonValue>([
    [`company:${tx.companyId}`, { name: await views.companyName(tx) }],
    ...(await memberNames(tx, [...people, ...unnamed.acceptances.map(({ memberId }) => memberId)], items)),
    ...holdingNames(items),
    ...held.map(({ kind, id, label }): [string, JsonValue] => [`holding:${kind}:${id}`, { label }]),
    ...(row.reason === null ? [] : [['text:reason', row.reason] as [string, JsonValue]]),
  ])
  save<ReceiptBody>(tx, 'receipt', { unnamed, names })
}

/**
 * Writes the supplement that closes a receipt: what has changed since, and what is due even now. Without a receipt, as
 * when the undo came before the finish, there is none.
 */
export async function makeSupplement(tx: Tx, handoverId: string): Promise<void> {
  const row = await mustLock(tx, handoverId)
  const receipt = (await views.storedParts(tx, handoverId)).find(({ part }) => part === 'receipt')
  if (!receipt) return
  const items = await views.receiptItems(tx, handoverId)
  const changed = items.filter((item) => item.undoneAt !== null || isLater(item.observedAt, row.finishedAt))
  const unnamed: Unnamed<SupplementBody> = {
    format: supplementFormat,
    ...(await sharedOf(tx, handoverId)),
    due: dueOf(items, { undoUntil: null, now: tx.now }),
    receiptHash: receipt.bodyHash,
    state: row.state,
    items: changed.map(itemOf),
  }
  const names = new Map<string, JsonValue>([
    ...(await memberNames(tx, [row.undoBy, row.leaverId], changed)),
    ...holdingNames(changed),
  ])
  save<SupplementBody>(tx, 'supplement', { unnamed, names })
}

async function mustLock(tx: Tx, handoverId: string): Promise<HandoverRow> {
  const row = await lockHandover(tx, handoverId)
  if (!row) throw new Error(`there is no handover ${handoverId}`)
  return row
}

function save<Body extends PartBody>(
  tx: Tx,
  part: ReceiptPart,
  {
    unnamed,
    names: values,
  }: { readonly unnamed: Unnamed<Body>; readonly names: ReadonlyMap<string, JsonValue> },
): void {
  const { body, names } = nameBody<Body>(unnamed, values, randomBytes)
  const bodyHash = hashOf(body)
  savePart(tx, { handoverId: body.handoverId, part, body: textOf(body), bodyHash, names })
  record(tx, {
    action: madeActions[part],
    subjectKind: 'handover',
    subjectId: body.handoverId,
    effect: { receiptHash: bodyHash },
  })
}

async function sharedOf(tx: Tx, handoverId: string) {
  const { installationId, origin } = await ledgerOf(tx)
  const decisions = await decisionsAbout(tx, handoverId)
  return {
    installationId,
    companyId: tx.companyId,
    handoverId,
    madeAt: tx.now,
    ledger: { origin, decisions: decisions.map(decisionOf) },
  }
}

function decisionOf({ entryId, leafHash, action, at, actor }: DecisionRow) {
  const who = { kind: actor.kind, id: actor.id, onBehalfOf: actor.onBehalfOf ?? null }
  return { entryId, leafHash: leafHash.toString('hex'), action, at, actor: who }
}

function itemOf(row: views.ReceiptItemRow): ReceiptItem {
  const { attempts: _, isByPerson, label: __, ...item } = row
  return {
    itemId: item.itemId,
    position: item.position,
    phase: item.phase,
    kind: item.kind,
    holdingId: item.holdingId,
    way: item.way,
    toMemberId: item.toMemberId,
    history: item.history,
    returnAt: item.returnAt,
    state: item.state,
    isReversible: item.isReversible,
    before: item.before,
    after: item.after,
    attemptedAt: item.attemptedAt,
    observedAt: item.observedAt,
    observedBy: item.observedAt === null ? null : isByPerson ? 'person' : 'baton',
    refusalCode: item.refusalCode,
    taskId: item.taskId,
    reference: item.reference,
  }
}

function dueOf(
  items: readonly views.ReceiptItemRow[],
  { undoUntil, now }: { readonly undoUntil: string | null; readonly now: string },
): PartBody['due'] {
  const done = items.filter(({ state }) => state === 'observed')
  return [
    ...(undoUntil === null
      ? []
      : [{ kind: 'undo_window' as const, itemId: null, at: undoUntil, reference: null }]),
    ...done
      .filter(({ returnAt }) => returnAt !== null && returnAt > now)
      .map(({ itemId, returnAt, reference }) => ({
        kind: 'return' as const,
        itemId,
        at: returnAt,
        reference,
      })),
    ...done
      .filter(({ history }) => history === 'delete')
      .map(({ itemId, reference }) => ({ kind: 'erasure' as const, itemId, at: null, reference })),
  ]
}

const uuidForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

async function memberNames(
  tx: Tx,
  people: readonly (string | null)[],
  items: readonly views.ReceiptItemRow[],
): Promise<[string, JsonValue][]> {
  const all = [...people, ...items.map(({ toMemberId }) => toMemberId)]
  const ids = new Set(all.filter((id) => id !== null && uuidForm.test(id)) as string[])
  const found = await views.namedMembers(tx, [...ids])
  return found.map(({ memberId, ...member }) => [`member:${memberId}`, { ...member }])
}

function holdingNames(items: readonly views.ReceiptItemRow[]): [string, JsonValue][] {
  return items.flatMap(({ itemId, kind, holdingId, label, reason }): [string, JsonValue][] => [
    ...(label === null ? [] : [[`holding:${kind}:${holdingId}`, { label }] as [string, JsonValue]]),
    ...(reason === null ? [] : [[`text:${itemId}`, reason] as [string, JsonValue]]),
  ])
}

function heldIn({ outcome }: HandoverRow): readonly { kind: string; id: string; label: string }[] {
  const held = outcome?.['stillHeld']
  return Array.isArray(held) ? held : []
}

function isLater(moment: string | null, than: string | null): boolean {
  return moment !== null && than !== null && moment > than
}
