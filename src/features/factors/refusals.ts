import { defineRefusals } from '../../kernel/refusal.ts'

export const factorRefusal = defineRefusals({
  passkeyAddress: {
    code: 'passkey.address_needed',
    status: 409,
    en: {
      title: 'Passkeys belong to a host name, and Baton does not know its own.',
      next: 'Open Baton at http://localhost on this machine, or let its operator set BATON_URL to the address that people use.',
    },
    zh: {
      title: '通行密钥与域名绑定，而 Baton 尚不知道自己的访问地址。',
      next: '请在本机使用 http://localhost 打开 Baton，或请运维人员将 BATON_URL 设为大家使用的地址。',
    },
  },
  passkeyRefused: {
    code: 'passkey.refused',
    status: 403,
    en: {
      title:
        'This passkey does not fit: it is not known here, belongs to another account or site, or answered too late.',
      next: 'Begin again and choose a passkey of this account, or use another way.',
    },
    zh: {
      title: '该通行密钥无效：此处没有登记、属于其他账号或网站，或响应已超时。',
      next: '请重新开始并选择本账号的通行密钥，或改用其他方式。',
    },
  },
  passkeyCopied: {
    code: 'passkey.counter_back',
    status: 403,
    en: {
      title: 'The passkey "{name}" counts fewer uses than it had before, as a copy of it would.',
      next: 'Use another way, then remove this passkey under Account & security and add a new one.',
    },
    zh: {
      title: '通行密钥“{name}”的使用计数比之前更小，可能已被复制。',
      next: '请改用其他方式，随后在“账号与安全”中移除该通行密钥并重新添加。',
    },
  },
  passkeyTaken: {
    code: 'passkey.taken',
    status: 409,
    en: {
      title: 'This passkey is registered already.',
      next: 'Use another device or key; a passkey belongs to one account.',
    },
    zh: { title: '该通行密钥已被登记。', next: '请使用其他设备或安全密钥；一个通行密钥只属于一个账号。' },
  },
  passkeysTooMany: {
    code: 'passkey.too_many',
    status: 409,
    en: {
      title: 'An account has at most {most} passkeys.',
      next: 'Remove one that you no longer use first.',
    },
    zh: { title: '一个账号最多可有 {most} 个通行密钥。', next: '请先移除不再使用的通行密钥。' },
  },
  lastWayIn: {
    code: 'passkey.last_way_in',
    status: 409,
    en: {
      title: 'This passkey is the last way into your account.',
      next: 'Bind a phone or e-mail address for signing in first, or add another passkey.',
    },
    zh: {
      title: '该通行密钥是您账号仅剩的登录方式。',
      next: '请先绑定可用于登录的手机号或邮箱，或添加另一个通行密钥。',
    },
  },
  lastVerification: {
    code: 'factor.last_verification',
    status: 409,
    en: {
      title: 'This is the last thing that your account can be verified with.',
      next: 'Let a phone or e-mail address serve for verification first, or add another passkey or authenticator app.',
    },
    zh: {
      title: '这是您账号仅剩的安全验证方式。',
      next: '请先将手机号或邮箱设为可用于验证，或添加其他通行密钥或身份验证器。',
    },
  },
  authenticatorWrong: {
    code: 'authenticator.code_wrong',
    status: 403,
    en: {
      title: 'This code of the authenticator app is wrong, too old, or was used already.',
      next: 'Wait for the next code and enter it at once; check that the clock of the phone is right.',
    },
    zh: {
      title: '身份验证器的动态码有误、已过期或已使用过。',
      next: '请等待下一个动态码并尽快输入；同时确认手机时间准确。',
    },
  },
  authenticatorNotBegun: {
    code: 'authenticator.not_begun',
    status: 409,
    en: {
      title: 'No authenticator app waits to be confirmed, or it waited too long.',
      next: 'Begin again and scan the new picture.',
    },
    zh: { title: '没有等待确认的身份验证器，或等待时间已过。', next: '请重新开始并扫描新的二维码。' },
  },
  recoveryCodeWrong: {
    code: 'recovery_code.wrong',
    status: 403,
    en: {
      title: 'This recovery code is wrong or was used already.',
      next: 'Try another one of the newest set, or use another way.',
    },
    zh: { title: '该恢复码有误或已使用过。', next: '请尝试最新一组中的其他恢复码，或改用其他方式。' },
  },
  noFactor: {
    code: 'recovery_code.no_factor',
    status: 409,
    en: {
      title: 'Recovery codes stand in for a passkey or an authenticator app, and this account has neither.',
      next: 'Add a passkey or an authenticator app; ten recovery codes come with it.',
    },
    zh: {
      title: '恢复码用于替代通行密钥或身份验证器，而该账号尚未设置这两者。',
      next: '请先添加通行密钥或身份验证器，届时会同时生成十个恢复码。',
    },
  },
})
