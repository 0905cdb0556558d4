import { z } from 'zod'
import { Id, Instant, PageQuery, paragraph, text } from '../../kernel/fields.ts'

export { mediaRefusal, recordRefusal } from './refusals.ts'

export const RecordKind = z.enum(['call', 'message', 'voicemail']).describe('What it is')
export type RecordKind = z.infer<typeof RecordKind>

export const Direction = z.enum(['inbound', 'outbound']).describe('Seen from the number')
export type Direction = z.infer<typeof Direction>

/** A phone number in E.164, a short code, or the name that a sender shows instead of a number. */
const OtherParty = text(40).describe('Who is on the other side: E.164, a short code or a sender name')

const Duration = z.int().min(0).max(604_800).describe('Seconds; at most a week')

/** A record as the telephone system sends it. */
export const NewRecord = z
  .strictObject({
    number: z.string().min(3).max(60).describe("The company's number, E.164"),
    kind: RecordKind,
    direction: Direction,
    otherParty: OtherParty,
    otherName: text(120).optional().describe('Name of the other side, where the source knows it'),
    occurredAt: Instant.describe('When it began; custody at this instant says whose it was'),
    durationSeconds: Duration.optional().describe('Length of a call or voicemail'),
    answered: z.boolean().optional().describe('Whether a call was answered; required for calls'),
    text: paragraph(10_000).optional().describe('Text of a message, transcript of a voicemail'),
    source: text(40).describe('Where it comes from, e.g. `onoff`'),
    sourceId: text(200).describe('Its id there: sending it again changes nothing'),
    recordId: Id.optional().describe('As an export writes it; not read, a record gets an id of its own'),
    holderThen: z
      .object({ memberId: Id, name: z.string().max(200).describe('Name of the member') })
      .nullable()
      .optional()
      .describe('As an export writes it; not read, custody says who held the number'),
  })
  .refine((record) => record.kind !== 'call' || record.answered !== undefined, {
    path: ['answered'],
    message: 'a call says whether it was answered',
  })
  .refine((record) => record.kind !== 'voicemail' || record.direction === 'inbound', {
    path: ['direction'],
    message: 'a voicemail comes in',
  })
export type NewRecord = z.infer<typeof NewRecord>

/** How many records one request of JSON, and one transaction of a stream, takes in. */
export const mostAtOnce = 1_000

/** What became of records that were sent. */
export const IngestOutcome = z
  .object({
    accepted: z.int().min(0).describe('Records that were taken in'),
    duplicates: z
      .int()
      .min(0)
      .describe('Records whose source and sourceId were here already; nothing changed'),
    refused: z.int().min(0).describe('Records and lines that were not taken in'),
    problems: z
      .array(
        z.object({
          line: z.int().min(0).describe('Place in `records`, from 0; of a stream the line, from 1'),
          sourceId: z.string().max(200).nullable().describe('Its id at its source, where that could be read'),
          code: z.string().max(80).describe('Code of the refusal'),
          title: z.string().max(1_000).describe('What is wrong'),
          next: z.string().max(1_000).describe('What to do next'),
        }),
      )
      .max(1_000)
      .describe('Why; the first 1,000 of them'),
  })
  .meta({ id: 'IngestOutcome' })
export type IngestOutcome = z.infer<typeof IngestOutcome>

/** Why contents are not shown: who reads what is not theirs says why; who may not read is told whom to ask. */
export const Withheld = z
  .enum(['reason_needed', 'not_granted'])
  .describe(
    '`reason_needed`: ask again with `reason`; `not_granted`: only the holder, Owners and Admins read it',
  )
export type Withheld = z.infer<typeof Withheld>

export const Media = z.object({
  mediaId: Id,
  contentType: z.string().max(100).describe('What it is, found out from its bytes'),
  byteCount: z.int().min(0).describe('Size in bytes'),
  fileName: z.string().max(200).nullable().describe('Name it came with'),
})
export type Media = z.infer<typeof Media>

/** A record as it is shown. Without a right to its contents, names and texts are null and the other side is masked. */
export const ShownRecord = z
  .object({
    recordId: Id,
    numberId: Id,
    e164: z.string().max(16).describe("The company's number"),
    kind: RecordKind,
    direction: Direction,
    occurredAt: Instant,
    durationSeconds: Duration.nullable(),
    answered: z.boolean().nullable().describe('For calls; null for others'),
    awaitsAnswer: z.boolean().describe('The other side asked with it and nobody has answered since'),
    holderThen: z
      .object({ memberId: Id, name: z.string().max(200).describe('Name of the member') })
      .nullable()
      .describe('Who held the number when it happened (NUM-12); null when nobody did'),
    otherParty: z.string().max(40).describe('The other side, masked where contents are withheld'),
    otherName: z.string().max(120).nullable().describe('Name of the other side'),
    text: z
      .string()
      .max(10_000)
      .nullable()
      .describe(
        'Text of a message, transcript of a voicemail; sign-in codes in it are masked for everyone but who held the number then',
      ),
    codeMasked: z.boolean().describe('Whether a sign-in code or link in the text is masked (ACC-12)'),
    media: z.array(Media).max(50).describe('Files that belong to it; empty where contents are withheld'),
    withheld: Withheld.nullable().describe('Why contents are missing; null when they are all there'),
  })
  .meta({ id: 'Record' })
export type ShownRecord = z.infer<typeof ShownRecord>

export const ReadingReason = text(500).describe(
  'Why you read what is not yours: needed for the contents of a number that you do not hold, kept in the ledger',
)

export const RecordQuery = PageQuery.extend({
  kind: RecordKind.optional(),
  direction: Direction.optional(),
  otherParty: OtherParty.optional().describe('Only with this other side, as it was sent'),
  search: z.string().max(80).optional().describe('Words of the text or name, or digits of the other side'),
  from: Instant.optional().describe('From this instant on'),
  to: Instant.optional().describe('Before this instant'),
  awaitsAnswer: z.enum(['true']).optional().describe('Only what nobody has answered yet'),
  reason: ReadingReason.optional(),
})
export type RecordQuery = z.infer<typeof RecordQuery>

/** All that a number and someone outside had with each other. */
export const Conversation = z
  .object({
    otherParty: z.string().max(40).describe('The other side, masked where contents are withheld'),
    otherName: z.string().max(120).nullable().describe('Name of the other side'),
    lastAt: Instant.describe('Time of the latest record'),
    isOpen: z.boolean().describe('Nobody has answered what the other side asked last'),
    openSince: Instant.nullable().describe('When the other side last asked; null when it is answered'),
    withheld: Withheld.nullable().describe('Why the other side is masked; null when it is not'),
  })
  .meta({ id: 'Conversation' })
export type Conversation = z.infer<typeof Conversation>

export const ConversationQuery = PageQuery.extend({
  open: z.enum(['true']).optional().describe('Only open ones, by the time of the last asking'),
  reason: ReadingReason.optional(),
})
export type ConversationQuery = z.infer<typeof ConversationQuery>

export const ExportQuery = z.object({
  format: z
    .enum(['csv', 'ndjson', 'xlsx'])
    .default('csv')
    .describe('`csv` and `xlsx` for spreadsheets; `ndjson`: lines that can be ingested again'),
  from: Instant.optional().describe('From this instant on'),
  to: Instant.optional().describe('Before this instant'),
  reason: ReadingReason.optional(),
})
export type ExportQuery = z.infer<typeof ExportQuery>
