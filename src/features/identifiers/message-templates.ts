import { defineTemplate } from '../messages/index.ts'

export const identifierTemplates = {
  code: defineTemplate({
    name: 'identifier.code',
    values: ['code'],
    en: {
      subject: 'Your code for Baton',
      text: '{code} is your code to bind this address to a Baton account. It works for 10 minutes. Give it to nobody; if you did not ask for it, do nothing.',
    },
    zh: {
      subject: 'Baton 验证码',
      text: '验证码 {code}，用于将此地址绑定到 Baton 账号，10 分钟内有效。请勿告知他人；如非本人操作，请忽略。',
    },
  }),
  objected: defineTemplate({
    name: 'identifier.objected',
    values: [],
    en: {
      subject: 'Somebody objected to a change of your Baton account',
      text: 'Somebody objected to a change of your Baton account. It is frozen, all sessions ended and the password does not work for now. Sign in with something that you had before the change, and settle it under Account & security.',
    },
    zh: {
      subject: '有人对您的 Baton 账号更改提出异议',
      text: '有人对您的 Baton 账号的更改提出异议。该更改已冻结，所有会话已结束，密码暂不可用。请使用更改之前已有的方式登录，并在“账号与安全”中处理。',
    },
  }),
  kept: defineTemplate({
    name: 'identifier.change_kept',
    values: [],
    en: {
      subject: 'A change of your Baton account stays',
      text: 'The change of your Baton account that somebody objected to was settled: it stays.',
    },
    zh: { subject: '您的 Baton 账号更改已保留', text: '有人提出异议的 Baton 账号更改已处理：予以保留。' },
  }),
  undone: defineTemplate({
    name: 'identifier.change_undone',
    values: [],
    en: {
      subject: 'A change of your Baton account was undone',
      text: 'The change of your Baton account that somebody objected to was settled: it was undone. Set a new password if you use one.',
    },
    zh: {
      subject: '您的 Baton 账号更改已撤销',
      text: '有人提出异议的 Baton 账号更改已处理：予以撤销。如使用密码登录，请设置新密码。',
    },
  }),
}
