import { Refusal } from '../../../kernel/refusal.ts'
import { verifyPassword } from '../../../platform/crypto/password.ts'
import { accountRefusal } from '../../accounts/model.ts'
import { lockPasswordBeside } from '../views.ts'
import { arriveInSteps } from './arrive.ts'
import { weighStep } from './by-second-factor.ts'
import type { Outcome } from './go-on.ts'
import { endStep } from './steps.ts'
import type { Visit } from './visit.ts'

/**
 * Takes the password beside a phone that was not used for long, or an address that nobody has proved yet.
 * @throws Refusal `session.refused`, `sign_in.ended`, `sign_in.way_unfit`, `sign_in.paused`,
 *   `session.too_many_attempts`
 */
export async function byPasswordToo(visit: Visit, signInId: string, password: string): Promise<Outcome> {
  const { accountId, step } = await weighStep(visit, signInId, 'another_proof')
  const passwordHash = await visit.context.openAside((tx) => tx.inAccount(accountId, lockPasswordBeside))
  if (!(await verifyPassword(passwordHash, password))) throw new Refusal(accountRefusal.signInRefused)
  return visit.context.open(async (tx) => {
    await endStep(tx, signInId)
    // It was replaced while it was being checked.
    if ((await tx.inAccount(accountId, lockPasswordBeside)) !== passwordHash) {
      throw new Refusal(accountRefusal.signInRefused)
    }
    return arriveInSteps(tx, visit, { ...step, accountId, proof: `${step.proof}+password` })
  })
}
