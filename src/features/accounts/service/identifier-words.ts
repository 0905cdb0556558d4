import { maskEmail, maskMobile } from '../../people/index.ts'
import type { IdentifierKind } from '../model.ts'

const kindWords: Readonly<Record<IdentifierKind, { readonly en: string; readonly zh: string }>> = {
  phone: { en: 'Phone', zh: '手机号' },
  email: { en: 'E-mail address', zh: '邮箱' },
  wechat: { en: 'WeChat', zh: '微信' },
  wecom: { en: 'WeCom', zh: '企业微信' },
  qq: { en: 'QQ', zh: 'QQ' },
  wechat_official: { en: 'WeChat public platform', zh: '微信公众平台' },
}

export interface NamedIdentifier {
  readonly kind: IdentifierKind
  readonly value: string
}

/** An identifier as a message may name it: its kind, and as much of it as its person knows it by. */
export function identifierInWords({ kind, value }: NamedIdentifier, language: 'en' | 'zh'): string {
  const masked = maskIdentifier({ kind, value })
  return masked === '' ? kindWords[kind][language] : `${kindWords[kind][language]} ${masked}`
}

/** `+86138****1000`, `z***@example.com`; nothing of what another service calls its people. */
export function maskIdentifier({ kind, value }: NamedIdentifier): string {
  if (kind === 'phone') return maskMobile(value)
  return kind === 'email' ? maskEmail(value) : ''
}
