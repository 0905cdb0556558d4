import { z } from 'zod'
import { Id, Instant, PageQuery, TimeZone, text } from '../../kernel/fields.ts'
import { Dependent, MemberStatus } from '../people/model.ts'

export { moveRefusal, numberRefusal, selectionRefusal } from './refusals.ts'

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
    dryRun: z.boolean().default(false).describe('Only show what would happen; nothing is written'),
  })
  .strict()
export type MoveOrder = z.infer<typeof MoveOrder>

/** As far as the records that a move touches are counted, before anybody makes it. */
export const recordsCounted = 10_000

const Counted = z.int().min(0).max(recordsCounted)
function isAtLeast(member: string) {
  return z.boolean().describe(`Whether counting \`${member}\` stopped at 10,000`)
}

/** What a move would do, shown before anybody makes it. */
export const MoveEffect = z
  .object({
    loses: Holder.nullable().describe('Who would hold it no more; null for a parked number'),
    gains: Holder.describe('Who would hold it'),
    recordsBecomeVisible: Counted.describe('Records of the past that the recipient would see'),
    recordsBecomeVisibleIsAtLeast: isAtLeast('recordsBecomeVisible'),
    recordsHidden: Counted.describe(
      'Records of the past that would stay, but that the recipient would not see',
    ),
    recordsHiddenIsAtLeast: isAtLeast('recordsHidden'),
    recordsDeleted: Counted.describe('Records that would be deleted, once a second person has approved it'),
    recordsDeletedIsAtLeast: isAtLeast('recordsDeleted'),
    licence: z.enum(['kept', 'taken']).describe('Whether the number has its licence already, or takes one'),
    licencesFreeAfter: z.int().min(0).describe('Licences that would be free then'),
    heldAfter: z
      .int()
      .min(1)
      .describe('Numbers of the recipient that would count against the cap then, those to come included'),
    cap: z.int().min(1).describe('Numbers that a member may hold'),
    coolsDownUntil: Instant.nullable().describe(
      'End of the cool-down that the move would begin; null for none',
    ),
    dueAt: Instant.nullable().describe(
      'For a move that would wait: when it is due; null for one that is done now',
    ),
    dependents: z
      .array(Dependent)
      .max(1000)
      .describe('What is reached or verified by the number, and should be re-bound before (WRK-4)'),
  })
  .meta({ id: 'MoveEffect' })
export type MoveEffect = z.infer<typeof MoveEffect>

export const MoveOutcome = z
  .object({
    outcome: z
      .enum(['done', 'scheduled', 'pending_check', 'pending_approval'])
      .describe('Done now, or why it waits; of a dry run, what would become of it'),
    effect: MoveEffect.nullable().describe('What the move would do; null unless it was a dry run'),
    number: PhoneNumber.describe('The number, after a dry run as it is'),
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

/** Why a member cannot receive a number, in the reader's language; null for one who can. */
const WhyNot = z
  .object({
    code: z.string().max(80).describe('Code of the refusal, e.g. `recipient.at_cap`'),
    title: z.string().max(1000).describe('Why not'),
    next: z.string().max(1000).describe('What to do about it'),
  })
  .nullable()
  .describe('Why this member cannot be chosen; null for one who can')

/** A member as a recipient of a number (NUM-3). */
export const Recipient = z
  .object({
    memberId: Id,
    name: z.string().max(200).describe('Name'),
    alias: z.string().max(200).nullable().describe('Name in another script'),
    staffCode: z.string().max(64).describe('Staff code'),
    title: z.string().max(100).nullable().describe('Job title'),
    departments: z.array(z.string().max(100)).max(50).describe('Names of the departments'),
    status: MemberStatus,
    held: z.int().min(0).describe('Numbers held now'),
    incoming: z.int().min(0).describe('Moves and returns to come, which count against the cap as well'),
    cap: z.int().min(1).describe('Numbers that a member may hold'),
    refusal: WhyNot,
  })
  .meta({ id: 'Recipient' })
export type Recipient = z.infer<typeof Recipient>

export const RecipientQuery = PageQuery.extend({
  search: text(100)
    .optional()
    .describe(
      'Beginnings of words, all of which must be found: name in any script, pinyin or its initials, staff code',
    ),
  numberId: Id.optional().describe('The number that is to be passed on'),
})
export type RecipientQuery = z.infer<typeof RecipientQuery>

/** A stretch of custody as a member's history tells it. */
export const HeldStretch = z
  .object({
    numberId: Id,
    e164: E164,
    from: Instant.describe('Beginning, inclusive'),
    to: Instant.nullable().describe('End, exclusive; null while it lasts'),
    cause: Cause,
    movedBy: z.string().max(200).describe('Who began it'),
  })
  .meta({ id: 'HeldStretch' })
export type HeldStretch = z.infer<typeof HeldStretch>

/** What a list, a count and a selection of numbers are narrowed by. */
export const NumberFilter = z.object({
  search: z.string().max(80).optional().describe('Any digits of the number, or words of its label'),
  state: CustodyState.optional().describe('Default: all but released'),
  holderId: Id.optional().describe('Numbers that this member holds'),
  departmentId: Id.optional().describe('Numbers held in this department or below'),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional()
    .describe('Country of the number'),
  type: NumberType.optional(),
  waiting: z.enum(['true']).optional().describe('Only numbers that a move or a return waits for'),
  coolingDown: z.enum(['true']).optional().describe('Only numbers that cannot move yet, since they just did'),
})
export type NumberFilter = z.infer<typeof NumberFilter>

export const NumberQuery = PageQuery.extend({
  ...NumberFilter.shape,
  sort: z
    .enum(['createdAt', '-createdAt', 'e164', '-e164', 'heldSince', '-heldSince'])
    .default('-createdAt')
    .describe('Order of the list'),
})
export type NumberQuery = z.infer<typeof NumberQuery>

/** As many numbers as one selection has: those that one batch takes. */
export const mostSelected = 100_000

export const NumberSelection = z
  .object({
    items: z
      .array(
        z.object({
          numberId: Id,
          e164: E164,
          holderId: Id.nullable().describe('Who holds it now; null for nobody'),
        }),
      )
      .max(mostSelected)
      .describe('Every number that fits, by its place in the numbering plan'),
    total: z.int().min(0).max(mostSelected).describe('How many there are'),
  })
  .meta({ id: 'NumberSelection' })

export const MoveQuery = PageQuery.extend({
  state: z
    .enum([...MoveState.options, 'waiting'])
    .default('scheduled')
    .describe('Where the move stands; `waiting` for all that still wait, those due first ahead'),
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
