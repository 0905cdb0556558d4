import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { signCheckpoint } from '../../src/features/audit/checkpoint.ts'
import {
  type JsonValue,
  type LedgerEntry,
  leafHashOf,
  type TrustedKey,
} from '../../src/features/audit/index.ts'
import { appendLeaves, emptyFrontier, inclusionProof, rootOf } from '../../src/features/audit/merkle.ts'
import {
  type PartBody,
  type ReceiptBody,
  type ReceiptFile,
  type ReceiptItem,
  receiptFormat,
  type SignedPart,
  type SupplementBody,
  supplementFormat,
} from '../../src/features/handovers/receipt/body.ts'
import {
  hashOf,
  madeActions,
  nameBody,
  signBody,
  type Unnamed,
} from '../../src/features/handovers/receipt/sign.ts'

let lastId = 0

/** A UUID that no other call gives. */
function someId(): string {
  lastId += 1
  return `0199c0de-0000-7000-8000-${lastId.toString(16).padStart(12, '0')}`
}

/** An installation that signs: its key, and what whoever trusts it has pinned. */
export interface Signer {
  readonly keyName: string
  readonly privateKey: KeyObject
  readonly pinned: TrustedKey
}

export function signer(keyName = 'baton-test'): Signer {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  return { keyName, privateKey, pinned: { keyName, publicKey } }
}

function at(minute: number): string {
  return `2026-11-20T09:${String(minute).padStart(2, '0')}:00.000000Z`
}
const installationId = someId()
function origin(companyId: string): string {
  return `baton/${installationId}/${companyId}`
}

/** A person of a made-up receipt. */
export interface Person {
  readonly memberId: string
  readonly name: string
  readonly staffCode: string
  readonly department: string
}

export function person(name: string, staffCode: string, department = 'Sales'): Person {
  return { memberId: someId(), name, staffCode, department }
}

export interface SomeItem {
  readonly label: string
  readonly to?: Person | null
  readonly change?: Partial<ReceiptItem>
}

export interface SomeReceipt {
  readonly company: string
  readonly leaver: Person
  readonly items: readonly SomeItem[]
  readonly due?: ReceiptBody['due']
  readonly reason?: string
}

interface Draft {
  readonly body: Unnamed<ReceiptBody>
  readonly names: ReadonlyMap<string, JsonValue>
  readonly entries: readonly LedgerEntry[]
}

/** A receipt of a finished handover as Baton signs it, made without a database. */
export function someReceipt(some: SomeReceipt, by: Signer): SignedPart<ReceiptBody> {
  const { body, names, entries } = draftOf(some)
  return sealed({ unnamed: body, names, entries, action: madeActions.receipt, by })
}

/** The supplement that closes a receipt. */
export function someSupplement(receipt: SignedPart<ReceiptBody>, by: Signer): SignedPart<SupplementBody> {
  const { companyId, handoverId, items } = receipt.body
  const entry = entryOf({ companyId, handoverId }, 'handover.closed', 50)
  const unnamed: Unnamed<SupplementBody> = {
    format: supplementFormat,
    installationId,
    companyId,
    handoverId,
    madeAt: at(51),
    due: [],
    ledger: { origin: origin(companyId), decisions: [decisionOf(entry)] },
    receiptHash: hashOf(receipt.body),
    state: 'closed',
    items: items.slice(0, 1),
  }
  return sealed({ unnamed, names: new Map(), entries: [entry], action: madeActions.supplement, by })
}

export function fileOf(
  receipt: SignedPart<ReceiptBody>,
  supplement: SignedPart<SupplementBody> | null = null,
): ReceiptFile {
  return { format: 'baton.receipt-file/1', receipt: { ...receipt }, supplement }
}

function draftOf({ company, leaver, items, due = [], reason }: SomeReceipt): Draft {
  const ids = { companyId: someId(), handoverId: someId() }
  const entries = ['handover.created', 'handover.approved', 'handover.started', 'handover.finished'].map(
    (action, step) => entryOf(ids, action, step * 5),
  )
  const people = new Map(
    [leaver, ...items.flatMap(({ to }) => (to ? [to] : []))].map((one) => [one.memberId, one]),
  )
  const made = items.map((item, position) => ({ item: itemOf(item, position), label: item.label }))
  const names = new Map<string, JsonValue>([
    [`company:${ids.companyId}`, { name: company }],
    ...[...people.values()].map(({ memberId, ...rest }): [string, JsonValue] => [
      `member:${memberId}`,
      { ...rest },
    ]),
    ...made.map(({ item, label }): [string, JsonValue] => [
      `holding:${item.kind}:${item.holdingId}`,
      { label },
    ]),
    ...(reason === undefined ? [] : [['text:reason', reason] as [string, JsonValue]]),
  ])
  const body: Unnamed<ReceiptBody> = {
    format: receiptFormat,
    installationId,
    ...ids,
    madeAt: at(20),
    due,
    ledger: { origin: origin(ids.companyId), decisions: entries.map(decisionOf) },
    handover: {
      kind: 'leave',
      leaverId: leaver.memberId,
      alreadyLeft: false,
      effectiveAt: at(0),
      timeZone: 'Asia/Shanghai',
      endsAt: null,
      planHash: 'ab'.repeat(32),
      createdAt: at(0),
      createdBy: 'operator:test',
      approvedAt: at(5),
      approvedBy: leaver.memberId,
      orderedBy: 'operator:test',
      startedAt: at(10),
      finishedAt: at(15),
      undoUntil: '2026-11-23T09:10:00.000000Z',
    },
    acceptances: [],
    items: made.map(({ item }) => item),
    holdingsAfter: { askedAt: at(15), items: [] },
  }
  return { body, names, entries }
}

function itemOf({ to, change }: SomeItem, position: number): ReceiptItem {
  return {
    itemId: someId(),
    position,
    phase: 'numbers',
    kind: 'number',
    holdingId: someId(),
    way: to === null ? 'park' : 'pass_on',
    toMemberId: to?.memberId ?? null,
    history: 'keep',
    returnAt: null,
    state: 'observed',
    isReversible: true,
    before: { state: 'assigned' },
    after: { state: to === null ? 'parked' : 'assigned', holderId: to?.memberId ?? null },
    attemptedAt: at(11),
    observedAt: at(12),
    observedBy: 'baton',
    refusalCode: null,
    taskId: null,
    reference: null,
    ...change,
  }
}

function entryOf(
  ids: { companyId: string; handoverId: string },
  action: string,
  minute: number,
): LedgerEntry {
  return {
    companyId: ids.companyId,
    id: someId(),
    at: at(minute),
    action,
    actor: { kind: 'operator', id: 'test', onBehalfOf: null },
    subjectKind: 'handover',
    subjectId: ids.handoverId,
    effect: { state: action },
    reasonDigest: null,
    detailsDigest: null,
  }
}

function decisionOf(entry: LedgerEntry): ReceiptBody['ledger']['decisions'][number] {
  const { id, at: moment, action, actor } = entry
  const who = { kind: actor.kind, id: actor.id, onBehalfOf: actor.onBehalfOf ?? null }
  return { entryId: id, leafHash: leafHashOf(entry).toString('hex'), action, at: moment, actor: who }
}

interface Sealing<Body extends PartBody> {
  readonly unnamed: Unnamed<Body>
  readonly names: ReadonlyMap<string, JsonValue>
  readonly entries: readonly LedgerEntry[]
  readonly action: string
  readonly by: Signer
}

function sealed<Body extends PartBody>({
  unnamed,
  names,
  entries,
  action,
  by,
}: Sealing<Body>): SignedPart<Body> {
  const named = nameBody<Body>(unnamed, names, randomBytes)
  const body = named.body
  const made = { ...entryOf(body, action, 21), effect: { receiptHash: hashOf(body) } }
  // Other decisions of the company stand between those of the handover.
  const others = [entryOf({ ...body, handoverId: someId() }, 'number.assigned', 3)]
  const all = [...others, ...entries, ...others.map((one) => ({ ...one, id: someId() })), made]
  const leaves = all.map((entry) => leafHashOf(entry))
  const tree = appendLeaves(emptyFrontier, leaves)
  const checkpoint = signCheckpoint(
    { origin: origin(body.companyId), size: tree.size, root: rootOf(tree), at: at(22) },
    by,
  )
  return {
    body,
    signature: signBody(body, by),
    names: named.names,
    evidence: {
      checkpoint,
      entries: [...entries, made].map((entry) => {
        const seq = all.indexOf(entry)
        const { actor } = entry
        return {
          seq,
          entry: {
            ...entry,
            actor: { ...actor, onBehalfOf: actor.onBehalfOf ?? null },
            effect: { ...entry.effect },
          },
          proof: inclusionProof(leaves, seq).map((node) => node.toString('hex')),
        }
      }),
    },
  }
}
