import { createHash, randomBytes } from 'node:crypto'

const secretBytes = 32

/** A new secret of 256 random bits as 43 base64url characters. */
export function newSecret(): string {
  return randomBytes(secretBytes).toString('base64url')
}

/** What is kept of a secret: its SHA-256; 256 random bits need no slow hash. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

/** Writes a token: it carries its company, or the zero UUID of the installation, so that it is looked up inside that realm. */
export function formatToken(companyId: string, secret: string): string {
  return `baton_${companyId.replaceAll('-', '')}_${secret}`
}
