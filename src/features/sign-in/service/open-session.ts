import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput } from '../../../kernel/route.ts'
import type { Reply } from '../../../platform/http/bind.ts'
import { lockAccount } from '../../accounts/index.ts'
import { accountRefusal, type SignedIn } from '../../accounts/model.ts'
import type { signInContract } from '../contract.ts'
import { arrive, type Person } from './arrive.ts'
import { signInByLink } from './by-link.ts'
import { type GivenLogin, provePassword } from './prove-password.ts'
import { refuseWithoutSecond } from './second-step.ts'
import type { Visit } from './visit.ts'

type Route = (typeof signInContract)['openSession']

/**
 * Signs a person in with a new session, by password or by link.
 * @throws Refusal `session.refused`, `session.too_many_attempts`, `sign_in.paused`, `sign_in.second_factor` with the
 *   step that goes on; by link also `sign_in_link.invalid`, `sign_in_link.password_needed`,
 *   `sign_in_link.has_account`, `sign_in_link.other_member`, `password.weak`
 */
export function openSession(visit: Visit, { body }: RouteInput<Route>): Promise<Reply<SignedIn>> {
  return 'link' in body
    ? signInByLink(visit, { link: body.link, password: body.password ?? null })
    : signInByPassword(visit, body)
}

async function signInByPassword(visit: Visit, login: GivenLogin): Promise<Reply<SignedIn>> {
  const { accountId, identifierId, passwordHash } = await provePassword(visit, login)
  const address = { kind: 'email', value: login.email } as const
  const person: Person = { accountId, identifierId, proof: 'password', address, link: null }
  await refuseWithoutSecond(visit, person)
  return visit.context.open(async (tx) => {
    const account = await lockAccount(tx, login.email)
    // The password was replaced, or the account closed, while it was being checked.
    if (!account?.isActive || account.passwordHash !== passwordHash) {
      throw new Refusal(accountRefusal.signInRefused)
    }
    return arrive(tx, visit, person)
  })
}
