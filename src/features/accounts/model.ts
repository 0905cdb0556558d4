import { z } from 'zod'
import { Id, Instant, text } from '../../kernel/fields.ts'
import {
  type InstallationScope,
  installationScopes,
  type Permission,
  permissionNames,
  roles,
} from '../../kernel/permission.ts'
import { CompanyName, IsSample, Slug } from '../companies/model.ts'

export { accountRefusal } from './refusals.ts'

const RoleName = z.enum(roles).describe('Role in the company')

export const Scope = z.enum(permissionNames).describe('One permission')

/** Trimmed and in lower case, so that one person has one spelling. */
export const EmailAddress = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email().max(254))
  .describe('E-mail address that an account signs in with')

export const Password = z.string().min(12).max(200).describe('At least 12 characters; any characters')

/** What a sign-in brings: any length that could have been a password. */
export const GivenPassword = z.string().min(1).max(200).describe("The account's password")

export const PersonName = text(100).describe('Name of the person')

export const ShownOnce = z
  .string()
  .max(200)
  .optional()
  .describe('Shown once; left out when the request is repeated')

export const Membership = z.object({
  companyId: Id,
  slug: Slug,
  name: CompanyName,
  role: RoleName,
  isSample: IsSample,
})
export type Membership = z.infer<typeof Membership>

/** What a new session answers with. */
export const SignedIn = z.object({
  accountId: Id,
  companies: z.array(Membership).max(1000).describe('Companies to work in; name one in `Baton-Company`'),
})
export type SignedIn = z.infer<typeof SignedIn>

const Device = z
  .string()
  .max(200)
  .nullable()
  .describe('What the browser or program called itself at the sign-in; null for nothing')

export const Session = z.object({
  sessionId: Id,
  device: Device,
  network: z
    .string()
    .max(60)
    .nullable()
    .describe('Where the sign-in came from: an IPv4 address, or the first 64 bits of an IPv6 one'),
  createdAt: Instant,
  lastUsedAt: Instant.describe('Last use, to the minute'),
  current: z.boolean().describe('Whether this request was made with it'),
})
export type Session = z.infer<typeof Session>

/** What an Admin sees of it: an account is its person's (ACC-1). */
export const MemberSession = z.object({
  device: Device,
  createdAt: Instant,
  lastUsedAt: Instant.describe('Last use, to the minute'),
})
export type MemberSession = z.infer<typeof MemberSession>

export const identifierKinds = ['phone', 'email', 'wechat', 'wecom', 'qq', 'wechat_official'] as const
export const IdentifierKind = z
  .enum(identifierKinds)
  .describe('Phone, e-mail, WeChat, WeCom, QQ, or WeChat public platform')
export type IdentifierKind = z.infer<typeof IdentifierKind>

/** What an account signs in or is verified with, in its stored form: E.164, an address in lower case, or `issuer subject`. */
export interface Identifier {
  readonly identifierId: string
  readonly kind: IdentifierKind
  readonly value: string
  readonly canLogin: boolean
  readonly canVerify: boolean
  readonly boundAt: Instant
  readonly provenHow: string
  readonly lastUsedAt: Instant | null
  readonly frozenAt: Instant | null
}

/** What the security log of an account tells. */
export const securityEventKinds = [
  'signed_in',
  'signed_out',
  'sessions_ended',
  'sign_in_refused',
  'confirmed',
  'password_set',
  'password_reset',
  'identifier_bound',
  'identifier_unbound',
  'identifier_uses_changed',
  'identifier_taken_over',
  'identifier_recycled',
  'takeover_waiting',
  'takeover_vetoed',
  'change_objected',
  'change_settled',
  'passkey_added',
  'passkey_removed',
  'authenticator_added',
  'authenticator_removed',
  'recovery_codes_made',
  'recovery_code_used',
  'joined_company',
  'deletion_asked',
  'deletion_requested',
  'deletion_cancelled',
  'sealed',
  'recovered',
] as const
export type SecurityEventKind = (typeof securityEventKinds)[number]

/** What is told to every channel with a link to object (ACC-9). */
export const accountChangeKinds = [
  'identifier_bound',
  'identifier_unbound',
  'identifier_uses_changed',
  'password_set',
  'passkey_added',
  'passkey_removed',
  'authenticator_added',
  'authenticator_removed',
  'recovery_codes_made',
] as const satisfies readonly SecurityEventKind[]
export type AccountChangeKind = (typeof accountChangeKinds)[number]

export const Code = z
  .string()
  .trim()
  .regex(/^\d{6}$/)
  .describe('Six digits, as they were sent')

export const ApiToken = z.object({
  tokenId: Id,
  memberId: Id.describe('The member that the token acts for'),
  name: text(80).describe('What the token is for'),
  scopes: z
    .array(Scope)
    .max(permissionNames.length)
    .describe("What the token may do, within its member's role"),
  createdAt: Instant,
  expiresAt: Instant.nullable().describe('Null: until it is revoked'),
  lastUsedAt: Instant.nullable().describe('Last use, to the minute; null for never'),
  revokedAt: Instant.nullable().describe('Null: still works'),
})
export type ApiToken = z.infer<typeof ApiToken>

export const InstallationToken = z
  .object({
    tokenId: Id,
    name: text(80).describe('What the token is for'),
    scopes: z
      .array(z.enum(installationScopes).describe('One permission, in every company'))
      .max(installationScopes.length)
      .describe('What the token may do'),
    createdBy: z.string().max(200).describe('User of the operating system who made it'),
    createdAt: Instant,
    expiresAt: Instant.nullable().describe('Null: until it is revoked'),
    lastUsedAt: Instant.nullable().describe('Last use, to the day; null for never'),
    revokedBy: z.string().max(200).nullable().describe('Who revoked it; null: still works'),
    revokedAt: Instant.nullable().describe('Null: still works'),
  })
  .meta({ id: 'InstallationToken' })
export type InstallationToken = z.infer<typeof InstallationToken>

export const Me = z.object({
  kind: z.enum(['member', 'account', 'token', 'operator']).describe('How the caller came in'),
  account: z
    .object({
      accountId: Id,
      displayName: PersonName,
      emails: z
        .array(z.string().max(254).describe('E-mail address'))
        .max(20)
        .describe('E-mail addresses of the account'),
    })
    .nullable()
    .describe('The own account; null for tokens and the operator'),
  company: z
    .object({
      companyId: Id,
      slug: Slug,
      name: CompanyName,
      role: RoleName,
      isSample: IsSample,
      memberId: Id.nullable().describe('Null for the operator'),
    })
    .nullable()
    .describe('The company this request names; null for none'),
  permissions: z.array(Scope).max(permissionNames.length).describe('What the caller may do in that company'),
  memberships: z.array(Membership).max(1000).describe('Companies to switch to'),
  suspendedIn: z
    .array(Membership.pick({ companyId: true, slug: true, name: true }))
    .max(1000)
    .describe('Companies that one belongs to and may not work in now'),
  unreadNotices: z
    .int()
    .min(0)
    .max(1000)
    .describe('Notices not read yet in that company, counted up to 1000'),
})
export type Me = z.infer<typeof Me>

/** Tells permissions from other words, e.g. scopes stored before a permission was taken out. */
export function isPermission(word: string): word is Permission {
  return Scope.safeParse(word).success
}

/** Tells what a token of the installation may do from other words. */
export function isInstallationScope(word: string): word is InstallationScope {
  return installationScopes.some((scope) => scope === word)
}

/**
 * How a phone that an account has bound stands to the numbers of companies. `of_others`: a company's number, which
 * somebody else holds by now, or nobody. `claimed`: the same, but it was bound before the company entered it; who enters
 * a number and assigns it proves nothing.
 */
export type LineStand = 'own' | 'claimed' | 'of_others'
