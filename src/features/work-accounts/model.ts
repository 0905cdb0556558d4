import { z } from 'zod'
import { Id, Instant, PageQuery, paragraph, text } from '../../kernel/fields.ts'
import { workAccountStates } from './states.ts'

export { systemRefusal, workAccountRefusal, workAccountRemark } from './refusals.ts'

export const SystemKind = z
  .enum(['wecom', 'custom'])
  .describe('`wecom`: personal accounts at WeCom (WRK-5); `custom`: one that the company added (WRK-6)')
export type SystemKind = z.infer<typeof SystemKind>

const Version = z.int().min(1).describe('Goes up with every change; the ETag')
const SystemName = text(100).describe('Name, unique in the company')
const SystemLink = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .describe('Where its accounts are managed')
const Words = paragraph(5_000)
const PassOnWords = Words.describe(
  'How an account there is passed on, each line a step; Baton has words of its own',
)
const CloseWords = Words.describe(
  'How an account there is closed, each line a step; Baton has words of its own',
)
const Note = paragraph(2_000)

/** An outside system in which the company has accounts. */
export const System = z
  .object({
    systemId: Id,
    name: z.string().max(100).describe('Name, unique in the company'),
    kind: SystemKind,
    link: z.string().max(500).nullable().describe('Where its accounts are managed'),
    passOnInstructions: z.string().max(5_000).nullable().describe('How an account there is passed on'),
    closeInstructions: z.string().max(5_000).nullable().describe('How an account there is closed'),
    note: z.string().max(2_000).nullable().describe('Anything worth knowing'),
    accountCount: z.int().min(0).describe('Accounts there that are in use'),
    createdAt: Instant,
    version: Version,
  })
  .meta({ id: 'OutsideSystem' })
export type System = z.infer<typeof System>

export const SystemQuery = PageQuery.extend({
  name: text(100).optional().describe('Only the one of this name'),
})

export const NewSystem = z.strictObject({
  name: SystemName,
  link: SystemLink.optional(),
  passOnInstructions: PassOnWords.optional(),
  closeInstructions: CloseWords.optional(),
  note: Note.optional().describe('Anything worth knowing'),
})
export type NewSystem = z.infer<typeof NewSystem>

export const SystemChange = z
  .strictObject({
    name: SystemName.optional(),
    link: SystemLink.nullable().optional(),
    passOnInstructions: PassOnWords.nullable().optional(),
    closeInstructions: CloseWords.nullable().optional(),
    note: Note.nullable().optional().describe('Anything worth knowing; null takes it away'),
  })
  .refine((change) => Object.keys(change).length > 0, 'names nothing to change')
export type SystemChange = z.infer<typeof SystemChange>

export const WorkAccountState = z
  .enum(workAccountStates)
  .describe(
    '`deletion_requested`: its person deletes it, until `deletionUntil`; `released`: its number is free; `closed`: it is gone',
  )
export type WorkAccountState = z.infer<typeof WorkAccountState>

export const NumberUse = z
  .enum(['login', 'verification', 'both'])
  .describe('What the number does there: sign in, verify, or both')
export type NumberUse = z.infer<typeof NumberUse>

/** An account in an outside system, as lists show it. */
export const WorkAccount = z
  .object({
    workAccountId: Id,
    systemId: Id,
    systemName: z.string().max(100).describe('Name of the outside system'),
    systemKind: SystemKind,
    login: z.string().max(200).describe('Name of the account there'),
    holderId: Id.nullable().describe('Who holds it; null where the company keeps it'),
    holderName: z.string().max(200).nullable().describe('Name of that member'),
    state: WorkAccountState,
    deletionUntil: Instant.nullable().describe('When the deletion that was requested takes effect'),
    numberId: Id.nullable().describe('The number of the company that hangs on it (WRK-4)'),
    e164: z.string().max(20).nullable().describe('That number'),
    numberUse: NumberUse.nullable(),
    heldSince: Instant,
    note: z.string().max(2_000).nullable().describe('Anything worth knowing'),
    openTaskId: Id.nullable().describe('The task that is under way about it'),
    createdAt: Instant,
    version: Version,
  })
  .meta({ id: 'WorkAccount' })
export type WorkAccount = z.infer<typeof WorkAccount>

export const WorkAccountDetail = WorkAccount.extend({
  holders: z
    .array(
      z.object({
        holderId: Id.nullable().describe('Null where the company kept it'),
        holderName: z.string().max(200).nullable().describe('Name of that member'),
        from: Instant,
        to: Instant.nullable().describe('Null for now'),
      }),
    )
    .max(1_000)
    .describe('Who held it, newest first'),
}).meta({ id: 'WorkAccountDetail' })
export type WorkAccountDetail = z.infer<typeof WorkAccountDetail>

export const WorkAccountQuery = PageQuery.extend({
  holderId: z
    .union([Id, z.literal('none')])
    .optional()
    .describe('Only those of this member; `none` for those that the company keeps'),
  systemId: Id.optional().describe('Only those in this system'),
  numberId: Id.optional().describe('Only those that this number hangs on'),
  state: WorkAccountState.optional(),
  search: text(100).optional().describe('Only those whose name, or whose system, contains this'),
})
export type WorkAccountQuery = z.infer<typeof WorkAccountQuery>

const Login = text(200).describe('Name of the account there')

export const NewWorkAccount = z
  .strictObject({
    systemId: Id.optional().describe('The outside system'),
    systemKind: z.literal('wecom').optional().describe('Instead of `systemId`: WeCom, made on first use'),
    login: Login,
    holderId: Id.optional().describe('Who holds it; without one the company keeps it'),
    heldSince: Instant.optional().describe('Since when; now unless said otherwise'),
    numberId: Id.optional().describe('The number of the company that hangs on it'),
    numberUse: NumberUse.optional(),
    note: Note.optional().describe('Anything worth knowing'),
  })
  .refine(
    (account) => (account.systemId === undefined) !== (account.systemKind === undefined),
    'names either a system by `systemId` or WeCom by `systemKind`',
  )
  .refine(
    (account) => account.numberUse === undefined || account.numberId !== undefined,
    'says what a number does, but names none',
  )
export type NewWorkAccount = z.infer<typeof NewWorkAccount>

export const WorkAccountChange = z
  .strictObject({
    login: Login.optional(),
    numberId: Id.nullable().optional().describe('The number that hangs on it; null for none'),
    numberUse: NumberUse.optional(),
    note: Note.nullable().optional().describe('Anything worth knowing; null takes it away'),
  })
  .refine((change) => Object.keys(change).length > 0, 'names nothing to change')
export type WorkAccountChange = z.infer<typeof WorkAccountChange>

export const PassOn = z
  .strictObject({
    way: z
      .enum(['pass_on', 'park', 'end'])
      .default('pass_on')
      .describe(
        '`pass_on`: to `toMemberId`, who at WeCom takes the number over by Change Mobile; `park`: the company keeps it; `end`: it is closed, at WeCom deleted by its person',
      ),
    toMemberId: Id.optional().describe('Who gets it; only with `pass_on`'),
    dueAt: Instant.optional().describe('Until when; 7 days from now unless said otherwise'),
    forMemberId: Id.optional().describe('The member who is to do it, where it is not the usual one'),
    forName: text(100).optional().describe('A person without an account who is to do it'),
    forContact: text(200).optional().describe('How to reach that person: phone, e-mail'),
  })
  .refine(
    (wish) => (wish.way === 'pass_on') === (wish.toMemberId !== undefined),
    '`pass_on` names who gets it',
  )
  .refine(
    (wish) => wish.forMemberId === undefined || wish.forName === undefined,
    'is for a member or for a name',
  )
export type PassOn = z.infer<typeof PassOn>

export const DeletionRequest = z.strictObject({
  until: Instant.optional().describe('When it takes effect; 15 days from now unless said otherwise'),
  note: Note.optional().describe('How you know'),
})

export const Attestation = z
  .strictObject({
    outcome: z
      .enum(['passed_on', 'parked', 'released', 'closed', 'deletion_withdrawn'])
      .describe('What became of it; `released`: at WeCom its number is free'),
    toMemberId: Id.optional().describe('Who has it now; only with `passed_on`'),
    note: Note.describe('What you saw, as evidence (WRK-3)'),
  })
  .refine(
    (said) => (said.outcome === 'passed_on') === (said.toMemberId !== undefined),
    '`passed_on` names who has it now',
  )
export type Attestation = z.infer<typeof Attestation>

/** Something that hangs on a number (WRK-4). */
export const Dependent = z
  .object({
    kind: z.enum(['work_account', 'identifier']).describe('What it is'),
    id: Id,
    label: z.string().max(300).describe('As people know it, e.g. `WeCom · zhangsan`'),
    use: NumberUse.nullable(),
    since: Instant.nullable(),
  })
  .meta({ id: 'Dependent' })
