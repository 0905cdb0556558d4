import { defineTemplate } from '../messages/index.ts'

export const deletionAskedMessage = defineTemplate({
  name: 'account_deletion_asked',
  values: ['endsAt'],
  en: {
    subject: 'Your account is being deleted',
    text: 'The deletion of your Baton account was asked for. It is erased for ever on {endsAt}. If that was not you, or you change your mind: sign in before then, and it stays as it is.',
  },
  zh: {
    subject: '您的账号正在注销',
    text: '已收到注销您的 Baton 账号的请求，账号将于 {endsAt} 永久清除。若非本人操作或您改变主意，请在此之前登录，账号即保持不变。',
  },
})

export const deletionCancelledMessage = defineTemplate({
  name: 'account_deletion_cancelled',
  values: [],
  en: {
    subject: 'Your account stays',
    text: 'The deletion of your Baton account was cancelled, because you signed in or took it back. If that was not you, sign in, end all other sessions and change your password.',
  },
  zh: {
    subject: '您的账号已保留',
    text: '由于您重新登录或撤回了请求，Baton 账号的注销已取消。若非本人操作，请登录并结束其他所有会话，同时修改密码。',
  },
})

export const accountErasedMessage = defineTemplate({
  name: 'account_erased',
  values: [],
  en: {
    subject: 'Your account is erased',
    text: 'Your Baton account and everything personal in it are erased. This address is free to be used for a new account.',
  },
  zh: {
    subject: '您的账号已清除',
    text: '您的 Baton 账号及其中的个人信息已全部清除。该联系方式可用于注册新账号。',
  },
})

export const deletionRequestedMessage = defineTemplate({
  name: 'account_deletion_requested',
  values: ['company'],
  en: {
    subject: '{company} asks you to delete your account',
    text: '{company} asks you to delete your Baton account. Only you can do that, and you may decline: Settings › Account & security › Security center.',
  },
  zh: {
    subject: '“{company}”请求您注销账号',
    text: '“{company}”请求您注销 Baton 账号。只有您本人可以操作，您也可以拒绝：设置 › 账号与安全 › 安全中心。',
  },
})
