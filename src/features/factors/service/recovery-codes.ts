import { randomInt } from 'node:crypto'
import type { Vault } from '../../../platform/crypto/vault.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { plainRecoveryCode, recoveryAlphabet, recoveryCodeCount, shownRecoveryCode } from '../rules.ts'
import { replaceRecoveryCodes } from '../store.ts'

// Sixteen characters of 5 bits: 80 bits each.
const codeLength = 16

/** In the account's realm: makes ten new codes, which end all earlier ones; only their digests stay. */
export function renewRecoveryCodes(tx: Tx, vault: Vault): string[] {
  const codes = Array.from({ length: recoveryCodeCount }, newCode)
  replaceRecoveryCodes(
    tx,
    codes.map((code) => recoveryDigest(tx, vault, code)),
  )
  return codes.map(shownRecoveryCode)
}

/** What is kept of a recovery code: nobody without the vault's key can try codes against it. */
export function recoveryDigest(tx: Tx, vault: Vault, given: string): Buffer {
  return vault.digest('recovery code', `${tx.accountId}\0${plainRecoveryCode(given)}`)
}

function newCode(): string {
  return Array.from({ length: codeLength }, () => recoveryAlphabet[randomInt(recoveryAlphabet.length)]).join(
    '',
  )
}
