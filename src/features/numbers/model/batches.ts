import { z } from 'zod'
import { Id, Instant, text } from '../../../kernel/fields.ts'
import { defineRefusals } from '../../../kernel/refusal.ts'
import { Operation } from '../../operations/model.ts'
import { History } from '../model.ts'

/** As many moves as one request takes (NUM-8). */
export const mostMoves = 100_000

const BatchMove = z
  .strictObject({
    number: z.string().min(3).max(60).optional().describe('The number, in any usual spelling'),
    numberId: Id.optional().describe('The number by its id; either this or `number`'),
    toMemberId: Id.optional().describe('The recipient'),
    toStaffCode: text(64).optional().describe('The recipient by staff code; either this or `toMemberId`'),
    expectedHolderId: Id.nullable()
      .optional()
      .describe('Refuse unless this member (null: nobody) holds it now; default who holds it at the check'),
  })
  .refine((move) => (move.number === undefined) !== (move.numberId === undefined), {
    message: 'give either number or numberId',
  })
  .refine((move) => (move.toMemberId === undefined) !== (move.toStaffCode === undefined), {
    message: 'give either toMemberId or toStaffCode',
  })

/** Many moves, checked as a whole and judged by their end state, so that swaps and rings work (NUM-8). */
export const NewBatch = z.strictObject({
  moves: z
    .array(BatchMove)
    .min(1, 'needs at least one move')
    .max(mostMoves, `takes at most ${mostMoves} moves; split the list`)
    .describe('The moves, each number at most once'),
  history: History.default('keep'),
  when: z
    .enum(['now', 'earliest'])
    .default('now')
    .describe('`earliest`: numbers that cool down wait for its end instead of being refused'),
  overrideCooldown: z
    .strictObject({ reason: text(500).describe('Why it cannot wait') })
    .optional()
    .describe('Owners only: move in spite of the cool-down'),
  reason: text(500).optional().describe('Kept in the ledger; required for deleting history'),
  dryRun: z.boolean().default(false).describe('Only check and show the plan; nothing is written'),
  stopOnProblems: z
    .boolean()
    .default(false)
    .describe('Begin nothing if any move is refused; else the good ones go and the others are told'),
})
export type NewBatch = z.infer<typeof NewBatch>

const PlannedMove = z.object({
  position: z.int().min(0).describe('Place in the list that was sent, from 0'),
  numberId: Id.nullable().describe('The number; null when the company has none like it'),
  e164: z.string().max(60).describe('The number, as it was sent when it is not known'),
  fromMemberId: Id.nullable().describe('Who holds it now; null for nobody'),
  fromName: z.string().max(200).nullable().describe('Name of who holds it now; null for nobody'),
  toMemberId: Id.nullable().describe('The recipient; null when nobody has the staff code'),
  toName: z.string().max(200).nullable().describe('Name of the recipient; null for one that is not known'),
  outcome: z
    .enum(['move', 'wait', 'refused'])
    .describe('It moves, it waits for a time or a check, or it is refused'),
  waitsFor: z.enum(['time', 'check']).nullable().describe('Why it would wait (NUM-16)'),
  dueAt: Instant.nullable().describe('For one that waits: until when at least'),
  code: z.string().max(80).nullable().describe('Why it is refused'),
  title: z.string().max(1000).nullable().describe('Why it is refused, in words'),
  next: z.string().max(1000).nullable().describe('What to do about it'),
})
export type PlannedMove = z.infer<typeof PlannedMove>

/** What a batch would do (NUM-8): checked, but nothing is promised until it runs. */
export const BatchPlan = z
  .object({
    total: z.int().min(0).describe('Moves that were sent'),
    moves: z.int().min(0).describe('Moves that happen'),
    waits: z.int().min(0).describe('Moves that wait for a time or a check'),
    refused: z.int().min(0).describe('Moves that are refused'),
    batches: z.int().min(0).describe('Into how many portions the work is cut'),
    gapMinutes: z.int().min(0).describe('Minutes between two portions (`minBatchGapMinutes`)'),
    finishAt: Instant.describe('When it would be done if it began now, gaps included'),
    needsApproval: z
      .boolean()
      .describe('Above what one person may move alone: a second one is asked (HAN-10)'),
    items: z
      .array(PlannedMove)
      .max(mostMoves)
      .describe('Each move; after the start only those that are refused, at most 1,000'),
  })
  .meta({ id: 'BatchPlan' })
export type BatchPlan = z.infer<typeof BatchPlan>

export const BatchAnswer = z
  .object({
    plan: BatchPlan,
    operation: Operation.nullable().describe('The work that has begun; null for a dry run'),
  })
  .meta({ id: 'BatchAnswer' })

export const batchRefusal = defineRefusals({
  twice: {
    code: 'move.number_twice',
    status: 422,
    en: {
      title: '{e164} is in the list more than once, also at position {other}.',
      next: 'Keep one line for each number: where it is to be in the end.',
    },
    zh: {
      title: '号码 {e164} 在列表中重复出现（另见第 {other} 项）。',
      next: '每个号码只保留一行，填写最终的接收人。',
    },
  },
  unknownNumber: {
    code: 'move.number_unknown',
    status: 422,
    en: {
      title: 'Your company has no number {given}.',
      next: 'Check the spelling, or add the number first.',
    },
    zh: { title: '贵公司没有号码 {given}。', next: '请检查号码，或先添加该号码。' },
  },
  unknownMember: {
    code: 'move.member_unknown',
    status: 422,
    en: {
      title: 'Your company has no member {given}.',
      next: 'Look the recipient up again; perhaps the list comes from another company.',
    },
    zh: { title: '贵公司没有成员 {given}。', next: '请重新查找接收人，名单可能来自其他公司。' },
  },
  linkedTooMany: {
    code: 'move.linked_too_many',
    status: 422,
    en: {
      title: '{e164} belongs to {count} moves that only work together, and a batch may have {limit} moves.',
      next: 'Make room for the recipients first, or let an Owner or Admin raise `maxBatchSize`.',
    },
    zh: {
      title: '号码 {e164} 属于 {count} 个必须同时进行的移交，而每批最多 {limit} 个。',
      next: '请先为接收人腾出名额，或由所有者/管理员调高 maxBatchSize。',
    },
  },
  hasProblems: {
    code: 'batch.has_problems',
    status: 409,
    en: {
      title: '{refused} of {total} moves are refused, so nothing was begun.',
      next: 'Correct those in `problems`, or send the list without `stopOnProblems` to do the others.',
    },
    zh: {
      title: '{total} 个移交中有 {refused} 个被拒绝，因此未开始。',
      next: '请更正 problems 中的各项，或去掉 stopOnProblems 先办理其余各项。',
    },
  },
  nothingLeft: {
    code: 'batch.nothing_left',
    status: 409,
    en: {
      title: 'All {total} moves are refused, so there is nothing to begin.',
      next: 'Look at `problems`: each says what to do.',
    },
    zh: {
      title: '全部 {total} 个移交均被拒绝，没有可办理的内容。',
      next: '请查看 problems 中各项的处理办法。',
    },
  },
  movedSince: {
    code: 'undo.moved_since',
    status: 409,
    en: {
      title: '{e164} has moved again since, so this is no longer its latest move.',
      next: 'Undo the later move first, or pass the number on by hand.',
    },
    zh: {
      title: '号码 {e164} 之后又被移交，这已不是最近一次移交。',
      next: '请先撤销之后的移交，或手动转派。',
    },
  },
})
