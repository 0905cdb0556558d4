import { z } from 'zod'
import { Id, Instant, paragraph, text } from '../../kernel/fields.ts'
import { IdentifierKind } from '../accounts/model.ts'
import { takeoverBases, takeoverStates } from './states.ts'

export { rebindingRefusal, recoveryRefusal, takeoverRefusal } from './refusals.ts'

const Phone = text(60).describe('Phone number, with country code or in the usual way of writing of +86')
const Masked = z.string().max(300).describe('Where the code went, masked')

export const NewMobileChange = z.strictObject({
  phone: Phone,
  replaces: Id.nullable()
    .default(null)
    .describe('Own phone that this one replaces and that is unbound in the same step; null: all own stay'),
})
export type NewMobileChange = z.infer<typeof NewMobileChange>

/** A code is on its way; says the same whether and by whom the phone is used. */
export const StartedMobileChange = z
  .object({
    changeId: Id,
    sentTo: Masked,
    expiresAt: Instant.describe('Until when the code works'),
  })
  .meta({ id: 'StartedMobileChange' })

/** Something that is gone for ever afterwards, in the words of the reader. */
export const Loss = z
  .object({
    code: z.string().max(100).describe('Stable, e.g. `takeover.sign_in_lost`'),
    title: z.string().max(500).describe('What is lost'),
    next: z.string().max(500).describe('What can be done before'),
  })
  .meta({ id: 'Loss' })
export type Loss = z.infer<typeof Loss>

const Bound = z.object({
  outcome: z.literal('bound').describe('The phone is bound to your account'),
  identifierId: Id.describe('The identifier that it became'),
})

const Confirm = z.object({
  outcome: z
    .literal('confirm')
    .describe(
      'An earlier account has the phone; it passes to yours when you have seen and confirmed the losses',
    ),
  changeId: Id,
  numberId: Id.describe("The company's number"),
  losses: z.array(Loss).max(100).describe('What is lost for ever'),
  lossesHash: z.string().max(64).describe('Send it as `losses` of the confirmation'),
  expiresAt: Instant.describe('Until when it can be confirmed'),
})

const Waiting = z.object({
  outcome: z
    .literal('waiting')
    .describe(
      'Another account has the phone; it passes to yours unless its person objects until then (ACC-6)',
    ),
  changeId: Id,
  dueAt: Instant.describe('When it passes to your account'),
})

export const MobileChangeOutcome = z
  .discriminatedUnion('outcome', [Bound, Confirm, Waiting])
  .describe('What became of it, or what it waits for')
export type MobileChangeOutcome = z.infer<typeof MobileChangeOutcome>

export const Confirmation = z.strictObject({
  losses: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe('`lossesHash` of the losses that you have seen'),
})

const TakeoverState = z.enum(takeoverStates).describe('How far it is')
const TakeoverBasis = z
  .enum(takeoverBases)
  .describe(
    "`company`: the company's number, held here by the member of the earlier account; `recycled`: any other",
  )

/** A phone on its way to the own account. */
export const MobileChange = z
  .object({
    changeId: Id,
    phone: z.string().max(16).describe('In E.164'),
    state: TakeoverState,
    basis: TakeoverBasis,
    companyId: Id.nullable().describe('The company that owns the number; null for none of yours'),
    numberId: Id.nullable().describe("That company's number"),
    losses: z.array(Loss).max(100).describe('What has to be confirmed; empty where nothing has'),
    lossesHash: z.string().max(64).nullable().describe('Send it as `losses` of the confirmation'),
    expiresAt: Instant.nullable().describe('Until when it can be confirmed; null for one that waits'),
    dueAt: Instant.nullable().describe('When it passes by itself; null for one that is to be confirmed'),
    startedAt: Instant,
  })
  .meta({ id: 'MobileChange' })
export type MobileChange = z.infer<typeof MobileChange>

/** Somebody's wish to have a phone of this account. Nothing is said of who it is. */
export const ClaimOnPhone = z
  .object({
    claimId: Id,
    phone: z.string().max(16).describe('In E.164'),
    dueAt: Instant.describe('When it leaves this account unless you object'),
  })
  .meta({ id: 'ClaimOnPhone' })
export type ClaimOnPhone = z.infer<typeof ClaimOnPhone>

const Token = z.string().min(20).max(200).describe('From the link of the message')
export const ObjectionToken = z.strictObject({ token: Token })

export const Objected = z.object({
  outcome: z
    .enum(['vetoed', 'disputed', 'recovery_stopped'])
    .describe(
      '`vetoed`: the phone stays where it is; `disputed`: the move stands and the company looks into it; `recovery_stopped`: a sealed account does not come back to the address that asked for it',
    ),
})

export const NewRecovery = z.strictObject({
  email: z.email().max(254).describe('An e-mail address that the account once had and that you removed'),
})

export const StartedRecovery = z
  .object({ recoveryId: Id, sentTo: Masked, expiresAt: Instant.describe('Until when the code works') })
  .meta({ id: 'StartedRecovery' })

export const Recovered = z
  .discriminatedUnion('outcome', [
    z.object({
      outcome: z.literal('recovered').describe('The account is active again; sign in by this e-mail address'),
    }),
    z.object({
      outcome: z
        .literal('waiting')
        .describe('The account has no password; it comes back unless another address of its objects'),
      dueAt: Instant.describe('When it is active again'),
    }),
  ])
  .describe('What became of the account')

export const BindingHolder = z
  .enum(['holder', 'member', 'former_member', 'unlinked'])
  .describe(
    '`holder`: the member who holds the number; `member`: another active member; `former_member`: an earlier account of somebody who is no active member; `unlinked`: does not apply',
  )

export type BindingHolder = z.infer<typeof BindingHolder>

/** An account that signs in or is verified by a number, or an outside account that hangs on it (WRK-4). */
export const Binding = z
  .object({
    bindingId: Id.describe('The identifier, or the work account'),
    kind: z.enum(['account', 'work_account']).describe("A person's own account, or one in an outside system"),
    identifierKind: IdentifierKind.nullable().describe('Null for work accounts'),
    of: BindingHolder,
    memberId: Id.nullable().describe(
      'Whose it is; null of an earlier account, of which nothing personal is said',
    ),
    memberName: z.string().max(200).nullable().describe('Name of that member'),
    label: z.string().max(300).nullable().describe('System and account name; null for own accounts'),
    canLogin: z.boolean().nullable().describe('Signs in by it; null for unknown'),
    canVerify: z.boolean().nullable().describe('Is verified by it; null for unknown'),
    since: Instant.nullable(),
  })
  .meta({ id: 'Binding' })
export type Binding = z.infer<typeof Binding>

export const NumberBindings = z
  .object({
    numberId: Id,
    bindings: z.array(Binding).max(500).describe('Own accounts first'),
    isStillLinked: z
      .boolean()
      .describe('Whether an account other than that of the present holder signs in or is verified by it'),
    blocksRelease: z
      .boolean()
      .describe(
        'Whether it cannot be released: something outside hangs on it, or an own account that cannot be left without it',
      ),
  })
  .meta({ id: 'NumberBindings' })

export const Consent = z
  .strictObject({
    by: text(200).describe('Who agreed, e.g. the name of the former member'),
    at: Instant.describe('When'),
    how: z.enum(['in_person', 'phone', 'email', 'chat', 'paper']).describe('How it was given'),
    note: paragraph(1_000).optional().describe('What was said, where it is kept'),
  })
  .meta({ id: 'Consent' })
export type Consent = z.infer<typeof Consent>

/** The conditions of the manual (S000), as the chooser asks for them. */
export const Conditions = z.strictObject({
  companyOwned: z.boolean().describe('The phone number belongs to the company'),
  formerAvailable: z.boolean().describe('The former member can be reached and can delete the own account'),
  consent: Consent.nullable().describe(
    'The former member agrees to delete the account; null: does not, or nobody knows',
  ),
})
export type Conditions = z.infer<typeof Conditions>

export const Solution = z
  .enum(['former_deletes', 'take_over'])
  .describe(
    'Solution 1: the former member deletes the account; solution 2: the new member takes the number over',
  )
export type Solution = z.infer<typeof Solution>

export const Rebinding = z
  .object({
    rebindingId: Id,
    numberId: Id,
    solution: Solution,
    state: z
      .enum(['open', 'done', 'cancelled'])
      .describe('`done`: nothing is to be done any more; `cancelled`: another solution was chosen instead'),
    isStillLinked: z.boolean().describe('Whether an earlier account still has the number'),
    formerMemberId: Id.nullable().describe('Who held the number before, where the ledger knows'),
    forMemberId: Id.nullable().describe('Who holds it now and is to have it in the own account'),
    taskIds: z.array(Id).max(20).describe('What people have to do, in order'),
    formerHasAccount: z
      .boolean()
      .describe(
        'Whether the former member has a Baton account and so can be asked by POST /v1/members/{memberId}/deletion-requests',
      ),
    consentBy: z.string().max(200).nullable().describe('Who agreed; null for nobody'),
    consentAt: Instant.nullable(),
    chosenAt: Instant,
  })
  .meta({ id: 'Rebinding' })
export type Rebinding = z.infer<typeof Rebinding>
