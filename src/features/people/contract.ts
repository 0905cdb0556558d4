import { z } from 'zod'
import { Id, PageQuery, pageOf, text } from '../../kernel/fields.ts'
import { defineRoute } from '../../kernel/route.ts'
import {
  ChangedMember,
  Department,
  DepartmentChange,
  DepartmentQuery,
  DestinationChange,
  departmentRefusal,
  EndedSessions,
  Member,
  MemberChange,
  MemberDetail,
  MemberHoldings,
  MemberStatus,
  memberRefusal,
  NewDepartment,
  NewMember,
  Notice,
  OwnDestination,
  Role,
} from './model.ts'

const DepartmentParams = z.object({ departmentId: Id })
const MemberParams = z.object({ memberId: Id })

const listDepartments = defineRoute({
  operationId: 'listDepartments',
  method: 'GET',
  path: '/v1/departments',
  summary: 'Departments that the reader may see, oldest first; `parentId` makes the tree',
  access: 'departments:read',
  query: DepartmentQuery,
  status: 200,
  response: pageOf(Department),
  refusals: [],
  audit: [],
})

const createDepartment = defineRoute({
  operationId: 'createDepartment',
  method: 'POST',
  path: '/v1/departments',
  summary: 'Add a department',
  access: 'departments:write',
  body: NewDepartment,
  status: 201,
  response: Department,
  refusals: [departmentRefusal.nameTaken],
  audit: ['department.created'],
})

const changeDepartment = defineRoute({
  operationId: 'changeDepartment',
  method: 'PATCH',
  path: '/v1/departments/{departmentId}',
  summary: 'Rename a department, order it, or move it with everything below it',
  access: 'departments:write',
  params: DepartmentParams,
  body: DepartmentChange,
  status: 200,
  response: Department,
  refusals: [departmentRefusal.nameTaken, departmentRefusal.cycle],
  audit: ['department.updated', 'department.moved'],
})

const removeDepartment = defineRoute({
  operationId: 'removeDepartment',
  method: 'DELETE',
  path: '/v1/departments/{departmentId}',
  summary: 'Remove an empty department',
  access: 'departments:write',
  params: DepartmentParams,
  status: 204,
  refusals: [departmentRefusal.notEmpty],
  audit: ['department.removed'],
})

const listMembers = defineRoute({
  operationId: 'listMembers',
  method: 'GET',
  path: '/v1/members',
  summary: 'Members that the reader may see',
  access: 'members:read',
  query: PageQuery.extend({
    search: text(100)
      .optional()
      .describe(
        'Beginnings of words, all of which must be found: name in any script, pinyin or its initials, staff code, last digits of the mobile; Owner and Admin also by e-mail and whole mobile',
      ),
    status: MemberStatus.optional(),
    role: Role.optional(),
    departmentId: Id.optional().describe('Only members of this department'),
    includeSubdepartments: z
      .enum(['true', 'false'])
      .default('false')
      .describe('Whether members of the departments below `departmentId` count too'),
    managerId: Id.optional().describe('Only members who report to this one'),
    holding: z.enum(['true']).optional().describe('Only members who hold at least one number'),
    sort: z
      .enum(['name', '-name', 'staffCode', '-staffCode', 'createdAt', '-createdAt'])
      .default('name')
      .describe('Order; a minus turns it round'),
  }),
  status: 200,
  response: pageOf(Member),
  refusals: [],
  audit: [],
})

const createMember = defineRoute({
  operationId: 'createMember',
  method: 'POST',
  path: '/v1/members',
  summary: 'Add a member, who can hold numbers at once and may join with an account later',
  access: 'members:write',
  body: NewMember,
  status: 201,
  response: MemberDetail,
  refusals: [
    memberRefusal.staffCodeTaken,
    memberRefusal.mobileInvalid,
    memberRefusal.destinationInvalid,
    memberRefusal.managerHasLeft,
    memberRefusal.ownerOnly,
  ],
  audit: ['member.created'],
})

const readMember = defineRoute({
  operationId: 'readMember',
  method: 'GET',
  path: '/v1/members/{memberId}',
  summary: 'A member with everything that must be passed on before they leave',
  access: 'members:read',
  params: MemberParams,
  status: 200,
  response: MemberDetail,
  refusals: [],
  audit: [],
})

const readHoldings = defineRoute({
  operationId: 'readHoldings',
  method: 'GET',
  path: '/v1/members/{memberId}/holdings',
  summary: 'Everything a member holds in every feature, since when, and what hangs on it (HAN-1)',
  access: 'members:read',
  params: MemberParams,
  status: 200,
  response: MemberHoldings,
  refusals: [],
  audit: [],
})

const changeMember = defineRoute({
  operationId: 'changeMember',
  method: 'PATCH',
  path: '/v1/members/{memberId}',
  summary: 'Change a member: person, departments, role or status',
  access: 'members:write',
  params: MemberParams,
  body: MemberChange,
  status: 200,
  response: ChangedMember,
  refusals: [
    memberRefusal.staffCodeTaken,
    memberRefusal.mobileInvalid,
    memberRefusal.destinationInvalid,
    memberRefusal.managerIsSelf,
    memberRefusal.managerHasLeft,
    memberRefusal.managerCycle,
    memberRefusal.statusImpossible,
    memberRefusal.reasonRequired,
    memberRefusal.holds,
    memberRefusal.lastOwner,
    memberRefusal.ownerOnly,
  ],
  audit: [
    'member.updated',
    'member.role_changed',
    'member.destination_changed',
    'member.suspended',
    'member.reactivated',
    'member.leaving',
    'member.left',
  ],
})

const removeMember = defineRoute({
  operationId: 'removeMember',
  method: 'DELETE',
  path: '/v1/members/{memberId}',
  summary: 'Remove a member who was added by mistake; whoever has a history leaves instead',
  access: 'members:write',
  params: MemberParams,
  status: 204,
  refusals: [
    memberRefusal.holds,
    memberRefusal.onHold,
    memberRefusal.hasHistory,
    memberRefusal.hasReports,
    memberRefusal.lastOwner,
    memberRefusal.ownerOnly,
  ],
  audit: ['member.removed'],
})

const endMemberSessions = defineRoute({
  operationId: 'endMemberSessions',
  method: 'POST',
  path: '/v1/members/{memberId}/end-sessions',
  summary: 'End what a member is signed in with in this company; the account itself stays the person’s own',
  access: 'members:write',
  params: MemberParams,
  body: z.strictObject({ reason: text(500).optional().describe('Kept in the ledger') }),
  status: 200,
  response: EndedSessions,
  refusals: [memberRefusal.ownerOnly],
  audit: ['member.sessions_ended'],
})

const changeOwnDestination = defineRoute({
  operationId: 'changeOwnDestination',
  method: 'PATCH',
  path: '/v1/me/destination',
  summary: 'Say where the calls of the numbers that you hold ring',
  access: 'destination:write',
  body: DestinationChange,
  status: 200,
  response: OwnDestination,
  refusals: [memberRefusal.destinationInvalid],
  audit: ['member.destination_changed'],
})

const listNotices = defineRoute({
  operationId: 'listNotices',
  method: 'GET',
  path: '/v1/notices',
  summary: 'What you were told, newest first: numbers that came to you or left you (NUM-16)',
  access: 'events:read',
  query: PageQuery.extend({
    unread: z.enum(['true', 'false']).default('false').describe('Only those that are not marked as read'),
  }),
  status: 200,
  response: pageOf(Notice),
  refusals: [],
  audit: [],
})

const readNotice = defineRoute({
  operationId: 'readNotice',
  method: 'POST',
  path: '/v1/notices/{noticeId}/read',
  summary: 'Mark a notice as read',
  access: 'events:read',
  params: z.object({ noticeId: Id }),
  status: 200,
  response: Notice,
  refusals: [],
  audit: ['notice.read'],
})

export const peopleContract = {
  listDepartments,
  createDepartment,
  changeDepartment,
  removeDepartment,
  listMembers,
  createMember,
  readMember,
  readHoldings,
  changeMember,
  removeMember,
  endMemberSessions,
  changeOwnDestination,
  listNotices,
  readNotice,
}
