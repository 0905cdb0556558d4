import { defineTemplate } from '../messages/index.ts'

/** The code for Change mobile. */
export const mobileCode = defineTemplate({
  name: 'takeover.code',
  values: ['code', 'minutes'],
  en: {
    subject: 'Your code: {code}',
    text: 'Baton: {code} is your code to bind this phone to your account. It works for {minutes} minutes, once. Give it to nobody.',
  },
  zh: {
    subject: '验证码：{code}',
    text: '【Baton】{code} 是您绑定此手机号的验证码，{minutes} 分钟内有效，仅可使用一次。请勿告诉他人。',
  },
})

/** To the former person, after ACC-5. */
export const takenOver = defineTemplate({
  name: 'takeover.taken_over',
  values: ['phone', 'company', 'link'],
  en: {
    subject: 'A company number has left your Baton account',
    text: 'The number {phone} belongs to {company} and is now used by somebody else there. You can no longer sign in with it; sessions by it have ended. If that is wrong, tell the company: {link}',
  },
  zh: {
    subject: '公司号码已从您的 Baton 账号解绑',
    text: '号码 {phone} 归 {company} 所有，现由他人使用。您无法再用此号码登录，通过它登录的会话已结束。如有异议，请告知公司：{link}',
  },
})

/** To the former person, before ACC-6. */
export const phoneClaimed = defineTemplate({
  name: 'takeover.phone_claimed',
  values: ['phone', 'until', 'link'],
  en: {
    subject: 'Somebody else uses a phone of your Baton account',
    text: 'Somebody has proved to receive messages to {phone}. On {until} it leaves your account and goes to theirs. If it is still yours, object before: {link}',
  },
  zh: {
    subject: '有人正在使用您 Baton 账号绑定的手机号',
    text: '有人已证明可接收 {phone} 的短信。该号码将于 {until} 从您的账号解绑并转入对方账号。如仍归您使用，请在此之前提出异议：{link}',
  },
})

/** To the former person, after ACC-6 or the release of the company's number. */
export const phoneRecycled = defineTemplate({
  name: 'takeover.phone_recycled',
  values: ['phone'],
  en: {
    subject: 'A phone has left your Baton account',
    text: 'The phone {phone} is not yours any more and has left your account. You can no longer sign in with it. Sign in another way and look at Account & security if you did not expect this.',
  },
  zh: {
    subject: '手机号已从您的 Baton 账号解绑',
    text: '手机号 {phone} 已不归您使用，现已从您的账号解绑，您无法再用它登录。如有疑问，请用其他方式登录并查看“账号与安全”。',
  },
})

/** To whoever waited for a phone that stays where it is. */
export const phoneStays = defineTemplate({
  name: 'takeover.phone_stays',
  values: ['phone'],
  en: {
    subject: 'A phone could not be bound to your Baton account',
    text: 'The phone {phone} stays where it is: its person objected, or it went another way meanwhile. Ask your company, or use another number.',
  },
  zh: {
    subject: '手机号未能绑定到您的 Baton 账号',
    text: '手机号 {phone} 未转入您的账号：原使用人提出异议，或号码情况已变化。请联系贵公司，或使用其他号码。',
  },
})

/** The code to recover a sealed account; goes to whoever asks, so that it tells nobody which accounts there are. */
export const recoveryCode = defineTemplate({
  name: 'takeover.recovery_code',
  values: ['code', 'minutes'],
  en: {
    subject: 'Your code: {code}',
    text: 'Baton: {code} is your code to recover an account. It works for {minutes} minutes, once. If you did not ask for it, do nothing.',
  },
  zh: {
    subject: '验证码：{code}',
    text: '【Baton】{code} 是您找回账号的验证码，{minutes} 分钟内有效，仅可使用一次。如非您本人操作，请忽略。',
  },
})

export const accountRecovered = defineTemplate({
  name: 'takeover.account_recovered',
  values: ['email'],
  en: {
    subject: 'Your Baton account is active again',
    text: 'Your account is active again and will not be erased. Sign in with {email}.',
  },
  zh: {
    subject: '您的 Baton 账号已恢复',
    text: '您的账号已恢复，不会被清除。请使用 {email} 登录。',
  },
})

/** To every other address of a sealed account without a password, before it comes back. */
export const recoveryClaimed = defineTemplate({
  name: 'takeover.recovery_claimed',
  values: ['email', 'until', 'link'],
  en: {
    subject: 'Somebody recovers your sealed Baton account',
    text: 'Somebody has proved to receive messages to {email}, which your sealed account once had. On {until} the account is active again and opens to that address. If that is not you, object before: {link}',
  },
  zh: {
    subject: '有人正在找回您已封存的 Baton 账号',
    text: '有人已证明可接收 {email} 的邮件，该邮箱曾绑定您已封存的账号。账号将于 {until} 恢复，并可用该邮箱登录。如非您本人操作，请在此之前提出异议：{link}',
  },
})

/** To the address that asked for a sealed account, when another one objected. */
export const recoveryStopped = defineTemplate({
  name: 'takeover.recovery_stopped',
  values: [],
  en: {
    subject: 'Your Baton account was not recovered',
    text: 'Another address of the account objected, so it stays sealed. Ask your company for an invitation to a new account.',
  },
  zh: {
    subject: 'Baton 账号未能找回',
    text: '该账号的另一个联系方式提出了异议，账号仍处于封存状态。请联系贵公司邀请您使用新账号。',
  },
})
