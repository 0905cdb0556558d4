import { z } from 'zod'
import { Id, Instant, PageQuery, TimeZone, text } from '../../kernel/fields.ts'

export { moveRefusal, numberRefusal } from './refusals.ts'

const E164 = z
  .string()
  .min(5)
  .max(16)
  .regex(/^\+[1-9]\d{3,14}$/)
  .describe('Phone number in E.164, e.g. +8613800138000')

export const NumberType = z.enum(['mobile', 'landline', 'toll_free']).describe('Kind of line')
export type NumberType = z.infer<typeof NumberType>

export const CustodyState = z
  .enum(['held', 'parked', 'released'])
  .describe('Who has the number: a member, the company, nobody')
export type CustodyState = z.infer<typeof CustodyState>

export const History = z
  .enum(['keep', 'hide', 'delete'])
  .describe(
    'What the new holder sees of the past: all of it, nothing, or nothing because it is deleted after approval',
  )
export type History = z.infer<typeof History>

export const Cause = z
  .enum(['added', 'assigned', 'reassigned', 'lent', 'parked', 'undone', 'returned', 'released'])
  .describe('What began this stretch of custody')
export type Cause = z.infer<typeof Cause>

export const MoveState = z
  .enum(['scheduled', 'pending_check', 'pending_approval', 'done', 'cancelled', 'failed'])
  .describe('Where a move stands')
export type MoveState = z.infer<typeof MoveState>

/** States in which a move still waits; the others are final. */
export const waitingStates = [
  'scheduled',
  'pending_check',
  'pending_approval',
] as const satisfies readonly MoveState[]

const Holder = z
  .object({ memberId: Id, name: z.string().max(200).describe('Name of the member') })
  .describe('The member who holds the number')

const Fields = z
  .record(z.string().min(1).max(60), z.string().max(500))
  .refine((fields) => Object.keys(fields).length <= 40, 'has more than 40 fields')
  .describe('Free fields: carrier, SIM, contract and the like')

export const ScheduledMove = z
  .object({
    moveId: Id,
    numberId: Id,
    e164: E164,
    kind: z.enum(['move', 'return']).describe('A move that was asked for, or the return of a loan'),
    to: Holder,
    state: MoveState,
    dueAt: Instant.describe('When it is due; a check or an approval may delay it'),
    timeZone: TimeZone.nullable().describe('Time zone in which the time was given'),
    returnAt: Instant.nullable().describe('For a loan that has not begun: when it comes back'),
    history: History,
    requestId: Id.nullable().describe('The request it waits for'),
    waitsFor: z.enum(['time', 'check', 'approval']).nullable().describe('Why it waits (NUM-16)'),
    refusalCode: z.string().max(80).nullable().describe('Why it failed'),
    scheduledBy: z.string().max(200).describe('Who asked for it'),
    createdAt: Instant,
  })
  .meta({ id: 'ScheduledMove' })
export type ScheduledMove = z.infer<typeof ScheduledMove>

export const PhoneNumber = z
  .object({
    numberId: Id,
    e164: E164,
    country: z
      .string()
      .length(2)
      .or(z.literal('001'))
      .describe('ISO 3166 country of the number; 001 for none'),
    type: NumberType,
    label: z.string().max(120).nullable().describe('What the number is for'),
    fields: Fields,
    state: CustodyState,
    holder: Holder.nullable().describe('Null when parked or released'),
    heldSince: Instant.describe('Since when custody is as it is'),
    availableAt: Instant.nullable().describe('End of the cool-down; null when the number can move now'),
    undoUntil: Instant.nullable().describe('Until when the latest move can be undone; null when it cannot'),
    licensed: z.boolean().describe('Whether the number uses a licence'),
    waiting: z.array(ScheduledMove).max(2).describe('The move that waits and the return of a loan'),
    version: z.number().int().describe('Goes up with every change; also the ETag'),
    createdAt: Instant,
  })
  .meta({ id: 'PhoneNumber' })
export type PhoneNumber = z.infer<typeof PhoneNumber>

export const NewNumber = z
  .object({
    number: z.string().min(3).max(60).describe('The phone number in any usual spelling'),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .optional()
      .describe('Country to read a number without country code in; default CN'),
    type: NumberType.optional().describe('Default: what the numbering plan says'),
    label: text(120).optional().describe('What the number is for'),
    fields: Fields.default({}),
  })
  .strict()
export type NewNumber = z.infer<typeof NewNumber>

export const NumberChange = z
  .object({
    label: text(120).nullable().optional().describe('What the number is for; null takes it away'),
    type: NumberType.optional(),
    fields: Fields.optional().describe('Replaces all free fields'),
  })
  .strict()

const When = z
  .string()
  .min(10)
  .max(40)
  .describe('Instant with offset, or a local date or date-time (2026-12-01T09:00) in `timeZone`')

/** What is asked of a move (NUM-3 to NUM-5, NUM-9, NUM-11). */
export const MoveOrder = z
  .object({
    toMemberId: Id.describe('The recipient'),
    history: History.default('keep'),
    expectedHolderId: Id.nullable()
      .optional()
      .describe('Refuse unless this member (null: nobody) holds the number now'),
    at: When.optional().describe('When to move; default now'),
    timeZone: TimeZone.optional().describe("Time zone of local times; default the company's"),
    returnAt: When.optional().describe('Makes it a loan that comes back by itself at this time'),
    when: z
      .enum(['now', 'earliest'])
      .default('now')
      .describe('`earliest`: wait for the end of the cool-down if there is one'),
    overrideCooldown: z
      .object({ reason: text(500).describe('Why it cannot wait') })
      .strict()
      .optional()
      .describe('Owners only: move in spite of the cool-down'),
    reason: text(500).optional().describe('Kept in the ledger; required for deleting history'),
  })
  .strict()
export type MoveOrder = z.infer<typeof MoveOrder>

export const MoveOutcome = z
  .object({
    outcome: z
      .enum(['done', 'scheduled', 'pending_check', 'pending_approval'])
      .describe('Done now, or why it waits'),
    number: PhoneNumber,
    move: ScheduledMove.nullable().describe('The move that waits; null when done'),
    undoUntil: Instant.nullable().describe('Until when this can be undone'),
    deleteRequestId: Id.nullable().describe(
      'The request by which a second person approves the deletion of history',
    ),
    version: z.number().int().describe('Version of the number'),
  })
  .meta({ id: 'MoveOutcome' })
export type MoveOutcome = z.infer<typeof MoveOutcome>

export const Custody = z
  .object({
    state: CustodyState,
    holder: Holder.nullable(),
    from: Instant.describe('Beginning, inclusive'),
    to: Instant.nullable().describe('End, exclusive; null while it lasts'),
    cause: Cause,
    movedBy: z.string().max(200).describe('Who began it'),
  })
  .meta({ id: 'Custody' })

export const NumberQuery = PageQuery.extend({
  search: z.string().max(80).optional().describe('Any digits of the number, or words of its label'),
  state: CustodyState.optional().describe('Default: all but released'),
  holderId: Id.optional().describe('Numbers that this member holds'),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional()
    .describe('Country of the number'),
  type: NumberType.optional(),
  sort: z
    .enum(['createdAt', '-createdAt', 'e164', '-e164'])
    .default('-createdAt')
    .describe('Order of the list'),
})
export type NumberQuery = z.infer<typeof NumberQuery>

export const MoveQuery = PageQuery.extend({
  state: MoveState.default('scheduled'),
  numberId: Id.optional().describe('Only the moves of this number'),
})
export type MoveQuery = z.infer<typeof MoveQuery>

/** What a request carries for this feature until it is decided: ids and choices only. */
export const DecidedDeletion = z.object({ numberId: Id, cutOff: Instant })
export const DecidedMove = z.object({ numberId: Id, moveId: Id })
export const DecidedProposal = z.object({
  numberId: Id,
  toMemberId: Id,
  history: History.default('keep'),
  /** Who held it when it was proposed; null for nobody. */
  expectedHolderId: Id.nullable().optional(),
})
