import { z } from 'zod'
import { Id, Instant, PageQuery, pageOf, TimeZone, text } from '../../kernel/fields.ts'
import { permissionNames } from '../../kernel/permission.ts'
import { defineRoute } from '../../kernel/route.ts'
import { CompanyName, companyRefusal, IsSample, Language, Slug, Tier } from '../companies/model.ts'
import {
  ApiToken,
  accountRefusal,
  EmailAddress,
  InstallationToken,
  Me,
  MemberSession,
  Membership,
  Password,
  PersonName,
  Scope,
  Session,
  ShownOnce,
} from './model.ts'

const newCompanyFields = {
  companyName: CompanyName,
  slug: Slug.optional(),
  timeZone: TimeZone.default('Asia/Shanghai'),
  language: Language.default('zh'),
  ownerName: PersonName,
  ownerEmail: EmailAddress,
  subscription: Tier.default('connect'),
  licences: z.int().min(0).max(10_000_000).default(10).describe('Numbers that may be in use (NUM-10)'),
}

const NewCompany = z.object({
  companyId: Id,
  memberId: Id.describe('The first Owner'),
  slug: Slug,
  token: ShownOnce.describe('API token of the Owner with all permissions; shown once'),
})

const readSetup = defineRoute({
  operationId: 'readSetup',
  method: 'GET',
  path: '/v1/setup',
  summary: 'Whether this installation has to be set up first: it has no company yet',
  access: 'public',
  status: 200,
  response: z.object({ needed: z.boolean().describe('True while there is no company') }),
  refusals: [],
  audit: [],
})

const setUp = defineRoute({
  operationId: 'setUp',
  method: 'POST',
  path: '/v1/setup',
  summary: 'Make the first company and its Owner, while there is none',
  access: 'public',
  body: z.strictObject({ ...newCompanyFields, password: Password }),
  status: 201,
  response: NewCompany,
  refusals: [
    accountRefusal.setupDone,
    accountRefusal.passwordWeak,
    accountRefusal.accountExists,
    companyRefusal.slugTaken,
  ],
  transaction: 'own',
  secrets: ['token'],
  secretInputs: ['password'],
  audit: ['company.created', 'member.created', 'token.created'],
})

const createCompany = defineRoute({
  operationId: 'createCompany',
  method: 'POST',
  path: '/v1/companies',
  summary: 'Make a further company and its Owner',
  access: 'operator',
  body: z.strictObject({ ...newCompanyFields, password: Password.optional() }),
  status: 201,
  response: NewCompany,
  refusals: [accountRefusal.passwordWeak, accountRefusal.accountExists, companyRefusal.slugTaken],
  transaction: 'own',
  secrets: ['token'],
  secretInputs: ['password'],
  audit: ['company.created', 'member.created', 'token.created'],
})

const ListedCompany = z.object({
  companyId: Id,
  slug: Slug,
  name: CompanyName,
  role: Membership.shape.role.nullable().describe("The caller's role there; null for the operator"),
  isSample: IsSample,
})

const listCompanies = defineRoute({
  operationId: 'listCompanies',
  method: 'GET',
  path: '/v1/companies',
  summary: 'The companies one belongs to; for the operator all',
  access: 'account',
  query: PageQuery,
  status: 200,
  response: pageOf(ListedCompany),
  refusals: [],
  audit: [],
})

const endSession = defineRoute({
  operationId: 'endSession',
  method: 'DELETE',
  path: '/v1/sessions/current',
  summary: 'Sign out',
  access: 'account',
  status: 204,
  refusals: [accountRefusal.noSession],
  audit: ['session.ended'],
})

const listSessions = defineRoute({
  operationId: 'listSessions',
  method: 'GET',
  path: '/v1/account/sessions',
  summary: 'Where you are signed in, the newest sign-in first',
  access: 'person',
  query: PageQuery,
  status: 200,
  response: pageOf(Session),
  refusals: [],
  audit: [],
})

const endOneSession = defineRoute({
  operationId: 'endOneSession',
  method: 'DELETE',
  path: '/v1/account/sessions/{sessionId}',
  summary: 'Sign out on another device, or here',
  access: 'person',
  params: z.object({ sessionId: Id }),
  status: 204,
  refusals: [],
  audit: ['session.ended'],
})

const endOtherSessions = defineRoute({
  operationId: 'endOtherSessions',
  method: 'DELETE',
  path: '/v1/account/sessions',
  summary: 'Sign out everywhere but here',
  access: 'person',
  status: 200,
  response: z.object({ endedSessions: z.int().min(0).describe('Sessions that ended') }),
  refusals: [],
  audit: ['session.ended'],
})

const listMemberSessions = defineRoute({
  operationId: 'listMemberSessions',
  method: 'GET',
  path: '/v1/members/{memberId}/sessions',
  summary: 'With which devices a member is signed in, the newest sign-in first',
  access: 'members:write',
  params: z.object({ memberId: Id }),
  query: PageQuery,
  status: 200,
  response: pageOf(MemberSession),
  refusals: [],
  audit: [],
})

const readMe = defineRoute({
  operationId: 'readMe',
  method: 'GET',
  path: '/v1/me',
  summary: 'Who is calling, where, and with which permissions',
  access: 'account',
  status: 200,
  response: Me,
  refusals: [],
  audit: [],
})

const createApiToken = defineRoute({
  operationId: 'createApiToken',
  method: 'POST',
  path: '/v1/api-tokens',
  summary: 'Make an API token for the own member',
  access: 'tokens:write',
  body: z.strictObject({
    name: ApiToken.shape.name,
    scopes: z
      .array(Scope)
      .min(1)
      .max(permissionNames.length)
      .transform((scopes) => [...new Set(scopes)])
      .describe('What the token may do'),
    expiresAt: Instant.optional().describe('Without it the token works until it is revoked'),
    memberId: Id.optional().describe('For the operator of the machine: the member that the token acts for'),
  }),
  status: 201,
  response: ApiToken.extend({ token: ShownOnce }),
  refusals: [
    accountRefusal.scopeAboveRole,
    accountRefusal.tokenForOthers,
    accountRefusal.tokenMemberMissing,
    accountRefusal.tokenExpired,
    accountRefusal.tokenOutlives,
  ],
  secrets: ['token'],
  audit: ['token.created'],
})

const listApiTokens = defineRoute({
  operationId: 'listApiTokens',
  method: 'GET',
  path: '/v1/api-tokens',
  summary: 'API tokens of the company, the newest first, without their secrets',
  access: 'tokens:read',
  query: PageQuery,
  status: 200,
  response: pageOf(ApiToken),
  refusals: [],
  audit: [],
})

const revokeApiToken = defineRoute({
  operationId: 'revokeApiToken',
  method: 'DELETE',
  path: '/v1/api-tokens/{tokenId}',
  summary: 'Revoke an API token; it is refused from its next request on',
  access: 'tokens:write',
  params: z.object({ tokenId: Id }),
  status: 204,
  refusals: [],
  audit: ['token.revoked'],
})

const createInstallationToken = defineRoute({
  operationId: 'createInstallationToken',
  method: 'POST',
  path: '/v1/installation/tokens',
  summary:
    'On the machine itself: make a token that looks routes up in all companies; noted in the log and with its maker',
  access: 'operator',
  body: z.strictObject({
    name: InstallationToken.shape.name,
    expiresAt: Instant.optional().describe('Without it the token works until it is revoked'),
  }),
  status: 201,
  response: InstallationToken.extend({ token: ShownOnce }),
  refusals: [accountRefusal.tokenExpired],
  transaction: 'own',
  secrets: ['token'],
  audit: [],
})

const listInstallationTokens = defineRoute({
  operationId: 'listInstallationTokens',
  method: 'GET',
  path: '/v1/installation/tokens',
  summary: 'Tokens of the installation, the newest first, without their secrets',
  access: 'operator',
  query: PageQuery,
  status: 200,
  response: pageOf(InstallationToken),
  refusals: [],
  audit: [],
})

const revokeInstallationToken = defineRoute({
  operationId: 'revokeInstallationToken',
  method: 'DELETE',
  path: '/v1/installation/tokens/{tokenId}',
  summary:
    'Revoke a token of the installation from its next request on; noted in the log and with who did it',
  access: 'operator',
  params: z.object({ tokenId: Id }),
  status: 204,
  refusals: [],
  transaction: 'own',
  audit: [],
})

const createSignInLink = defineRoute({
  operationId: 'createSignInLink',
  method: 'POST',
  path: '/v1/members/{memberId}/sign-in-link',
  summary: 'Make a one-use link by which a member without an account signs in',
  access: 'members:write',
  params: z.object({ memberId: Id }),
  status: 201,
  response: z.object({
    memberId: Id,
    token: ShownOnce.describe('Give it to the person; shown once'),
    path: ShownOnce.describe('The same as an address in the console; the part after # never reaches a log'),
    expiresAt: Instant,
  }),
  refusals: [
    accountRefusal.linkOwnerOnly,
    accountRefusal.linkBeyondScopes,
    accountRefusal.linkHasAccount,
    accountRefusal.linkNoEmail,
    accountRefusal.linkNotActive,
  ],
  transaction: 'own',
  secrets: ['token', 'path'],
  audit: ['sign_in_link.created'],
})

const resetOwner = defineRoute({
  operationId: 'resetOwner',
  method: 'POST',
  path: '/v1/owner-reset',
  summary: 'On the machine itself: give an Owner who cannot sign in a new password and end their sessions',
  access: 'operator',
  body: z.strictObject({
    companyId: Id,
    email: EmailAddress,
    password: Password,
    reason: text(500).optional().describe('Why, for the audit ledger'),
  }),
  status: 200,
  response: z.object({
    accountId: Id,
    endedSessions: z.int().min(0).describe('Sessions that ended with the old password'),
  }),
  refusals: [accountRefusal.passwordWeak],
  transaction: 'own',
  secretInputs: ['password'],
  audit: ['account.password_reset'],
})

export const accountsContract = {
  readSetup,
  setUp,
  createCompany,
  listCompanies,
  endSession,
  listSessions,
  endOneSession,
  endOtherSessions,
  listMemberSessions,
  readMe,
  createApiToken,
  listApiTokens,
  revokeApiToken,
  createInstallationToken,
  listInstallationTokens,
  revokeInstallationToken,
  createSignInLink,
  resetOwner,
}
