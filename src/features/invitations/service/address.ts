import { Refusal } from '../../../kernel/refusal.ts'
import { parsePhone } from '../../../platform/phone/phone.ts'
import { type InvitationTo, type InvitationWay, invitationRefusal } from '../model.ts'
import { maskAddress } from '../rules.ts'

/** Where an invitation goes, in the form in which it is kept. */
export interface Address {
  readonly kind: InvitationWay | null
  /** Null where Baton sends nothing. */
  readonly value: string | null
  readonly masked: string | null
}

/** @throws Refusal `invitation.phone_invalid` */
export function addressOf(to: InvitationTo | null): Address {
  if (to === null) return { kind: null, value: null, masked: null }
  if (to.kind === 'wechat') return { kind: 'wechat', value: null, masked: null }
  const value = to.kind === 'email' ? to.value : mobileOf(to.value)
  return { kind: to.kind, value, masked: maskAddress(to.kind, value) }
}

function mobileOf(text: string): string {
  const phone = parsePhone(text, 'CN')
  if (phone?.type !== 'mobile') throw new Refusal(invitationRefusal.phoneInvalid)
  return phone.e164
}
