import { z } from 'zod'
import { Id, Instant, PageQuery, paragraph, text } from '../../kernel/fields.ts'
import { roles } from '../../kernel/permission.ts'
import { holdingKinds } from '../custody-ports/model.ts'
import { memberStatuses } from './states.ts'

export { departmentRefusal, leaverRemark, memberRefusal } from './refusals.ts'

export const Role = z.enum(roles).describe('Role in the company, which decides what the member may do')
export type Role = z.infer<typeof Role>

export const MemberStatus = z
  .enum(memberStatuses)
  .describe('Employment: `leaving` still works here and hands over; `left` holds nothing any more')
export type MemberStatus = z.infer<typeof MemberStatus>

const Version = z.number().int().min(1).describe('Goes up with every change; also the ETag')

export const Department = z
  .object({
    departmentId: Id,
    parentId: Id.nullable().describe('The department above; null at the top'),
    name: z.string().max(100).describe('Name, unique below the same parent'),
    position: z.number().int().describe('Order among departments below the same parent'),
    memberCount: z.number().int().min(0).describe('Members directly in this department, without those below'),
    version: Version,
    createdAt: Instant,
  })
  .meta({ id: 'Department' })
export type Department = z.infer<typeof Department>

export const DepartmentQuery = PageQuery.extend({
  parentId: z
    .union([Id, z.literal('none')])
    .optional()
    .describe('Only departments directly below this one; `none` for those at the top'),
})

const Position = z
  .number()
  .int()
  .min(0)
  .max(1_000_000)
  .describe('Order among departments below the same parent')

export const NewDepartment = z
  .object({
    name: text(100).describe('Name, unique below the same parent'),
    parentId: Id.nullable().default(null).describe('The department above; null for the top'),
    position: Position.default(0),
  })
  .strict()
export type NewDepartment = z.infer<typeof NewDepartment>

export const DepartmentChange = z
  .object({
    name: text(100).optional().describe('New name'),
    parentId: Id.nullable()
      .optional()
      .describe('Moves the department with everything below it; null for the top'),
    position: Position.optional(),
  })
  .strict()
  .refine((change) => Object.keys(change).length > 0, 'names nothing to change')
export type DepartmentChange = z.infer<typeof DepartmentChange>

export const Membership = z
  .object({
    departmentId: Id,
    name: z.string().max(100).describe('Name of the department'),
    isLead: z.boolean().describe('Whether the member leads it'),
  })
  .meta({ id: 'DepartmentMembership' })
export type Membership = z.infer<typeof Membership>

/** Name of a member, as long as the table and every list hold it. */
const memberNameCharacters = 100

export const Member = z
  .object({
    memberId: Id,
    staffCode: z.string().max(64).describe('Staff code, unique in the company for ever'),
    name: z.string().max(memberNameCharacters).describe('Name'),
    alias: z.string().max(memberNameCharacters).nullable().describe('Name in another script'),
    email: z.string().max(254).nullable().describe('E-mail; masked for leads and auditors'),
    mobile: z.string().max(20).nullable().describe('Mobile in E.164; masked for leads and auditors'),
    destination: z
      .string()
      .max(200)
      .nullable()
      .describe('Where calls ring: E.164 or a SIP URI; masked for leads and auditors; null for nowhere'),
    contactMasked: z.boolean().describe('Whether e-mail, mobile and destination are masked for this reader'),
    title: z.string().max(100).nullable().describe('Job title'),
    managerId: Id.nullable().describe('The member this one reports to'),
    managerName: z.string().max(memberNameCharacters).nullable().describe('Name of the manager'),
    departments: z.array(Membership).max(50).describe('Departments, by name'),
    role: Role,
    status: MemberStatus,
    account: z.enum(['none', 'joined']).describe('Whether a person has signed in as this member'),
    numbersHeld: z.int().min(0).describe('Numbers that the member holds'),
    version: Version,
    createdAt: Instant,
    leftAt: Instant.nullable().describe('Since when the member has left; null otherwise'),
  })
  .meta({ id: 'Member' })
export type Member = z.infer<typeof Member>

/** As many holdings as one member is shown with. */
export const mostHoldings = 100_000

/** Something that uses a number and suffers when it passes on (WRK-4). */
export const Dependent = z
  .object({
    kind: z.enum(['work_account', 'identifier']).describe('What it is'),
    id: Id,
    label: z
      .string()
      .max(400)
      .describe('As people know it, e.g. the system and the name of the account there'),
    use: z
      .enum(['login', 'verification', 'both'])
      .nullable()
      .describe('What it uses the number for; null where nobody has said'),
    since: Instant.nullable().describe('Since when; null where that is not known'),
  })
  .meta({ id: 'HoldingDependent' })

export const Holding = z
  .object({
    kind: z.enum(holdingKinds).describe('What it is, e.g. `number` or `department_lead`'),
    id: Id,
    label: z.string().max(400).describe('As people know it, e.g. the phone number'),
    since: Instant.nullable().describe('Since when it is held; null where that is not known'),
    dependents: z.array(Dependent).max(1000).describe('What hangs on it (WRK-4)'),
    availableAt: Instant.nullable().describe('When it can pass on at the earliest; null for at once (NUM-4)'),
  })
  .meta({ id: 'Holding' })

export const MemberHoldings = z
  .object({
    memberId: Id,
    items: z
      .array(Holding)
      .max(mostHoldings)
      .describe('Everything held, in the order in which a handover comes to it (HAN-1, HAN-3)'),
    total: z.int().min(0).describe('How many there are'),
    toPassOn: z.int().min(0).describe('How many must be passed on before the member can have left (NUM-13)'),
  })
  .meta({ id: 'MemberHoldings' })
export type MemberHoldings = z.infer<typeof MemberHoldings>

const ToPassOn = z.array(Holding).max(mostHoldings)

export const MemberDetail = Member.extend({
  holdings: ToPassOn.describe('What must be passed on before the member can have left (NUM-13)'),
}).meta({ id: 'MemberDetail' })
export type MemberDetail = z.infer<typeof MemberDetail>

export const ChangedMember = MemberDetail.extend({
  holdings: ToPassOn.describe('The same, when the change was asked for'),
  offersHandover: z
    .boolean()
    .describe(
      'True after a change of role or departments by someone who holds something: pass it on (NUM-17)',
    ),
}).meta({ id: 'ChangedMember' })
export type ChangedMember = z.infer<typeof ChangedMember>

const StaffCode = text(64)
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._@-]*$/u, 'has characters other than letters, digits and . _ @ -')
  .describe('Staff code, unique in the company, also among members who have left')

export const DepartmentPlace = z
  .object({ departmentId: Id, isLead: z.boolean().default(false).describe('Whether the member leads it') })
  .strict()
export type DepartmentPlace = z.infer<typeof DepartmentPlace>

const Places = z
  .array(DepartmentPlace)
  .max(50)
  .refine(
    (places) => new Set(places.map((place) => place.departmentId)).size === places.length,
    'names a department twice',
  )
  .describe('Departments the member is in')

const Email = z.email().max(254).toLowerCase().describe('E-mail address')
const Mobile = z
  .string()
  .min(3)
  .max(60)
  .describe('Mobile number in any usual spelling; +86 where no country is given')

const Destination = z
  .string()
  .min(3)
  .max(200)
  .describe(
    'Where calls of the numbers held ring: a SIP URI such as sip:li@pbx.example.com, or a phone number, +86 where no country is given',
  )

export const DestinationChange = z
  .object({ destination: Destination.nullable().describe('Where calls ring; null for nowhere') })
  .strict()

export const OwnDestination = z.object({
  memberId: Id,
  destination: Member.shape.destination,
  version: Version,
})

export const NewMember = z
  .object({
    staffCode: StaffCode,
    name: text(memberNameCharacters).describe('Name'),
    alias: text(memberNameCharacters).optional().describe('Name in another script'),
    email: Email.optional(),
    mobile: Mobile.optional(),
    destination: Destination.optional(),
    title: text(100).optional().describe('Job title'),
    managerId: Id.optional().describe('The member this one reports to'),
    departments: Places.default([]),
    role: Role.default('member'),
  })
  .strict()
export type NewMember = z.infer<typeof NewMember>

export const MemberChange = z
  .object({
    staffCode: StaffCode.optional(),
    name: text(memberNameCharacters).optional().describe('Name'),
    alias: text(memberNameCharacters)
      .nullable()
      .optional()
      .describe('Name in another script; null takes it away'),
    email: Email.nullable().optional(),
    mobile: Mobile.nullable().optional(),
    destination: Destination.nullable().optional(),
    title: text(100).nullable().optional().describe('Job title; null takes it away'),
    managerId: Id.nullable().optional().describe('The member this one reports to; null for nobody'),
    departments: Places.optional().describe('Replaces all departments of the member'),
    role: Role.optional(),
    status: MemberStatus.optional(),
    reason: paragraph(500)
      .optional()
      .describe('Kept in the ledger; required for taking back a member who has left'),
  })
  .strict()
  .refine((change) => Object.keys(change).some((key) => key !== 'reason'), 'names nothing to change')
export type MemberChange = z.infer<typeof MemberChange>

/** What ends when a company ends a member's sessions (ACC-1). */
export const EndedSessions = z.object({
  memberId: Id,
  validFrom: Instant.describe(
    'Whoever proved who they are before this has to do so again to act in this company',
  ),
})
export type EndedSessions = z.infer<typeof EndedSessions>

/** What a member is told (NUM-16). */
export const Notice = z
  .object({
    noticeId: Id,
    kind: z
      .string()
      .max(60)
      .describe(
        'What happened, e.g. `number.left_you`, `number.came_to_you`, `move.failed`, `task.opened`, `task.due`, `task.overdue`',
      ),
    numberId: Id.nullable().describe('The number it is about; null for none'),
    e164: z.string().max(16).nullable().describe('That number in E.164'),
    cause: z
      .string()
      .max(80)
      .nullable()
      .describe(
        'What moved the number, e.g. `reassigned`; why it did not move, e.g. `recipient.not_active`; which task it is, e.g. `wecom.change_mobile`',
      ),
    taskId: Id.nullable().describe('The task it is about; null for none'),
    handoverId: Id.nullable().describe('The handover it is about; null for none'),
    memberId: Id.nullable().describe('The member it is about; null for none'),
    memberName: z.string().max(200).nullable().describe('The name of that member'),
    at: Instant.describe('When it happened'),
    readAt: Instant.nullable().describe('When it was marked as read; null while it is new'),
  })
  .meta({ id: 'Notice' })
export type Notice = z.infer<typeof Notice>

/** Whose rows a caller may read. A lead also reads the own person; departments come with everything below them. */
export type ReadScope =
  | { readonly kind: 'company' }
  | { readonly kind: 'departments'; readonly departmentIds: readonly string[]; readonly memberId: string }
  | { readonly kind: 'self'; readonly memberId: string }

/** What other features need to know of a member before they act. */
export interface KnownMember {
  readonly memberId: string
  readonly name: string
  readonly status: MemberStatus
  readonly role: Role
}
