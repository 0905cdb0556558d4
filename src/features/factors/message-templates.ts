import { defineTemplate } from '../messages/index.ts'

/** What a person is told about the own factors beside changes of them, which are told with a link to object. */
export const factorTemplates = {
  recoveryCodeUsed: defineTemplate({
    name: 'factor.recovery_code_used',
    values: ['left'],
    en: {
      subject: 'Baton: a recovery code was used',
      text: 'A recovery code of your Baton account was used; {left} are left. Make new ones in time. If this was not you, sign in, end all sessions under Account & security, and make new codes.',
    },
    zh: {
      subject: 'Baton：已使用一个恢复码',
      text: '您的 Baton 账号使用了一个恢复码，还剩 {left} 个。请在用完前生成新的恢复码。如非本人操作，请登录后在“账号与安全”中结束所有会话并重新生成恢复码。',
    },
  }),
}
