import { Refusal } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { Reply } from '../../../platform/http/bind.ts'
import {
  type Attempt,
  endSession,
  forgetAttempts,
  markProven,
  openSessionOf,
  tellPerson,
} from '../../accounts/index.ts'
import type { SignedIn } from '../../accounts/model.ts'
import { signInTemplates } from '../message-templates.ts'
import type { SignInOutcome } from '../model.ts'
import { signInRefusal } from '../refusals.ts'
import { browserInWords } from '../rules.ts'
import { isNewBrowser, lockStanding } from '../views.ts'
import type { GivenLink } from './join-by-link.ts'
import type { Visit } from './visit.ts'

/** Whoever has proved to be the person of an account, and by what. */
export interface Person {
  readonly accountId: string
  /** The identifier that leads in; null for none. */
  readonly identifierId: string | null
  /** In the words of the security log; further proofs are joined by `+`. */
  readonly proof: string
  /** What they said to be reached by; null where they did not. */
  readonly address: Attempt['address']
  /** A sign-in link that is used up once all is proved; null for none. */
  readonly link: GivenLink | null
}

/**
 * Lets a person in who has proved all that is asked: a new session, failures forgotten, and where the browser is a new
 * one, a word to the other channels. A session that the browser had ends.
 * @throws Refusal `account.sealed`, `sign_in.ended` for what was taken away meanwhile
 */
export async function arrive(tx: Tx, visit: Visit, person: Person): Promise<Reply<SignedIn>> {
  const { accountId, identifierId, proof } = person
  const { context } = visit
  const { isNew, passwordHash } = await tx.inAccount(accountId, async (inside) => {
    const standing = await lockStanding(inside, identifierId)
    if (standing?.state === 'sealed') throw new Refusal(signInRefusal.sealed)
    if (standing?.state !== 'active' || !standing.isOpen) throw new Refusal(signInRefusal.ended)
    if (identifierId !== null && knowsByCode(proof)) markProven(inside, identifierId)
    const { passwordHash } = standing
    return { isNew: await isNewBrowser(inside, context.deviceHash), passwordHash }
  })
  forgetFailures(tx, visit, { ...person, passwordHash })
  if (tx.caller.kind === 'account') await endSession(tx)
  const reply = await openSessionOf(tx, { ...context, accountId, identifierId, proof })
  if (isNew) await tx.inAccount(accountId, (inside) => tellOfBrowser(inside, visit, person))
  return reply
}

/** The same, as the outcome of a sign-in in steps. */
export async function arriveInSteps(tx: Tx, visit: Visit, person: Person): Promise<Reply<SignInOutcome>> {
  const { body, setSession, setDevice } = await arrive(tx, visit, person)
  return new Reply(
    { outcome: 'signed_in' as const, ...body },
    { ...(setSession && { setSession }), setDevice },
  )
}

function forgetFailures(
  tx: Tx,
  { context, parts }: Visit,
  { accountId, address, passwordHash }: Person & { readonly passwordHash: string | null },
): void {
  const { network, deviceHash } = context
  const person = { address, accountId, network, deviceHash }
  const alone = { ...person, address: null }
  const attempts = address === null ? [alone] : [alone, person, { ...person, secret: passwordHash }]
  forgetAttempts(tx, parts.vault, attempts)
}

function knowsByCode(proof: string): boolean {
  return proof.startsWith('phone_code') || proof.startsWith('email_code')
}

const unknownBrowser = { en: 'unknown browser', zh: '未知浏览器' }

// By code, the channel that the code went to knows already.
async function tellOfBrowser(tx: Tx, { context, parts }: Visit, person: Person): Promise<void> {
  const { identifierId, proof } = person
  await tellPerson(tx, parts.vault, {
    template: signInTemplates.newBrowser,
    values: (language) => ({
      time: tx.now.slice(0, 16).replace('T', ' '),
      device: browserInWords(context.device) ?? unknownBrowser[language],
      link: `${parts.publicUrl}/account`,
    }),
    exceptIdentifierIds: knowsByCode(proof) && identifierId !== null ? [identifierId] : [],
  })
}
