import { Refusal } from '../../../kernel/refusal.ts'
import { parsePhone } from '../../../platform/phone/phone.ts'
import type { IdentifierKind } from '../../accounts/model.ts'
import type { SignInWays } from '../model.ts'
import { signInRefusal } from '../refusals.ts'
import type { SignInParts } from './visit.ts'

/** Which ways this installation offers: codes only where a message can arrive. */
export function readSignInWays({ channels, oauth }: Pick<SignInParts, 'channels' | 'oauth'>): SignInWays {
  return {
    password: true,
    passkey: true,
    email: channels.email || channels.outbox,
    phone: channels.sms || channels.outbox,
    oauth: [...oauth.kinds],
  }
}

/** By which kinds one can sign in here: an e-mail address always, since it goes with a password. */
export function openKinds(parts: Pick<SignInParts, 'channels' | 'oauth'>): IdentifierKind[] {
  const { phone, oauth } = readSignInWays(parts)
  return ['email', ...(phone ? ['phone' as const] : []), ...oauth]
}

/** @throws Refusal `sign_in.way_missing` where no code can be sent this way */
export function refuseWithoutChannel(parts: SignInParts, kind: 'phone' | 'email'): void {
  if (!readSignInWays(parts)[kind]) throw new Refusal(signInRefusal.wayMissing)
}

const countryOfBareNumbers = 'CN'

/** A phone in E.164. @throws Refusal `phone.unknown_form` */
export function normalisePhone(given: string): string {
  const phone = parsePhone(given, countryOfBareNumbers)
  if (!phone) throw new Refusal(signInRefusal.phoneUnknown)
  return phone.e164
}
