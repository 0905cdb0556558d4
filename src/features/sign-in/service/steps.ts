import { z } from 'zod'
import type { Instant } from '../../../kernel/fields.ts'
import { addMinutes } from '../../../kernel/instant.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { type Challenge, findChallenge, insertChallenge, useChallenge } from '../../accounts/index.ts'
import type { IdentifierKind } from '../../accounts/model.ts'
import { signInRefusal } from '../refusals.ts'

/** What was proved so far, in the words of the security log. */
const progress = {
  identifierId: z.string().nullable(),
  proof: z.string(),
  address: z.object({ kind: z.enum(['phone', 'email']), value: z.string() }).nullable(),
  /** A sign-in link that is used up at the end: its hash, and whose address it is for. */
  link: z.object({ hash: z.string(), email: z.string() }).nullable(),
}

const Step = z.discriminatedUnion('step', [
  z.object({ step: z.literal('passkey') }),
  z.object({ step: z.literal('outside'), stateDigest: z.string() }),
  z.object({ step: z.literal('second_factor'), ...progress }),
  z.object({ step: z.literal('another_proof'), ...progress, codeId: z.string().nullable() }),
  z.object({ step: z.literal('no_account') }),
])

/** Where a sign-in stands; each step is a challenge of its own, so that of many at once one goes on. */
export type Step = z.infer<typeof Step>
export type StepOf<Name extends Step['step']> = Extract<Step, { step: Name }>

export interface NewStep {
  readonly signInId: string
  readonly step: Step
  readonly accountId: string | null
  readonly identifier: { readonly kind: IdentifierKind; readonly value: string | null } | null
  readonly minutes: number
}

/** Begins a step; returns until when it waits. */
export function openStep(tx: Tx, { signInId, step, accountId, identifier, minutes }: NewStep): Instant {
  const expiresAt = addMinutes(tx.now, minutes)
  insertChallenge(tx, {
    challengeId: signInId,
    purpose: 'sign_in',
    accountId,
    sessionId: null,
    kind: identifier?.kind ?? null,
    value: identifier?.value ?? null,
    codeHash: null,
    given: step,
    expiresAt,
  })
  return expiresAt
}

/** A sign-in that goes on, with its step; `step` is null for one that waits for the code that was sent at its start. */
export interface OpenStep {
  readonly challenge: Challenge
  readonly step: Step | null
}

/** The sign-in as it stands; null when it has ended. */
export async function findStep(tx: Tx, signInId: string): Promise<OpenStep | null> {
  const challenge = await findChallenge(tx, signInId, 'sign_in')
  if (challenge === null) return null
  const parsed = Step.safeParse(challenge.given)
  return { challenge, step: parsed.success ? parsed.data : null }
}

/** Ends a step, once. @throws Refusal `sign_in.ended` for all but one of many at once */
export async function endStep(tx: Tx, signInId: string): Promise<void> {
  if (!(await useChallenge(tx, signInId, 'sign_in'))) throw new Refusal(signInRefusal.ended)
}

/**
 * Uses up a sign-in that proved an identifier which no account has, for whoever makes an account of it.
 * @returns null when it did not, or has ended; of many at once one gets it
 */
export async function useProvedIdentifier(
  tx: Tx,
  signInId: string,
): Promise<{ kind: IdentifierKind; value: string } | null> {
  const found = await findStep(tx, signInId)
  if (found?.step?.step !== 'no_account') return null
  const used = await useChallenge(tx, signInId, 'sign_in')
  return used === null || used.kind === null || used.value === null
    ? null
    : { kind: used.kind, value: used.value }
}
