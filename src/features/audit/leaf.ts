import { hash } from 'node:crypto'
import { hashLeaf } from './merkle.ts'

export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue }

export interface LedgerActor {
  readonly kind: 'member' | 'token' | 'operator' | 'system'
  readonly id: string | null
  readonly onBehalfOf?: string | null
}

/** One decision in the ledger: ids and salted digests only, so that erasing a person changes no leaf. */
export interface LedgerEntry {
  readonly companyId: string
  readonly id: string
  readonly at: string
  readonly action: string
  readonly actor: LedgerActor
  readonly subjectKind: string
  readonly subjectId: string
  readonly effect: Readonly<Record<string, unknown>>
  readonly reasonDigest: string | null
  readonly detailsDigest: string | null
}

/** The erasable part of an entry, as its side table has it. */
export interface SaltedValue {
  readonly salt: Uint8Array
  readonly value: JsonValue
}

/** A sealed entry: `seq` is its leaf index, counted from 0. Details and reason are null or absent once erased. */
export interface SealedEntry {
  readonly seq: number
  readonly entry: LedgerEntry
  readonly leafHash: Uint8Array
  readonly details?: SaltedValue | null
  readonly reason?: SaltedValue | null
}

/** A value has no one canonical form, so it cannot be hashed; `path` says where. */
export class CanonicalFormError extends Error {
  override readonly name = 'CanonicalFormError'
  readonly path: string

  constructor(path: string, problem: string) {
    super(`${path === '' ? 'The value' : path} ${problem}`)
    this.path = path
  }
}

// One length only: with a free length, bytes could move between salt and details under the same digest.
export const saltBytes = 32

const canonicalVersion = 1
const maxDepth = 64
const instant = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,6}))?Z$/

/**
 * The one text of a JSON value: RFC 8785 (JCS), keys in UTF-16 order, no white space.
 * @throws CanonicalFormError for what JSON cannot hold exactly: NaN, infinity, undefined, lone surrogates,
 * holes, objects that are not plain, more than 64 levels
 */
export function canonicalJson(value: unknown): string {
  return write(value, [])
}

/**
 * The canonical text of an entry; instants are written in microseconds and a missing `onBehalfOf` as null,
 * so that what comes back from the database hashes as what went in.
 * @param effectText the canonical text of the effect, where it is known already
 * @throws CanonicalFormError as `canonicalJson` does, and for an `at` that is not a UTC instant
 */
export function canonicalEntry(entry: LedgerEntry, effectText = canonicalJson(entry.effect)): string {
  const { actor } = entry
  if (actor === null) throw new CanonicalFormError('actor', 'is missing')
  // The members in the order of their names, so that an effect that is canonical already is not written again.
  const before = {
    action: entry.action,
    actor: { ...actor, onBehalfOf: actor.onBehalfOf ?? null },
    at: inMicroseconds(entry.at),
    companyId: entry.companyId,
    detailsDigest: entry.detailsDigest,
  }
  const after = {
    id: entry.id,
    reasonDigest: entry.reasonDigest,
    subjectId: entry.subjectId,
    subjectKind: entry.subjectKind,
    v: canonicalVersion,
  }
  return `${canonicalJson(before).slice(0, -1)},"effect":${effectText},${canonicalJson(after).slice(1)}`
}

/**
 * The leaf hash of an entry, 32 bytes (ALL-2, RFC 6962 §2.1).
 * @throws CanonicalFormError as `canonicalEntry` does
 */
export function leafHashOf(entry: LedgerEntry, effectText?: string): Buffer {
  return hashLeaf(Buffer.from(canonicalEntry(entry, effectText), 'utf8'))
}

/**
 * What the ledger keeps of erasable details: SHA-256(salt || canonical details) in hex. With salt and details
 * erased, the digest tells nothing.
 * @throws RangeError for a salt that is not 32 bytes; CanonicalFormError for details without a canonical form
 */
export function digestDetails(salt: Uint8Array, details: JsonValue): string {
  if (salt.length !== saltBytes) throw new RangeError(`A salt is ${saltBytes} bytes long, not ${salt.length}`)
  return hash('sha256', Buffer.concat([salt, Buffer.from(canonicalJson(details), 'utf8')]), 'hex')
}

/**
 * A UTC instant (ISO 8601 with `Z`, up to microseconds) with exactly six decimals, so that text order is time order.
 * @throws CanonicalFormError for anything else
 */
export function inMicroseconds(at: string): string {
  const match = instant.exec(at)
  if (match === null)
    throw new CanonicalFormError('at', 'is not a UTC instant such as 2025-01-31T09:30:00.000Z')
  return `${match[1]}.${(match[2] ?? '').padEnd(6, '0')}Z`
}

function write(value: unknown, path: string[]): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return writeString(value, path)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw refused(path, `is ${value}, which JSON does not have`)
    return JSON.stringify(value)
  }
  if (typeof value !== 'object') throw refused(path, `is ${typeof value}, which JSON does not have`)
  if (path.length >= maxDepth) throw refused(path, `lies deeper than ${maxDepth} levels`)
  return Array.isArray(value) ? writeArray(value, path) : writeObject(value, path)
}

function writeString(text: string, path: string[]): string {
  if (!text.isWellFormed()) throw refused(path, 'holds half of a surrogate pair')
  return JSON.stringify(text)
}

function writeArray(items: readonly unknown[], path: string[]): string {
  const parts: string[] = []
  for (const [index, item] of items.entries()) parts.push(writeAt(item, String(index), path))
  return `[${parts.join(',')}]`
}

function writeObject(value: object, path: string[]): string {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) throw refused(path, 'is not a plain object')
  const parts = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => `${writeString(key, path)}:${writeAt(item, key, path)}`)
  return `{${parts.join(',')}}`
}

function writeAt(item: unknown, key: string, path: string[]): string {
  path.push(key)
  const text = write(item, path)
  path.pop()
  return text
}

function refused(path: readonly string[], problem: string): CanonicalFormError {
  return new CanonicalFormError(path.join('.'), problem)
}
