import { defineRefusals } from '../../kernel/refusal.ts'

export const identifierRefusal = defineRefusals({
  alreadyOwn: {
    code: 'identifier.own_already',
    status: 409,
    en: {
      title: 'This is bound to your account already.',
      next: 'Change what it is used for under Account & security.',
    },
    zh: { title: '该标识已绑定到您的账号。', next: '请在“账号与安全”中调整其用途。' },
  },
  elsewhere: {
    code: 'identifier.elsewhere',
    status: 409,
    en: {
      title: 'This cannot be bound here: it is still linked to an earlier account.',
      next: 'If that account is yours, sign in to it and remove it there; or bind another one.',
    },
    zh: {
      title: '无法绑定：该标识仍与此前的账号相关联。',
      next: '如果那是您的账号，请登录后在其中解绑；或绑定其他标识。',
    },
  },
  phoneElsewhere: {
    code: 'identifier.phone_elsewhere',
    status: 409,
    en: {
      title: 'This phone cannot be bound here: it is still linked to an earlier account.',
      next: 'Use Account & security › Mobile number › Change mobile, which moves it.',
    },
    zh: {
      title: '无法绑定该手机号：它仍与此前的账号相关联。',
      next: '请使用“账号与安全 › 手机号 › 更换手机号”进行转移。',
    },
  },
  companyNumber: {
    code: 'identifier.company_number',
    status: 409,
    en: {
      title: 'This phone is a company’s number, and it is not assigned to you there.',
      next: 'Ask an Admin of the company to assign it to you, then use Account & security › Mobile number › Change mobile.',
    },
    zh: {
      title: '该手机号属于某公司，且未分配给您。',
      next: '请联系该公司管理员将其分配给您，再使用“账号与安全 › 手机号 › 更换手机号”。',
    },
  },
  phoneInvalid: {
    code: 'identifier.phone_invalid',
    status: 422,
    en: {
      title: 'This is no phone number.',
      next: 'Write it with its country code, e.g. +86 138 0000 1000.',
    },
    zh: { title: '这不是有效的手机号。', next: '请带上国家代码填写，例如 +86 138 0000 1000。' },
  },
  tooMany: {
    code: 'identifier.too_many',
    status: 409,
    en: {
      title: 'An account has at most {most} identifiers.',
      next: 'Remove one that you no longer use.',
    },
    zh: { title: '一个账号最多绑定 {most} 个标识。', next: '请先解绑不再使用的标识。' },
  },
  notOffered: {
    code: 'identifier.kind_not_offered',
    status: 409,
    en: {
      title: 'This installation is not connected to this service.',
      next: 'Bind a phone or an e-mail address; the operator of the installation can connect the service.',
    },
    zh: { title: '本系统尚未接入该服务。', next: '请绑定手机号或邮箱；系统运维人员可以接入该服务。' },
  },
  providerRefused: {
    code: 'identifier.provider_refused',
    status: 403,
    en: {
      title: 'The other service did not confirm who you are.',
      next: 'Begin anew, and finish it within 10 minutes in the same browser.',
    },
    zh: { title: '第三方服务未能确认您的身份。', next: '请重新开始，并在 10 分钟内用同一浏览器完成。' },
  },
  providerDown: {
    code: 'identifier.provider_down',
    status: 503,
    en: {
      title: 'The other service does not answer at the moment.',
      next: 'Try again in a few minutes, or bind a phone or an e-mail address.',
    },
    zh: { title: '第三方服务暂时没有响应。', next: '请几分钟后重试，或绑定手机号或邮箱。' },
  },
  lastLogin: {
    code: 'identifier.last_login',
    status: 409,
    en: {
      title: 'Without it you could not sign in any more.',
      next: 'Follow the order in `steps`: first another way to sign in, then this one.',
    },
    zh: { title: '解除后您将无法登录。', next: '请按 steps 中的顺序操作：先准备其他登录方式，再处理此项。' },
  },
  lastVerification: {
    code: 'identifier.last_verification',
    status: 409,
    en: {
      title: 'It is what confirms who you are; nothing else of yours does.',
      next: 'Follow the order in `steps`: first another one for verification, then this one.',
    },
    zh: {
      title: '它是您目前唯一的身份验证方式。',
      next: '请按 steps 中的顺序操作：先准备其他验证方式，再处理此项。',
    },
  },
  withoutUse: {
    code: 'identifier.without_use',
    status: 422,
    en: {
      title: 'An identifier is for signing in, for verification, or for both.',
      next: 'To use it for neither, remove it.',
    },
    zh: { title: '标识须用于登录、验证或两者。', next: '如两者都不需要，请将其解绑。' },
  },
  cannotVerify: {
    code: 'identifier.cannot_verify',
    status: 422,
    en: {
      title: 'This kind is for signing in only; it does not confirm who one is.',
      next: 'Use a phone, an e-mail address, WeChat, QQ, an authenticator app or a passkey for verification.',
    },
    zh: {
      title: '该类标识仅可用于登录，不能用于身份验证。',
      next: '请使用手机号、邮箱、微信、QQ、身份验证器或通行密钥进行验证。',
    },
  },
  objectionGone: {
    code: 'objection.invalid',
    status: 410,
    en: {
      title: 'This link does not work: it was used, or its 7 days are over.',
      next: 'Sign in and look at Account & security; change what is not yours there.',
    },
    zh: {
      title: '该链接无效：已被使用，或已超过 7 天。',
      next: '请登录后查看“账号与安全”，并在其中更改非本人的设置。',
    },
  },
  nothingToSettle: {
    code: 'change.not_objected',
    status: 409,
    en: {
      title: 'Nobody objected to this change, or it is settled already.',
      next: 'Look at the list of changes; what is not yours can be changed as usual.',
    },
    zh: { title: '该更改没有异议，或已处理完毕。', next: '请查看更改列表；非本人的设置可照常更改。' },
  },
  settlerTooNew: {
    code: 'change.needs_older_proof',
    status: 403,
    en: {
      title: 'This change is settled only by whoever comes in by something that is older than it.',
      next: 'Sign in with an identifier or passkey that you had before: {ways}.',
    },
    zh: {
      title: '只有通过早于该更改的方式登录，才能处理该更改。',
      next: '请使用此前已有的标识或通行密钥登录：{ways}。',
    },
  },
})
