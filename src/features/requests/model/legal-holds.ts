import { z } from 'zod'
import { Id, Instant, PageQuery, paragraph } from '../../../kernel/fields.ts'
import { roles } from '../../../kernel/permission.ts'
import { defineRefusals } from '../../../kernel/refusal.ts'

export const HoldSubjectKind = z
  .enum(['member', 'number', 'customer'])
  .describe('What is kept from deletion, erasure and retention')
export type HoldSubjectKind = z.infer<typeof HoldSubjectKind>

export const HoldState = z
  .enum(['placed', 'lifting', 'lifted'])
  .describe('`lifting`: one person has lifted it, it holds until a second one does')
export type HoldState = z.infer<typeof HoldState>

const person = z.string().max(200)

/** ALL-7: keeps the data of a member, number or customer, whatever else would delete it. */
export const LegalHold = z.object({
  holdId: Id,
  subjectKind: HoldSubjectKind,
  subjectId: Id,
  subjectLabel: z.string().max(200).nullable().describe('Phone number or name of the subject'),
  state: HoldState,
  reason: z.string().max(5_000).describe('Why it was placed'),
  placedBy: person.describe('Member id, or `operator:` with a name'),
  placedAt: Instant,
  firstLiftedBy: person.nullable().describe('Who lifted it first'),
  firstLiftedAt: Instant.nullable().describe('When it was lifted first'),
  firstLiftReason: z.string().max(5_000).nullable().describe('Why the first person lifted it'),
  liftedBy: person.nullable().describe('Who lifted it as the second person'),
  liftedAt: Instant.nullable().describe('When it ended'),
  liftReason: z.string().max(5_000).nullable().describe('Why the second person lifted it'),
  secondPersons: z
    .array(
      z.object({
        memberId: Id,
        name: z.string().max(200).describe('Name'),
        role: z.enum(roles).describe('Role'),
      }),
    )
    .max(20)
    .describe('While `lifting`: who can lift it for good, at most 20 of them'),
})
export type LegalHold = z.infer<typeof LegalHold>

export const LegalHoldQuery = PageQuery.extend({
  state: HoldState.optional(),
  subjectKind: HoldSubjectKind.optional(),
  subjectId: Id.optional().describe('Only holds on this member, number or customer'),
})

export const NewLegalHold = z.strictObject({
  subjectKind: HoldSubjectKind,
  subjectId: Id.describe('Id of the member, number or customer'),
  reason: paragraph(2_000).describe('Why, e.g. the matter and who ordered it'),
})

export const HoldLift = z.strictObject({ reason: paragraph(2_000).describe('Why it may end') })

export const holdRefusal = defineRefusals({
  secondPerson: {
    code: 'hold.second_person',
    status: 409,
    en: {
      title: 'You have lifted this hold already; a second person must lift it too.',
      next: 'Ask another Owner or Auditor: {others}.',
    },
    zh: { title: '您已解除过该保全，须由第二人再次解除。', next: '请联系另一位所有者或审计员：{others}。' },
  },
  lifted: {
    code: 'hold.lifted',
    status: 409,
    en: { title: 'This hold has ended already.', next: 'Place a new hold if the data must be kept again.' },
    zh: { title: '该保全已结束。', next: '如需继续保全，请重新设置。' },
  },
})
