import { Refusal } from '../../../kernel/refusal.ts'
import { countTry } from '../../accounts/index.ts'
import { takeSecondFactor } from '../../factors/index.ts'
import type { GivenFactor } from '../../factors/model.ts'
import { signInRefusal } from '../refusals.ts'
import { codeTries } from '../rules.ts'
import { arriveInSteps } from './arrive.ts'
import type { Outcome } from './go-on.ts'
import { joinMember, takeLink } from './join-by-link.ts'
import { passkeyPartsOf } from './second-step.ts'
import { endStep, findStep, type Step, type StepOf } from './steps.ts'
import type { Visit } from './visit.ts'
import { weigh } from './weigh.ts'

/**
 * Takes the second factor of a sign-in.
 * @throws Refusal `sign_in.ended`, `sign_in.way_unfit`, `sign_in.paused`, `session.too_many_attempts`, and those of the
 *   factor
 */
export async function bySecondFactor(visit: Visit, signInId: string, given: GivenFactor): Promise<Outcome> {
  const { accountId, step } = await weighStep(visit, signInId, 'second_factor')
  return visit.context.open(async (tx) => {
    await endStep(tx, signInId)
    const challenge = { challengeId: signInId, purpose: 'second_factor', accountId } as const
    await tx.inAccount(accountId, (inside) =>
      takeSecondFactor(inside, passkeyPartsOf(visit), { challenge, given }),
    )
    if (step.link !== null) {
      const target = await takeLink(tx, step.link)
      await joinMember(tx, { target, email: step.link.email, accountId })
    }
    return arriveInSteps(tx, visit, { ...step, accountId, proof: `${step.proof}+${wordOf(given)}` })
  })
}

function wordOf(given: GivenFactor): string {
  if ('passkey' in given) return 'passkey'
  return 'authenticatorCode' in given ? 'authenticator' : 'recovery_code'
}

type FurtherStep = 'second_factor' | 'another_proof'

/**
 * Counts a guess at a further step of a sign-in whose person is known.
 * @throws Refusal `sign_in.ended`, `sign_in.way_unfit`, `sign_in.paused`, `session.too_many_attempts`
 */
export async function weighStep<Name extends FurtherStep>(
  visit: Visit,
  signInId: string,
  name: Name,
): Promise<{ readonly accountId: string; readonly step: StepOf<Name> }> {
  const { found, isOpen } = await weigh(visit, async (tx) => {
    const open = await findStep(tx, signInId)
    const accountId = open?.challenge.accountId ?? null
    if (open === null) throw new Refusal(signInRefusal.ended)
    if (!isStep(open.step, name) || accountId === null) throw new Refusal(signInRefusal.wayUnfit)
    const tried = { challengeId: signInId, purpose: 'sign_in', most: codeTries } as const
    if (!(await countTry(tx, tried))) throw new Refusal(signInRefusal.ended)
    return { attempt: { address: null, accountId }, found: { accountId, step: open.step } }
  })
  if (!isOpen) throw new Refusal(signInRefusal.ended)
  return found
}

function isStep<Name extends FurtherStep>(step: Step | null, name: Name): step is StepOf<Name> {
  return step?.step === name
}
