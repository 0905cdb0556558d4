import { z } from 'zod'
import { Id, Instant, PageQuery, paragraph } from '../../../kernel/fields.ts'
import { defineRefusals } from '../../../kernel/refusal.ts'

const requestKinds = ['delete_history', 'over_limit', 'proposal', 'country_check'] as const
export const RequestKind = z.enum(requestKinds).describe('What a second person is asked for')
export type RequestKind = z.infer<typeof RequestKind>

export const RequestState = z
  .enum(['open', 'approved', 'rejected', 'withdrawn'])
  .describe('`withdrawn`: what it was for was undone or cancelled')
export type RequestState = z.infer<typeof RequestState>

/** Something that waits for a second person. */
export const Request = z.object({
  requestId: Id,
  kind: RequestKind,
  state: RequestState,
  subjectKind: z.string().max(50).describe('What it is about, e.g. `number`'),
  subjectId: Id,
  subjectLabel: z.string().max(200).nullable().describe('Phone number or name of the subject'),
  payload: z.record(z.string().max(100), z.unknown()).describe('Particulars of the kind: ids and states'),
  reason: z.string().max(5_000).nullable().describe('Why it was asked for'),
  requestedBy: z.string().max(200).describe('Member id, or `operator:` or `system:` with a name'),
  requestedByName: z.string().max(200).nullable().describe('Name of the member who asked'),
  createdAt: Instant,
  decidedBy: z.string().max(200).nullable().describe('Who decided, in the form of `requestedBy`'),
  decidedByName: z.string().max(200).nullable().describe('Name of the member who decided'),
  decidedAt: Instant.nullable().describe('When it was decided'),
  decisionReason: z.string().max(5_000).nullable().describe('Reason or evidence of the decision'),
  version: z.int().min(1).describe('Goes up with every change; the ETag'),
})
export type Request = z.infer<typeof Request>

export const RequestQuery = PageQuery.extend({
  state: RequestState.optional(),
  kind: RequestKind.optional(),
})

/** What a lead proposes: pass this number on to that member (NUM-2). */
export const NewProposal = z.strictObject({
  kind: z.literal('proposal').describe('The only kind that is asked for by hand'),
  numberId: Id.describe('The number to pass on'),
  toMemberId: Id.describe('Who is to have it'),
  history: z.enum(['keep', 'hide', 'delete']).default('keep').describe('What becomes of its history (NUM-5)'),
  reason: paragraph(1_000).describe('Why'),
})

export const Approval = z.strictObject({
  reason: paragraph(1_000).optional().describe('Why, for the ledger'),
  evidence: paragraph(2_000)
    .optional()
    .describe('What was checked and how, e.g. the reference of the check; required for a country check'),
})

export const Rejection = z.strictObject({ reason: paragraph(1_000).describe('Why not') })

export const requestRefusal = defineRefusals({
  own: {
    code: 'request.own',
    status: 403,
    en: {
      title: 'You asked for this yourself, so a second person decides.',
      next: 'Ask another Owner or Admin to approve it: {others}.',
    },
    zh: { title: '该申请由您本人提出，须由第二人决定。', next: '请其他所有者或管理员批准：{others}。' },
  },
  ownEarly: {
    code: 'request.own_early',
    status: 409,
    en: {
      title: 'You asked for this yourself and are the only Owner or Admin, so it waits for 24 hours.',
      next: 'Approve it from {from} on, or make someone else an Admin who can approve it now.',
    },
    zh: {
      title: '该申请由您本人提出，而您是唯一的所有者或管理员，因此须等待 24 小时。',
      next: '请于 {from} 之后批准，或任命另一位管理员立即批准。',
    },
  },
  decided: {
    code: 'request.decided',
    status: 409,
    en: {
      title: 'This request is closed already: {state}.',
      next: 'Open a new request if it is needed again.',
    },
    zh: { title: '该申请已结束（{state}）。', next: '如仍需要，请重新提出申请。' },
  },
  evidenceMissing: {
    code: 'request.evidence_missing',
    status: 422,
    en: {
      title: 'Clearing a check needs evidence: what was checked and how.',
      next: 'Send `evidence`, e.g. the date and reference of the real-name check.',
    },
    zh: {
      title: '通过核验须提供依据：核验了什么、如何核验。',
      next: '请填写 evidence，例如实名核验的日期与编号。',
    },
  },
  outsideDepartments: {
    code: 'request.outside_departments',
    status: 403,
    en: {
      title: 'You may propose only for numbers and members of the departments you lead.',
      next: 'Ask an Owner or Admin to make this move.',
    },
    zh: { title: '您只能为所负责部门的号码和成员提出申请。', next: '请联系所有者或管理员办理。' },
  },
})
