import { z } from 'zod'
import { Id, Instant, paragraph, text } from '../../../kernel/fields.ts'
import { History, HoldingKind, Person, Way } from '../model.ts'
import { itemStates } from '../states.ts'
import { Phase } from './plan.ts'

export const ItemState = z
  .enum(itemStates)
  .describe('`attempted`: done, not yet seen to be there; `handed`: a task for a person')
export type ItemState = z.infer<typeof ItemState>

const Json = z.record(z.string().max(100), z.unknown())

/** One item of a handover, and how far it is. */
export const HandoverItem = z
  .object({
    itemId: Id,
    position: z.int().min(0).describe('Place in the order of the run, from 0'),
    phase: Phase,
    kind: HoldingKind,
    holdingId: Id.describe('The holding'),
    label: z.string().max(400).nullable().describe('As its reader knows it; null once erased'),
    way: Way,
    to: Person.nullable().describe('Who gets it; null for nobody'),
    history: History.nullable().describe('Of numbers that pass on; null for everything else'),
    returnAt: Instant.nullable().describe('When it comes back by itself'),
    isReversible: z.boolean().describe('False for what no undo brings back'),
    state: ItemState,
    waitsFor: z
      .enum(['cooldown', 'check', 'task', 'approval', 'rest'])
      .nullable()
      .describe('What it waits for; `rest`: for all other items'),
    dueAt: Instant.nullable().describe('When it is looked at again by itself'),
    reference: Id.nullable().describe('The task or request that it waits for'),
    taskId: Id.nullable().describe('The task of the person it was handed to'),
    before: Json.nullable().describe('What was, as far as it changed'),
    after: Json.nullable().describe('What is since'),
    code: z.string().max(80).nullable().describe('Why it failed'),
    title: z.string().max(1000).nullable().describe('Why it failed, in words'),
    next: z.string().max(1000).nullable().describe('What to do about it'),
    reason: z.string().max(1_000).nullable().describe('Why it was skipped or handed to a person'),
    attempts: z.int().min(0).describe('How often it was tried'),
    attemptedAt: Instant.nullable().describe('When it was tried last'),
    observedAt: Instant.nullable().describe('When its effect was seen'),
    undoneAt: Instant.nullable().describe('When it was taken back'),
  })
  .meta({ id: 'HandoverItem' })
export type HandoverItem = z.infer<typeof HandoverItem>

export const ItemQuery = z.object({
  limit: z.coerce.number().int().min(1).max(1000).default(200).describe('How many items at most'),
  cursor: z.string().min(1).max(500).optional().describe('`nextCursor` of the page before'),
  state: ItemState.optional().describe('Only items that stand there'),
  kind: HoldingKind.optional().describe('Only items of this kind'),
  toMemberId: Id.optional().describe('Only what this member gets'),
})

export const SkipItem = z.strictObject({ reason: paragraph(1_000).describe('Why it stays as it is') })

export const HandItem = z
  .strictObject({
    toMemberId: Id.optional().describe('The member who is to do it'),
    name: text(100).optional().describe('Or the name of somebody outside'),
    contact: text(200).optional().describe('How somebody outside is reached, e.g. an e-mail address'),
    instructions: paragraph(5_000).describe('What is to be done, step by step'),
    dueAt: Instant.optional().describe('Until when; in three days where left out'),
  })
  .refine(
    ({ toMemberId, name }) => (toMemberId === undefined) !== (name === undefined),
    'names either a member or somebody outside',
  )

/** What an undo would do, or does. */
export const UndoAnswer = z
  .object({
    isBegun: z.boolean().describe('False for a dry run'),
    items: z.int().min(0).describe('Items that are taken back'),
    lost: z
      .array(
        z.object({
          itemId: Id,
          kind: HoldingKind,
          label: z.string().max(400).nullable().describe('As its reader knows it'),
          why: z.string().max(1000).describe('Why it cannot be taken back, in words'),
        }),
      )
      .max(1000)
      .describe('What cannot be taken back; the first thousand'),
    lostTotal: z.int().min(0).describe('How many cannot be taken back'),
  })
  .meta({ id: 'HandoverUndo' })
export type UndoAnswer = z.infer<typeof UndoAnswer>

/** Somebody who could take over, and why. */
export const Successor = z
  .object({
    member: Person,
    title: z.string().max(100).nullable().describe('Job title'),
    departments: z.array(z.string().max(100)).max(50).describe('Names of the departments'),
    reasons: z
      .array(z.enum(['manager', 'same_department', 'same_counterparts']))
      .max(3)
      .describe('Why this one: the manager, a colleague, or who deals with the same other sides'),
    sharedCounterparts: z.int().min(0).describe('Other sides in records that both deal with'),
    held: z.int().min(0).describe('Numbers held and awaited'),
    cap: z.int().min(1).describe('Numbers that a member may hold (NUM-3)'),
    free: z.int().describe('Numbers that this member can still take'),
    fits: z.boolean().describe('Whether all numbers of the leaver fit'),
  })
  .meta({ id: 'SuccessorSuggestion' })
export type Successor = z.infer<typeof Successor>
