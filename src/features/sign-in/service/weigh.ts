import { addHours } from '../../../kernel/instant.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { newSecret } from '../../../platform/crypto/secret.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import {
  type Attempt,
  codeDigest,
  countAttempt,
  insertChallenge,
  isFirstOfDay,
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
  let accountId: string | null = null
  try {
    const weighed = await openAside(async (tx) => {
      const { attempt, found } = await find(tx)
      accountId = attempt.accountId
      return { found, isOpen: await countAttempt(tx, { ...attempt, network, deviceHash }) }
    })
    if (!weighed.isOpen) await tellPaused(visit, accountId)
    return weighed
  } catch (error) {
    if (isPaused(error)) await tellPaused(visit, accountId)
    throw error
  }
}

function isPaused(error: unknown): boolean {
  return error instanceof Refusal && error.rule === accountRefusal.signInPaused
}

const linkHours = 24

async function tellPaused({ context, parts }: Visit, accountId: string | null): Promise<void> {
  if (accountId === null) return
  const { vault, publicUrl } = parts
  await context.openAside(async (tx) => {
    if (!(await isFirstOfDay(tx, accountId, 'paused'))) return
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
    await tx.inAccount(accountId, async (inside) => {
      const { device, network } = context
      noteSecurity(inside, {
        kind: 'sign_in_refused',
        facts: { reason: 'paused' },
        place: { device, network },
      })
      await tellPerson(inside, vault, { template: signInTemplates.paused, values: { link } })
    })
  })
}
