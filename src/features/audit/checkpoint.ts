import { createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto'
import { inMicroseconds } from './leaf.ts'
import { hashBytes } from './merkle.ts'

/** What a signed checkpoint states: the ledger `origin` had `size` entries under `root` (32 bytes) at `at` (UTC). */
export interface Checkpoint {
  readonly origin: string
  readonly size: number
  readonly root: Buffer
  readonly at: string
}

export interface SigningKey {
  readonly keyName: string
  readonly privateKey: KeyObject
}

/** A key whose signatures count; one that was rotated out keeps counting up to `validUntil` (UTC instant). */
export interface TrustedKey {
  readonly keyName: string
  readonly publicKey: KeyObject
  readonly validUntil?: string | null
}

export interface SignedCheckpoint extends Checkpoint {
  readonly signedBy: TrustedKey
}

export type CheckpointProblem = 'malformed' | 'unknown-key' | 'bad-signature'

/** A checkpoint proves nothing: it cannot be read, no trusted key signed it, or its signature does not fit. */
export class CheckpointError extends Error {
  override readonly name = 'CheckpointError'
  readonly problem: CheckpointProblem

  constructor(problem: CheckpointProblem, message: string, options?: ErrorOptions) {
    super(message, options)
    this.problem = problem
  }
}

interface NoteSignature {
  readonly keyName: string
  readonly keyId: Buffer
  readonly signature: Buffer
}

const ed25519Type = 0x01
const keyIdBytes = 4
const signatureBytes = 64
const maxNoteCharacters = 65_536
const signatureLine = /^— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/u
const keyNameForm = /^[^\s+\p{Cc}\p{Surrogate}]+$/u
const originPart = /^[A-Za-z0-9._-]+$/
const decimal = /^(?:0|[1-9]\d{0,15})$/
// biome-ignore lint/suspicious/noControlCharactersInRegex: C2SP signed-note forbids exactly these
const forbiddenInNote = /[\u0000-\u0009\u000b-\u001f]|\p{Surrogate}/u

/**
 * The name of a company's ledger in its checkpoints: `baton/<installation>/<company>`.
 * @throws CheckpointError `malformed` for ids with other characters than letters, digits, `.`, `_`, `-`
 */
export function ledgerOrigin(installationId: string, companyId: string): string {
  if (!originPart.test(installationId) || !originPart.test(companyId))
    throw malformed('has an origin that cannot be')
  return `baton/${installationId}/${companyId}`
}

/**
 * Writes and signs a checkpoint as C2SP tlog-checkpoint in a signed note, with the line `time <instant>` (ALL-6).
 * @throws CheckpointError `malformed` for a key that is not Ed25519, a key name with spaces or plus, a bad field
 */
export function signCheckpoint(checkpoint: Checkpoint, { keyName, privateKey }: SigningKey): string {
  const { origin, size, root, at } = checkpoint
  if (!keyNameForm.test(keyName)) throw malformed('needs a key name without spaces and plus signs')
  const body = `${origin}\n${size}\n${root.toString('base64')}\ntime ${readInstant(at)}\n`
  readBody(body)
  const id = keyIdOf(keyName, createPublicKey(privateKey))
  const signature = sign(null, Buffer.from(body, 'utf8'), privateKey)
  return `${body}\n— ${keyName} ${Buffer.concat([id, signature]).toString('base64')}\n`
}

/**
 * Reads a checkpoint that a trusted key signed; signatures of other keys are ignored, as C2SP signed-note asks.
 * @throws CheckpointError `malformed`, `unknown-key` (also for a key used after its `validUntil`), `bad-signature`
 */
export function parseCheckpoint(note: string, trustedKeys: readonly TrustedKey[]): SignedCheckpoint {
  const { body, signatures } = splitNote(note)
  const signers: TrustedKey[] = []
  for (const { keyName, keyId, signature } of signatures) {
    const key = trustedKeys.find((k) => k.keyName === keyName && keyIdOf(keyName, k.publicKey).equals(keyId))
    if (key === undefined) continue
    const fits =
      signature.length === signatureBytes && verify(null, Buffer.from(body), key.publicKey, signature)
    if (!fits)
      throw new CheckpointError('bad-signature', `The signature of ${keyName} does not fit the checkpoint`)
    signers.push(key)
  }
  if (signers.length === 0) {
    const names = signatures.map((signature) => signature.keyName).join(', ')
    throw new CheckpointError('unknown-key', `No trusted key signed the checkpoint, only ${names}`)
  }
  const checkpoint = readBody(body)
  const signedBy = signers.find(
    ({ validUntil }) => validUntil == null || checkpoint.at <= inMicroseconds(validUntil),
  )
  if (signedBy === undefined) {
    throw new CheckpointError(
      'unknown-key',
      `The checkpoint of ${checkpoint.at} is signed by a key retired before`,
    )
  }
  return { ...checkpoint, signedBy }
}

/**
 * The C2SP key id, 4 bytes: the start of SHA-256(name || newline || 0x01 || public key).
 * @throws CheckpointError `malformed` for a key that is not Ed25519
 */
export function keyIdOf(keyName: string, publicKey: KeyObject): Buffer {
  const { x } = publicKey.asymmetricKeyType === 'ed25519' ? publicKey.export({ format: 'jwk' }) : {}
  if (x === undefined) throw malformed('needs an Ed25519 key')
  const input = Buffer.concat([
    Buffer.from(`${keyName}\n`),
    Buffer.of(ed25519Type),
    Buffer.from(x, 'base64url'),
  ])
  return hash('sha256', input, 'buffer').subarray(0, keyIdBytes)
}

function splitNote(note: string): { body: string; signatures: NoteSignature[] } {
  if (note.length > maxNoteCharacters) throw malformed('is too long')
  if (forbiddenInNote.test(note)) throw malformed('holds control characters or broken text')
  const blank = note.lastIndexOf('\n\n')
  if (blank < 0 || !note.endsWith('\n')) throw malformed('has no signature lines')
  const lines = note.slice(blank + 2, -1).split('\n')
  return { body: note.slice(0, blank + 1), signatures: lines.map(readSignatureLine) }
}

function readSignatureLine(line: string): NoteSignature {
  const [, keyName, encoded] = signatureLine.exec(line) ?? []
  if (keyName === undefined || encoded === undefined)
    throw malformed('has a signature line that cannot be read')
  const bytes = readBase64(encoded)
  if (bytes.length <= keyIdBytes) throw malformed('has a signature that is too short')
  return { keyName, keyId: bytes.subarray(0, keyIdBytes), signature: bytes.subarray(keyIdBytes) }
}

function readBody(body: string): Checkpoint {
  const [origin, size, root, time, end, ...more] = body.split('\n')
  if (!origin || !size || !root || !time?.startsWith('time ') || end !== '' || more.length > 0) {
    throw malformed('does not have the four lines origin, size, root, time')
  }
  if (forbiddenInNote.test(body)) throw malformed('holds control characters or broken text')
  if (!decimal.test(size) || !Number.isSafeInteger(Number(size)))
    throw malformed('has a size that is no number')
  const rootBytes = readBase64(root)
  if (rootBytes.length !== hashBytes) throw malformed('has a root that is not 32 bytes')
  return { origin, size: Number(size), root: rootBytes, at: readInstant(time.slice('time '.length)) }
}

function readInstant(at: string): string {
  try {
    return inMicroseconds(at)
  } catch (error) {
    throw malformed(`has no UTC time: ${String(error)}`, { cause: error })
  }
}

function readBase64(encoded: string): Buffer {
  const bytes = Buffer.from(encoded, 'base64')
  if (bytes.toString('base64') !== encoded) throw malformed('has base64 that is not in its one form')
  return bytes
}

function malformed(problem: string, options?: ErrorOptions): CheckpointError {
  return new CheckpointError('malformed', `The checkpoint ${problem}`, options)
}
