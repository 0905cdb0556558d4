import { z } from 'zod'
import { Id } from '../../kernel/fields.ts'
import { EmailAddress, identifierKinds, SignedIn } from '../accounts/model.ts'
import { PasskeyQuestion, secondFactors } from '../factors/model.ts'

export const oauthWays = ['wechat', 'wecom', 'qq', 'wechat_official'] as const
export const OauthWay = z.enum(oauthWays).describe('An outside account to sign in with')
export type OauthWay = z.infer<typeof OauthWay>

/** As people write it; without country code it is taken for one of China. */
export const GivenPhone = z.string().trim().min(3).max(60).describe('Phone number in any usual spelling')

export const SignInWays = z.object({
  password: z.literal(true).describe('E-mail address and password: always there'),
  passkey: z.literal(true).describe('Passkey: always there'),
  email: z.boolean().describe('Whether codes can be sent by e-mail'),
  phone: z.boolean().describe('Whether codes can be sent to phones'),
  oauth: z.array(OauthWay).max(oauthWays.length).describe('Outside accounts that are set up here'),
})
export type SignInWays = z.infer<typeof SignInWays>

export const SentTo = z.string().max(254).describe('Where the code was sent, masked')

const signInFields = { signInId: Id.describe('For the next step') }

/** A second factor is asked for: the sign-in goes on with one of the ways. */
export const SecondFactorStep = z.object({
  ...signInFields,
  outcome: z.literal('second_factor').describe('The account asks for a second factor'),
  ways: z
    .array(z.enum(secondFactors).describe('A second factor'))
    .max(secondFactors.length)
    .describe('What fits'),
  passkey: PasskeyQuestion.nullable().describe(
    'For `startAuthentication` of the browser; null without passkey',
  ),
})
export type SecondFactorStep = z.infer<typeof SecondFactorStep>

/** What a number that is still linked to an earlier account can be done about (ACC-4, ACC-11). */
export const linkedWays = ['ask_former', 'change_mobile', 'recycled'] as const
export type LinkedWay = (typeof linkedWays)[number]

export const LinkedWayOut = z.object({
  way: z.enum(linkedWays).describe('Which way it is'),
  title: z.string().max(300).describe('In the words of the reader'),
  next: z.string().max(500).describe('What to do'),
})
export type LinkedWayOut = z.infer<typeof LinkedWayOut>

const anotherProofs = ['email', 'password'] as const

/** The phone was not used for long, and the browser is a new one: something else has to prove the person, too. */
export const AnotherProofStep = z.object({
  ...signInFields,
  outcome: z.literal('another_proof').describe('The code alone is not enough here'),
  ways: z
    .array(z.enum(anotherProofs).describe('A further proof'))
    .max(anotherProofs.length)
    .describe('What is taken here, whether or not the account has it'),
  waysOut: z
    .array(LinkedWayOut)
    .max(linkedWays.length)
    .describe('For whoever got the phone from its operator, or from the company: what to do about it'),
  isLent: z
    .boolean()
    .describe('Whether it is a WeCom account, which its corporation could give to somebody else (ACC-1)'),
})
export type AnotherProofStep = z.infer<typeof AnotherProofStep>

/** What became of a sign-in. */
export const SignInOutcome = z.discriminatedUnion('outcome', [
  SignedIn.extend({ outcome: z.literal('signed_in').describe('A session was opened') }),
  SecondFactorStep,
  AnotherProofStep,
  z.object({
    ...signInFields,
    outcome: z
      .literal('no_account')
      .describe('Proved, but nobody has an account with it: an invitation can be accepted with `signInId`'),
    kind: z.enum(identifierKinds).describe('What was proved'),
  }),
])
export type SignInOutcome = z.input<typeof SignInOutcome>

export const PasswordAddress = z
  .union([z.strictObject({ email: EmailAddress }), z.strictObject({ phone: GivenPhone })])
  .describe('An e-mail address or a phone of the account')
