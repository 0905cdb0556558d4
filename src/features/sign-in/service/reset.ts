import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import { hashPassword } from '../../../platform/crypto/password.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import {
  announceChange,
  countTry,
  endAllSessions,
  findByIdentifier,
  findChallenge,
  forgetDevices,
  isBare,
  isUnproven,
  markProven,
  noteSecurity,
  refuseGuessable,
  releaseUnproven,
  setPassword,
  signal,
  takeCode,
  useChallenge,
} from '../../accounts/index.ts'
import { accountRefusal } from '../../accounts/model.ts'
import type { signInContract } from '../contract.ts'
import { signInRefusal } from '../refusals.ts'
import { codeTries } from '../rules.ts'
import type { Address } from './ask-code.ts'
import { judgeIdentifier } from './go-on.ts'
import type { Visit } from './visit.ts'
import { type Guess, weigh } from './weigh.ts'

type Route = (typeof signInContract)['resetPassword']

/**
 * Sets a new password with a code. Every session ends and none is opened: whoever signs in next is asked for a second
 * factor as ever (ASVS 6.4.3), and failures count on until they sign in. All channels are told.
 * @throws Refusal `code.wrong`, `password.weak`, `password.reset_elsewhere`, `identifier.still_linked`,
 *   `identifier.frozen`, `identifier.never_proved`, `account.sealed`, `session.too_many_attempts`, `sign_in.paused`
 */
export async function resetPassword(visit: Visit, { body }: RouteInput<Route>): Promise<RouteOutput<Route>> {
  const { context } = visit
  const { resetId, code, password } = body
  const { found: address, isOpen } = await weigh(visit, (tx) => findReset(tx, resetId))
  if (!isOpen) throw new Refusal(accountRefusal.codeWrong)
  refuseGuessable(password, [address.value])
  const passwordHash = await hashPassword(password)
  try {
    return await context.open(async (tx) => {
      const given = { challengeId: resetId, purpose: 'reset_password', code, sessionId: null } as const
      await takeCode(tx, visit.parts.vault, given)
      return replacePassword(tx, visit, { address, passwordHash })
    })
  } catch (error) {
    if (error instanceof Refusal && error.rule !== accountRefusal.codeWrong) {
      await context.openAside(async (tx) => {
        const used = await useChallenge(tx, resetId, 'reset_password')
        if (used !== null && error.rule === signInRefusal.neverProved) {
          await releaseUnproven(tx, visit.parts.vault, address)
        }
      })
    }
    throw error
  }
}

async function findReset(tx: Tx, resetId: string): Promise<Guess<Address>> {
  const challenge = await findChallenge(tx, resetId, 'reset_password')
  const kind = challenge?.kind ?? null
  const value = challenge?.value ?? null
  if ((kind !== 'phone' && kind !== 'email') || value === null) throw new Refusal(accountRefusal.codeWrong)
  const tried = { challengeId: resetId, purpose: 'reset_password', most: codeTries } as const
  if (!(await countTry(tx, tried))) throw new Refusal(accountRefusal.codeWrong)
  const address = { kind, value }
  const bound = await findByIdentifier(tx, kind, value)
  return { attempt: { address, accountId: bound?.accountId ?? null }, found: address }
}

// Where an account only named the address, whoever has it gets the account as long as there is nothing else in it: else
// it may be of somebody who knew the address, and waits inside.
async function refuseToTakeOver(tx: Tx, { kind, value }: Address): Promise<void> {
  const bound = await findByIdentifier(tx, kind, value)
  if (bound === null || !(await isUnproven(tx, bound))) return
  await tx.inAccount(bound.accountId, async (inside) => {
    if (!(await isBare(inside))) throw new Refusal(signInRefusal.neverProved)
    // Those of whoever made the account.
    forgetDevices(inside)
  })
}

interface Replacement {
  readonly address: Address
  readonly passwordHash: string
}

async function replacePassword(
  tx: Tx,
  visit: Visit,
  { address, passwordHash }: Replacement,
): Promise<{ endedSessions: number }> {
  const { context, parts } = visit
  const { device, network } = context
  await refuseToTakeOver(tx, address)
  const verdict = await judgeIdentifier(tx, visit, { ...address, isForSignIn: false })
  if (verdict.kind === 'no_account') throw new Refusal(accountRefusal.codeWrong)
  if (verdict.needsAnotherProof) throw new Refusal(signInRefusal.resetElsewhere)
  const { accountId, identifierId } = verdict.bound
  const endedSessions = await tx.inAccount(accountId, (inside) => {
    setPassword(inside, passwordHash)
    markProven(inside, identifierId)
    return endAllSessions(inside)
  })
  await tx.inAccount(accountId, async (inside) => {
    noteSecurity(inside, { kind: 'password_reset', facts: { by: address.kind }, place: { device, network } })
    await announceChange(inside, parts, { kind: 'password_set' })
  })
  await signal(tx, accountId, { action: 'account.sessions_revoked', effect: { endedSessions } })
  return { endedSessions }
}
