import { z } from 'zod'
import { Id, pageOf, text } from '../../kernel/fields.ts'
import { defineRoute } from '../../kernel/route.ts'
import { httpRefusal } from '../../platform/http/refusals.ts'
import {
  Claim,
  Evidence,
  evidenceRefusal,
  LinkedTask,
  NewTask,
  NewTaskLink,
  Observing,
  Task,
  TaskDetail,
  TaskLink,
  TaskQuery,
  TaskReason,
  taskLinkRefusal,
  taskRefusal,
} from './model.ts'

const TaskParams = z.object({ taskId: Id })
const LinkParams = z.object({ token: z.string().min(1).max(99).describe('The token of a link') })
const FileName = z.object({ fileName: text(200).optional().describe('Name of the file') })
const evidenceTypes = ['image/*', 'application/pdf', 'application/octet-stream']
const evidenceRefusals = [
  httpRefusal.keyWithStream,
  httpRefusal.cutOff,
  taskRefusal.state,
  evidenceRefusal.empty,
  evidenceRefusal.tooLarge,
  evidenceRefusal.typeNotAllowed,
  evidenceRefusal.tooMany,
]

const listTasks = defineRoute({
  operationId: 'listTasks',
  method: 'GET',
  path: '/v1/tasks',
  summary: 'What people have to do: all of the company, of the own departments, or your own',
  access: 'tasks:read',
  query: TaskQuery,
  status: 200,
  response: pageOf(Task),
  refusals: [],
  audit: [],
})

const readTask = defineRoute({
  operationId: 'readTask',
  method: 'GET',
  path: '/v1/tasks/{taskId}',
  summary: 'A task with its instructions in your language',
  access: 'tasks:read',
  params: TaskParams,
  status: 200,
  response: TaskDetail,
  refusals: [],
  audit: [],
})

const createTask = defineRoute({
  operationId: 'createTask',
  method: 'POST',
  path: '/v1/tasks',
  summary: 'Ask a person to do something about a member or a work account, in your own words',
  access: 'tasks:write',
  body: NewTask,
  status: 201,
  response: TaskDetail,
  refusals: [taskRefusal.nobody, taskRefusal.duePast],
  audit: ['task.opened'],
})

const claimTask = defineRoute({
  operationId: 'claimTask',
  method: 'POST',
  path: '/v1/tasks/{taskId}/claim',
  summary: 'Say that a task is done; it counts as claimed until somebody else saw it (WRK-3)',
  access: 'tasks:claim',
  params: TaskParams,
  body: Claim,
  status: 200,
  response: TaskDetail,
  refusals: [
    taskRefusal.state,
    taskRefusal.notYours,
    taskRefusal.evidenceMissing,
    taskRefusal.consentMissing,
  ],
  audit: ['task.claimed'],
})

const addEvidence = defineRoute({
  operationId: 'addEvidence',
  method: 'POST',
  path: '/v1/tasks/{taskId}/evidence',
  summary: 'Add a file that shows it: the bytes are the body; the same bytes twice are one file',
  access: 'tasks:claim',
  transaction: 'own',
  params: TaskParams,
  query: FileName,
  streams: evidenceTypes,
  status: 201,
  response: Evidence,
  refusals: [taskRefusal.notYours, ...evidenceRefusals],
  audit: ['task.evidence_added'],
})

const getEvidence = defineRoute({
  operationId: 'getEvidence',
  method: 'GET',
  path: '/v1/tasks/{taskId}/evidence/{mediaId}',
  summary: 'Read a file that shows that a task is done',
  access: 'tasks:read',
  params: TaskParams.extend({ mediaId: Id }),
  status: 200,
  produces: ['image/*', 'application/pdf'],
  refusals: [httpRefusal.notFound, evidenceRefusal.missing],
  audit: [],
})

const observeTask = defineRoute({
  operationId: 'observeTask',
  method: 'POST',
  path: '/v1/tasks/{taskId}/observe',
  summary: 'Say that you saw it done; what was asked for takes effect in the same moment (WRK-3)',
  access: 'tasks:write',
  params: TaskParams,
  body: Observing,
  status: 200,
  response: TaskDetail,
  refusals: [taskRefusal.state, taskRefusal.ownClaim, taskRefusal.evidenceMissing],
  audit: ['task.observed'],
})

const reopenTask = defineRoute({
  operationId: 'reopenTask',
  method: 'POST',
  path: '/v1/tasks/{taskId}/reopen',
  summary: 'Say that a claimed task is not done after all',
  access: 'tasks:write',
  params: TaskParams,
  body: TaskReason,
  status: 200,
  response: TaskDetail,
  refusals: [taskRefusal.state],
  audit: ['task.reopened'],
})

const cancelTask = defineRoute({
  operationId: 'cancelTask',
  method: 'POST',
  path: '/v1/tasks/{taskId}/cancel',
  summary: 'Say that a task is not needed any more',
  access: 'tasks:write',
  params: TaskParams,
  body: TaskReason,
  status: 200,
  response: TaskDetail,
  refusals: [taskRefusal.state],
  audit: ['task.cancelled'],
})

const createTaskLink = defineRoute({
  operationId: 'createTaskLink',
  method: 'POST',
  path: '/v1/tasks/{taskId}/links',
  summary: 'Make a one-use link by which a person without an account sees and claims this task',
  access: 'tasks:write',
  params: TaskParams,
  body: NewTaskLink,
  status: 201,
  response: TaskLink,
  refusals: [taskRefusal.state],
  secrets: ['token', 'path'],
  audit: ['task.link_made'],
})

const readLinkedTask = defineRoute({
  operationId: 'readLinkedTask',
  method: 'GET',
  path: '/v1/task-links/{token}',
  summary: 'See a task by its link, without an account',
  access: 'public',
  params: LinkParams,
  status: 200,
  response: LinkedTask,
  refusals: [taskLinkRefusal.invalid],
  audit: [],
})

const addLinkedEvidence = defineRoute({
  operationId: 'addLinkedEvidence',
  method: 'POST',
  path: '/v1/task-links/{token}/evidence',
  summary: 'Add a file that shows it, by the link of the task',
  access: 'public',
  transaction: 'own',
  params: LinkParams,
  query: FileName,
  streams: evidenceTypes,
  status: 201,
  response: Evidence,
  refusals: [taskLinkRefusal.invalid, ...evidenceRefusals],
  audit: ['task.evidence_added'],
})

const claimLinkedTask = defineRoute({
  operationId: 'claimLinkedTask',
  method: 'POST',
  path: '/v1/task-links/{token}/claim',
  summary: 'Say by its link that a task is done; the link ends with it',
  access: 'public',
  params: LinkParams,
  body: Claim,
  status: 200,
  response: LinkedTask,
  refusals: [
    taskLinkRefusal.invalid,
    taskRefusal.state,
    taskRefusal.evidenceMissing,
    taskRefusal.consentMissing,
  ],
  audit: ['task.claimed'],
})

export const tasksContract = {
  listTasks,
  readTask,
  createTask,
  claimTask,
  addEvidence,
  getEvidence,
  observeTask,
  reopenTask,
  cancelTask,
  createTaskLink,
  readLinkedTask,
  addLinkedEvidence,
  claimLinkedTask,
}
