import { addMinutes } from '../../../kernel/instant.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { newSecret } from '../../../platform/crypto/secret.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import {
  codeDigest,
  codeMinutes,
  insertChallenge,
  issueCode,
  listIdentifiers,
  unproven,
} from '../../accounts/index.ts'
import { accountRefusal, type Identifier } from '../../accounts/model.ts'
import { type PasskeyParts, provePasskeyOptions, secondFactorsOf } from '../../factors/index.ts'
import type { PasskeyQuestion } from '../../factors/model.ts'
import { factorRefusal } from '../../factors/refusals.ts'
import { sendMessage } from '../../messages/index.ts'
import { signInTemplates } from '../message-templates.ts'
import type { AnotherProofStep, SecondFactorStep } from '../model.ts'
import { signInRefusal } from '../refusals.ts'
import type { Person } from './arrive.ts'
import { openStep } from './steps.ts'
import { linkedWaysOut } from './still-linked.ts'
import type { SignInParts, Visit } from './visit.ts'
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
 * Begins the step of another proof, beside a phone that was not used for long: a code by e-mail, or the password. It is
 * the same for every account, whichever of them it has: whoever has the phone may be somebody else by now, so that
 * nothing of the person is said (ACC-4), and what such a one can do is said beside it.
 */
export async function askAnotherProof(tx: Tx, visit: Visit, person: Person): Promise<AnotherProofStep> {
  const { accountId, identifierId, proof, address, link } = person
  const hasMail = readSignInWays(visit.parts).email
  const email = await tx.inAccount(accountId, (inside) => emailBeside(inside, visit.parts))
  const sent = email ? await sendCodeTo(tx, visit, { accountId, email: email.value }) : null
  const codeId = sent ?? openWithoutCode(tx, visit, accountId)
  const signInId = tx.newId()
  const progress = { identifierId, proof, address: codedAddress(address), link, codeId }
  const step = { step: 'another_proof' as const, ...progress }
  openStep(tx, { signInId, step, accountId, identifier: null, minutes: stepMinutes })
  return {
    outcome: 'another_proof',
    signInId,
    ways: hasMail ? ['email', 'password'] : ['password'],
    // What others gave at WeCom is no phone that passed on.
    waysOut: address?.kind === 'wecom' ? [] : linkedWaysOut(visit.language),
    isLent: address?.kind === 'wecom',
  }
}

/** In the account's realm: where a code beside another proof can be sent; undefined for nowhere. */
export async function emailBeside(tx: Tx, parts: SignInParts): Promise<Identifier | undefined> {
  return readSignInWays(parts).email ? (await listIdentifiers(tx)).find(isProvenEmail) : undefined
}

function isProvenEmail({ kind, frozenAt, provenHow }: Identifier): boolean {
  return kind === 'email' && frozenAt === null && provenHow !== unproven
}

/** Begins the step of the password, beside a code to an address that the account has only named until now. */
export function askPassword(tx: Tx, person: Person): AnotherProofStep {
  const { accountId, identifierId, proof, address, link } = person
  const signInId = tx.newId()
  const progress = { identifierId, proof, address: codedAddress(address), link, codeId: null }
  const step = { step: 'another_proof' as const, ...progress }
  openStep(tx, { signInId, step, accountId, identifier: null, minutes: stepMinutes })
  return { outcome: 'another_proof', signInId, ways: ['password'], waysOut: [], isLent: false }
}

interface SecondCode {
  readonly accountId: string
  readonly email: string
}

// A code of another purpose than that of the first step: alone it signs nobody in. Null where too many were sent lately:
// the answer is to show nothing of it.
async function sendCodeTo(tx: Tx, visit: Visit, second: SecondCode): Promise<string | null> {
  try {
    return await issueAndSend(tx, visit, second)
  } catch (error) {
    if (error instanceof Refusal && error.rule === accountRefusal.codesTooMany) return null
    throw error
  }
}

// A code that nobody was sent takes as many guesses as one that somebody was: nobody is to find out.
function openWithoutCode(tx: Tx, { parts }: Visit, accountId: string): string {
  const challengeId = tx.newId()
  insertChallenge(tx, {
    challengeId,
    purpose: 'second_factor',
    accountId,
    sessionId: null,
    kind: null,
    value: null,
    codeHash: codeDigest(parts.vault, challengeId, newSecret()),
    given: {},
    expiresAt: addMinutes(tx.now, codeMinutes),
  })
  return challengeId
}

async function issueAndSend(tx: Tx, visit: Visit, { accountId, email }: SecondCode): Promise<string> {
  const { vault } = visit.parts
  const { challengeId, code, expiresAt } = await issueCode(tx, vault, {
    purpose: 'second_factor',
    kind: 'email',
    value: email,
    accountId,
    sessionId: null,
    isFromKnown: false,
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
