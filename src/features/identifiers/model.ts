import { z } from 'zod'
import { Id, Instant, text } from '../../kernel/fields.ts'
import {
  accountChangeKinds,
  EmailAddress,
  IdentifierKind,
  Membership,
  PersonName,
  securityEventKinds,
} from '../accounts/model.ts'
import { Language } from '../companies/model.ts'

const CanLogin = z.boolean().describe('Whether one signs in with it')
const CanVerify = z.boolean().describe('Whether it confirms who one is')

const IdentifierValue = z
  .string()
  .max(300)
  .describe('Phone as E.164, e-mail address, or the id at the provider; the own one, in full')

export const OwnIdentifier = z.object({
  identifierId: Id,
  kind: IdentifierKind,
  value: IdentifierValue,
  canLogin: CanLogin,
  canVerify: CanVerify,
  boundAt: Instant.describe('Since when it belongs to this account'),
  provenHow: z.string().max(200).describe('How it was proven, e.g. `code`'),
  lastUsedAt: Instant.nullable().describe('Last sign-in or check by it; null for never'),
  frozenAt: Instant.nullable().describe('Since when an objection keeps it from being used; null for free'),
})
export type OwnIdentifier = z.infer<typeof OwnIdentifier>

/** What an identifier may be used for; both are always said, so that none stays behind unseen (ACC-8). */
export const IdentifierUses = z.strictObject({ canLogin: CanLogin, canVerify: CanVerify })
export type IdentifierUses = z.infer<typeof IdentifierUses>

const oauthIdentifierKinds = ['wechat', 'wecom', 'qq', 'wechat_official'] as const

/** What somebody wants to bind; which account has it, if any, is never told. */
export const WantedIdentifier = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('phone').describe('A phone'),
    value: text(40).describe('Phone number as people write it'),
  }),
  z.strictObject({
    kind: z.literal('email').describe('An e-mail address'),
    value: EmailAddress,
  }),
  z.strictObject({
    kind: z.enum(oauthIdentifierKinds).describe('An account of another service, proven there'),
  }),
])
export type WantedIdentifier = z.infer<typeof WantedIdentifier>

const AuthorizeUrl = z
  .string()
  .max(2000)
  .optional()
  .describe(
    'Where to send the person, who comes back with a code. Shown once; left out when the request is repeated',
  )

export const StartedProof = z.discriminatedUnion('proof', [
  z.object({
    proof: z.literal('code').describe('Six digits were sent'),
    challengeId: Id,
    sentTo: z.string().max(300).describe('Where the code went'),
    expiresAt: Instant,
  }),
  z.object({
    proof: z.literal('oauth').describe('The person proves it at the provider'),
    challengeId: Id,
    authorizeUrl: AuthorizeUrl,
    expiresAt: Instant,
  }),
])

/** What confirms or signs in, as the planner names it. */
export const Way = z.object({
  kind: z
    .enum([...IdentifierKind.options, 'passkey', 'authenticator'])
    .describe('An identifier of this kind, a passkey, or an authenticator app'),
  identifierId: Id.nullable().describe('Null for what is no identifier'),
})
export type Way = z.infer<typeof Way>

const Use = z.object({
  isUsed: z.boolean().describe('Whether this identifier is used for it'),
  others: z.array(Way).max(100).describe('What remains for it without this identifier'),
})

const planReasons = [
  'replaces_login',
  'replaces_verification',
  'replaces_both',
  'ends_both_uses',
  'objection_first',
] as const

/** One step of the planner: the request that does it, as data, with why it comes here. */
export const PlanStep = z.discriminatedUnion('step', [
  z.object({
    step: z.literal('settle_change').describe('Decide the change that was objected to'),
    changeId: Id,
    reason: z.enum(planReasons).describe('Why it comes here'),
  }),
  z.object({
    step: z.literal('add_identifier').describe('Bind and prove another identifier'),
    kinds: z.array(IdentifierKind).max(6).describe('Any of these kinds serves'),
    reason: z.enum(planReasons).describe('Why it comes here'),
  }),
  z.object({
    step: z.literal('set_uses').describe('Let another bound identifier do it'),
    identifierId: Id,
    kind: IdentifierKind,
    uses: IdentifierUses.describe('What to use it for then'),
    reason: z.enum(planReasons).describe('Why it comes here'),
  }),
  z.object({
    step: z.literal('remove_identifier').describe('Unbind it'),
    identifierId: Id,
    kind: IdentifierKind,
    reason: z.enum(planReasons).describe('Why it comes here'),
  }),
])
export type PlanStep = z.infer<typeof PlanStep>

/** In which order an identifier can be unbound without being locked out (ACC-7, ACC-8). */
export const UnbindPlan = z.object({
  isPossibleNow: z.boolean().describe('Whether unbinding is the next step'),
  refusal: z
    .string()
    .max(60)
    .nullable()
    .describe('Code of the refusal that unbinding would get now; null for none'),
  login: Use.describe('Signing in'),
  verification: Use.describe('Confirming who one is'),
  steps: z.array(PlanStep).max(5).describe('The order that works; the first is the next'),
})
export type UnbindPlan = z.infer<typeof UnbindPlan>

const changeStates = ['open', 'objected', 'kept', 'undone', 'final'] as const

export const AccountChange = z.object({
  changeId: Id,
  kind: z.enum(accountChangeKinds).describe('What changed'),
  identifierKind: IdentifierKind.nullable().describe('Of an identifier; null for other things'),
  value: IdentifierValue.nullable(),
  changedAt: Instant,
  state: z
    .enum(changeStates)
    .describe(
      '`open`: can be objected to; `objected`: is to be settled; `kept`, `undone`: settled; `final`: the time has passed',
    ),
  objectableUntil: Instant.describe('Until when the link in the message works'),
  objectedAt: Instant.nullable().describe('When somebody objected; null for never'),
  settledAt: Instant.nullable().describe('When it was settled; null for not yet'),
  maySettle: z.boolean().describe('Whether this session came in by something old enough to settle it'),
})
export type AccountChange = z.infer<typeof AccountChange>

export const SecurityEvent = z.object({
  eventId: Id,
  happenedAt: Instant,
  kind: z.enum(securityEventKinds).describe('What happened'),
  facts: z
    .record(
      z.string().max(60),
      z.union([
        z.string().max(300).describe('A word'),
        z.number().describe('A number'),
        z.boolean(),
        z.null(),
      ]),
    )
    .describe('Particulars by name, e.g. `identifierKind`, `value`, `proof`'),
  device: z.string().max(200).nullable().describe('What the browser or program called itself'),
  network: z.string().max(60).nullable().describe('Where it came from'),
})
export type SecurityEvent = z.infer<typeof SecurityEvent>

const endsOfBinding = ['removed', 'changed', 'objected', 'taken_over', 'recycled', 'account_erased'] as const

export const BoundBefore = z.object({
  identifierId: Id,
  kind: IdentifierKind,
  value: IdentifierValue.nullable(),
  boundAt: Instant,
  provenHow: z.string().max(200).describe('How it was proven'),
  unboundAt: Instant,
  endedHow: z.enum(endsOfBinding).describe('How it ended'),
})
export type BoundBefore = z.infer<typeof BoundBefore>

export const Account = z.object({
  accountId: Id,
  displayName: PersonName,
  language: Language.describe('In which Baton writes to this person'),
  hasPassword: z.boolean().describe('Whether a password is set'),
  identifiers: z.array(OwnIdentifier).max(100).describe('What is bound, the oldest first'),
  factors: z
    .array(z.enum(['authenticator', 'passkey', 'recovery_code']))
    .max(3)
    .describe('Second factors that are on'),
  memberships: z.array(Membership).max(1000).describe('Companies that the person may work in'),
  deletion: z
    .object({ requestedAt: Instant, endsAt: Instant })
    .nullable()
    .describe('The deletion of this account that runs; null for none'),
  openChanges: z
    .array(AccountChange)
    .max(100)
    .describe('Changes that can still be objected to, or are to be settled'),
  isFrozen: z.boolean().describe('Whether an objection keeps identifiers from being changed'),
  deletionRequests: z
    .int()
    .min(0)
    .max(1000)
    .describe('Companies that ask the person to delete the account; see `GET /v1/account/requests`'),
})
export type Account = z.infer<typeof Account>
