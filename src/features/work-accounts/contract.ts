import { z } from 'zod'
import { Id, pageOf } from '../../kernel/fields.ts'
import { defineRoute } from '../../kernel/route.ts'
import { httpRefusal } from '../../platform/http/refusals.ts'
import { taskRefusal } from '../tasks/model.ts'
import {
  Attestation,
  DeletionRequest,
  Dependent,
  NewSystem,
  NewWorkAccount,
  PassOn,
  System,
  SystemChange,
  SystemQuery,
  systemRefusal,
  WorkAccount,
  WorkAccountChange,
  WorkAccountDetail,
  WorkAccountQuery,
  workAccountRefusal,
} from './model.ts'

const SystemParams = z.object({ systemId: Id })
const AccountParams = z.object({ workAccountId: Id })

const listSystems = defineRoute({
  operationId: 'listSystems',
  method: 'GET',
  path: '/v1/systems',
  summary: 'Outside systems in which the company has accounts, by name (WRK-6)',
  access: 'work-accounts:read',
  query: SystemQuery,
  status: 200,
  response: pageOf(System),
  refusals: [],
  audit: [],
})

const createSystem = defineRoute({
  operationId: 'createSystem',
  method: 'POST',
  path: '/v1/systems',
  summary: 'Add an outside system with your own instructions: bank portal, tax office, marketplace',
  access: 'work-accounts:write',
  body: NewSystem,
  status: 201,
  response: System,
  refusals: [systemRefusal.nameTaken],
  audit: ['system.added'],
})

const readSystem = defineRoute({
  operationId: 'readSystem',
  method: 'GET',
  path: '/v1/systems/{systemId}',
  summary: 'One outside system',
  access: 'work-accounts:read',
  params: SystemParams,
  status: 200,
  response: System,
  refusals: [],
  audit: [],
})

const changeSystem = defineRoute({
  operationId: 'changeSystem',
  method: 'PATCH',
  path: '/v1/systems/{systemId}',
  summary: 'Change name, link or instructions of an outside system',
  access: 'work-accounts:write',
  params: SystemParams,
  body: SystemChange,
  status: 200,
  response: System,
  refusals: [httpRefusal.versionChanged, systemRefusal.nameTaken],
  audit: ['system.changed'],
})

const removeSystem = defineRoute({
  operationId: 'removeSystem',
  method: 'DELETE',
  path: '/v1/systems/{systemId}',
  summary: 'Remove an outside system in which there never was an account',
  access: 'work-accounts:write',
  params: SystemParams,
  status: 204,
  refusals: [systemRefusal.inUse],
  audit: ['system.removed'],
})

const listWorkAccounts = defineRoute({
  operationId: 'listWorkAccounts',
  method: 'GET',
  path: '/v1/work-accounts',
  summary: 'Accounts in outside systems that you may see, newest first',
  access: 'work-accounts:read',
  query: WorkAccountQuery,
  status: 200,
  response: pageOf(WorkAccount),
  refusals: [],
  audit: [],
})

const createWorkAccount = defineRoute({
  operationId: 'createWorkAccount',
  method: 'POST',
  path: '/v1/work-accounts',
  summary: 'Add an account in an outside system, with its holder and the number that hangs on it',
  access: 'work-accounts:write',
  body: NewWorkAccount,
  status: 201,
  response: WorkAccountDetail,
  refusals: [workAccountRefusal.loginTaken, workAccountRefusal.memberLeft],
  audit: ['work_account.added'],
})

const readWorkAccount = defineRoute({
  operationId: 'readWorkAccount',
  method: 'GET',
  path: '/v1/work-accounts/{workAccountId}',
  summary: 'An account in an outside system, with everyone who held it',
  access: 'work-accounts:read',
  params: AccountParams,
  status: 200,
  response: WorkAccountDetail,
  refusals: [],
  audit: [],
})

const changeWorkAccount = defineRoute({
  operationId: 'changeWorkAccount',
  method: 'PATCH',
  path: '/v1/work-accounts/{workAccountId}',
  summary: 'Correct the name of an account, its note, or the number that hangs on it',
  access: 'work-accounts:write',
  params: AccountParams,
  body: WorkAccountChange,
  status: 200,
  response: WorkAccountDetail,
  refusals: [httpRefusal.versionChanged, workAccountRefusal.loginTaken, workAccountRefusal.state],
  audit: ['work_account.changed'],
})

const removeWorkAccount = defineRoute({
  operationId: 'removeWorkAccount',
  method: 'DELETE',
  path: '/v1/work-accounts/{workAccountId}',
  summary: 'Remove an account that was added by mistake: one that never changed hands',
  access: 'work-accounts:write',
  params: AccountParams,
  status: 204,
  refusals: [workAccountRefusal.hasHistory],
  audit: ['work_account.removed'],
})

const passOnWorkAccount = defineRoute({
  operationId: 'passOnWorkAccount',
  method: 'POST',
  path: '/v1/work-accounts/{workAccountId}/pass-on',
  summary: 'Open the task that passes an account on; its holder changes when somebody saw it done (WRK-3)',
  access: 'work-accounts:write',
  params: AccountParams,
  body: PassOn,
  status: 201,
  response: z.object({ taskId: Id.describe('The task that was opened'), account: WorkAccountDetail }),
  refusals: [
    workAccountRefusal.state,
    workAccountRefusal.taskOpen,
    workAccountRefusal.alreadyHeld,
    workAccountRefusal.keptAlready,
    workAccountRefusal.memberLeft,
    workAccountRefusal.wecomPersonal,
    workAccountRefusal.numberMissing,
    taskRefusal.nobody,
    taskRefusal.duePast,
  ],
  audit: ['task.opened'],
})

const requestDeletion = defineRoute({
  operationId: 'requestDeletion',
  method: 'POST',
  path: '/v1/work-accounts/{workAccountId}/request-deletion',
  summary: 'Note that its person has begun to delete a WeCom account; it is gone after the wait (WRK-5)',
  access: 'work-accounts:write',
  params: AccountParams,
  body: DeletionRequest,
  status: 200,
  response: WorkAccountDetail,
  refusals: [
    workAccountRefusal.state,
    workAccountRefusal.taskOpen,
    workAccountRefusal.notWecom,
    workAccountRefusal.deletionPast,
  ],
  audit: ['work_account.deletion_requested'],
})

const attestWorkAccount = defineRoute({
  operationId: 'attestWorkAccount',
  method: 'POST',
  path: '/v1/work-accounts/{workAccountId}/attest',
  summary: 'Say what became of an account, having seen it, where no task is under way (WRK-3)',
  access: 'work-accounts:write',
  params: AccountParams,
  body: Attestation,
  status: 200,
  response: WorkAccountDetail,
  refusals: [
    workAccountRefusal.state,
    workAccountRefusal.taskOpen,
    workAccountRefusal.alreadyHeld,
    workAccountRefusal.keptAlready,
    workAccountRefusal.memberLeft,
    workAccountRefusal.wecomPersonal,
    workAccountRefusal.notWecom,
  ],
  audit: [
    'work_account.passed_on',
    'work_account.parked',
    'work_account.released',
    'work_account.closed',
    'work_account.deletion_withdrawn',
  ],
})

const listNumberDependents = defineRoute({
  operationId: 'listNumberDependents',
  method: 'GET',
  path: '/v1/numbers/{numberId}/dependents',
  summary: 'What hangs on this number: accounts that sign in or are verified with it (WRK-4)',
  access: 'work-accounts:read',
  params: z.object({ numberId: Id }),
  status: 200,
  response: z.object({
    numberId: Id,
    dependents: z.array(Dependent).max(10_000).describe('What uses it'),
  }),
  refusals: [],
  audit: [],
})

export const workAccountsContract = {
  listSystems,
  createSystem,
  readSystem,
  changeSystem,
  removeSystem,
  listWorkAccounts,
  createWorkAccount,
  readWorkAccount,
  changeWorkAccount,
  removeWorkAccount,
  passOnWorkAccount,
  requestDeletion,
  attestWorkAccount,
  listNumberDependents,
}
