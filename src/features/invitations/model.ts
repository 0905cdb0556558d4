import { z } from 'zod'
import { Id, Instant, PageQuery, text } from '../../kernel/fields.ts'
import { roles } from '../../kernel/permission.ts'
import { EmailAddress, Membership, Password, PersonName, ShownOnce } from '../accounts/model.ts'
import { Language } from '../companies/model.ts'
import { invitationStates } from './states.ts'

export { invitationRefusal } from './refusals.ts'

export const InvitationState = z
  .enum(invitationStates)
  .describe(
    '`open` works; `expired`: its time is over, or the member or whoever invited is not what they were, and it works again once it is sent again; `replaced` by a newer one of the member',
  )
export type InvitationState = z.infer<typeof InvitationState>

/** Ways on which an invitation comes to its person. */
const invitationWays = ['phone', 'email', 'wechat'] as const
export const InvitationWay = z
  .enum(invitationWays)
  .describe('`phone` and `email`: Baton sends the link; `wechat`: the admin hands it over there')
export type InvitationWay = z.infer<typeof InvitationWay>

/** Where an invitation goes, as an admin says it. */
export const InvitationTo = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('phone').describe('By text message'),
      value: text(60).describe('Phone number in any usual spelling; +86 where no country is given'),
    }),
    z.strictObject({ kind: z.literal('email').describe('By e-mail'), value: EmailAddress }),
    z.strictObject({ kind: z.literal('wechat').describe('Handed over in WeChat') }),
  ])
  .describe('Any way of reaching the person; it need not be the one they sign in with later (ACC-5)')
export type InvitationTo = z.infer<typeof InvitationTo>

/** Where an invitation went, as it is shown. */
const InvitedAt = z
  .object({
    kind: InvitationWay,
    masked: z.string().max(254).nullable().describe('The address, with its middle hidden; null for WeChat'),
  })
  .describe('Where it went')

const Expiry = Instant.describe('Until when the link works')

/** An invitation as admins see it; never with its link. */
export const Invitation = z
  .object({
    invitationId: Id,
    memberId: Id.describe('Who is to join as this member'),
    memberName: z.string().max(100).describe('Name of that member'),
    to: InvitedAt.nullable().describe('Where it went; null where an admin hands the link over'),
    language: Language,
    state: InvitationState,
    createdAt: Instant,
    sentAt: Instant.describe('When its newest link was made'),
    expiresAt: Expiry,
    endedAt: Instant.nullable().describe('When it was accepted, revoked or replaced'),
  })
  .meta({ id: 'Invitation' })
export type Invitation = z.infer<typeof Invitation>

export const NewInvitation = z.strictObject({
  memberId: Id.describe('The member whom a person is to join as'),
  to: InvitationTo.nullable().default(null).describe('Where Baton sends it; null to hand the link over'),
  language: Language.optional().describe("Of the message; the company's unless said otherwise"),
})
export type NewInvitation = z.infer<typeof NewInvitation>

const linkFields = {
  token: ShownOnce.nullable().describe(
    'Opens the invitation; shown once, and null where Baton sends it, so that nobody but its person has it (ACC-1)',
  ),
  path: ShownOnce.nullable().describe(
    'The same as an address in the console; the part after # never reaches a log',
  ),
}

/** An invitation with its link, which is shown once, and only where Baton does not send it. */
export const SentInvitation = Invitation.extend({
  ...linkFields,
  isSent: z.boolean().describe('Whether Baton sends it; otherwise an admin hands the link over'),
}).meta({ id: 'SentInvitation' })
export type SentInvitation = z.infer<typeof SentInvitation>

export const MadeInvitation = SentInvitation.extend({
  numbersStillLinked: z
    .array(Id)
    .max(100_000)
    .describe(
      'Numbers that the member holds and that an earlier account still has as its own (ACC-4, ACC-11)',
    ),
}).meta({ id: 'MadeInvitation' })
export type MadeInvitation = z.infer<typeof MadeInvitation>

export const InvitationQuery = PageQuery.extend({
  memberId: Id.optional().describe('Only those of this member'),
  state: z
    .enum(['pending', ...invitationStates])
    .optional()
    .describe('`pending`: those that are open or can be sent again'),
})
export type InvitationQuery = z.infer<typeof InvitationQuery>

/** What whoever has the link sees of it. */
export const InvitationCard = z
  .object({
    companyName: z.string().max(120).describe('The company that invites'),
    invitedBy: z.enum(roles).describe('Role of whoever invites; no name'),
    to: InvitedAt.nullable().describe('Where it went; null where the link was handed over'),
    language: Language,
    expiresAt: Expiry,
    signedInAs: z
      .string()
      .max(100)
      .nullable()
      .describe('Name of the account that is signed in here and could join; null for nobody'),
  })
  .meta({ id: 'InvitationCard' })
export type InvitationCard = z.infer<typeof InvitationCard>

/** How somebody joins: with the account that is signed in, or with a new one. */
export const Acceptance = z
  .union([
    z.strictObject({}),
    z.strictObject({
      signInId: Id.describe('A sign-in that proved a phone or e-mail that no account has'),
      name: PersonName,
      password: Password.optional().describe('A way to sign in beside codes; can be set later'),
    }),
  ])
  .describe('Empty to join with the account that is signed in; with a proved sign-in to make a new one')
export type Acceptance = z.infer<typeof Acceptance>

export const Accepted = z
  .object({
    accountId: Id,
    companyId: Id.describe('The company that was joined'),
    slug: Membership.shape.slug.describe('Its short name, as addresses have it'),
    isNewAccount: z.boolean().describe('Whether an account was made'),
    companies: z.array(Membership).max(1000).describe('Companies to work in'),
  })
  .meta({ id: 'AcceptedInvitation' })
