import { defineRefusals } from '../../kernel/refusal.ts'

export const messageRefusal = defineRefusals({
  outboxOff: {
    code: 'outbox.off',
    status: 409,
    en: {
      title: 'This Baton keeps no messages to look at: they are sent, or not written down at all.',
      next: 'Configure senders (BATON_SMTP_URL, BATON_SMS_CONFIG), or, on a development machine, start Baton with BATON_OUTBOX=on.',
    },
    zh: {
      title: '本系统不保留消息供查看：消息要么发出，要么完全不留存。',
      next: '请配置发送渠道（BATON_SMTP_URL、BATON_SMS_CONFIG）；在开发机上，可用 BATON_OUTBOX=on 启动 Baton。',
    },
  },
  outboxOwnerOnly: {
    code: 'outbox.owner_only',
    status: 403,
    en: {
      title: 'The outbox holds codes of other people, so only an Owner who is signed in sees it.',
      next: 'Sign in as an Owner; tokens and the command line have no way to it.',
    },
    zh: {
      title: '发件箱中有他人的验证码，只有已登录的所有者本人可以查看。',
      next: '请以所有者身份登录后查看；令牌和命令行无法查看。',
    },
  },
})
