import { Refusal } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { countTry, findByIdentifier, takeCode, useChallenge } from '../../accounts/index.ts'
import { accountRefusal } from '../../accounts/model.ts'
import { signInRefusal } from '../refusals.ts'
import { codeTries } from '../rules.ts'
import { arriveInSteps } from './arrive.ts'
import type { Address } from './ask-code.ts'
import { followIdentifier, type Outcome, type Proved } from './go-on.ts'
import { endStep, findStep, type StepOf } from './steps.ts'
import type { Visit } from './visit.ts'
import { type Guess, weigh } from './weigh.ts'

/** What a code was sent for: to begin with, or beside a phone that was not used for long. */
type CodeStep =
  | { readonly kind: 'first'; readonly address: Address }
  | { readonly kind: 'another'; readonly accountId: string; readonly step: StepOf<'another_proof'> }

/**
 * Takes the code of a sign-in: six digits, once, of at most five tries.
 * @throws Refusal `code.wrong` for one that is wrong, used, expired or of another flow, and what follows refuses
 */
export async function byCode(visit: Visit, signInId: string, code: string): Promise<Outcome> {
  const { found: step, isOpen } = await weigh(visit, (tx) => findCodeStep(tx, signInId))
  if (!isOpen) throw new Refusal(accountRefusal.codeWrong)
  if (step.kind === 'another') return takeAnother(visit, signInId, { ...step, code })
  return endOnRefusal(visit, signInId, (tx) =>
    takeFirst(tx, visit, { signInId, code, address: step.address }),
  )
}

async function findCodeStep(tx: Tx, signInId: string): Promise<Guess<CodeStep>> {
  const open = await findStep(tx, signInId)
  if (open === null) throw new Refusal(accountRefusal.codeWrong)
  const { challenge, step } = open
  if (step?.step === 'another_proof' && challenge.accountId !== null) {
    const { codeId } = step
    // A password is asked for, and no code: a guess is taken all the same.
    await countOne(
      tx,
      codeId === null
        ? { challengeId: signInId, purpose: 'sign_in' }
        : { challengeId: codeId, purpose: 'second_factor' },
    )
    const { accountId } = challenge
    return { attempt: { address: null, accountId }, found: { kind: 'another', accountId, step } }
  }
  const { kind, value } = challenge
  if (step !== null) throw new Refusal(signInRefusal.wayUnfit)
  if ((kind !== 'phone' && kind !== 'email') || value === null) throw new Refusal(accountRefusal.codeWrong)
  await countOne(tx, { challengeId: signInId, purpose: 'sign_in' })
  const address = { kind, value }
  const bound = await findByIdentifier(tx, kind, value)
  return { attempt: { address, accountId: bound?.accountId ?? null }, found: { kind: 'first', address } }
}

async function countOne(
  tx: Tx,
  tried: { readonly challengeId: string; readonly purpose: 'sign_in' | 'second_factor' },
): Promise<void> {
  if (!(await countTry(tx, { ...tried, most: codeTries }))) throw new Refusal(accountRefusal.codeWrong)
}

interface FirstCode {
  readonly signInId: string
  readonly code: string
  readonly address: Address
}

async function takeFirst(tx: Tx, visit: Visit, { signInId, code, address }: FirstCode): Promise<Outcome> {
  const given = { challengeId: signInId, purpose: 'sign_in', code, sessionId: null } as const
  await takeCode(tx, visit.parts.vault, given)
  await endStep(tx, signInId)
  const proved: Proved = { ...address, proof: `${address.kind}_code` }
  return followIdentifier(tx, visit, proved)
}

// A right code counts once, also where what it proves is refused.
async function endOnRefusal<T>(visit: Visit, signInId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  const { open, openAside } = visit.context
  try {
    return await open(work)
  } catch (error) {
    if (error instanceof Refusal && error.rule !== accountRefusal.codeWrong) {
      await openAside((tx) => useChallenge(tx, signInId, 'sign_in'))
    }
    throw error
  }
}

interface AnotherCode {
  readonly accountId: string
  readonly step: StepOf<'another_proof'>
  readonly code: string
}

function takeAnother(
  visit: Visit,
  signInId: string,
  { accountId, step, code }: AnotherCode,
): Promise<Outcome> {
  const challengeId = step.codeId
  if (challengeId === null) throw new Refusal(accountRefusal.codeWrong)
  return visit.context.open(async (tx) => {
    await takeCode(tx, visit.parts.vault, { challengeId, purpose: 'second_factor', code, sessionId: null })
    await endStep(tx, signInId)
    return arriveInSteps(tx, visit, { ...step, accountId, proof: `${step.proof}+email_code` })
  })
}
