import { z } from 'zod'
import { Id, PageQuery, pageOf } from '../../kernel/fields.ts'
import { defineRoute } from '../../kernel/route.ts'
import { accountRefusal, Code, Password, PersonName } from '../accounts/model.ts'
import { Language } from '../companies/model.ts'
import {
  Account,
  AccountChange,
  BoundBefore,
  IdentifierUses,
  OwnIdentifier,
  SecurityEvent,
  StartedProof,
  UnbindPlan,
  WantedIdentifier,
} from './model.ts'
import { identifierRefusal } from './refusals.ts'

const IdentifierPath = z.object({ identifierId: Id })

const readAccount = defineRoute({
  operationId: 'readAccount',
  method: 'GET',
  path: '/v1/account',
  summary: 'The own account: name, language, what is bound, factors, companies, and what is open',
  access: 'person',
  status: 200,
  response: Account,
  refusals: [],
  audit: [],
})

const updateAccount = defineRoute({
  operationId: 'updateAccount',
  method: 'PATCH',
  path: '/v1/account',
  summary: 'Change the own name, or the language that Baton writes in',
  access: 'person',
  body: z.strictObject({ displayName: PersonName.optional(), language: Language.optional() }),
  status: 200,
  response: z.object({ displayName: PersonName, language: Language }),
  refusals: [],
  audit: [],
})

const listIdentifiers = defineRoute({
  operationId: 'listIdentifiers',
  method: 'GET',
  path: '/v1/account/identifiers',
  summary: 'What is bound to the own account and what each is used for, the oldest first',
  access: 'person',
  status: 200,
  response: z.object({ items: z.array(OwnIdentifier).max(100).describe('All of them') }),
  refusals: [],
  audit: [],
})

const addIdentifier = defineRoute({
  operationId: 'addIdentifier',
  method: 'POST',
  path: '/v1/account/identifiers',
  summary: 'Begin to bind an identifier: a code is sent, or the provider is asked; bound when that is proven',
  access: 'person',
  fresh: true,
  body: WantedIdentifier,
  status: 201,
  response: StartedProof,
  transaction: 'own',
  // What stands in it lets whoever reads it go on with the proof at the provider.
  secrets: ['authorizeUrl'],
  refusals: [
    accountRefusal.frozen,
    accountRefusal.codesTooMany,
    accountRefusal.codesTooManyAsked,
    accountRefusal.codesTooManyNearby,
    identifierRefusal.alreadyOwn,
    identifierRefusal.phoneInvalid,
    identifierRefusal.tooMany,
    identifierRefusal.notOffered,
  ],
  audit: [],
})

const verifyIdentifier = defineRoute({
  operationId: 'verifyIdentifier',
  method: 'POST',
  path: '/v1/account/identifiers/{challengeId}/verify',
  summary:
    'Prove an identifier with the code that was sent, or with what the provider answered; then it is bound',
  access: 'person',
  params: z.object({ challengeId: Id }),
  body: z.union([
    z.strictObject({ code: Code }),
    z.strictObject({
      authorizationCode: z.string().min(1).max(2000).describe('What the provider sent the person back with'),
      state: z.string().min(1).max(200).describe('As it came back'),
    }),
  ]),
  status: 201,
  response: OwnIdentifier,
  refusals: [
    accountRefusal.codeWrong,
    accountRefusal.frozen,
    identifierRefusal.alreadyOwn,
    identifierRefusal.elsewhere,
    identifierRefusal.phoneElsewhere,
    identifierRefusal.companyNumber,
    identifierRefusal.tooMany,
    identifierRefusal.providerRefused,
    identifierRefusal.providerDown,
  ],
  transaction: 'own',
  secretInputs: ['code', 'authorizationCode'],
  audit: ['account.identifier_bound'],
})

const setIdentifierUses = defineRoute({
  operationId: 'setIdentifierUses',
  method: 'PATCH',
  path: '/v1/account/identifiers/{identifierId}',
  summary: 'Say what an identifier is used for: signing in, verification, or both',
  access: 'person',
  fresh: true,
  params: IdentifierPath,
  body: IdentifierUses,
  status: 200,
  response: OwnIdentifier,
  refusals: [
    accountRefusal.frozen,
    identifierRefusal.withoutUse,
    identifierRefusal.cannotVerify,
    identifierRefusal.lastLogin,
    identifierRefusal.lastVerification,
  ],
  audit: ['account.identifier_changed'],
})

const removeIdentifier = defineRoute({
  operationId: 'removeIdentifier',
  method: 'DELETE',
  path: '/v1/account/identifiers/{identifierId}',
  summary: 'Unbind an identifier, for both uses; refused with the order that works where it is the last',
  access: 'person',
  fresh: true,
  params: IdentifierPath,
  status: 204,
  refusals: [accountRefusal.frozen, identifierRefusal.lastLogin, identifierRefusal.lastVerification],
  audit: ['account.identifier_unbound'],
})

const planUnbinding = defineRoute({
  operationId: 'planUnbinding',
  method: 'GET',
  path: '/v1/account/identifiers/{identifierId}/plan',
  summary: 'In which order an identifier can be unbound, and why; both uses shown apart',
  access: 'person',
  params: IdentifierPath,
  status: 200,
  response: UnbindPlan,
  refusals: [],
  audit: [],
})

const setOwnPassword = defineRoute({
  operationId: 'setOwnPassword',
  method: 'POST',
  path: '/v1/account/password',
  summary: 'Set or change the own password; on request every other session ends',
  access: 'person',
  fresh: true,
  body: z.strictObject({
    password: Password,
    endOtherSessions: z.boolean().default(false).describe('Whether all other sessions end'),
  }),
  status: 200,
  response: z.object({ endedSessions: z.int().min(0).describe('Sessions that ended') }),
  refusals: [accountRefusal.frozen, accountRefusal.passwordWeak],
  transaction: 'own',
  secretInputs: ['password'],
  audit: ['session.ended'],
})

const listSecurityLog = defineRoute({
  operationId: 'listSecurityLog',
  method: 'GET',
  path: '/v1/account/security-log',
  summary: 'What happened to the own account, the newest first',
  access: 'person',
  query: PageQuery,
  status: 200,
  response: pageOf(SecurityEvent),
  refusals: [],
  audit: [],
})

const listBoundBefore = defineRoute({
  operationId: 'listBoundBefore',
  method: 'GET',
  path: '/v1/account/history',
  summary: 'What was bound to the own account before, the newest end first',
  access: 'person',
  query: PageQuery,
  status: 200,
  response: pageOf(BoundBefore),
  refusals: [],
  audit: [],
})

const listChanges = defineRoute({
  operationId: 'listChanges',
  method: 'GET',
  path: '/v1/account/changes',
  summary: 'Changes of the own account that were told to all channels, the newest first',
  access: 'person',
  query: PageQuery,
  status: 200,
  response: pageOf(AccountChange),
  refusals: [],
  audit: [],
})

const settleChange = defineRoute({
  operationId: 'settleChange',
  method: 'POST',
  path: '/v1/account/changes/{changeId}/settle',
  summary: 'Decide a change that was objected to; only for who came in by something older than it',
  access: 'person',
  fresh: true,
  params: z.object({ changeId: Id }),
  body: z.strictObject({
    decision: z.enum(['keep', 'undo']).describe('Whether the change stays, with all that came after it'),
  }),
  status: 200,
  response: z.object({ items: z.array(AccountChange).max(100).describe('The changes that were settled') }),
  refusals: [identifierRefusal.nothingToSettle, identifierRefusal.settlerTooNew],
  audit: ['account.identifier_changed'],
})

const objectToChange = defineRoute({
  operationId: 'objectToChange',
  method: 'POST',
  path: '/v1/objections',
  summary: 'Object to a change of an account, with the link that told of it: the change is frozen at once',
  access: 'public',
  body: z.strictObject({ token: z.string().min(20).max(200).describe('From the link; works once') }),
  status: 201,
  response: z.object({
    kind: AccountChange.shape.kind,
    frozenChanges: z.int().min(1).describe('The change and those that came after it'),
    endedSessions: z.int().min(0).describe('Sessions that ended'),
  }),
  refusals: [identifierRefusal.objectionGone],
  secretInputs: ['token'],
  audit: ['account.sessions_revoked', 'token.revoked'],
})

/** A person's account and what is bound to it (ACC-7 … ACC-9). */
export const identifiersContract = {
  readAccount,
  updateAccount,
  listIdentifiers,
  addIdentifier,
  verifyIdentifier,
  setIdentifierUses,
  removeIdentifier,
  planUnbinding,
  setOwnPassword,
  listSecurityLog,
  listBoundBefore,
  listChanges,
  settleChange,
  objectToChange,
}
