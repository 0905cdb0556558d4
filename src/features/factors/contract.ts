import { z } from 'zod'
import { Id, Instant } from '../../kernel/fields.ts'
import { defineRoute } from '../../kernel/route.ts'
import { accountRefusal } from '../accounts/model.ts'
import {
  AuthenticatorCode,
  Factors,
  NewPasskeyAnswer,
  NewPasskeyQuestion,
  Passkey,
  PasskeyName,
  RecoveryCodes,
} from './model.ts'
import { factorRefusal } from './refusals.ts'

const listFactors = defineRoute({
  operationId: 'listFactors',
  method: 'GET',
  path: '/v1/account/factors',
  summary: 'The own passkeys, authenticator app and recovery codes',
  access: 'person',
  status: 200,
  response: Factors,
  refusals: [],
  audit: [],
})

const beginPasskey = defineRoute({
  operationId: 'beginPasskey',
  method: 'POST',
  path: '/v1/account/passkeys',
  summary: 'Begin to add a passkey: what the browser asks the device',
  access: 'person',
  fresh: true,
  status: 201,
  response: z.object({
    challengeId: Id.describe('For the second step'),
    expiresAt: Instant,
    options: NewPasskeyQuestion,
  }),
  refusals: [accountRefusal.frozen, factorRefusal.passkeyAddress, factorRefusal.passkeysTooMany],
  transaction: 'own',
  audit: [],
})

const addPasskey = defineRoute({
  operationId: 'addPasskey',
  method: 'POST',
  path: '/v1/account/passkeys/{challengeId}/verify',
  summary: 'Add the passkey that the device made; recovery codes come with the first factor',
  access: 'person',
  fresh: true,
  params: z.object({ challengeId: Id }),
  body: z.strictObject({ name: PasskeyName, response: NewPasskeyAnswer }),
  status: 201,
  response: Passkey.extend({ recoveryCodes: RecoveryCodes }),
  refusals: [
    accountRefusal.frozen,
    factorRefusal.passkeyAddress,
    factorRefusal.passkeyRefused,
    factorRefusal.passkeyTaken,
    factorRefusal.passkeysTooMany,
  ],
  transaction: 'own',
  secrets: ['recoveryCodes'],
  audit: [],
})

const removePasskey = defineRoute({
  operationId: 'removePasskey',
  method: 'DELETE',
  path: '/v1/account/passkeys/{passkeyId}',
  summary: 'Remove a passkey of the own account',
  access: 'person',
  fresh: true,
  params: z.object({ passkeyId: Id }),
  status: 204,
  refusals: [accountRefusal.frozen, factorRefusal.lastWayIn, factorRefusal.lastVerification],
  audit: [],
})

const beginAuthenticator = defineRoute({
  operationId: 'beginAuthenticator',
  method: 'POST',
  path: '/v1/account/authenticator',
  summary:
    'Begin to use an authenticator app: the key to scan; an earlier app works until the new one is confirmed',
  access: 'person',
  fresh: true,
  status: 201,
  response: z.object({
    secret: z.string().max(64).optional().describe('Key in base32, to type; shown once'),
    uri: z.string().max(1000).optional().describe('The same as an `otpauth:` address; shown once'),
    qrSvg: z.string().max(40_000).optional().describe('The same as a picture (SVG) to scan; shown once'),
    expiresAt: Instant.describe('Until when it can be confirmed'),
  }),
  refusals: [accountRefusal.frozen],
  secrets: ['secret', 'uri', 'qrSvg'],
  audit: [],
})

const confirmAuthenticator = defineRoute({
  operationId: 'confirmAuthenticator',
  method: 'POST',
  path: '/v1/account/authenticator/verify',
  summary: 'Turn the authenticator app on by one of its codes; ten new recovery codes come with it',
  access: 'person',
  fresh: true,
  body: z.strictObject({ code: AuthenticatorCode }),
  status: 200,
  response: z.object({ addedAt: Instant, recoveryCodes: RecoveryCodes }),
  refusals: [accountRefusal.frozen, factorRefusal.authenticatorNotBegun, factorRefusal.authenticatorWrong],
  secrets: ['recoveryCodes'],
  secretInputs: ['code'],
  audit: [],
})

const removeAuthenticator = defineRoute({
  operationId: 'removeAuthenticator',
  method: 'DELETE',
  path: '/v1/account/authenticator',
  summary: 'Stop using the authenticator app',
  access: 'person',
  fresh: true,
  status: 204,
  refusals: [accountRefusal.frozen, factorRefusal.lastVerification],
  audit: [],
})

const makeRecoveryCodes = defineRoute({
  operationId: 'makeRecoveryCodes',
  method: 'POST',
  path: '/v1/account/recovery-codes',
  summary: 'Make ten new recovery codes; earlier ones end',
  access: 'person',
  fresh: true,
  status: 201,
  response: z.object({ recoveryCodes: RecoveryCodes }),
  refusals: [accountRefusal.frozen, factorRefusal.noFactor],
  secrets: ['recoveryCodes'],
  audit: [],
})

export const factorsContract = {
  listFactors,
  beginPasskey,
  addPasskey,
  removePasskey,
  beginAuthenticator,
  confirmAuthenticator,
  removeAuthenticator,
  makeRecoveryCodes,
}
