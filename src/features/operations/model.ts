import { z } from 'zod'
import { FileFormat, Id, Instant, PageQuery } from '../../kernel/fields.ts'
import { defineRefusals } from '../../kernel/refusal.ts'
import { operationStates } from './states.ts'

export const OperationState = z
  .enum(operationStates)
  .describe('Where it stands; `pending_approval` waits for a second person')
export type OperationState = z.infer<typeof OperationState>

export const ItemState = z
  .enum(['pending', 'done', 'waiting', 'failed', 'cancelled'])
  .describe('`waiting`: for a time or a check of its own; `cancelled`: the operation ended before its turn')
export type ItemState = z.infer<typeof ItemState>

/** Work on many items: how far it is, how fast, and when it will end. */
const operation = z.object({
  operationId: Id,
  kind: z.string().max(60).describe('What is done, e.g. `number_moves`'),
  state: OperationState,
  total: z.int().min(0).describe('How many items it has'),
  done: z.int().min(0).describe('Items that are done'),
  waiting: z.int().min(0).describe('Items that wait for a time or check of their own'),
  failed: z.int().min(0).describe('Items that were refused; `retry` tries them again'),
  pending: z.int().min(0).describe('Items whose turn has not come'),
  perSecond: z.number().min(0).nullable().describe('Items a second while it worked; null before it began'),
  nextAt: Instant.nullable().describe('When the next slice may run; null when none will by itself'),
  finishAt: Instant.nullable().describe('When it will be done at this rate, waits between slices included'),
  requestId: Id.nullable().describe('The request by which a second person approves it'),
  undoes: Id.nullable().describe('The operation that this one takes back'),
  undoneBy: Id.nullable().describe('The operation that takes this one back'),
  createdBy: z.string().max(200).describe('Member id, or `operator:` with a name'),
  createdByName: z.string().max(200).nullable().describe('Name of the member who began it'),
  createdAt: Instant,
  finishedAt: Instant.nullable().describe('When it was done or cancelled'),
  version: z.int().min(1).describe('Goes up with every change of its state; the ETag'),
})
export const Operation = operation.meta({ id: 'Operation' })
export type Operation = z.infer<typeof Operation>

const Json = z.record(z.string().max(100), z.unknown())

export const OperationItem = z
  .object({
    position: z.int().min(0).describe('Place in the list that was sent, from 0'),
    subjectId: Id.nullable().describe('What it is about, e.g. a number'),
    subjectLabel: z.string().max(200).nullable().describe('As its reader knows it, e.g. the phone number'),
    given: Json.describe('What was asked for'),
    state: ItemState,
    outcome: Json.nullable().describe('Particulars of the result, e.g. `at`, the moment of the move'),
    code: z.string().max(80).nullable().describe('Why it failed'),
    title: z.string().max(1000).nullable().describe('Why it failed, in words'),
    next: z.string().max(1000).nullable().describe('What to do about it'),
  })
  .meta({ id: 'OperationItem' })
export type OperationItem = z.infer<typeof OperationItem>

/** An operation with a page of its items. */
export const OperationWithItems = operation
  .extend({
    items: z.array(OperationItem).max(1000).describe('A page of its items, in the order that was sent'),
    nextCursor: z
      .string()
      .max(500)
      .nullable()
      .describe('Pass as `cursor` for the next page; null at the end'),
  })
  .meta({ id: 'OperationWithItems' })

export const OperationQuery = PageQuery.extend({
  state: OperationState.optional().describe('Only those that stand there'),
})

export const ItemQuery = z.object({
  limit: z.coerce.number().int().min(0).max(1000).default(50).describe('How many items at most; 0 for none'),
  cursor: z.string().min(1).max(500).optional().describe('`nextCursor` of the page before'),
  items: ItemState.optional().describe('Only items that stand there'),
})

export const ItemExportQuery = z.object({
  format: FileFormat,
  items: ItemQuery.shape.items,
})
export type ItemExportQuery = z.infer<typeof ItemExportQuery>

export const operationRefusal = defineRefusals({
  notNow: {
    code: 'operation.not_now',
    status: 409,
    en: {
      title: 'An operation that is {state} cannot do this.',
      next: 'Pause or cancel it while it runs, resume or cancel it while it is paused, retry or undo it once it is done; what was undone needs a new one.',
    },
    zh: {
      title: '处于 {state} 状态的任务不能这样操作。',
      next: '运行中可暂停或取消；暂停时可继续或取消；完成后可重试失败项或撤销；已撤销的任务请新建。',
    },
  },
  nothingFailed: {
    code: 'operation.nothing_failed',
    status: 409,
    en: {
      title: 'This operation has no failed item that a second try could do.',
      next: 'There is nothing to try again; what is wrong with the list itself goes into a new one, corrected.',
    },
    zh: { title: '该任务没有可以重试的失败项目。', next: '无需重试；列表本身有误的项目请更正后重新提交。' },
  },
  undoneAlready: {
    code: 'operation.undone_already',
    status: 409,
    en: {
      title: 'This operation is being undone already, or has been.',
      next: 'Look at the operation in `undoneBy`.',
    },
    zh: { title: '该任务已在撤销或已撤销。', next: '请查看 undoneBy 中的任务。' },
  },
  nothingToUndo: {
    code: 'operation.nothing_to_undo',
    status: 409,
    en: {
      title: 'This operation left nothing that could be taken back.',
      next: 'Undo single items where that is possible, or make a new operation.',
    },
    zh: { title: '该任务没有可撤销的内容。', next: '可逐项撤销，或新建任务。' },
  },
})
