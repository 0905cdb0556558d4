import { z } from 'zod'
import { Id, TimeZone } from '../../kernel/fields.ts'
import { defineRoute } from '../../kernel/route.ts'
import { accountRefusal } from '../accounts/model.ts'
import { companyRefusal, Language, Slug } from '../companies/model.ts'
import { sampleRefusal } from './model.ts'

const loadSample = defineRoute({
  operationId: 'loadSample',
  method: 'POST',
  path: '/v1/setup/sample',
  summary: 'While there is no company: make a sample company with two years of history, and sign in to it',
  access: 'public',
  body: z.strictObject({
    language: Language.default('en'),
    timeZone: TimeZone.default('Asia/Shanghai').describe('Time zone of the sample company'),
  }),
  status: 201,
  response: z.object({
    companyId: Id,
    slug: Slug,
    memberId: Id.describe('The Owner, whom the session belongs to'),
  }),
  refusals: [accountRefusal.setupDone, accountRefusal.accountExists, companyRefusal.slugTaken],
  transaction: 'own',
  audit: ['company.created', 'member.created', 'session.opened'],
})

const removeSample = defineRoute({
  operationId: 'removeSample',
  method: 'DELETE',
  path: '/v1/sample',
  summary: 'Remove the sample company with everything in it, so that the installation can be set up',
  access: 'sample:remove',
  status: 204,
  refusals: [sampleRefusal.notSample],
  transaction: 'own',
  audit: [],
})

export const sampleContract = { loadSample, removeSample }
