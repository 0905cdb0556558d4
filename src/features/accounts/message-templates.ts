import { defineTemplate, type MessageTemplate } from '../messages/index.ts'
import type { AccountChangeKind } from './model.ts'

type Value = 'what' | 'link'

/** Declares how a change is told: what happened, then how to object, in words that fit a text message. */
function changeTemplate(kind: AccountChangeKind, en: string, zh: string): MessageTemplate<Value> {
  return defineTemplate({
    name: `account_change_${kind}`,
    values: ['what', 'link'],
    en: {
      subject: 'Your Baton account was changed',
      text: `${en} If this was not you, object within 7 days, which freezes it at once: {link}`,
    },
    zh: {
      subject: '您的 Baton 账号已更改',
      text: `${zh}如非本人操作，请在 7 天内提出异议，该更改将立即冻结：{link}`,
    },
  })
}

/** What every channel of a person hears of a change, by its kind (ACC-9). */
export const changeTemplates: Readonly<Record<AccountChangeKind, MessageTemplate<Value>>> = {
  identifier_bound: changeTemplate(
    'identifier_bound',
    '{what} was bound to your Baton account.',
    '您的 Baton 账号已绑定{what}。',
  ),
  identifier_unbound: changeTemplate(
    'identifier_unbound',
    '{what} was removed from your Baton account.',
    '您的 Baton 账号已解绑{what}。',
  ),
  identifier_uses_changed: changeTemplate(
    'identifier_uses_changed',
    'What {what} is used for in your Baton account was changed.',
    '您的 Baton 账号中{what}的用途已更改。',
  ),
  password_set: changeTemplate(
    'password_set',
    'The password of your Baton account was set anew.',
    '您的 Baton 账号密码已重新设置。',
  ),
  passkey_added: changeTemplate(
    'passkey_added',
    'A passkey was added to your Baton account.',
    '您的 Baton 账号已添加通行密钥。',
  ),
  passkey_removed: changeTemplate(
    'passkey_removed',
    'A passkey was removed from your Baton account.',
    '您的 Baton 账号已移除一个通行密钥。',
  ),
  authenticator_added: changeTemplate(
    'authenticator_added',
    'An authenticator app was added to your Baton account.',
    '您的 Baton 账号已添加身份验证器。',
  ),
  authenticator_removed: changeTemplate(
    'authenticator_removed',
    'The authenticator app was removed from your Baton account.',
    '您的 Baton 账号已移除身份验证器。',
  ),
  recovery_codes_made: changeTemplate(
    'recovery_codes_made',
    'New recovery codes were made for your Baton account; earlier ones ended.',
    '您的 Baton 账号已生成新的恢复码，旧恢复码已失效。',
  ),
}

/** That an address which the account only named went to whoever proved to have it. */
export const unprovenTemplate = defineTemplate({
  name: 'unproven_released',
  values: ['what'],
  en: {
    subject: 'An address was removed from your Baton account',
    text: '{what} was removed from your Baton account, because it was never proven there and somebody has proved to have it. If it is yours, sign in another way and add it again.',
  },
  zh: {
    subject: '您的 Baton 账号已移除一个地址',
    text: '{what}已从您的 Baton 账号移除：该地址在此从未验证，现已由他人验证。如属于您，请通过其他方式登录后重新添加。',
  },
})
