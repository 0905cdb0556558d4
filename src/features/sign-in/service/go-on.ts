import { Refusal } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import type { Reply } from '../../../platform/http/bind.ts'
import {
  findByIdentifier,
  findLine,
  forgetAttempts,
  isFromKnownBrowser,
  isUnproven,
  standOfLine,
} from '../../accounts/index.ts'
import type { IdentifierKind, LineStand } from '../../accounts/model.ts'
import type { SignInOutcome } from '../model.ts'
import { signInRefusal } from '../refusals.ts'
import { type Bound, judge, type Verdict } from '../rules.ts'
import { hasPassword } from '../views.ts'
import { arriveInSteps, type Person } from './arrive.ts'
import { askAnotherProof, askPassword, askSecondFactor, emailBeside } from './second-step.ts'
import { openStep } from './steps.ts'
import { stillLinked } from './still-linked.ts'
import type { Visit } from './visit.ts'

/** An identifier that somebody has just proved to have, in its stored form. */
export interface Proved {
  readonly kind: IdentifierKind
  readonly value: string
  readonly proof: string
}

export type Outcome = SignInOutcome | Reply<SignInOutcome>

// Long enough to fill in a form; nothing of anybody's lies behind it.
const minutesToAccept = 30

/**
 * What follows from a proved identifier: a session, a further step, or that no account has it.
 * @throws Refusal `identifier.still_linked`, `account.sealed`, `identifier.frozen`, `identifier.no_login`
 */
export async function followIdentifier(tx: Tx, visit: Visit, proved: Proved): Promise<Outcome> {
  const verdict = await judgeIdentifier(tx, visit, { ...proved, isForSignIn: true })
  const { kind, value, proof } = proved
  if (verdict.kind === 'no_account') return leaveProof(tx, visit, proved)
  const { bound, needsAnotherProof } = verdict
  const { accountId, identifierId } = bound
  const person: Person = { accountId, identifierId, proof, address: { kind, value }, link: null }
  const second = await askSecondFactor(tx, visit, person)
  if (second !== null) return second
  // Whoever made the account may not be who has the address: only both together are its person.
  if (await isUnproven(tx, bound)) return askPassword(tx, person)
  return needsAnotherProof ? askAnotherProof(tx, visit, person) : arriveInSteps(tx, visit, person)
}

/** What an identifier opens for whoever has it. @throws Refusal as the rule says */
export async function judgeIdentifier(
  tx: Tx,
  visit: Visit,
  { kind, value, isForSignIn }: Omit<Proved, 'proof'> & { readonly isForSignIn: boolean },
): Promise<Exclude<Verdict, { kind: 'refused' }>> {
  const bound = await findByIdentifier(tx, kind, value)
  const line = kind === 'phone' && bound !== null ? standOfLine(await findLine(tx, value), bound) : 'own'
  const { context, language } = visit
  const { deviceHash } = context
  const isKnownBrowser = await isFromKnownBrowser(tx, { accountId: bound?.accountId ?? null, deviceHash })
  const verdict = judge({
    kind,
    bound,
    line,
    hasOtherProof: bound !== null && isAsked({ kind, line }) && (await hasOtherProof(tx, visit, bound)),
    isKnownBrowser,
    isForSignIn,
    now: tx.now,
  })
  if (verdict.kind !== 'refused') return verdict
  throw verdict.rule === signInRefusal.stillLinked ? stillLinked(language) : new Refusal(verdict.rule)
}

// Nothing else is looked up for a sign-in that it does not change.
function isAsked({ kind, line }: { readonly kind: IdentifierKind; readonly line: LineStand }): boolean {
  return line === 'claimed' || kind === 'wecom'
}

function hasOtherProof(tx: Tx, { parts }: Visit, { accountId }: Bound): Promise<boolean> {
  return tx.inAccount(
    accountId,
    async (inside) => (await hasPassword(inside)) || (await emailBeside(inside, parts)) !== undefined,
  )
}

function leaveProof(tx: Tx, { context, parts }: Visit, { kind, value }: Proved): SignInOutcome {
  const { network, deviceHash } = context
  forgetAttempts(tx, parts.vault, [{ address: { kind, value }, accountId: null, network, deviceHash }])
  const signInId = tx.newId()
  const step = { step: 'no_account' as const }
  openStep(tx, { signInId, step, accountId: null, identifier: { kind, value }, minutes: minutesToAccept })
  return { outcome: 'no_account', signInId, kind }
}
