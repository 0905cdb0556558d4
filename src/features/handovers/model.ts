import { z } from 'zod'
import { FileFormat, Id, Instant, PageQuery, paragraph, TimeZone } from '../../kernel/fields.ts'
import { handoverKinds, holdingKinds, ways } from '../custody-ports/model.ts'
import { MemberStatus } from '../people/model.ts'
import { acceptanceStates, handoverStates } from './states.ts'

export { handoverRefusal, lossRemark, planRemark } from './refusals.ts'

export const HandoverKind = z
  .enum(handoverKinds)
  .describe('`leave`: the member goes; `move`: the member stays, in another place; `loan`: it comes back')
export type HandoverKind = z.infer<typeof HandoverKind>

export const HandoverState = z
  .enum(handoverStates)
  .describe(
    'Where it stands; `approved`: its plan is settled and can run; `stopped`: the plan had changed when its time came; `closed`: the undo window is over',
  )
export type HandoverState = z.infer<typeof HandoverState>

export const HoldingKind = z.enum(holdingKinds).describe('What it is, e.g. `number`')
export const Way = z
  .enum(ways)
  .describe('`pass_on` to somebody, `park` with the company, `end` it, or `leave` it as it is')
export const History = z
  .enum(['keep', 'hide', 'delete'])
  .describe('What the successor sees of the history of a number (NUM-5)')

/** Somebody of the company, as far as a screen needs them. */
export const Person = z
  .object({
    memberId: Id,
    name: z.string().max(100).describe('Name of the member'),
    staffCode: z.string().max(64).describe('Staff code'),
    status: MemberStatus,
  })
  .meta({ id: 'HandoverPerson' })
export type Person = z.infer<typeof Person>

const Actor = z.string().max(200).describe('Member id, or `operator:` or `system:` with a name')
const ActorName = z.string().max(200).nullable().describe('Name of the member; null for nobody and no member')
const Count = z.int().min(0)

/** What was decided for one holding, or, without `id`, for all of a kind. What is left out follows the whole. */
export const Choice = z
  .strictObject({
    kind: HoldingKind,
    id: Id.nullable().default(null).describe('The holding; null for all of the kind'),
    way: Way.optional(),
    toMemberId: Id.optional().describe('Who is to have it, other than the default successor'),
    history: History.optional(),
  })
  .meta({ id: 'HandoverChoice' })
export type Choice = z.infer<typeof Choice>

const mostChoices = 20_000

const decisions = {
  effectiveAt: Instant.describe('When it takes effect; a time that is past means at once'),
  timeZone: TimeZone.describe("Time zone in which people read the times; the company's where left out"),
  endsAt: Instant.nullable().describe('When a loan comes back by itself; null for the other kinds'),
  defaultSuccessorId: Id.nullable().describe('Who gets everything for which nobody else is chosen'),
  fallbackId: Id.nullable().describe(
    'Who gets what the successor cannot take, or all without a successor; null for the park',
  ),
  alreadyLeft: z.boolean().describe('The leaver is gone and helps with nothing any more'),
  reason: paragraph(1_000).describe('Why, kept in the ledger'),
}

export const NewHandover = z.strictObject({
  kind: HandoverKind.default('leave'),
  leaverId: Id.describe('Whose holdings pass on'),
  effectiveAt: decisions.effectiveAt.optional(),
  timeZone: decisions.timeZone.optional(),
  endsAt: decisions.endsAt.optional(),
  defaultSuccessorId: decisions.defaultSuccessorId.default(null),
  fallbackId: decisions.fallbackId.default(null),
  alreadyLeft: decisions.alreadyLeft.default(false),
  choices: z
    .array(Choice)
    .max(mostChoices)
    .default([])
    .describe('What is decided otherwise than for the whole'),
  reason: decisions.reason.optional(),
})
export type NewHandover = z.infer<typeof NewHandover>

export const HandoverChange = z
  .strictObject({
    ...decisions,
    reason: decisions.reason.nullable(),
    choices: z.array(Choice).max(mostChoices).describe('Replaces all choices'),
  })
  .partial()
  .refine((change) => Object.keys(change).length > 0, 'names nothing to change')

/** How far it is, in items. */
const Coverage = z
  .object({
    total: Count.describe('Items of the plan'),
    observed: Count.describe('Done, and seen to be there'),
    waiting: Count.describe('Begun, or waiting for a time, a check or a task of a person'),
    needsYou: Count.describe('Failed: to be retried, skipped or handed to a person'),
    skipped: Count.describe('Left as they are, with a reason'),
    handed: Count.describe('Handed to a person, whose task is open'),
    undone: Count.describe('Taken back'),
    planned: Count.describe('Their turn has not come'),
  })
  .meta({ id: 'HandoverCoverage' })

export const Handover = z
  .object({
    handoverId: Id,
    kind: HandoverKind,
    state: HandoverState,
    leaver: Person,
    alreadyLeft: decisions.alreadyLeft,
    effectiveAt: decisions.effectiveAt,
    timeZone: TimeZone,
    endsAt: decisions.endsAt,
    defaultSuccessor: Person.nullable().describe('Who gets what nobody else is chosen for'),
    fallback: Person.nullable().describe('Who gets what the successor cannot take; null for the park'),
    reason: z.string().max(1_000).nullable().describe('Why'),
    coverage: Coverage,
    createdBy: Actor,
    createdByName: ActorName,
    createdAt: Instant,
    startedAt: Instant.nullable().describe('When its run began'),
    finishedAt: Instant.nullable().describe('When everything was done, skipped or handed on'),
    undoUntil: Instant.nullable().describe('Until when it can be undone; null before it started'),
    version: z.int().min(1).describe('Goes up with every change of its state; the ETag'),
  })
  .meta({ id: 'Handover' })
export type Handover = z.infer<typeof Handover>

const Acceptance = z
  .object({
    member: Person,
    state: z
      .enum(acceptanceStates)
      .describe('`planned`: knows nothing yet; `informed`: told, without being asked (HAN-6)'),
    items: Count.describe('How many items this successor gets'),
    askedAt: Instant.nullable().describe('When the successor was asked or told'),
    decidedAt: Instant.nullable().describe('When the successor answered'),
    reason: z.string().max(1_000).nullable().describe('What the successor gave as the reason'),
  })
  .meta({ id: 'HandoverAcceptance' })

const approval = z.object({
  isNeeded: z.boolean().describe('Whether a second person has to approve it (HAN-10)'),
  code: z.string().max(80).nullable().describe('Why, e.g. `handover.over_leavers`; null where nobody has to'),
  title: z.string().max(500).nullable().describe('Why, in words'),
  requestId: Id.nullable().describe('The request by which the second person is asked'),
  approvedBy: Actor.nullable(),
  approvedByName: ActorName,
  approvedAt: Instant.nullable().describe('When it was approved'),
})

/** One thing by which two plans differ. */
export const DifferenceItem = z
  .object({
    change: z.enum(['added', 'removed', 'changed']).describe('Seen from the plan that was written down'),
    kind: HoldingKind,
    holdingId: Id,
    label: z.string().max(400).nullable().describe('As its reader knows it'),
    before: z.record(z.string().max(40), z.unknown()).nullable().describe('What was decided'),
    after: z.record(z.string().max(40), z.unknown()).nullable().describe('What would be decided now'),
  })
  .meta({ id: 'HandoverDifferenceItem' })
export type DifferenceItem = z.infer<typeof DifferenceItem>

export const Difference = z
  .object({
    added: Count.describe('Items that came'),
    removed: Count.describe('Items that went'),
    changed: Count.describe('Items for which something else is decided'),
    items: z.array(DifferenceItem).max(200).describe('The first of them'),
  })
  .meta({ id: 'HandoverDifference' })
export type Difference = z.infer<typeof Difference>

export const StopCause = z
  .enum(['drift', 'role', 'acceptance', 'approval', 'blocked'])
  .describe(
    'Why it stopped before its start: the plan had changed; who set it going may no longer; a successor has not accepted; a second person is needed; something cannot be done',
  )
export type StopCause = z.infer<typeof StopCause>

/** What a caller may do with a handover now. */
export const HandoverAction = z
  .enum([
    'change',
    'plan',
    'submit',
    'approve',
    'accept',
    'run',
    'pause',
    'resume',
    'cancel',
    'undo',
    'receipt',
    'items',
  ])
  .describe('`plan`: write the plan down anew; `accept`: answer as a successor; `items`: retry, skip, hand')
export type HandoverAction = z.infer<typeof HandoverAction>

const StillHeld = z
  .object({
    kind: HoldingKind,
    id: Id,
    label: z.string().max(400).describe('As its reader knows it'),
  })
  .meta({ id: 'StillHeld' })

export const HandoverDetail = Handover.extend({
  choices: z.array(Choice).max(mostChoices).describe('What was decided otherwise than for the whole'),
  planHash: z.string().length(64).describe('SHA-256 over the decisions of the plan that was written down'),
  plannedAt: Instant.describe('When that plan was written down'),
  approval,
  acceptances: z.array(Acceptance).max(10_000).describe('Who is to receive something, by name'),
  actions: z.array(HandoverAction).max(20).describe('What the caller may do now'),
  orderedBy: Actor.nullable().describe('Who set it going'),
  orderedByName: ActorName,
  stopCause: StopCause.nullable(),
  difference: Difference.nullable().describe('What had changed when it was stopped'),
  stillHeld: z
    .array(StillHeld)
    .max(100_000)
    .nullable()
    .describe('What the leaver held when asked again at the finish (HAN-9); null before'),
  undoneAt: Instant.nullable().describe('When it was taken back'),
}).meta({ id: 'HandoverDetail' })
export type HandoverDetail = z.infer<typeof HandoverDetail>

export const HandoverQuery = PageQuery.extend({
  state: HandoverState.optional().describe('Only those that stand there'),
  kind: HandoverKind.optional().describe('Only of this kind'),
  leaverId: Id.optional().describe('Only of this leaver'),
  from: Instant.optional().describe('Only those that take effect at this instant or later'),
  to: Instant.optional().describe('Only those that take effect before'),
  mine: z.enum(['true']).optional().describe('`true` for those in which the caller gets something'),
})

export const ManyHandovers = z.strictObject({
  leavers: z
    .array(
      z.strictObject({
        leaverId: Id.describe('Who leaves'),
        successorId: Id.nullable().optional().describe('Who gets everything; the own manager where left out'),
        effectiveAt: decisions.effectiveAt.optional(),
      }),
    )
    .min(1)
    .max(200)
    .describe('The leavers'),
  unlessLeaving: z
    .boolean()
    .default(false)
    .describe(
      'Whoever has a handover under way keeps that one and gets no second: repeating makes none twice',
    ),
  effectiveAt: decisions.effectiveAt.optional(),
  timeZone: decisions.timeZone.optional(),
  fallbackId: decisions.fallbackId.default(null),
  alreadyLeft: decisions.alreadyLeft.default(false),
  reason: decisions.reason.optional(),
})

export const ManyResult = z.object({
  items: z
    .array(
      z.object({
        leaverId: Id,
        handover: Handover.nullable().describe('The handover that was made; null where it was refused'),
        isNew: z.boolean().describe('Whether it was made now; false for one that was under way already'),
        planHash: z.string().length(64).nullable().describe('Hash of its plan'),
        blockers: Count.describe('Items of its plan that cannot be done as it stands; 0 unless it is new'),
        code: z.string().max(80).nullable().describe('Why it was refused'),
        title: z.string().max(1000).nullable().describe('Why it was refused, in words'),
        next: z.string().max(1000).nullable().describe('What to do about it'),
      }),
    )
    .max(200)
    .describe('One for each leaver, in the order that was sent'),
  needsApproval: z
    .boolean()
    .describe('Whether all of them together are more than one person may run (HAN-10)'),
})

const ReportQuery = z.object({
  from: Instant.optional().describe('Leavers from this instant on; 90 days ago where left out'),
  to: Instant.optional().describe('Leavers before this instant; also those to come where left out'),
})

export const ReportPageQuery = PageQuery.extend(ReportQuery.shape)
export const ReportExportQuery = ReportQuery.extend({ format: FileFormat })

/** One leaver of a period (HAN-12). */
export const ReportRow = z
  .object({
    handoverId: Id,
    leaver: Person,
    state: HandoverState,
    effectiveAt: decisions.effectiveAt,
    cutOffAt: Instant.nullable().describe('When the access of the leaver ended; null where it has not'),
    minutesToCutOff: z.int().nullable().describe('Minutes from the effective time to the end of access'),
    finishedAt: Instant.nullable().describe('When everything was done'),
    items: Count.describe('Items of the handover'),
    open: Count.describe('Items that are not done'),
    exceptions: Count.describe('Items that failed, were skipped or were handed to a person'),
    undone: z.boolean().describe('Whether it was taken back'),
  })
  .meta({ id: 'LeaverReportRow' })
export type ReportRow = z.infer<typeof ReportRow>
