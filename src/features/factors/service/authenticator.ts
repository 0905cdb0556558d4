import { generateSecret, generateURI } from 'otplib'
import { toString as drawQr } from 'qrcode'
import { addMinutes } from '../../../kernel/instant.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { announceChange, lockIdentifiers, noteSecurity, refuseFrozen } from '../../accounts/index.ts'
import type { factorsContract } from '../contract.ts'
import { factorRefusal } from '../refusals.ts'
import { beginMinutes } from '../rules.ts'
import { deleteAuthenticator, insertAuthenticator, confirmAuthenticator as writeConfirmed } from '../store.ts'
import { readAuthenticators, readLabel } from '../views.ts'
import { endLastCodes, requireOthers } from './last-factor.ts'
import type { FactorParts, RemovalParts } from './parts.ts'
import { renewRecoveryCodes } from './recovery-codes.ts'
import { factorsOf } from './second-factor.ts'
import { sealKey, stepOf } from './totp.ts'

type Routes = typeof factorsContract

/**
 * Makes a key of 160 bits for an authenticator app, which counts once one of its codes is given.
 * @throws Refusal `account.frozen`
 */
export async function beginAuthenticator(
  { vault }: FactorParts,
  tx: Tx,
): Promise<RouteOutput<Routes['beginAuthenticator']>> {
  await refuseFrozen(tx)
  const secret = generateSecret()
  const { label } = await readLabel(tx)
  const uri = generateURI({ issuer: 'Baton', label, secret })
  const qrSvg = await drawQr(uri, { type: 'svg', errorCorrectionLevel: 'M', margin: 2 })
  insertAuthenticator(tx, tx.newId(), sealKey(vault, secret))
  return { secret, uri, qrSvg, expiresAt: addMinutes(tx.now, beginMinutes) }
}

/**
 * Turns the waiting authenticator app on; an earlier one ends, and so do earlier recovery codes.
 * @throws Refusal `account.frozen`, `authenticator.not_begun`, `authenticator.code_wrong`
 */
export async function confirmAuthenticator(
  parts: FactorParts,
  tx: Tx,
  { body }: RouteInput<Routes['confirmAuthenticator']>,
): Promise<RouteOutput<Routes['confirmAuthenticator']>> {
  await lockIdentifiers(tx)
  await refuseFrozen(tx)
  const { waiting } = await readAuthenticators(tx)
  if (waiting === null || addMinutes(waiting.createdAt, beginMinutes) <= tx.now) {
    throw new Refusal(factorRefusal.authenticatorNotBegun)
  }
  const step = await stepOf(tx, { vault: parts.vault, sealed: waiting.sealed, code: body.code })
  if (step === null) throw new Refusal(factorRefusal.authenticatorWrong)
  await writeConfirmed(tx, waiting.authenticatorId, step)
  const recoveryCodes = renewRecoveryCodes(tx, parts.vault)
  noteSecurity(tx, { kind: 'authenticator_added' })
  await announceChange(tx, parts, { kind: 'authenticator_added', subjectId: waiting.authenticatorId })
  return { addedAt: tx.now, recoveryCodes }
}

/**
 * Stops using the authenticator app; recovery codes go with the last factor.
 * @throws Refusal `thing.not_found`, `account.frozen`, `factor.last_verification`
 */
export async function removeAuthenticator(parts: RemovalParts, tx: Tx): Promise<undefined> {
  const identifiers = await lockIdentifiers(tx)
  await refuseFrozen(tx)
  const authenticatorId = await deleteAuthenticator(tx)
  if (authenticatorId === null) throw new Refusal(httpRefusal.notFound, { thing: 'authenticator app' })
  await requireOthers(tx, parts, identifiers)
  await endLastCodes(tx)
  noteSecurity(tx, { kind: 'authenticator_removed' })
  await announceChange(tx, parts, { kind: 'authenticator_removed', subjectId: authenticatorId })
}

/**
 * Makes ten new recovery codes; earlier ones end.
 * @throws Refusal `account.frozen`, `recovery_code.no_factor`
 */
export async function makeRecoveryCodes(
  parts: FactorParts,
  tx: Tx,
): Promise<RouteOutput<Routes['makeRecoveryCodes']>> {
  await lockIdentifiers(tx)
  await refuseFrozen(tx)
  const { passkeys, hasAuthenticator } = await factorsOf(tx)
  if (passkeys === 0 && !hasAuthenticator) throw new Refusal(factorRefusal.noFactor)
  const recoveryCodes = renewRecoveryCodes(tx, parts.vault)
  noteSecurity(tx, { kind: 'recovery_codes_made' })
  await announceChange(tx, parts, { kind: 'recovery_codes_made' })
  return { recoveryCodes }
}
