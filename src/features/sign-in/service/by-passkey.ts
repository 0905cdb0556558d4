import { Refusal } from '../../../kernel/refusal.ts'
import { countTry } from '../../accounts/index.ts'
import { verifyPasskey } from '../../factors/index.ts'
import type { PasskeyAnswer } from '../../factors/model.ts'
import { signInRefusal } from '../refusals.ts'
import { codeTries } from '../rules.ts'
import { arriveInSteps } from './arrive.ts'
import { bySecondFactor } from './by-second-factor.ts'
import type { Outcome } from './go-on.ts'
import { passkeyPartsOf } from './second-step.ts'
import { asNobody } from './start.ts'
import { endStep, findStep } from './steps.ts'
import type { Visit } from './visit.ts'

/**
 * Takes a passkey: alone it signs in, since the device has verified its person; or as the second factor.
 * @throws Refusal `sign_in.ended`, `sign_in.way_unfit`, `account.sealed`, and those of the passkey
 */
export async function byPasskey(visit: Visit, signInId: string, passkey: PasskeyAnswer): Promise<Outcome> {
  const { open, openAside } = visit.context
  const step = await openAside(async (tx) => (await findStep(tx, signInId))?.step)
  if (step?.step === 'second_factor') return bySecondFactor(visit, signInId, { passkey })
  if (step === undefined) throw new Refusal(signInRefusal.ended)
  if (step?.step !== 'passkey') throw new Refusal(signInRefusal.wayUnfit)
  const tried = { challengeId: signInId, purpose: 'sign_in', most: codeTries } as const
  if (!(await openAside((tx) => countTry(tx, tried)))) throw new Refusal(signInRefusal.ended)
  return open(async (tx) => {
    await endStep(tx, signInId)
    const answered = { challengeId: signInId, purpose: 'sign_in', answer: passkey } as const
    const { accountId } = await asNobody(tx, (inside) =>
      verifyPasskey(inside, passkeyPartsOf(visit), answered),
    )
    return arriveInSteps(tx, visit, {
      accountId,
      identifierId: null,
      proof: 'passkey',
      address: null,
      link: null,
    })
  })
}
