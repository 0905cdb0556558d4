import { z } from 'zod'
import { TimeZone, text } from '../../kernel/fields.ts'
import { defineRoute } from '../../kernel/route.ts'
import {
  CapOverride,
  Company,
  CompanyName,
  companyRefusal,
  Language,
  Licences,
  PolicyChanges,
  Subscription,
  Tier,
} from './model.ts'

const readCompany = defineRoute({
  operationId: 'readCompany',
  method: 'GET',
  path: '/v1/company',
  summary: 'The company this request is about, with its policies',
  access: 'company:read',
  status: 200,
  response: Company,
  refusals: [],
  audit: [],
})

const changeCompany = defineRoute({
  operationId: 'changeCompany',
  method: 'PATCH',
  path: '/v1/company',
  summary: 'Change name, time zone, language or policies',
  access: 'company:write',
  body: z.strictObject({
    name: CompanyName.optional(),
    timeZone: TimeZone.optional(),
    language: Language.optional(),
    policies: PolicyChanges.optional(),
  }),
  status: 200,
  response: Company,
  refusals: [],
  audit: ['company.changed'],
})

const readSubscription = defineRoute({
  operationId: 'readSubscription',
  method: 'GET',
  path: '/v1/company/subscription',
  summary: 'The subscription and how many numbers a member may hold',
  access: 'subscription:read',
  status: 200,
  response: Subscription,
  refusals: [],
  audit: [],
})

const changeSubscription = defineRoute({
  operationId: 'changeSubscription',
  method: 'PATCH',
  path: '/v1/company/subscription',
  summary: 'Change the subscription; never below what members hold or await',
  access: 'subscription:write',
  body: z.strictObject({ tier: Tier.optional(), capOverride: CapOverride.optional() }),
  status: 200,
  response: Subscription,
  refusals: [companyRefusal.belowHeld],
  audit: ['subscription.changed'],
})

const readLicences = defineRoute({
  operationId: 'readLicences',
  method: 'GET',
  path: '/v1/company/licences',
  summary: 'Licences of the company: total, used, free',
  access: 'licences:read',
  status: 200,
  response: Licences,
  refusals: [],
  audit: [],
})

const changeLicences = defineRoute({
  operationId: 'changeLicences',
  method: 'POST',
  path: '/v1/company/licences',
  summary: 'Add or take away licences; never below those in use',
  access: 'licences:write',
  body: z.strictObject({
    change: z
      .int()
      .min(-10_000_000)
      .max(10_000_000)
      .refine((change) => change !== 0, 'must not be 0')
      .describe('How many to add, or with a minus to take away'),
    reason: text(500).optional().describe('Why, for the audit ledger'),
  }),
  status: 200,
  response: Licences,
  refusals: [companyRefusal.licencesInUse, companyRefusal.tooManyLicences],
  audit: ['licences.changed'],
})

export const companiesContract = {
  readCompany,
  changeCompany,
  readSubscription,
  changeSubscription,
  readLicences,
  changeLicences,
}
