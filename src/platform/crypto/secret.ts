import { createHash, randomBytes } from 'node:crypto'

const secretBytes = 32

/** A new secret of 256 random bits as 43 base64url characters. */
export function newSecret(): string {
  return randomBytes(secretBytes).toString('base64url')
}

/** The key under which something personal is counted without being stored: SHA-256 of purpose and value. */
export function digestOf(purpose: string, value: string): Buffer {
  return createHash('sha256').update(`${purpose}\0${value}`).digest()
}
