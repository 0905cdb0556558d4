import { z } from 'zod'
import { handoverKinds, phases, ways } from '../../custody-ports/model.ts'
import { handoverStates, itemStates } from '../states.ts'

/** What the first member of each signed part says: what it is, and by which rules it is read. */
export const receiptFormat = 'baton.handover-receipt/1'
export const supplementFormat = 'baton.handover-supplement/1'
export const fileFormat = 'baton.receipt-file/1'

// In one form each: what reads the same must be the same bytes, or an edit could hide in the writing.
const Id = z.uuid().regex(/^[0-9a-f-]+$/, 'is not in lower case')
const Instant = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/, 'is not an instant in microseconds')
const code = z.string().min(1).max(100)
function hex(bytes: number) {
  return z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`), 'is not lower-case hex')
}
const Digest = hex(32)
const count = z.int().min(0).max(Number.MAX_SAFE_INTEGER)

/** Where a name stands in `names`, e.g. `member:<id>`; of a signed part only its salted digest is hashed. */
const NameRef = z.string().regex(/^(?:company|member|holding|text):[A-Za-z0-9:_-]{1,120}$/)
const Digests = z.record(NameRef, Digest)

const Actor = z.strictObject({
  kind: z.enum(['member', 'token', 'operator', 'system']),
  id: z.string().max(200).nullable(),
  onBehalfOf: z.string().max(200).nullable(),
})

/** A decision on the handover, as its entry in the ledger has it. */
const Decision = z.strictObject({
  entryId: Id,
  leafHash: Digest,
  action: code,
  at: Instant,
  actor: Actor,
})

const Particulars = z.record(z.string().max(100), z.unknown())

/** One holding: what was decided, what it was before and after, and how far that is proven. */
const Item = z.strictObject({
  itemId: Id,
  position: count,
  phase: z.enum(phases),
  kind: code,
  holdingId: Id,
  way: z.enum(ways),
  toMemberId: Id.nullable(),
  history: z.enum(['keep', 'hide', 'delete']).nullable(),
  returnAt: Instant.nullable(),
  state: z.enum(itemStates),
  isReversible: z.boolean(),
  before: Particulars.nullable(),
  after: Particulars.nullable(),
  attemptedAt: Instant.nullable(),
  observedAt: Instant.nullable(),
  observedBy: z.enum(['baton', 'person']).nullable(),
  refusalCode: code.nullable(),
  taskId: Id.nullable(),
  reference: Id.nullable(),
})
export type ReceiptItem = z.infer<typeof Item>

/** What is still to come, although the handover is finished. */
const Due = z.strictObject({
  kind: z.enum(['return', 'erasure', 'task', 'check', 'undo_window']),
  itemId: Id.nullable(),
  at: Instant.nullable(),
  reference: Id.nullable(),
})

const Ledger = z.strictObject({ origin: z.string().max(200), decisions: z.array(Decision).max(100_000) })

const shared = {
  installationId: Id,
  companyId: Id,
  handoverId: Id,
  madeAt: Instant,
  due: z.array(Due).max(1_000_000),
  ledger: Ledger,
  names: Digests,
}

/** The hashed part of a receipt (HAN-8): ids, states and salted digests only. */
export const ReceiptBody = z.strictObject({
  format: z.literal(receiptFormat),
  ...shared,
  handover: z.strictObject({
    kind: z.enum(handoverKinds),
    leaverId: Id,
    alreadyLeft: z.boolean(),
    effectiveAt: Instant,
    timeZone: z.string().max(64),
    endsAt: Instant.nullable(),
    planHash: Digest,
    createdAt: Instant,
    createdBy: z.string().max(200),
    approvedAt: Instant.nullable(),
    approvedBy: z.string().max(200).nullable(),
    orderedBy: z.string().max(200).nullable(),
    startedAt: Instant,
    finishedAt: Instant,
    undoUntil: Instant.nullable(),
  }),
  acceptances: z
    .array(z.strictObject({ memberId: Id, state: code, decidedAt: Instant.nullable() }))
    .max(100_000),
  items: z.array(Item).max(1_000_000),
  /** HAN-9: what the leaver was found to hold when asked again. */
  holdingsAfter: z.strictObject({
    askedAt: Instant,
    items: z.array(z.strictObject({ kind: code, holdingId: Id })).max(1_000_000),
  }),
})
export type ReceiptBody = z.infer<typeof ReceiptBody>

/** The hashed part of what closes a receipt: what became of what was due, or that all was undone. */
export const SupplementBody = z.strictObject({
  format: z.literal(supplementFormat),
  ...shared,
  receiptHash: Digest,
  state: z.enum(handoverStates),
  items: z.array(Item).max(1_000_000),
})
export type SupplementBody = z.infer<typeof SupplementBody>

const SaltedName = z.strictObject({ salt: hex(32), value: z.json() })
/** Names, numbers and reasons beside a signed part, each under its salt; what was erased is not there. */
export const Names = z.record(NameRef, SaltedName)
export type Names = z.infer<typeof Names>

const LedgerEntry = z.strictObject({
  companyId: Id,
  id: Id,
  at: Instant,
  action: code,
  actor: Actor,
  subjectKind: code,
  subjectId: z.string().max(200),
  effect: Particulars,
  reasonDigest: Digest.nullable(),
  detailsDigest: Digest.nullable(),
})

/** RFC 6962: the entries of the handover, the way from each to the root, and the checkpoint that signs the root. */
export const Evidence = z.strictObject({
  checkpoint: z.string().max(65_536),
  entries: z
    .array(z.strictObject({ seq: count, entry: LedgerEntry, proof: z.array(Digest).max(64) }))
    .max(100_001),
})
export type Evidence = z.infer<typeof Evidence>

const Signature = z.strictObject({
  algorithm: z.literal('Ed25519'),
  keyName: z.string().min(1).max(200),
  /** C2SP key id, as checkpoints carry it. */
  keyId: hex(4),
  value: z.string().max(100),
})
export type Signature = z.infer<typeof Signature>

function partOf<Body extends z.ZodType>(body: Body) {
  return z.strictObject({ body, signature: Signature, evidence: Evidence, names: Names })
}

/** A receipt as it is downloaded, with its supplement once there is one. */
export const ReceiptFile = z.strictObject({
  format: z.literal(fileFormat),
  receipt: partOf(ReceiptBody),
  supplement: partOf(SupplementBody).nullable(),
})
export type ReceiptFile = z.infer<typeof ReceiptFile>

export type PartBody = ReceiptBody | SupplementBody
export interface SignedPart<Body extends PartBody = PartBody> {
  readonly body: Body
  readonly signature: Signature
  readonly evidence: Evidence
  readonly names: Names
}
