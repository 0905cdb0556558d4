import { z } from 'zod'
import { Id, Instant, text } from '../../kernel/fields.ts'
import { defineRefusals } from '../../kernel/refusal.ts'

export const streamRefusal = defineRefusals({
  outOfReach: {
    code: 'events.out_of_reach',
    status: 404,
    en: {
      title: 'This number is not among those whose events you may follow.',
      next: 'Follow your own numbers, or ask an Owner or Admin who holds it now.',
    },
    zh: { title: '您无权关注该号码的事件。', next: '请关注您自己的号码，或向所有者、管理员查询现持有人。' },
  },
  custodyLost: {
    code: 'events.custody_lost',
    status: 404,
    en: {
      title: 'A number you followed has passed on to someone else.',
      next: 'Connect again to follow the numbers you hold now.',
    },
    zh: { title: '您关注的号码已移交他人。', next: '请重新连接，以关注您现在持有的号码。' },
  },
})

const Plain = z.record(z.string().max(200), z.unknown())

export const Actor = z
  .object({
    kind: z.enum(['member', 'token', 'operator', 'system']).describe('What acted'),
    id: z.string().max(200).nullable().describe('Member, token, OS user or task'),
    onBehalfOf: z.string().max(200).nullable().describe('Who had decided what the system did'),
  })
  .describe('Who did it')
export type Actor = z.infer<typeof Actor>

const place = z.int().min(0).max(Number.MAX_SAFE_INTEGER)

/** What a list or an export of the ledger is narrowed by. */
export const AuditFilter = z.object({
  action: text(100).optional().describe('Only this action, e.g. `number.reassigned`'),
  subjectKind: text(50).optional().describe('Only decisions about this kind of thing'),
  subjectId: text(200).optional().describe('Only decisions about this thing'),
  actorId: text(200).optional().describe('Only decisions of this member, token, OS user or task'),
  from: Instant.optional().describe('Not before this instant'),
  to: Instant.optional().describe('Before this instant'),
})
export type AuditFilter = z.infer<typeof AuditFilter>

/** One decision in the ledger, as those who may read the ledger see it. */
export const AuditEntry = z.object({
  id: Id,
  seq: place
    .nullable()
    .describe('Place in the sealed ledger, from 0; null for up to a second, until it is sealed'),
  at: Instant,
  action: z.string().max(100).describe('What was done, e.g. `number.reassigned`'),
  actor: Actor,
  actorName: z.string().max(200).nullable().describe('Name of the member or token, where there is one'),
  subjectKind: z.string().max(50).describe('What it was done to'),
  subjectId: z.string().max(200).describe('Id of what it was done to'),
  effect: Plain.describe('What became of it: ids and states'),
  reason: z
    .string()
    .max(5_000)
    .nullable()
    .describe('Why, as its author wrote it; null where none was given or it was erased'),
  details: Plain.nullable().describe(
    'Names, numbers and texts beside the entry; null where there are none or they were erased',
  ),
  detailsErased: z
    .boolean()
    .describe('True when the entry had details that were erased since; its proof still holds'),
})
export type AuditEntry = z.infer<typeof AuditEntry>

/** A decision about an account, in the words of RISC and CAEP (OpenID, 1.0). */
export interface SecuritySignal {
  /** URI of the event type. */
  readonly type: string
  /** The member, as an opaque subject identifier (RFC 9493). */
  readonly subject: { readonly format: 'opaque'; readonly id: string }
  /** What became of the credential, where the type asks for it. */
  readonly changeType?: 'create' | 'revoke'
}

/** One sealed decision as the live stream tells it: ids and states only. */
export interface LedgerEvent {
  readonly seq: number
  readonly id: string
  readonly at: string
  readonly action: string
  readonly actor: Actor
  readonly subjectKind: string
  readonly subjectId: string
  readonly effect: unknown
  /** What security systems call it (RISC, CAEP); left out for what is no such signal. */
  readonly signal?: SecuritySignal
}

const CheckpointSummary = z.object({
  size: place.describe('Entries it covers'),
  root: z.string().max(64).describe('Root of the Merkle tree over them (RFC 6962), base64'),
  at: Instant.describe('When it was signed'),
  keyName: z.string().max(100).describe('Key that signed it'),
})

const SigningKeySummary = z.object({
  keyName: z.string().max(100).describe('Name of the key, as signatures carry it'),
  publicKey: z.string().max(500).describe('Public half, PEM; pin it where you verify'),
  retiredAt: Instant.nullable().describe('Until when its signatures count; null for a key in use'),
})

const LedgerFinding = z.object({
  kind: z
    .enum([
      'edited',
      'inserted',
      'removed',
      'reordered',
      'truncated',
      'rolled-back',
      'forked',
      'bad-signature',
      'unknown-key',
      'details-changed',
    ])
    .describe('What was done to the ledger'),
  seq: place.optional().describe('First place it concerns'),
  lastSeq: place.optional().describe('Last place it concerns'),
  entryId: z.string().max(200).optional().describe('Entry it concerns'),
  says: z.string().max(2_000).describe('The finding in words'),
})

/** What a check of the whole ledger found. */
export const AuditReport = z.object({
  ok: z.boolean().describe('True when nothing was found'),
  entries: place.describe('Sealed entries that were read'),
  size: place.describe('Entries sealed so far'),
  root: z.string().max(64).describe('Root of the Merkle tree over the sealed entries (RFC 6962), base64'),
  unsealed: place.describe('Entries that wait for the sealer'),
  provenSize: place.describe('So many entries from the first one are vouched for by a signature'),
  detailsErased: place.describe('Entries whose details were erased'),
  reasonsErased: place.describe('Entries whose reason was erased'),
  checkpoints: place.describe('Checkpoints in the database'),
  inside: CheckpointSummary.nullable().describe('Last checkpoint in the database'),
  outside: CheckpointSummary.nullable().describe('Last checkpoint kept outside the database'),
  outsideBehind: place.describe('So many sealed entries are not yet covered by a checkpoint outside'),
  findings: z.array(LedgerFinding).max(1_000).describe('What is wrong, if anything'),
  findingsOmitted: place.describe('Further findings that are only counted'),
  keys: z.array(SigningKeySummary).max(1_000).describe('Keys whose signatures were believed'),
})
export type AuditReport = z.infer<typeof AuditReport>

/** A signed checkpoint as it was written, for checking the ledger elsewhere. */
export const SignedNote = z.object({
  size: place.describe('Entries it covers'),
  note: z.string().max(65_536).describe('C2SP tlog-checkpoint in a signed note'),
  sealedAt: Instant,
})
