import type { RouteInput } from '../../../kernel/route.ts'
import type { signInContract } from '../contract.ts'
import { byCode } from './by-code.ts'
import { byOutside } from './by-outside.ts'
import { byPasskey } from './by-passkey.ts'
import { byPasswordToo } from './by-password-too.ts'
import { bySecondFactor } from './by-second-factor.ts'
import type { Outcome } from './go-on.ts'
import type { Visit } from './visit.ts'

type Route = (typeof signInContract)['verifySignIn']

/**
 * Goes on with a sign-in by what its step asks for.
 * @throws Refusal `code.wrong`, `sign_in.ended`, `sign_in.way_unfit`, `session.too_many_attempts`, `sign_in.paused`, and
 *   what the identifier or factor is refused for
 */
export function verifySignIn(visit: Visit, { params, body }: RouteInput<Route>): Promise<Outcome> {
  const { signInId } = params
  if ('code' in body) return byCode(visit, signInId, body.code)
  if ('passkey' in body) return byPasskey(visit, signInId, body.passkey)
  if ('password' in body) return byPasswordToo(visit, signInId, body.password)
  if ('authorizationCode' in body) return byOutside(visit, signInId, body)
  return bySecondFactor(visit, signInId, body)
}
