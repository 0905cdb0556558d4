import { z } from 'zod'
import { Id, Instant, TimeZone, text } from '../../kernel/fields.ts'
import { defineRefusals } from '../../kernel/refusal.ts'

const tiers = ['connect', 'advanced', 'max'] as const
export const Tier = z.enum(tiers).describe('Subscription: up to 5, 10 or 20 numbers per member')
export type Tier = z.infer<typeof Tier>

export const Language = z.enum(['en', 'zh']).describe('Language of what the company is told')
export type Language = z.infer<typeof Language>

export const CompanyName = text(120).describe('Name of the company as people know it')

/** 2 to 40 characters; never a UUID, so that `Baton-Company` can take either. */
export const Slug = z
  .string()
  .min(2)
  .max(40)
  .regex(
    /^[a-z0-9][a-z0-9-]*[a-z0-9]$/,
    'takes lower-case letters, digits and inner hyphens, 2 to 40 characters',
  )
  .refine((slug) => !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(slug), 'must not look like an id')
  .describe('Short name in addresses, unique in the installation: /c/{slug}')

/** The short name of the sample company; a later sample takes it again. */
export const sampleSlug = 'sample'

export const IsSample = z
  .boolean()
  .describe('Whether it is the sample company, which its Owner can remove again')

const CountryCheck = z
  .enum(['real_name', 'address'])
  .describe('What must be checked before a number passes on')

const policyFields = {
  cooldownMinutes: z.int().min(0).max(1440).describe('Minutes between two assignments of a number (NUM-4)'),
  undoWindowHours: z.int().min(1).max(720).describe('Hours in which a move can be undone'),
  minimumRetentionDays: z.int().min(0).max(36_500).describe('Days that records are kept at least (ALL-7)'),
  moveLimitPerDay: z
    .int()
    .min(1)
    .max(1_000_000)
    .nullable()
    .describe('Moves one person makes in 24 h before a second person is asked; null for no such limit'),
  moveLimitPercent: z
    .int()
    .min(1)
    .max(100)
    .describe('Percentage of the numbers one person moves in 24 h before a second person is asked'),
  countryChecks: z
    .record(z.string().regex(/^[A-Z]{2}$/, 'is not an ISO 3166 country code'), CountryCheck)
    .refine((checks) => Object.keys(checks).length <= 250, 'has more countries than there are')
    .describe('Checks by country of the number (NUM-14), e.g. {"CN":"real_name"}'),
  parkAnnouncement: text(200).describe(
    'What a caller hears where a number rings nowhere else: a SIP URI, or a name that the telephone system knows',
  ),
  maxBatchSize: z
    .int()
    .min(1)
    .max(100_000)
    .nullable()
    .describe(
      'Moves of a batch that are made at once, where an outside system takes no more; null for no limit',
    ),
  minBatchGapMinutes: z
    .int()
    .min(0)
    .max(10_080)
    .describe(
      'Minutes to wait between two portions of a batch, where an outside system needs it; 0 for none',
    ),
  handoverApproval: z
    .enum(['above_limit', 'always'])
    .describe(
      'Whether a second person approves each handover, or only what is above the limit of one (HAN-10)',
    ),
  handoverAcceptance: z
    .enum(['required', 'informed', 'none'])
    .describe('Whether successors have to accept, are told, or are not told (HAN-6)'),
  handoverLeaversPerDay: z
    .int()
    .min(1)
    .max(100_000)
    .nullable()
    .describe(
      'Leavers one person hands over in 24 h before a second person is asked; null for no such limit',
    ),
  signInLinkHours: z.int().min(1).max(168).describe('Hours that a sign-in link works'),
  invitationHours: z.int().min(1).max(720).describe('Hours that an invitation works'),
  deletionCoolingDays: z
    .int()
    .min(0)
    .max(15)
    .describe(
      'Days from a person asking to delete the own account to its erasure; of several companies the longest counts (ACC-2)',
    ),
}

export const Policies = z.object(policyFields).describe('How this company wants things done')
export type Policies = z.infer<typeof Policies>

export const PolicyChanges = z
  .strictObject(policyFields)
  .partial()
  .describe('Policies to change; others stay')

export const Company = z.object({
  companyId: Id,
  slug: Slug,
  name: CompanyName,
  timeZone: TimeZone,
  language: Language,
  hostCompanyId: Id.nullable().describe('The host that serves this company; null for none'),
  isSample: IsSample,
  policies: Policies,
  version: z.int().min(1).describe('Goes up with every change; the ETag'),
  createdAt: Instant,
})
export type Company = z.infer<typeof Company>

export const CapOverride = z
  .int()
  .min(1)
  .max(100_000)
  .nullable()
  .describe("Numbers per member instead of the tier's; null for the tier's")

export const Subscription = z.object({
  tier: Tier,
  capOverride: CapOverride,
  cap: z.int().min(1).max(100_000).describe('Numbers that one member may hold (NUM-3)'),
  version: z.int().min(1).describe('Goes up with every change; the ETag'),
})
export type Subscription = z.infer<typeof Subscription>

export const Licences = z.object({
  total: z.int().min(0).describe('Licences that the company has (NUM-10)'),
  used: z.int().min(0).describe('Numbers in use'),
  free: z.int().min(0).describe('Numbers that can still be put to use'),
})
export type Licences = z.infer<typeof Licences>

/** A member who holds more than a lower cap would allow. */
export interface MemberAboveCap {
  readonly memberId: string
  readonly name: string
  readonly held: number
  readonly waiting: number
}

export const companyRefusal = defineRefusals({
  slugTaken: {
    code: 'company.slug_taken',
    status: 409,
    en: {
      title: 'The short name {slug} is taken.',
      next: 'Choose another short name, or leave it out to get one.',
    },
    zh: { title: '短名称 {slug} 已被使用。', next: '请换一个短名称，或留空由系统生成。' },
  },
  belowHeld: {
    code: 'subscription.below_held',
    status: 409,
    en: {
      title: '{count} members hold or await more than {cap} numbers, which this subscription would allow.',
      next: 'Reassign or park numbers of the members listed in `members`, or choose a higher subscription.',
    },
    zh: {
      title: '有 {count} 名成员持有或待接收的号码超过该订阅允许的 {cap} 个。',
      next: '请先转移或收回 members 中所列成员的号码，或选择更高的订阅。',
    },
  },
  licencesInUse: {
    code: 'licences.in_use',
    status: 409,
    en: {
      title: '{used} of {total} licences are in use, so {wanted} cannot be taken away.',
      next: 'Release numbers that are no longer needed, or take away at most {free}.',
    },
    zh: {
      title: '{total} 个许可中有 {used} 个正在使用，无法减少 {wanted} 个。',
      next: '请先释放不再需要的号码，或最多减少 {free} 个。',
    },
  },
  tooManyLicences: {
    code: 'licences.too_many',
    status: 422,
    en: { title: 'A company has at most {limit} licences.', next: 'Add fewer.' },
    zh: { title: '一家公司最多可有 {limit} 个许可。', next: '请减少添加数量。' },
  },
})
