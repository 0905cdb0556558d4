import { z } from 'zod'
import { Id, Instant } from '../../kernel/fields.ts'
import { defineRoute } from '../../kernel/route.ts'
import { accountRefusal, Code, GivenPassword, IdentifierKind } from '../accounts/model.ts'
import { AuthenticatorCode, PasskeyAnswer, PasskeyQuestion, RecoveryCode } from '../factors/model.ts'
import { factorRefusal } from '../factors/refusals.ts'
import { confirmationRefusal } from './refusals.ts'

const ConfirmationWay = z
  .discriminatedUnion('by', [
    z.object({ by: z.literal('password').describe("The account's password") }),
    z.object({
      by: z.literal('code').describe('A code sent to a phone or e-mail address of the account'),
      identifierId: Id,
      kind: IdentifierKind,
      sentTo: z.string().max(254).describe('The address, masked'),
    }),
    z.object({ by: z.literal('passkey').describe('A passkey') }),
    z.object({ by: z.literal('authenticator').describe('A code of the authenticator app') }),
    z.object({ by: z.literal('recovery_code').describe('A recovery code') }),
  ])
  .describe('A way to confirm who is there')

const listConfirmationWays = defineRoute({
  operationId: 'listConfirmationWays',
  method: 'GET',
  path: '/v1/account/confirmation',
  summary: 'How the own account can confirm who is there; with a second factor only by one',
  access: 'person',
  status: 200,
  response: z.object({
    ways: z.array(ConfirmationWay).max(50).describe('The ways that work for this account'),
    provedAt: Instant.describe('When it was last proved in this session'),
  }),
  refusals: [],
  audit: [],
})

const beginConfirmation = defineRoute({
  operationId: 'beginConfirmation',
  method: 'POST',
  path: '/v1/account/confirmation',
  summary: 'Begin to confirm who is there: a code leaves, or the browser gets what to ask a passkey',
  access: 'person',
  body: z.discriminatedUnion('by', [
    z.strictObject({ by: z.literal('password').describe('By password') }),
    z.strictObject({ by: z.literal('code').describe('By a code'), identifierId: Id }),
    z.strictObject({ by: z.literal('passkey').describe('By passkey') }),
    z.strictObject({ by: z.literal('authenticator').describe('By authenticator app') }),
    z.strictObject({ by: z.literal('recovery_code').describe('By recovery code') }),
  ]),
  status: 201,
  response: z.object({
    confirmationId: Id.describe('For the second step'),
    expiresAt: Instant,
    sentTo: z.string().max(254).nullable().describe('Where the code was sent, masked; null for other ways'),
    options: PasskeyQuestion.nullable().describe(
      'For `startAuthentication` of the browser; null for other ways',
    ),
  }),
  refusals: [confirmationRefusal.wayMissing, accountRefusal.codesTooMany, factorRefusal.passkeyAddress],
  transaction: 'own',
  audit: [],
})

const confirmAccount = defineRoute({
  operationId: 'confirmAccount',
  method: 'POST',
  path: '/v1/account/confirmation/{confirmationId}/verify',
  summary: 'Confirm who is there; what is delicate is open for the next 10 minutes',
  access: 'person',
  params: z.object({ confirmationId: Id }),
  body: z.union([
    z.strictObject({ password: GivenPassword }),
    z.strictObject({ code: Code }),
    z.strictObject({ passkey: PasskeyAnswer }),
    z.strictObject({ authenticatorCode: AuthenticatorCode }),
    z.strictObject({ recoveryCode: RecoveryCode }),
  ]),
  status: 200,
  response: z.object({ provedAt: Instant }),
  refusals: [
    confirmationRefusal.ended,
    confirmationRefusal.passwordWrong,
    accountRefusal.tooManyAttempts,
    accountRefusal.signInPaused,
    confirmationRefusal.wayMissing,
    accountRefusal.codeWrong,
    factorRefusal.passkeyRefused,
    factorRefusal.passkeyCopied,
    factorRefusal.passkeyAddress,
    factorRefusal.authenticatorWrong,
    factorRefusal.recoveryCodeWrong,
  ],
  transaction: 'own',
  secretInputs: ['password', 'code', 'authenticatorCode', 'recoveryCode', 'passkey'],
  audit: [],
})

/** The fresh proof that delicate routes ask for (ASVS 7.5.1). */
export const confirmationContract = { listConfirmationWays, beginConfirmation, confirmAccount }
