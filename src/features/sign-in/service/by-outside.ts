import { timingSafeEqual } from 'node:crypto'
import { Refusal } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { OauthError } from '../../../platform/oauth/providers.ts'
import { countTry } from '../../accounts/index.ts'
import { type OauthWay, oauthWays } from '../model.ts'
import { signInRefusal } from '../refusals.ts'
import { codeTries } from '../rules.ts'
import { followIdentifier, type Outcome } from './go-on.ts'
import { returnAddress, stateDigest } from './start.ts'
import { endStep, findStep } from './steps.ts'
import type { SignInParts, Visit } from './visit.ts'

export interface Returned {
  readonly authorizationCode: string
  readonly state: string
}

/**
 * Takes what another service sent the person back with, and asks it who they are.
 * @throws Refusal `sign_in.ended`, `sign_in.way_unfit`, `sign_in.outside_refused`, `sign_in.outside_away`, and what
 *   follows refuses
 */
export async function byOutside(visit: Visit, signInId: string, returned: Returned): Promise<Outcome> {
  const { context, parts } = visit
  const kind = await context.openAside((tx) => requireState(tx, parts, { ...returned, signInId }))
  const subject = await askSubject(parts, kind, returned.authorizationCode)
  return context.open(async (tx) => {
    await endStep(tx, signInId)
    return followIdentifier(tx, visit, { kind, value: subject, proof: kind })
  })
}

// The state was given to the browser that began: without it anybody's answer could be slipped in (RFC 6749 §10.12).
async function requireState(
  tx: Tx,
  parts: SignInParts,
  { signInId, state }: Returned & { readonly signInId: string },
): Promise<OauthWay> {
  const open = await findStep(tx, signInId)
  if (open === null) throw new Refusal(signInRefusal.ended)
  const kind = oauthWays.find((way) => way === open.challenge.kind)
  if (open.step?.step !== 'outside' || kind === undefined) throw new Refusal(signInRefusal.wayUnfit)
  const expected = Buffer.from(open.step.stateDigest)
  if (!timingSafeEqual(expected, Buffer.from(stateDigest(parts, signInId, state)))) {
    throw new Refusal(signInRefusal.outsideRefused)
  }
  const tried = { challengeId: signInId, purpose: 'sign_in', most: codeTries } as const
  if (!(await countTry(tx, tried))) throw new Refusal(signInRefusal.ended)
  return kind
}

async function askSubject(parts: SignInParts, kind: OauthWay, code: string): Promise<string> {
  try {
    return (await parts.oauth.exchange(kind, { code, redirectUri: returnAddress(parts) })).subject
  } catch (error) {
    if (!(error instanceof OauthError)) throw error
    throw refusalOf(error)
  }
}

function refusalOf({ reason }: OauthError): Refusal {
  return new Refusal(reason === 'unavailable' ? signInRefusal.outsideAway : signInRefusal.outsideRefused)
}
