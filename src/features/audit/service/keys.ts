import type { Tx } from '../../../platform/db/tx.ts'
import { type KeyParts, rotateSigningKey as rotate } from '../keys.ts'

export type { KeyParts } from '../keys.ts'

/** Changes the signing key (ALL-6) in the name of the operator who asks; every sealed ledger says so. */
export async function rotateSigningKey(tx: Tx, parts: KeyParts): Promise<{ keyName: string }> {
  return { keyName: await rotate(parts, tx.caller.id) }
}
