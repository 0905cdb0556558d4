import { z } from 'zod'
import { Id, Instant } from '../../kernel/fields.ts'
import { defineRoute } from '../../kernel/route.ts'
import { accountRefusal, Code, EmailAddress, GivenPassword, Password, SignedIn } from '../accounts/model.ts'
import { AuthenticatorCode, PasskeyAnswer, PasskeyQuestion, RecoveryCode } from '../factors/model.ts'
import { factorRefusal } from '../factors/refusals.ts'
import { confirmationContract } from './confirmation-contract.ts'
import { GivenPhone, OauthWay, PasswordAddress, SentTo, SignInOutcome, SignInWays } from './model.ts'
import { signInRefusal } from './refusals.ts'

const readSignInWays = defineRoute({
  operationId: 'readSignInWays',
  method: 'GET',
  path: '/v1/sign-in/ways',
  summary: 'Which ways to sign in this installation offers',
  access: 'public',
  status: 200,
  response: SignInWays,
  refusals: [],
  audit: [],
})

const startSignIn = defineRoute({
  operationId: 'startSignIn',
  method: 'POST',
  path: '/v1/sign-in',
  summary:
    'Begin to sign in: a code leaves for a phone or e-mail address, whether or not an account has it; or a passkey or outside account is asked',
  access: 'public',
  body: z.discriminatedUnion('by', [
    z.strictObject({ by: z.literal('phone').describe('By a code to a phone'), value: GivenPhone }),
    z.strictObject({
      by: z.literal('email').describe('By a code to an e-mail address'),
      value: EmailAddress,
    }),
    z.strictObject({ by: z.literal('passkey').describe('By passkey, without a name') }),
    z.strictObject({ by: OauthWay }),
  ]),
  status: 201,
  response: z.discriminatedUnion('next', [
    z.object({
      next: z.literal('code').describe('Enter the code that was sent'),
      signInId: Id,
      expiresAt: Instant,
      sentTo: SentTo,
    }),
    z.object({
      next: z.literal('passkey').describe('Let the browser ask for a passkey'),
      signInId: Id,
      expiresAt: Instant,
      options: PasskeyQuestion,
    }),
    z.object({
      next: z.literal('authorize').describe('Send the browser to the other service'),
      signInId: Id,
      expiresAt: Instant,
      authorizeUrl: z
        .string()
        .max(2000)
        .optional()
        .describe(
          'Address there; the person comes back to `/sign-in/return?code=…&state=…` of the console. Shown once; left out when the request is repeated',
        ),
    }),
  ]),
  refusals: [
    signInRefusal.phoneUnknown,
    signInRefusal.wayMissing,
    accountRefusal.codesTooManyNearby,
    accountRefusal.codesTooMany,
    factorRefusal.passkeyAddress,
  ],
  transaction: 'own',
  // What stands in it lets whoever reads it go on with the sign-in at the other service.
  secrets: ['authorizeUrl'],
  audit: [],
})

const verifySignIn = defineRoute({
  operationId: 'verifySignIn',
  method: 'POST',
  path: '/v1/sign-in/{signInId}/verify',
  summary:
    'Go on with a sign-in: give the code, passkey, answer of the other service, or what the step before asked for',
  access: 'public',
  params: z.object({ signInId: Id }),
  body: z.union([
    z.strictObject({ code: Code }),
    z.strictObject({ passkey: PasskeyAnswer }),
    z.strictObject({
      authorizationCode: z.string().min(1).max(1000).describe('`code` that the person came back with'),
      state: z.string().min(1).max(200).describe('`state` that the person came back with'),
    }),
    z.strictObject({ authenticatorCode: AuthenticatorCode }),
    z.strictObject({ recoveryCode: RecoveryCode }),
    z.strictObject({ password: GivenPassword }),
  ]),
  status: 200,
  response: SignInOutcome,
  refusals: [
    signInRefusal.ended,
    signInRefusal.wayUnfit,
    accountRefusal.signInPaused,
    signInRefusal.outsideRefused,
    signInRefusal.outsideAway,
    signInRefusal.identifierFrozen,
    signInRefusal.noLogin,
    signInRefusal.sealed,
    signInRefusal.stillLinked,
    accountRefusal.codeWrong,
    accountRefusal.signInRefused,
    accountRefusal.tooManyAttempts,
    factorRefusal.passkeyRefused,
    factorRefusal.passkeyCopied,
    factorRefusal.passkeyAddress,
    factorRefusal.authenticatorWrong,
    factorRefusal.recoveryCodeWrong,
  ],
  transaction: 'own',
  secretInputs: [
    'code',
    'passkey',
    'authorizationCode',
    'state',
    'authenticatorCode',
    'recoveryCode',
    'password',
  ],
  audit: ['session.opened'],
})

const allowBrowser = defineRoute({
  operationId: 'allowBrowser',
  method: 'POST',
  path: '/v1/sign-in/browser',
  summary:
    'Let this browser sign in although too many others have failed, by the link that was sent to the person',
  access: 'public',
  body: z.strictObject({ token: z.string().min(1).max(200).describe('What stands after # in the link') }),
  status: 204,
  refusals: [signInRefusal.browserLinkInvalid],
  transaction: 'own',
  secretInputs: ['token'],
  audit: [],
})

const openSession = defineRoute({
  operationId: 'openSession',
  method: 'POST',
  path: '/v1/sessions',
  summary: 'Sign in with e-mail address and password, or with a sign-in link',
  access: 'public',
  body: z.union([
    z.strictObject({ email: EmailAddress, password: GivenPassword }),
    z.strictObject({
      link: z.string().min(1).max(200).describe('The token of a sign-in link'),
      password: GivenPassword.optional(),
    }),
  ]),
  status: 201,
  response: SignedIn,
  refusals: [
    signInRefusal.secondFactor,
    accountRefusal.signInPaused,
    accountRefusal.signInRefused,
    accountRefusal.tooManyAttempts,
    accountRefusal.linkInvalid,
    accountRefusal.linkNeedsPassword,
    accountRefusal.linkHasAccount,
    accountRefusal.linkOtherMember,
    accountRefusal.passwordWeak,
  ],
  transaction: 'own',
  secretInputs: ['password'],
  audit: ['session.opened', 'member.joined'],
})

const forgetPassword = defineRoute({
  operationId: 'forgetPassword',
  method: 'POST',
  path: '/v1/password/forgot',
  summary: 'Ask for a code to set a new password; the answer is the same whether or not there is an account',
  access: 'public',
  body: PasswordAddress,
  status: 201,
  response: z.object({ resetId: Id.describe('For the next step'), expiresAt: Instant, sentTo: SentTo }),
  refusals: [
    signInRefusal.phoneUnknown,
    signInRefusal.wayMissing,
    accountRefusal.codesTooManyNearby,
    accountRefusal.codesTooMany,
  ],
  transaction: 'own',
  audit: [],
})

const resetPassword = defineRoute({
  operationId: 'resetPassword',
  method: 'POST',
  path: '/v1/password/reset',
  summary: 'Set a new password with the code that was sent; every session ends, and none is opened',
  access: 'public',
  body: z.strictObject({ resetId: Id, code: Code, password: Password }),
  status: 200,
  response: z.object({ endedSessions: z.int().min(0).describe('Sessions that ended') }),
  refusals: [
    accountRefusal.signInPaused,
    signInRefusal.resetElsewhere,
    signInRefusal.neverProved,
    signInRefusal.identifierFrozen,
    signInRefusal.sealed,
    signInRefusal.stillLinked,
    accountRefusal.codeWrong,
    accountRefusal.tooManyAttempts,
    accountRefusal.passwordWeak,
  ],
  transaction: 'own',
  secretInputs: ['code', 'password'],
  audit: ['account.sessions_revoked'],
})

export const signInContract = {
  readSignInWays,
  startSignIn,
  verifySignIn,
  allowBrowser,
  openSession,
  forgetPassword,
  resetPassword,
  ...confirmationContract,
}
