import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { writeDurably } from '../files/durable.ts'

/** Keeps small secrets that have to be read again, and digests of what could be guessed, such as a code of six digits. */
export interface Vault {
  /** Encrypts for one purpose; the same text is never the same twice (AES-256-GCM). */
  seal(purpose: string, text: string): Buffer
  /** @throws Error for what another purpose or another key has sealed, or what was changed since */
  open(purpose: string, sealed: Buffer): string
  /** A digest that nobody without the key can try values against (HMAC-SHA-256). */
  digest(purpose: string, value: string): Buffer
}

const keyBytes = 32
const nonceBytes = 12
const tagBytes = 16
const fileName = 'vault.key'

/**
 * Opens the vault of a folder, with a new key where there is none; servers of one database share the folder.
 * @throws Error when the key file is not one
 */
export async function openVault(folder: string): Promise<Vault> {
  const file = path.join(folder, fileName)
  const key = readKey(file) ?? (await writeKey(folder, file))
  return vaultOf(key)
}

/** A vault on a key that is there already. */
export function vaultOf(key: Buffer): Vault {
  const keyFor = (purpose: string) => Buffer.from(hkdfSync('sha256', key, '', `baton ${purpose}`, keyBytes))
  return {
    seal(purpose, text) {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', keyFor(purpose), nonce)
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), body])
    },
    open(purpose, sealed) {
      const nonce = sealed.subarray(0, nonceBytes)
      const decipher = createDecipheriv('aes-256-gcm', keyFor(purpose), nonce, { authTagLength: tagBytes })
      decipher.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes))
      const body = decipher.update(sealed.subarray(nonceBytes + tagBytes))
      return Buffer.concat([body, decipher.final()]).toString('utf8')
    },
    digest: (purpose, value) =>
      createHmac('sha256', keyFor(`digest ${purpose}`))
        .update(value)
        .digest(),
  }
}

function readKey(file: string): Buffer | null {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
  const key = Buffer.from(text.trim(), 'base64')
  if (key.length !== keyBytes)
    throw new Error(`${file} is no key of the vault: restore it from your backup of the keys`)
  return key
}

async function writeKey(folder: string, file: string): Promise<Buffer> {
  const key = randomBytes(keyBytes)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await writeDurably(file, `${key.toString('base64')}\n`)
  return readKey(file) ?? key
}
