import { Refusal } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { issueCode, listIdentifiers, maskIdentifier } from '../../accounts/index.ts'
import { type PasskeyParts, provePasskeyOptions, secondFactorsOf } from '../../factors/index.ts'
import type { PasskeyQuestion } from '../../factors/model.ts'
import { factorRefusal } from '../../factors/refusals.ts'
import { sendMessage } from '../../messages/index.ts'
import { signInTemplates } from '../message-templates.ts'
import type { AnotherProofStep, SecondFactorStep } from '../model.ts'
import { signInRefusal } from '../refusals.ts'
import { lockStanding } from '../views.ts'
import type { Person } from './arrive.ts'
import { openStep } from './steps.ts'
import type { Visit } from './visit.ts'
import { readSignInWays } from './ways.ts'

const stepMinutes = 10

/** Begins the step of the second factor; null for an account that has none. */
export async function askSecondFactor(
  tx: Tx,
  visit: Visit,
  person: Person,
): Promise<SecondFactorStep | null> {
  const signInId = tx.newId()
  const asked = await tx.inAccount(person.accountId, async (inside) => {
    const ways = await secondFactorsOf(inside)
    if (ways.length === 0) return null
    return { ways, passkey: ways.includes('passkey') ? await passkeyQuestion(inside, visit, signInId) : null }
  })
  if (asked === null) return null
  const { accountId, identifierId, proof, address, link } = person
  const step = { step: 'second_factor' as const, identifierId, proof, address: codedAddress(address), link }
  openStep(tx, { signInId, step, accountId, identifier: null, minutes: stepMinutes })
  const { passkey } = asked
  const ways = asked.ways.filter((way) => way !== 'passkey' || passkey !== null)
  return { outcome: 'second_factor', signInId, ways, passkey }
}

/** @throws Refusal `sign_in.second_factor` with the step that was begun, where the account has one */
export async function refuseWithoutSecond(visit: Visit, person: Person): Promise<void> {
  const step = await visit.context.openAside((tx) => askSecondFactor(tx, visit, person))
  if (step === null) return
  const { signInId, ways, passkey } = step
  throw new Refusal(signInRefusal.secondFactor, {}, { signInId, ways, passkey })
}

export function passkeyPartsOf({ parts, context }: Visit): PasskeyParts {
  return { vault: parts.vault, publicUrl: parts.publicUrl, origin: context.origin }
}

// Where the browser reached Baton by an address that has no passkeys, the other factors remain.
async function passkeyQuestion(tx: Tx, visit: Visit, challengeId: string): Promise<PasskeyQuestion | null> {
  try {
    return await provePasskeyOptions(tx, passkeyPartsOf(visit), { challengeId, purpose: 'second_factor' })
  } catch (error) {
    if (error instanceof Refusal && error.rule === factorRefusal.passkeyAddress) return null
    throw error
  }
}

/**
 * Begins the step of another proof, beside a phone that was not used for long: a code by e-mail, or the password.
 * @throws Refusal `sign_in.another_proof_missing` where the account has neither
 */
export async function askAnotherProof(tx: Tx, visit: Visit, person: Person): Promise<AnotherProofStep> {
  const { accountId, identifierId, proof, address, link } = person
  const found = await tx.inAccount(accountId, async (inside) => ({
    identifiers: await listIdentifiers(inside),
    hasPassword: (await lockStanding(inside, null))?.passwordHash != null,
  }))
  const email = readSignInWays(visit.parts).email
    ? found.identifiers.find(({ kind, frozenAt }) => kind === 'email' && frozenAt === null)
    : undefined
  if (!email && !found.hasPassword) throw new Refusal(signInRefusal.anotherProofMissing)
  const codeId = email ? await sendCodeTo(tx, visit, { accountId, email: email.value }) : null
  const signInId = tx.newId()
  const progress = { identifierId, proof, address: codedAddress(address), link, codeId }
  const step = { step: 'another_proof' as const, ...progress }
  openStep(tx, { signInId, step, accountId, identifier: null, minutes: stepMinutes })
  return {
    outcome: 'another_proof',
    signInId,
    ways: [...(email ? ['email' as const] : []), ...(found.hasPassword ? ['password' as const] : [])],
    sentTo: email ? maskIdentifier(email) : null,
  }
}

interface SecondCode {
  readonly accountId: string
  readonly email: string
}

// A code of another purpose than that of the first step: alone it signs nobody in.
async function sendCodeTo(tx: Tx, visit: Visit, { accountId, email }: SecondCode): Promise<string> {
  const { vault } = visit.parts
  const { challengeId, code, expiresAt } = await issueCode(tx, vault, {
    purpose: 'second_factor',
    kind: 'email',
    value: email,
    accountId,
    sessionId: null,
    isFromKnown: true,
  })
  sendMessage(tx, vault, {
    to: { kind: 'email', value: email },
    template: signInTemplates.code,
    values: { code },
    language: visit.language,
    usefulUntil: expiresAt,
  })
  return challengeId
}

function codedAddress(address: Person['address']) {
  if (address === null || (address.kind !== 'phone' && address.kind !== 'email')) return null
  return { kind: address.kind, value: address.value }
}
