import { hash, verify } from '@node-rs/argon2'

// OWASP's second argon2id profile: 19 MiB, two passes, one lane; about 12 ms and 19 MiB a sign-in.
const profile = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

// A hash of nothing anyone knows, so that a sign-in with an unknown e-mail costs as much as one with a known.
const decoy = hash(crypto.getRandomValues(new Uint8Array(32)), profile)

/** Hashes a password with argon2id; slow on purpose, so never inside a transaction. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'), profile)
}

/** Tells whether the password fits the stored hash; with `null` it works as long and says no. */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  const fits = await verify(stored ?? (await decoy), password.normalize('NFC'))
  return stored !== null && fits
}
