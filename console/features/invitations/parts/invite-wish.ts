import type { Answer, Input } from '../../../api/client.ts'
import type { InvitedPerson } from './invited-person.ts'

export type InviteWay = 'email' | 'phone' | 'link'
export type SendingWays = Pick<Answer<'readSignInWays'>, 'email' | 'phone'>

/** How somebody is to be invited, as the form has it. */
export interface Wish {
  readonly way: InviteWay
  readonly email: string
  readonly phone: string
  readonly language: 'en' | 'zh'
}

/** The way that reaches the person with the least to type. */
export function likeliestWay({ email, mobile }: InvitedPerson, ways: SendingWays): InviteWay {
  if (ways.email && email !== null) return 'email'
  if (ways.phone && mobile !== null) return 'phone'
  if (ways.email) return 'email'
  return ways.phone ? 'phone' : 'link'
}

/** Where the invitation goes; null for a link to hand over. */
export function addressOf({ way, email, phone }: Wish): NonNullable<Input<'createInvitation'>['body']>['to'] {
  if (way === 'email') return { kind: 'email', value: email }
  return way === 'phone' ? { kind: 'phone', value: phone } : null
}
