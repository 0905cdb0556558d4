import { z } from 'zod'
import { Id, Instant } from '../../../kernel/fields.ts'
import { phases } from '../../custody-ports/model.ts'
import { Difference, History, HoldingKind, Person, Way } from '../model.ts'

const Count = z.int().min(0)
const Json = z.record(z.string().max(100), z.unknown())

/** A blocker, a warning or a loss in the reader's language. */
export const Remark = z
  .object({
    code: z.string().max(80).describe('What it is, e.g. `recipient.at_cap`'),
    title: z.string().max(1000).describe('What it is, in words'),
    next: z.string().max(1000).describe('The way out'),
    data: Json.describe('What would have to be done first, as data for buttons'),
  })
  .meta({ id: 'PlanRemark' })
export type Remark = z.infer<typeof Remark>

export const Phase = z
  .enum(phases)
  .describe('In this order (HAN-3); what is of one phase is done side by side')
const WaitsFor = z
  .enum(['cooldown', 'check', 'task', 'approval', 'rest'])
  .nullable()
  .describe('What it has to wait for, beyond a time; `rest`: for all other items')

const Remarks = z.array(Remark).max(100)

/** What would become of one holding. */
export const PlanItem = z
  .object({
    position: Count.describe('Place in the order of the run, from 0'),
    phase: Phase,
    kind: HoldingKind,
    holdingId: Id.describe('The holding; with `kind` it is what a choice names'),
    label: z.string().max(400).describe('As its reader knows it, e.g. the phone number'),
    since: Instant.nullable().describe('Since when the leaver holds it'),
    to: Person.nullable().describe('Who gets it; null for nobody'),
    way: Way,
    ways: z.array(Way).max(4).describe('What may be chosen for it'),
    isChosen: z.boolean().describe('Whether it has a choice of its own'),
    history: History.nullable().describe('Of numbers that pass on; null for everything else'),
    returnAt: Instant.nullable().describe('When it comes back by itself'),
    isReversible: z.boolean().describe('False for what no undo brings back'),
    notBefore: Instant.nullable().describe('When it can be done at the earliest; null for at once'),
    waitsFor: WaitsFor,
    before: Json.describe('What is, as far as it changes'),
    after: Json.describe('What will be'),
    blockers: Remarks.describe('Why it cannot be done as it stands'),
    warnings: Remarks.describe('What one should know before'),
    becomesVisible: Remarks.describe('What the successor gets to see'),
    lostForEver: Remarks.describe('What no undo brings back'),
  })
  .meta({ id: 'PlanItem' })
export type PlanItem = z.infer<typeof PlanItem>

const KindCount = z
  .object({ kind: HoldingKind, count: Count.describe('How many') })
  .meta({ id: 'PlanKindCount' })

/** What one successor gets, or, without a member, what goes one way without anybody. */
export const PlanGroup = z
  .object({
    to: Person.nullable().describe('The successor; null where nobody gets it'),
    way: Way,
    items: Count.describe('Items of this group'),
    blocked: Count.describe('Items of it that cannot be done as it stands'),
    kinds: z.array(KindCount).max(20).describe('What they are'),
    licences: z.int().describe('Licences that it takes (positive) or frees (negative)'),
  })
  .meta({ id: 'PlanGroup' })
export type PlanGroup = z.infer<typeof PlanGroup>

export const Plan = z
  .object({
    handoverId: Id,
    version: z.int().min(1).describe('Of the handover; the ETag'),
    planHash: z
      .string()
      .length(64)
      .describe('SHA-256 over the decisions; approval and run are for exactly this'),
    isWritten: z.boolean().describe('Whether this is the plan that was written down'),
    difference: Difference.nullable().describe(
      'How it differs from the plan that was written down; null if not',
    ),
    total: Count.describe('Items of the plan'),
    blocked: Count.describe('Items that cannot be done as it stands'),
    warned: Count.describe('Items with a warning'),
    irreversible: Count.describe('Items that no undo brings back'),
    kinds: z.array(KindCount).max(20).describe('What they are'),
    groups: z.array(PlanGroup).max(1000).describe('By who gets it, in the order of `items`'),
    remarks: z.array(Remark).max(100).describe('What is to be said of the handover as a whole'),
    licences: z.int().describe('Licences that it takes (positive) or frees (negative) altogether'),
    needsApproval: z.boolean().describe('Whether a second person has to approve it (HAN-10)'),
    approvalReason: Remark.nullable().describe('Why, and what to do'),
    needsAcceptance: z.boolean().describe('Whether successors have to accept first (HAN-6)'),
    finishAt: Instant.describe('When it will be done as far as it does not wait for people'),
    waitsForPeople: Count.describe('Items that wait for a task, a check or an approval'),
    items: z
      .array(PlanItem)
      .max(1000)
      .describe('A page of the items, by who gets them, in the order of the run'),
    nextCursor: z
      .string()
      .max(500)
      .nullable()
      .describe('Pass as `cursor` for the next page; null at the end'),
  })
  .meta({ id: 'HandoverPlan' })
export type Plan = z.infer<typeof Plan>

export const PlanQuery = z.object({
  limit: z.coerce.number().int().min(0).max(1000).default(200).describe('How many items at most; 0 for none'),
  cursor: z.string().min(1).max(500).optional().describe('`nextCursor` of the page before'),
  kind: HoldingKind.optional().describe('Only items of this kind'),
  toMemberId: Id.optional().describe('Only what this member gets'),
  only: z
    .enum(['blocked', 'warned', 'irreversible'])
    .optional()
    .describe('Only items with a blocker, with a warning, or that no undo brings back'),
})
export type PlanQuery = z.infer<typeof PlanQuery>
