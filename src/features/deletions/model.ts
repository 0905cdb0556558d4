import { z } from 'zod'
import { Id, Instant, paragraph } from '../../kernel/fields.ts'
import { CompanyName, Slug } from '../companies/model.ts'

/** What has to be typed to delete an account, in either language. */
export const phrases = { en: 'delete my account', zh: '注销我的账号' } as const

/** How long it takes where nobody says otherwise: an account without a company, and every company by default. */
export const usualCoolingDays = 15

const Words = {
  code: z.string().max(80).describe('Stable name of the fact'),
  title: z.string().max(1_000).describe('In words'),
  next: z.string().max(1_000).describe('What to do about it'),
}
const CompanyAbout = z
  .object({ companyId: Id, slug: Slug, name: CompanyName })
  .nullable()
  .describe('The company it is about; null for the account itself')

export const DeletionCondition = z.object({
  ...Words,
  company: CompanyAbout,
  data: z.record(z.string().max(80), z.unknown()).describe('Ids for buttons'),
})
export type DeletionCondition = z.infer<typeof DeletionCondition>

export const DeletionLoss = z.object({ ...Words, company: CompanyAbout })
export type DeletionLoss = z.infer<typeof DeletionLoss>

export const Reason = paragraph(500).optional().describe('Why, in own words')

const CompanyRequestState = z
  .enum(['open', 'declined', 'withdrawn', 'done'])
  .describe('`done` when the account was deleted')

/** What a company's Admins see of their asking (ACC-1). */
export const DeletionRequest = z.object({
  requestId: Id,
  memberId: Id.describe('Who was asked'),
  state: CompanyRequestState,
  reason: z.string().max(500).nullable().describe('What was written to the person'),
  askedBy: z.string().max(200).describe('Member, or the operator of the machine'),
  askedAt: Instant,
  endedAt: Instant.nullable().describe('Null while it is open'),
})
export type DeletionRequest = z.infer<typeof DeletionRequest>

/** The same, as its person sees it. */
export const OwnDeletionRequest = z.object({
  requestId: Id,
  company: z.object({ companyId: Id, slug: Slug, name: CompanyName }).describe('Who asks'),
  reason: z.string().max(500).nullable().describe('What the company wrote'),
  askedAt: Instant,
})
export type OwnDeletionRequest = z.infer<typeof OwnDeletionRequest>

export const OwnDeletion = z.object({
  waiting: z
    .object({
      deletionId: Id,
      askedAt: Instant,
      endsAt: Instant.describe('When it is erased; signing in cancels it'),
    })
    .nullable()
    .describe('The deletion on its way; null for none'),
  conditions: z
    .array(DeletionCondition)
    .max(1_000)
    .describe('What stands in the way, each with the way out; empty when it can be asked for'),
  losses: z.array(DeletionLoss).max(10_000).describe('What is lost for ever'),
  stays: z.array(DeletionLoss).max(2_000).describe('What stays with the companies'),
  coolingDays: z.int().min(0).max(15).describe('Days from the request to the erasure'),
  endsAt: Instant.describe('When it would be erased if it was asked for now; if it was, when it is'),
  phrase: z
    .object({
      en: z.string().max(80).describe('What has to be typed'),
      zh: z.string().max(80).describe('The same in Chinese'),
    })
    .describe('Either of the two confirms'),
  requests: z.array(OwnDeletionRequest).max(1_000).describe('Companies that ask for it'),
})
export type OwnDeletion = z.infer<typeof OwnDeletion>
