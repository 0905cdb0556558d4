import { defineTemplate } from '../messages/index.ts'

/** What Baton writes to whoever signs in, and to whoever is signed in for. */
export const signInTemplates = {
  code: defineTemplate({
    name: 'sign_in.code',
    values: ['code'],
    en: {
      subject: 'Your code to sign in to Baton',
      text: '{code} is your code to sign in to Baton. It works for 10 minutes. Give it to nobody, also not to people of your company.',
    },
    zh: {
      subject: 'Baton 登录验证码',
      text: '{code} 是您的 Baton 登录验证码，10 分钟内有效。请勿告知他人，包括贵公司的人员。',
    },
  }),
  confirmationCode: defineTemplate({
    name: 'account.confirmation_code',
    values: ['code'],
    en: {
      subject: 'Your code to confirm that it is you',
      text: '{code} is your code to confirm a change of your Baton account. It works for 10 minutes. If you are changing nothing, end all sessions under Account & security.',
    },
    zh: {
      subject: 'Baton 身份确认验证码',
      text: '{code} 是您确认更改 Baton 账号的验证码，10 分钟内有效。如您没有进行任何更改，请在“账号与安全”中结束所有会话。',
    },
  }),
  resetCode: defineTemplate({
    name: 'password.reset_code',
    values: ['code'],
    en: {
      subject: 'Your code to set a new password',
      text: '{code} is your code to set a new password for your Baton account. It works for 10 minutes. If you did not ask for it, do nothing.',
    },
    zh: {
      subject: 'Baton 重置密码验证码',
      text: '{code} 是您重置 Baton 账号密码的验证码，10 分钟内有效。如非本人操作，请忽略。',
    },
  }),
  resetWithoutAccount: defineTemplate({
    name: 'password.reset_without_account',
    values: [],
    en: {
      subject: 'No Baton account has this address',
      text: 'Somebody asked for a new password for a Baton account with this address or phone, but no account has it. If it was you, try another one; else do nothing.',
    },
    zh: {
      subject: '该联系方式没有 Baton 账号',
      text: '有人请求为使用该邮箱或手机号的 Baton 账号重置密码，但没有账号使用它。如是您本人，请尝试其他联系方式；否则请忽略。',
    },
  }),
  newBrowser: defineTemplate({
    name: 'sign_in.new_browser',
    values: ['time', 'device', 'link'],
    en: {
      subject: 'A new browser signed in to your Baton account',
      text: 'A browser that you had not used before signed in to your Baton account at {time} (UTC): {device}. If this was not you, end its session and change your password: {link}',
    },
    zh: {
      subject: '新的浏览器登录了您的 Baton 账号',
      text: '一个您此前未使用过的浏览器于 {time}（UTC）登录了您的 Baton 账号：{device}。如非本人操作，请结束该会话并修改密码：{link}',
    },
  }),
  paused: defineTemplate({
    name: 'sign_in.paused',
    values: ['link'],
    en: {
      subject: 'Too many sign-ins to your Baton account have failed',
      text: 'Too many sign-ins to your Baton account have failed, so new browsers have to wait; browsers that you used before, and passkeys, work as ever. To sign in with a new browser, open this link in it within 24 hours: {link}',
    },
    zh: {
      subject: '您的 Baton 账号登录失败次数过多',
      text: '您的 Baton 账号登录失败次数过多，新的浏览器暂时不能登录；您曾使用过的浏览器和通行密钥不受影响。如需使用新的浏览器，请在 24 小时内用该浏览器打开：{link}',
    },
  }),
} as const
