import { Refusal } from '../../../kernel/refusal.ts'
import type { LinkedWay, LinkedWayOut } from '../model.ts'
import { signInRefusal } from '../refusals.ts'

interface WayOut {
  readonly way: LinkedWay
  readonly en: { readonly title: string; readonly next: string }
  readonly zh: { readonly title: string; readonly next: string }
}

// The two solutions of the manual, and what is done about a number that no company owns.
const waysOut: readonly WayOut[] = [
  {
    way: 'ask_former',
    en: {
      title: 'Let its former user delete the earlier account',
      next: 'Your Admin asks them: Settings › Account & security › Security center › Delete account. Afterwards the number is free for you.',
    },
    zh: {
      title: '请原使用者注销先前的账号',
      next: '由管理员联系原使用者：设置 › 账号与安全 › 安全中心 › 注销账号。完成后您即可使用该号码。',
    },
  },
  {
    way: 'change_mobile',
    en: {
      title: 'Move the number to a new account of yours',
      next: 'Ask your Admin for an invitation to another phone, e-mail address or WeChat. Signed in with it, open Settings › Account & security › Mobile number › Change mobile and enter this number.',
    },
    zh: {
      title: '将该号码转移到您的新账号',
      next: '请管理员通过其他手机号、邮箱或微信邀请您。登录后打开“设置 › 账号与安全 › 手机号 › 更换手机号”，填写该号码。',
    },
  },
  {
    way: 'recycled',
    en: {
      title: 'The number was given to you anew by your operator',
      next: 'Use Change mobile in the same way; the earlier account is told, and the number is yours after 3 days unless they object.',
    },
    zh: {
      title: '该号码是运营商重新发放给您的',
      next: '同样使用“更换手机号”；系统会通知先前的账号，若 3 天内无人提出异议，该号码即归您使用。',
    },
  },
]

/** ACC-4: the same for every account that it could be, in the reader's language; nothing of it or its person. */
export function stillLinked(language: 'en' | 'zh'): Refusal {
  return new Refusal(signInRefusal.stillLinked, {}, { ways: linkedWaysOut(language) })
}

/** What whoever has a phone of somebody else's account can do. */
export function linkedWaysOut(language: 'en' | 'zh'): LinkedWayOut[] {
  return waysOut.map(({ way, [language]: words }) => ({ way, ...words }))
}
