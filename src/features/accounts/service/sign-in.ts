import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import type { OwnContext, Reply } from '../../../platform/http/bind.ts'
import type { accountsContract } from '../contract.ts'
import { accountRefusal } from '../model.ts'
import { lockAccount } from '../store.ts'
import { forgetGuesses, provePassword } from './prove-password.ts'
import { openSessionOf } from './sessions.ts'
import { signInByLink } from './sign-in-by-link.ts'

type Routes = typeof accountsContract

/**
 * Signs a person in with a new session.
 * @throws Refusal `session.refused`, `session.too_many_attempts`; by link also `sign_in_link.invalid`,
 *   `sign_in_link.password_needed`, `sign_in_link.has_account`, `password.weak`
 */
export function openSession(
  context: OwnContext,
  input: RouteInput<Routes['openSession']>,
): Promise<Reply<RouteOutput<Routes['openSession']>>> {
  const { body } = input
  return 'link' in body
    ? signInByLink(context, { link: body.link, password: body.password ?? null })
    : signInByPassword(context, body)
}

async function signInByPassword(
  context: OwnContext,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<Reply<RouteOutput<Routes['openSession']>>> {
  const proven = await provePassword(context, { email, password })
  return context.open(async (tx) => {
    const account = await lockAccount(tx, email)
    // The password was replaced, or the account closed, while it was being checked.
    if (!account?.isActive || account.passwordHash !== proven.passwordHash) {
      throw new Refusal(accountRefusal.signInRefused)
    }
    forgetGuesses(tx, { email, network: context.network, account })
    return openSessionOf(tx, {
      ...context,
      accountId: account.accountId,
      identifierId: account.identifierId,
      proof: 'password',
    })
  })
}
