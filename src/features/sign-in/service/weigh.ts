import { addHours } from '../../../kernel/instant.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { newSecret } from '../../../platform/crypto/secret.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import {
  type Attempt,
  codeDigest,
  countAttempt,
  insertChallenge,
  isFirstPauseOfDay,
  nobody,
  noteSecurity,
  tellPerson,
} from '../../accounts/index.ts'
import { accountRefusal } from '../../accounts/model.ts'
import { signInTemplates } from '../message-templates.ts'
import type { Visit } from './visit.ts'

/** Where somebody is guessed to be, and what was found on the way. */
export interface Guess<Found> {
  readonly attempt: Pick<Attempt, 'address' | 'accountId' | 'secret'>
  readonly found: Found
}

export interface Weighed<Found> {
  readonly found: Found
  /** False for a guess that counts as wrong whatever it is. */
  readonly isOpen: boolean
}

/**
 * Finds out whose a guess is about, and counts it before it is looked at, in a transaction that stays whatever becomes
 * of it. Where it is over for new browsers, the person is told on all channels, once a day, with a link for their own.
 * @throws Refusal `session.too_many_attempts`, `sign_in.paused`, and what `find` throws
 */
export async function weigh<Found>(
  visit: Visit,
  find: (tx: Tx) => Promise<Guess<Found>>,
): Promise<Weighed<Found>> {
  const { network, deviceHash, openAside } = visit.context
  let guessed = null as Guess<Found>['attempt'] | null
  try {
    const weighed = await openAside(async (tx) => {
      const { attempt, found } = await find(tx)
      guessed = attempt
      const isOpen = await countAttempt(tx, visit.parts.vault, { ...attempt, network, deviceHash })
      return { found, isOpen }
    })
    if (!weighed.isOpen && guessed !== null) await tellPaused(visit, guessed)
    return weighed
  } catch (error) {
    if (isPaused(error) && guessed !== null) await tellPaused(visit, guessed)
    throw error
  }
}

function isPaused(error: unknown): boolean {
  return error instanceof Refusal && error.rule === accountRefusal.signInPaused
}

const linkHours = 24

// The same work where there is nobody to tell, so that the time it takes says nothing.
async function tellPaused(
  { context, parts }: Visit,
  attempt: Pick<Attempt, 'accountId' | 'address'>,
): Promise<void> {
  const { accountId } = attempt
  const { vault, publicUrl } = parts
  await context.openAside(async (tx) => {
    if (!(await isFirstPauseOfDay(tx, vault, attempt))) return
    const challengeId = tx.newId()
    const secret = newSecret()
    insertChallenge(tx, {
      challengeId,
      purpose: 'allow_browser',
      accountId,
      sessionId: null,
      kind: null,
      value: null,
      codeHash: codeDigest(vault, challengeId, secret),
      given: {},
      expiresAt: addHours(tx.now, linkHours),
    })
    const link = `${publicUrl}/sign-in#browser=${challengeId}.${secret}`
    await tx.inAccount(accountId ?? nobody, async (inside) => {
      const { device, network } = context
      const place = { device, network }
      const facts = { reason: 'paused' }
      if (accountId !== null) noteSecurity(inside, { kind: 'sign_in_refused', facts, place })
      await tellPerson(inside, vault, { template: signInTemplates.paused, values: { link } })
    })
  })
}
