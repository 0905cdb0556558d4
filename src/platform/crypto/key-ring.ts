import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto'
import { readdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { writeDurably } from '../files/durable.ts'

/** A key whose signatures this machine believes; `retiredAt` (UTC instant) once it was rotated out. */
export interface PinnedKey {
  readonly keyName: string
  readonly publicKey: KeyObject
  readonly retiredAt: string | null
}

export interface NewKey {
  readonly keyName: string
  /** PEM (SPKI). */
  readonly publicPem: string
}

/** The Ed25519 keys that sign for this installation; private halves never leave it. */
export interface KeyRing {
  /** The private half; null when it is not on this machine. */
  privateKey(keyName: string): Promise<KeyObject | null>
  /** What this machine trusts: own keys, old ones, and those adopted. */
  pinned(): Promise<PinnedKey[]>
  create(): Promise<NewKey>
  /** Pins a public half whose private half was lost or is elsewhere. */
  adopt(key: NewKey): Promise<void>
  /** Notes the end of a key and deletes its private half. */
  retire(keyName: string, at: string): Promise<void>
}

const privateEnding = '.key.pem'
const publicEnding = '.pub.pem'
const retiredEnding = '.retired'
const keyNameForm = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/

/** A key ring in a folder: `<name>.key.pem` (0600), `<name>.pub.pem`, `<name>.retired`. Share it between servers of one database. */
export function createKeyRing(folder: string): KeyRing {
  const fileOf = (keyName: string, ending: string) => {
    if (!keyNameForm.test(keyName)) throw new RangeError('a signing key has a name that no key file can have')
    return path.join(folder, `${keyName}${ending}`)
  }
  return {
    async privateKey(keyName) {
      const pem = await readIfThere(fileOf(keyName, privateEnding))
      return pem === null ? null : createPrivateKey(pem)
    },
    async pinned() {
      const names = await namesWithEnding(folder, publicEnding)
      return Promise.all(
        names.map(async (keyName) => ({
          keyName,
          publicKey: createPublicKey(await readFile(fileOf(keyName, publicEnding))),
          retiredAt: (await readIfThere(fileOf(keyName, retiredEnding)))?.trim() ?? null,
        })),
      )
    },
    async create() {
      const { publicKey, privateKey } = generateKeyPairSync('ed25519')
      const publicPem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
      const keyName = keyNameOf(publicKey)
      await writeDurably(
        fileOf(keyName, privateEnding),
        privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      )
      await writeDurably(fileOf(keyName, publicEnding), publicPem)
      return { keyName, publicPem }
    },
    async adopt({ keyName, publicPem }) {
      await writeDurably(fileOf(keyName, publicEnding), publicPem)
    },
    async retire(keyName, at) {
      await writeDurably(fileOf(keyName, retiredEnding), `${at}\n`)
      await rm(fileOf(keyName, privateEnding), { force: true })
    },
  }
}

/** The name that a key gets here: it follows from the key. */
export function keyNameOf(publicKey: KeyObject): string {
  const der = publicKey.export({ type: 'spki', format: 'der' })
  return `baton-${createHash('sha256').update(der).digest('hex').slice(0, 16)}`
}

async function namesWithEnding(folder: string, ending: string): Promise<string[]> {
  const files = (await unlessMissing(readdir(folder))) ?? []
  return files
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length))
    .sort()
}

function readIfThere(file: string): Promise<string | null> {
  return unlessMissing(readFile(file, 'utf8'))
}

async function unlessMissing<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
