import { createPublicKey, type KeyObject } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import type { TrustedKey } from '../../features/audit/index.ts'
import { createKeyRing, keyNameOf } from '../../platform/crypto/key-ring.ts'
import { Failure, misuse } from '../failure.ts'

const pemBlock = /(?:^Retired: (\S+)\s*\n)?-----BEGIN PUBLIC KEY-----[\s\S]+?-----END PUBLIC KEY-----/gm

/**
 * The keys whose signatures are believed: those in a file as `baton receipt key` writes it, else those in the data
 * folder of this machine. A key that comes with the receipt proves nothing.
 * @throws Failure when there are none
 */
export async function trustedKeys(file: string | undefined, dataFolder: string): Promise<TrustedKey[]> {
  if (file !== undefined) return keysIn(file)
  const keys = await ownKeys(dataFolder)
  if (keys.length > 0) return keys
  throw new Failure({
    title: 'There is no key here by which a receipt could be checked.',
    next: 'Name one with --key FILE. Whoever runs the Baton that made the receipt writes it with: npx baton receipt key',
    problem: { code: 'receipt.no_key' },
  })
}

/** The keys in the data folder, old ones too. */
export async function ownKeys(dataFolder: string): Promise<TrustedKey[]> {
  const folder = path.join(dataFolder, 'keys')
  if ((await stat(folder).catch(() => undefined)) === undefined) return []
  const pinned = await createKeyRing(folder).pinned()
  return pinned.map(({ keyName, publicKey, retiredAt }) => ({ keyName, publicKey, validUntil: retiredAt }))
}

/** A key as a file for others: its name and end as comments, and the public half, PEM. */
export function keyInWords({ keyName, publicKey, validUntil }: TrustedKey): string {
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString().trim()
  return [`Key: ${keyName}`, ...(validUntil ? [`Retired: ${validUntil}`] : []), pem].join('\n')
}

async function keysIn(file: string): Promise<TrustedKey[]> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw misuse(`The key file cannot be read: ${error.message}.`, 'Correct --key.')
  })
  const keys = [...text.matchAll(pemBlock)].map(([whole, retired]): TrustedKey => {
    const publicKey = readKey(whole.slice(whole.indexOf('-----BEGIN')), file)
    return { keyName: keyNameOf(publicKey), publicKey, validUntil: retired ?? null }
  })
  if (keys.length > 0) return keys
  throw misuse(
    `${file} holds no public key.`,
    'It has to be as this writes it, on the machine that made the receipt: npx baton receipt key',
  )
}

function readKey(pem: string, file: string): KeyObject {
  try {
    const key = createPublicKey(pem)
    if (key.asymmetricKeyType === 'ed25519') return key
  } catch {
    // Said below, as for a key of another kind.
  }
  throw misuse(`${file} holds a key that is not Ed25519.`)
}
