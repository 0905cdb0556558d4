import { defineRefusals } from '../../kernel/refusal.ts'

export const signInRefusal = defineRefusals({
  ended: {
    code: 'sign_in.ended',
    status: 410,
    en: {
      title: 'This sign-in has ended: it was finished, or took too long.',
      next: 'Sign in from the beginning.',
    },
    zh: { title: '本次登录已结束：可能已完成，或等待时间过长。', next: '请重新开始登录。' },
  },
  wayUnfit: {
    code: 'sign_in.way_unfit',
    status: 409,
    en: {
      title: 'This sign-in does not go on this way now.',
      next: 'Use one of the ways that the step before named, or sign in from the beginning.',
    },
    zh: { title: '本次登录当前不能使用该方式继续。', next: '请使用上一步列出的方式，或重新开始登录。' },
  },
  secondFactor: {
    code: 'sign_in.second_factor',
    status: 401,
    en: {
      title: 'This account asks for a second factor.',
      next: 'Go on with your passkey, authenticator app or a recovery code.',
    },
    zh: { title: '该账号需要第二重验证。', next: '请继续使用通行密钥、身份验证器或恢复码。' },
  },
  browserLinkInvalid: {
    code: 'sign_in.browser_link_invalid',
    status: 410,
    en: {
      title: 'This link does not work: it was used or has expired.',
      next: 'Try to sign in; a new link comes when it is needed.',
    },
    zh: { title: '该链接无效：已被使用或已过期。', next: '请尝试登录；需要时系统会发送新的链接。' },
  },
  wayMissing: {
    code: 'sign_in.way_missing',
    status: 409,
    en: {
      title: 'This installation does not offer this way to sign in.',
      next: 'Choose another way; the operator of the installation can set this one up.',
    },
    zh: { title: '本系统未提供该登录方式。', next: '请选择其他方式；如需启用，请联系系统运维人员。' },
  },
  outsideRefused: {
    code: 'sign_in.outside_refused',
    status: 403,
    en: {
      title: 'The other service did not confirm who you are.',
      next: 'Sign in from the beginning and agree there, or choose another way.',
    },
    zh: { title: '对方服务未能确认您的身份。', next: '请重新开始登录并在对方页面同意授权，或选择其他方式。' },
  },
  outsideAway: {
    code: 'sign_in.outside_away',
    status: 503,
    en: {
      title: 'The other service does not answer.',
      next: 'Try again in a few minutes, or choose another way.',
    },
    zh: { title: '对方服务没有响应。', next: '请几分钟后重试，或选择其他方式。' },
  },
  phoneUnknown: {
    code: 'phone.unknown_form',
    status: 422,
    en: {
      title: 'This is no phone number that exists.',
      next: 'Check it; write numbers from outside China with + and country code.',
    },
    zh: { title: '该手机号不存在。', next: '请检查号码；非中国大陆号码请以“+”和国家代码开头。' },
  },
  identifierFrozen: {
    code: 'identifier.frozen',
    status: 409,
    en: {
      title: 'This phone or address is set aside, because a change of it was objected to.',
      next: 'Sign in another way and settle the change under Account & security.',
    },
    zh: {
      title: '该联系方式的变更已被提出异议，暂停使用。',
      next: '请使用其他方式登录，并在“账号与安全”中处理该变更。',
    },
  },
  noLogin: {
    code: 'identifier.no_login',
    status: 409,
    en: {
      title: 'Its account does not let it be used for signing in.',
      next: 'Sign in another way; under Account & security it can be allowed again.',
    },
    zh: {
      title: '该联系方式未被其账号允许用于登录。',
      next: '请使用其他方式登录；可在“账号与安全”中重新允许。',
    },
  },
  sealed: {
    code: 'account.sealed',
    status: 403,
    en: {
      title: 'This account is sealed: its last way in has passed on with its number.',
      next: 'Recover it with an e-mail address or phone that it once had, as long as it is not erased; see "Recover an account" on the sign-in page.',
    },
    zh: {
      title: '该账号已封存：其最后的登录方式已随号码转移。',
      next: '在账号清除之前，可凭曾绑定的邮箱或手机号恢复；请使用登录页上的“恢复账号”。',
    },
  },
  stillLinked: {
    code: 'identifier.still_linked',
    status: 409,
    en: {
      title: 'This number is still linked to an earlier account, which is not yours.',
      next: 'Ask your Admin for an invitation to another phone, e-mail address or WeChat; then use Settings › Account & security › Mobile number › Change mobile.',
    },
    zh: {
      title: '该号码仍绑定在先前的账号上，该账号并非您的账号。',
      next: '请管理员通过其他手机号、邮箱或微信邀请您；登录后在“设置 › 账号与安全 › 手机号 › 更换手机号”中更换。',
    },
  },
  neverProved: {
    code: 'identifier.never_proved',
    status: 409,
    en: {
      title: 'Somebody had entered this address for an account of theirs without ever proving it.',
      next: 'It is taken from that account now, and is yours to use: open your invitation, or ask your Admin for a new one.',
    },
    zh: {
      title: '曾有人将该地址填入其账号，但从未验证。',
      next: '该地址现已从那个账号移除，可由您使用：请打开您的邀请，或请管理员重新邀请您。',
    },
  },
  resetElsewhere: {
    code: 'password.reset_elsewhere',
    status: 409,
    en: {
      title:
        'This phone alone is not enough here: nobody signed in with it for a long time, or a company has the number, too.',
      next: 'Reset the password by e-mail, or with a browser that you signed in with before.',
    },
    zh: {
      title: '仅凭该手机号不足以重置密码：该号码已长时间未用于登录，或同时登记为企业号码。',
      next: '请通过邮箱重置密码，或使用曾经登录过的浏览器。',
    },
  },
})

export const confirmationRefusal = defineRefusals({
  wayMissing: {
    code: 'confirmation.way_missing',
    status: 409,
    en: {
      title: 'Your account cannot be confirmed this way.',
      next: 'Choose one of the ways that GET /v1/account/confirmation lists; with a passkey or an authenticator app it has to be one of these. Signing out and in again does, too.',
    },
    zh: {
      title: '您的账号不能通过此方式确认身份。',
      next: '请从 GET /v1/account/confirmation 列出的方式中选择；已设置通行密钥或身份验证器时须使用它们。退出后重新登录也可。',
    },
  },
  ended: {
    code: 'confirmation.ended',
    status: 410,
    en: {
      title: 'This confirmation was used, has expired, or was begun in another session.',
      next: 'Begin again.',
    },
    zh: { title: '此次身份确认已使用、已过期，或是在其他会话中发起的。', next: '请重新开始。' },
  },
  passwordWrong: {
    code: 'confirmation.password_wrong',
    status: 403,
    en: {
      title: 'This is not the password of your account.',
      next: 'Try again, or choose another way to confirm.',
    },
    zh: { title: '密码不正确。', next: '请重试，或选择其他方式确认身份。' },
  },
})
