import { z } from 'zod'
import { Id, Instant, text } from '../../kernel/fields.ts'
import {
  type InstallationScope,
  installationScopes,
  type Permission,
  permissionNames,
  roles,
} from '../../kernel/permission.ts'
import { defineRefusals } from '../../kernel/refusal.ts'
import { CompanyName, IsSample, Slug } from '../companies/model.ts'

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

export const accountRefusal = defineRefusals({
  setupDone: {
    code: 'setup.done',
    status: 409,
    en: {
      title: 'Baton is set up already.',
      next: 'Sign in; further companies are made by the operator of the installation.',
    },
    zh: { title: 'Baton 已完成初始设置。', next: '请登录；新公司由系统运维人员创建。' },
  },
  passwordWeak: {
    code: 'password.weak',
    status: 422,
    en: {
      title: 'This password is easy to guess.',
      next: 'Use at least 12 characters that are no common password, name or e-mail address.',
    },
    zh: { title: '该密码容易被猜到。', next: '请使用至少 12 个字符，且不要使用常见密码、名称或邮箱地址。' },
  },
  accountExists: {
    code: 'account.exists',
    status: 409,
    en: {
      title: 'There is an account with this e-mail address already.',
      next: 'Leave the password out; the Owner then joins by a sign-in link, with the password of that account.',
    },
    zh: {
      title: '该邮箱地址已有账号。',
      next: '请不要填写密码；所有者随后通过登录链接和该账号的密码加入。',
    },
  },
  signInRefused: {
    code: 'session.refused',
    status: 401,
    en: {
      title: 'E-mail address and password do not belong together.',
      next: 'Check both; or ask an Admin of your company how to get in.',
    },
    zh: { title: '邮箱地址与密码不匹配。', next: '请检查后重试；或联系贵公司的管理员。' },
  },
  tooManyAttempts: {
    code: 'session.too_many_attempts',
    status: 429,
    en: {
      title: 'There were too many failed sign-ins for this e-mail address.',
      next: 'Wait {seconds} seconds and try again.',
    },
    zh: { title: '该邮箱地址登录失败次数过多。', next: '请等待 {seconds} 秒后再试。' },
  },
  codeWrong: {
    code: 'code.wrong',
    status: 403,
    en: {
      title: 'This code does not work: it is wrong, used, expired, or was sent for something else.',
      next: 'Check the newest message, or ask for a new code.',
    },
    zh: {
      title: '该验证码无效：输入有误、已被使用、已过期或用于其他操作。',
      next: '请核对最新收到的消息，或重新获取验证码。',
    },
  },
  codesTooMany: {
    code: 'code.too_many',
    status: 429,
    en: {
      title: 'Too many codes were sent to this address.',
      next: 'Use the newest one, or wait {minutes} minutes.',
    },
    zh: { title: '发送到该地址的验证码过多。', next: '请使用最新收到的验证码，或等待 {minutes} 分钟。' },
  },
  noSession: {
    code: 'session.none',
    status: 409,
    en: {
      title: 'This request was not made with a session, so there is none to end.',
      next: 'Revoke an API token under /v1/api-tokens instead.',
    },
    zh: {
      title: '该请求并非通过会话发出，没有可结束的会话。',
      next: '如需停用 API 令牌，请在 /v1/api-tokens 中撤销。',
    },
  },
  memberSuspended: {
    code: 'member.suspended',
    status: 401,
    en: {
      title: 'Your access to this company has ended or is suspended.',
      next: 'Ask an Owner or Admin of the company.',
    },
    zh: { title: '您对该公司的访问权限已被暂停或已结束。', next: '请联系该公司的所有者或管理员。' },
  },
  scopeAboveRole: {
    code: 'token.scope_above_role',
    status: 403,
    en: {
      title: 'A token cannot have more rights than its maker and its member: {scopes}.',
      next: 'Leave these scopes out.',
    },
    zh: { title: '令牌的权限不能超过创建者及其成员：{scopes}。', next: '请去掉这些权限范围。' },
  },
  tokenForOthers: {
    code: 'token.own_only',
    status: 403,
    en: {
      title: 'A token acts for the member who makes it.',
      next: 'Let the member make the token, or leave `memberId` out.',
    },
    zh: { title: '令牌只能由成员本人为自己创建。', next: '请由该成员自行创建，或不要填写 memberId。' },
  },
  tokenMemberMissing: {
    code: 'token.member_missing',
    status: 422,
    en: {
      title: 'The operator of the machine is no member, so the token needs one.',
      next: 'Name the member in `memberId`.',
    },
    zh: { title: '本机运维人员不是公司成员，令牌需要指定成员。', next: '请在 memberId 中指定成员。' },
  },
  tokenExpired: {
    code: 'token.expiry_past',
    status: 422,
    en: {
      title: 'The token would have expired already.',
      next: 'Choose an instant in the future for `expiresAt`.',
    },
    zh: { title: '令牌的到期时间已过。', next: '请为 expiresAt 选择将来的时间。' },
  },
  tokenOutlives: {
    code: 'token.outlives_maker',
    status: 403,
    en: {
      title: 'A token cannot make one that works longer than itself (until {expiresAt}).',
      next: 'Choose `expiresAt` no later than that, or let the member make the token while signed in.',
    },
    zh: {
      title: '令牌创建的新令牌，有效期不能超过其自身的到期时间（{expiresAt}）。',
      next: '请将 expiresAt 设为不晚于该时间，或由该成员登录后自行创建。',
    },
  },
  linkOwnerOnly: {
    code: 'sign_in_link.owner_only',
    status: 403,
    en: {
      title: 'Only an Owner makes a sign-in link for an Owner.',
      next: 'Ask another Owner, or the operator of the installation.',
    },
    zh: { title: '只有所有者才能为所有者创建登录链接。', next: '请联系其他所有者或系统运维人员。' },
  },
  linkHasAccount: {
    code: 'sign_in_link.has_account',
    status: 409,
    en: {
      title: 'This member has an account of their own; nobody else can open a way into it.',
      next: 'Ask the person to sign in; an Owner who cannot is helped by the operator of the installation.',
    },
    zh: {
      title: '该成员已有个人账号，他人无法代为开启登录方式。',
      next: '请本人直接登录；所有者无法登录时由系统运维人员重置。',
    },
  },
  linkNoEmail: {
    code: 'sign_in_link.no_email',
    status: 409,
    en: {
      title: 'This member has no e-mail address to sign in with.',
      next: "Enter the member's e-mail address first.",
    },
    zh: { title: '该成员没有可用于登录的邮箱地址。', next: '请先填写该成员的邮箱地址。' },
  },
  linkNotActive: {
    code: 'sign_in_link.not_active',
    status: 409,
    en: { title: 'This member is suspended or has left.', next: 'Reactivate the member first.' },
    zh: { title: '该成员已暂停或已离职。', next: '请先恢复该成员。' },
  },
  linkOtherMember: {
    code: 'sign_in_link.other_member',
    status: 409,
    en: {
      title: 'The account with this e-mail address is another member of this company already.',
      next: 'Sign in with that account, or ask an Admin to correct the e-mail address of one of the two members.',
    },
    zh: {
      title: '使用该邮箱地址的账号已是本公司的另一名成员。',
      next: '请用该账号登录，或请管理员更正其中一名成员的邮箱地址。',
    },
  },
  linkInvalid: {
    code: 'sign_in_link.invalid',
    status: 410,
    en: {
      title: 'This sign-in link does not work: it was used, replaced or has expired.',
      next: 'Ask your Admin for a new one.',
    },
    zh: { title: '该登录链接无效：已被使用、已被替换或已过期。', next: '请向管理员索取新的链接。' },
  },
  linkNeedsPassword: {
    code: 'sign_in_link.password_needed',
    status: 422,
    en: {
      title: 'The link needs a password.',
      next: 'Send `password`: a new one, or that of the account that already has the e-mail address {email}.',
    },
    zh: { title: '使用该链接需要密码。', next: '请填写 password：新密码，或邮箱 {email} 已有账号的密码。' },
  },
})
