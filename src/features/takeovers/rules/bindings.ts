import type { Dependent } from '../../custody-ports/model.ts'
import type { MemberStatus } from '../../people/model.ts'
import type { BindingHolder } from '../model.ts'

/** A person's own account that uses a number, with who the person is in the company. */
export interface OwnBinding {
  readonly memberName: string
  readonly status: MemberStatus
  readonly isHolder: boolean
  readonly canLogin: boolean
  readonly canVerify: boolean
}

/** Whose account it is, as the company may know it: of somebody who does not work here any more nothing personal. */
export function whoseBinding({
  isHolder,
  status,
}: Pick<OwnBinding, 'isHolder' | 'status'>): Exclude<BindingHolder, 'unlinked'> {
  if (isHolder) return 'holder'
  return status === 'active' || status === 'leaving' ? 'member' : 'former_member'
}

/** What an identifier is used for. */
export function usesOf({
  canLogin,
  canVerify,
}: Pick<OwnBinding, 'canLogin' | 'canVerify'>): Dependent['use'] {
  if (canLogin && canVerify) return 'both'
  if (canLogin) return 'login'
  return canVerify ? 'verification' : null
}

/** The account as plans and warnings name it. */
export function bindingLabel(binding: OwnBinding, language: 'en' | 'zh'): string {
  const { memberName } = binding
  if (whoseBinding(binding) === 'former_member') {
    return language === 'zh' ? '前成员的 Baton 账号' : 'Baton account of a former member'
  }
  return language === 'zh' ? `${memberName} 的 Baton 账号` : `Baton account of ${memberName}`
}
