import { z } from 'zod'
import { Id } from '../../kernel/fields.ts'
import { defineRoute } from '../../kernel/route.ts'
import { accountRefusal, Code } from '../accounts/model.ts'
import { taskRefusal } from '../tasks/model.ts'
import {
  ClaimOnPhone,
  Conditions,
  Confirmation,
  MobileChange,
  MobileChangeOutcome,
  NewMobileChange,
  NewRecovery,
  NumberBindings,
  Objected,
  ObjectionToken,
  Rebinding,
  Recovered,
  rebindingRefusal,
  recoveryRefusal,
  StartedMobileChange,
  StartedRecovery,
  takeoverRefusal,
} from './model.ts'

const ChangeParams = z.object({ changeId: Id })
const NumberParams = z.object({ numberId: Id })

const listMobileChanges = defineRoute({
  operationId: 'listMobileChanges',
  method: 'GET',
  path: '/v1/account/change-mobile',
  summary: 'Phones on their way to the own account, and those of it that somebody else wishes to have',
  access: 'person',
  status: 200,
  response: z.object({
    items: z.array(MobileChange).max(100).describe('Open ones, the newest first'),
    claims: z.array(ClaimOnPhone).max(100).describe('Phones of yours that pass on unless you object (ACC-6)'),
  }),
  refusals: [],
  audit: [],
})

const startMobileChange = defineRoute({
  operationId: 'startMobileChange',
  method: 'POST',
  path: '/v1/account/change-mobile',
  summary: 'Change mobile: send a code to the phone that is to be bound (ACC-5)',
  access: 'person',
  fresh: true,
  body: NewMobileChange,
  status: 201,
  response: StartedMobileChange,
  transaction: 'own',
  refusals: [
    accountRefusal.frozen,
    accountRefusal.codesTooMany,
    accountRefusal.codesTooManyAsked,
    accountRefusal.codesTooManyNearby,
    takeoverRefusal.phoneInvalid,
    takeoverRefusal.replacedMissing,
  ],
  audit: [],
})

const verifyMobileChange = defineRoute({
  operationId: 'verifyMobileChange',
  method: 'POST',
  path: '/v1/account/change-mobile/{changeId}/verify',
  summary: 'Prove the phone by its code: it is bound, or the answer says what it waits for',
  access: 'person',
  params: ChangeParams,
  body: z.strictObject({ code: Code }),
  status: 200,
  response: MobileChangeOutcome,
  transaction: 'own',
  secretInputs: ['code'],
  refusals: [
    accountRefusal.codeWrong,
    accountRefusal.frozen,
    takeoverRefusal.notOpen,
    takeoverRefusal.ownAlready,
    takeoverRefusal.notAssigned,
    takeoverRefusal.notYourCompany,
    takeoverRefusal.personActive,
    takeoverRefusal.stillUsed,
    takeoverRefusal.vetoedLately,
    takeoverRefusal.replacedMissing,
  ],
  audit: ['account.identifier_bound', 'takeover.waited', 'takeover.asked'],
})

const confirmMobileChange = defineRoute({
  operationId: 'confirmMobileChange',
  method: 'POST',
  path: '/v1/account/change-mobile/{changeId}/confirm',
  summary: 'Take the number over from the earlier account, having seen what is lost (ACC-5)',
  access: 'person',
  fresh: true,
  params: ChangeParams,
  body: Confirmation,
  status: 200,
  response: MobileChangeOutcome,
  refusals: [
    accountRefusal.frozen,
    takeoverRefusal.notOpen,
    takeoverRefusal.lossesChanged,
    takeoverRefusal.notAssigned,
    takeoverRefusal.notYourCompany,
    takeoverRefusal.personActive,
    takeoverRefusal.replacedMissing,
  ],
  audit: ['takeover.done', 'account.identifier_bound', 'account.identifier_unbound'],
})

const cancelMobileChange = defineRoute({
  operationId: 'cancelMobileChange',
  method: 'DELETE',
  path: '/v1/account/change-mobile/{changeId}',
  summary: 'Give a change of mobile up that is not done yet',
  access: 'person',
  params: ChangeParams,
  status: 204,
  refusals: [takeoverRefusal.notOpen],
  audit: ['takeover.cancelled'],
})

const vetoClaim = defineRoute({
  operationId: 'vetoClaim',
  method: 'DELETE',
  path: '/v1/account/phone-claims/{claimId}',
  summary: 'Object, signed in, to a phone leaving the own account (ACC-6)',
  access: 'person',
  params: z.object({ claimId: Id }),
  status: 204,
  refusals: [],
  audit: ['takeover.vetoed'],
})

const objectToTakeover = defineRoute({
  operationId: 'objectToTakeover',
  method: 'POST',
  path: '/v1/takeover-vetoes',
  summary: 'Object by the link of a message: a waiting move is stopped, one that is done becomes a dispute',
  access: 'public',
  body: ObjectionToken,
  status: 200,
  response: Objected,
  secretInputs: ['token'],
  refusals: [takeoverRefusal.linkInvalid],
  audit: ['takeover.vetoed', 'takeover.disputed'],
})

const startAccountRecovery = defineRoute({
  operationId: 'startAccountRecovery',
  method: 'POST',
  path: '/v1/account-recoveries',
  summary: 'Recover a sealed account: send a code to an e-mail address that it once had',
  access: 'public',
  body: NewRecovery,
  status: 201,
  response: StartedRecovery,
  transaction: 'own',
  refusals: [accountRefusal.codesTooMany, accountRefusal.codesTooManyNearby],
  audit: [],
})

const verifyAccountRecovery = defineRoute({
  operationId: 'verifyAccountRecovery',
  method: 'POST',
  path: '/v1/account-recoveries/{recoveryId}/verify',
  summary: 'Prove the address, and the password where the account has one: the account is active again',
  access: 'public',
  params: z.object({ recoveryId: Id }),
  body: z.strictObject({
    code: Code,
    password: z.string().min(1).max(256).optional().describe('Needed where the account has one'),
  }),
  status: 200,
  response: Recovered,
  transaction: 'own',
  secretInputs: ['code', 'password'],
  refusals: [
    accountRefusal.codeWrong,
    accountRefusal.tooManyAttempts,
    accountRefusal.signInPaused,
    recoveryRefusal.nothing,
    recoveryRefusal.passwordWrong,
  ],
  audit: ['account.identifier_bound', 'account.enabled'],
})

const listBindings = defineRoute({
  operationId: 'listBindings',
  method: 'GET',
  path: '/v1/numbers/{numberId}/bindings',
  summary: 'What hangs on a number: own accounts that use it and accounts in outside systems (WRK-4)',
  access: 'numbers:read',
  params: NumberParams,
  status: 200,
  response: NumberBindings,
  refusals: [],
  audit: [],
})

const readRebinding = defineRoute({
  operationId: 'readRebinding',
  method: 'GET',
  path: '/v1/numbers/{numberId}/rebinding',
  summary:
    'The solution that was chosen last for a number that an earlier account still has, and how far it is',
  access: 'numbers:read',
  params: NumberParams,
  status: 200,
  response: z.object({ rebinding: Rebinding.nullable().describe('Null where none was chosen') }),
  refusals: [],
  audit: [],
})

const chooseRebinding = defineRoute({
  operationId: 'chooseRebinding',
  method: 'POST',
  path: '/v1/numbers/{numberId}/rebinding',
  summary: 'Choose how a number leaves an earlier account, and open the tasks for it (ACC-11)',
  access: 'numbers:write',
  params: NumberParams,
  body: Conditions,
  status: 201,
  response: Rebinding,
  refusals: [
    rebindingRefusal.notCompany,
    rebindingRefusal.nobodyHolds,
    rebindingRefusal.formerUnknown,
    taskRefusal.nobody,
  ],
  audit: ['rebinding.chosen', 'task.opened'],
})

/** Numbers that pass from one account to another, and what hangs on a number. */
export const takeoversContract = {
  listMobileChanges,
  startMobileChange,
  verifyMobileChange,
  confirmMobileChange,
  cancelMobileChange,
  vetoClaim,
  objectToTakeover,
  startAccountRecovery,
  verifyAccountRecovery,
  listBindings,
  readRebinding,
  chooseRebinding,
}
