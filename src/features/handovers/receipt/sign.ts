import { createPublicKey, hash, type KeyObject, sign } from 'node:crypto'
import { canonicalJson, digestDetails, type JsonValue, keyIdOf, saltBytes } from '../../audit/index.ts'
import type { Names, PartBody, Signature } from './body.ts'

/** What becomes of the entry in the ledger by which a receipt or its supplement stands in it. */
export const madeActions = {
  receipt: 'handover.receipt_made',
  supplement: 'handover.supplement_made',
} as const

/** The text that is hashed and signed: the one canonical form of the body (RFC 8785). */
export function textOf(body: PartBody): string {
  return canonicalJson(body)
}

/** SHA-256 of the body's canonical text, hex: by it the ledger and the supplement name a receipt. */
export function hashOf(body: PartBody): string {
  return hash('sha256', textOf(body), 'hex')
}

/** Signs a body with the installation's key. */
export function signBody(body: PartBody, key: { keyName: string; privateKey: KeyObject }): Signature {
  return {
    algorithm: 'Ed25519',
    keyName: key.keyName,
    keyId: keyIdOf(key.keyName, createPublicKey(key.privateKey)).toString('hex'),
    value: sign(null, Buffer.from(textOf(body), 'utf8'), key.privateKey).toString('base64'),
  }
}

/** A signed part before it has its names: what stands in `names` by reference comes from beside it. */
export type Unnamed<Body extends PartBody> = Omit<Body, 'names'>

/** Completes a body with the digests of its names (HAN-8), which stay beside it and can be erased there. */
export function nameBody<Body extends PartBody>(
  unnamed: Unnamed<Body>,
  values: ReadonlyMap<string, JsonValue>,
  random: (byteCount: number) => Buffer,
): { body: Body; names: Names } {
  const { names, digests } = saltNames(values, random)
  // A body is what it was unnamed, and its names: TypeScript cannot put an Omit together again.
  return { body: { ...unnamed, names: digests } as unknown as Body, names }
}

/** Puts a salt before each name, so that the body can have its digest and tells nothing once the name is erased. */
function saltNames(
  values: ReadonlyMap<string, JsonValue>,
  random: (byteCount: number) => Buffer,
): { names: Names; digests: Record<string, string> } {
  const names: Names = {}
  const digests: Record<string, string> = {}
  for (const [ref, value] of [...values].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const salt = random(saltBytes)
    names[ref] = { salt: salt.toString('hex'), value: value as Names[string]['value'] }
    digests[ref] = digestDetails(salt, value)
  }
  return { names, digests }
}
