import { Refusal } from '../../../kernel/refusal.ts'
import { verifyPassword } from '../../../platform/crypto/password.ts'
import { findAccount, type KnownAccount } from '../../accounts/index.ts'
import { accountRefusal } from '../../accounts/model.ts'
import type { Visit } from './visit.ts'
import { weigh } from './weigh.ts'

export interface GivenLogin {
  readonly email: string
  readonly password: string
}

/**
 * Checks an e-mail address with its password, at equal cost whether or not there is an account. The guess is counted
 * before it is checked; a right one is forgotten when its person arrives.
 * @throws Refusal `session.refused`, `session.too_many_attempts`, `sign_in.paused`
 */
export async function provePassword(visit: Visit, { email, password }: GivenLogin): Promise<KnownAccount> {
  const { found: account, isOpen } = await weigh(visit, async (tx) => {
    const known = await findAccount(tx, email)
    const address = { kind: 'email', value: email } as const
    return {
      attempt: { address, accountId: known?.accountId ?? null, secret: known?.passwordHash ?? null },
      found: known,
    }
  })
  const fits = await verifyPassword(account?.passwordHash ?? null, password)
  if (!isOpen || !fits || !account?.isActive) throw new Refusal(accountRefusal.signInRefused)
  return account
}
