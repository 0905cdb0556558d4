import { defineRefusals } from '../../kernel/refusal.ts'

/** What a handover tells about API tokens (HAN-2). */
export const tokenRemark = defineRefusals({
  lostWithAccount: {
    code: 'loss.api_tokens',
    status: 409,
    en: {
      title: 'Your {count} API tokens there stop working.',
      next: 'Let another member make tokens for what uses them.',
    },
    zh: { title: '您在该公司的 {count} 个 API 令牌将失效。', next: '请由其他成员为相关程序创建新令牌。' },
  },
  inUse: {
    code: 'token.in_use',
    status: 409,
    en: {
      title: 'The API token "{name}" was last used at {lastUsedAt}; what uses it stops working.',
      next: 'Make a token of another member for what uses it, and put that in its place before the run.',
    },
    zh: {
      title: 'API 令牌“{name}”最近一次使用于 {lastUsedAt}；使用它的程序将停止工作。',
      next: '请在执行前为该程序创建其他成员的令牌并替换。',
    },
  },
  neverUsed: {
    code: 'token.never_used',
    status: 409,
    en: {
      title: 'The API token "{name}" has never been used.',
      next: 'Nothing is to be done, unless something is about to use it: then make a token of another member for it.',
    },
    zh: {
      title: 'API 令牌“{name}”从未使用过。',
      next: '无需处理；若有程序即将使用它，请为其创建其他成员的令牌。',
    },
  },
  lost: {
    code: 'token.lost',
    status: 409,
    en: {
      title: 'The API token "{name}" is gone for good: an undo does not bring it back.',
      next: 'Make a new token where one is needed; its secret is shown once.',
    },
    zh: {
      title: 'API 令牌“{name}”将永久失效，撤销交接也无法恢复。',
      next: '如有需要请创建新令牌；其密钥只显示一次。',
    },
  },
})

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
      title: 'There were too many failed sign-ins with this address.',
      next: 'Wait {seconds} seconds and try again.',
    },
    zh: { title: '使用该地址登录失败的次数过多。', next: '请等待 {seconds} 秒后再试。' },
  },
  frozen: {
    code: 'account.frozen',
    status: 409,
    en: {
      title:
        'Somebody objected to a change of this account, so nothing about how one gets in changes for now.',
      next: 'Sign in with something that you had before that change, and settle it under Account & security.',
    },
    zh: {
      title: '有人对该账号的更改提出异议，登录与验证方式暂时不能更改。',
      next: '请使用此前已有的方式登录，并在“账号与安全”中处理该更改。',
    },
  },
  signInPaused: {
    code: 'sign_in.paused',
    status: 403,
    en: {
      title: 'Too many sign-ins with this address have failed, so other browsers than yours have to wait.',
      next: 'Sign in with a browser that you used before, or with a passkey; or open, in this browser, the link that was sent to your phones and e-mail addresses.',
    },
    zh: {
      title: '使用该地址登录失败的次数过多，未曾使用过的浏览器暂时不能登录。',
      next: '请使用曾经登录过的浏览器或通行密钥登录；也可在当前浏览器中打开发送到您手机和邮箱的链接。',
    },
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
  codesTooManyNearby: {
    code: 'code.too_many_nearby',
    status: 429,
    en: {
      title: 'Too many codes were asked for from your network.',
      next: 'Wait {minutes} minutes, or sign in by password or passkey.',
    },
    zh: {
      title: '您所在的网络请求的验证码过多。',
      next: '请等待 {minutes} 分钟，或使用密码或通行密钥登录。',
    },
  },
  codesTooManyAsked: {
    code: 'code.too_many_asked',
    status: 429,
    en: {
      title: 'Your account asked for too many codes to new addresses.',
      next: 'Wait {minutes} minutes, or enter a code that has arrived already.',
    },
    zh: {
      title: '您的账号请求发送到新地址的验证码过多。',
      next: '请等待 {minutes} 分钟，或输入已收到的验证码。',
    },
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
  endedByCompany: {
    code: 'session.ended_by_company',
    status: 401,
    en: {
      title: 'This company ended what you were signed in with.',
      next: 'Confirm who you are once more, or sign in anew; your account and your other companies are not affected.',
    },
    zh: {
      title: '该公司已结束您的登录状态。',
      next: '请重新验证身份或重新登录；您的账号及其他公司不受影响。',
    },
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
  linkBeyondScopes: {
    code: 'sign_in_link.beyond_scopes',
    status: 403,
    en: {
      title: 'This token allows less than the role of the member: {scopes} are missing.',
      next: 'Invite the member in the console, or with a token that has these scopes.',
    },
    zh: {
      title: '该令牌的权限少于该成员的角色，缺少：{scopes}。',
      next: '请在控制台中邀请该成员，或使用具有这些权限范围的令牌。',
    },
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
