import { defineTemplate } from '../messages/index.ts'

export const invitationMessage = defineTemplate({
  name: 'invitation',
  values: ['company', 'link', 'hours'],
  en: {
    subject: '{company} invites you to Baton',
    text: '{company} invites you to join in Baton. Open this link within {hours} hours, it works once: {link}',
  },
  zh: {
    subject: '{company} 邀请您加入 Baton',
    text: '{company} 邀请您加入 Baton。请在 {hours} 小时内打开以下链接，链接仅可使用一次：{link}',
  },
})
