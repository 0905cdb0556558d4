import type { Instant } from '../../kernel/fields.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { factorRefusal } from './refusals.ts'

export const mostPasskeys = 20
export const recoveryCodeCount = 10
export const lowRecoveryCodes = 3

/** How long a browser may take to make a passkey, and a person to scan a key. */
export const beginMinutes = 10

/** TOTP as every app knows it (RFC 6238): 30 s, one step of grace before and after, since clocks differ. */
export const stepSeconds = 30

/** Where passkeys belong to: a host name, and the one origin that may ask for them. */
export interface Site {
  readonly rpId: string
  readonly origin: string
}

/**
 * The site of passkeys: the public address, or on the machine itself the address that the browser used, under which
 * WebAuthn works without TLS. The request's own word counts for `localhost` only.
 * @throws Refusal `passkey.address_needed` where a browser would not make any: an IP address, or plain HTTP elsewhere
 */
export function siteOf({ publicUrl, origin }: { readonly publicUrl: string; readonly origin: string }): Site {
  const known = URL.parse(publicUrl)
  const used = URL.parse(origin)
  const site = known !== null && !isOwnMachine(known.hostname) ? known : used
  if (site === null || !isHostName(site.hostname)) throw new Refusal(factorRefusal.passkeyAddress)
  const isSafe = site.protocol === 'https:' || isLocalName(site.hostname)
  const isBelieved = site === known || isLocalName(site.hostname)
  if (!isSafe || !isBelieved) throw new Refusal(factorRefusal.passkeyAddress)
  return { rpId: site.hostname, origin: site.origin }
}

function isOwnMachine(hostname: string): boolean {
  return isLocalName(hostname) || hostname.startsWith('127.') || hostname === '[::1]'
}

function isLocalName(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost')
}

function isHostName(hostname: string): boolean {
  return hostname !== '' && !hostname.startsWith('[') && !/^[\d.]+$/.test(hostname)
}

/** What a person would still have, once a factor is gone. */
export interface Remaining {
  /** Identifiers to sign in with, none of them frozen. */
  readonly logins: number
  /** Identifiers that may verify, none of them frozen. */
  readonly verifications: number
  readonly passkeys: number
  readonly hasAuthenticator: boolean
}

/**
 * ACC-7, ACC-8: a way in always stays, and something to verify with.
 * @throws Refusal `passkey.last_way_in`, `factor.last_verification`
 */
export function requireRemaining({ logins, verifications, passkeys, hasAuthenticator }: Remaining): void {
  if (logins === 0 && passkeys === 0) throw new Refusal(factorRefusal.lastWayIn)
  if (verifications === 0 && passkeys === 0 && !hasAuthenticator) {
    throw new Refusal(factorRefusal.lastVerification)
  }
}

/** The seconds since 1970 that TOTP counts by. */
export function epochSeconds(now: Instant): number {
  return Math.floor(new Date(now).getTime() / 1000)
}

// Crockford's base32: what is easily misread is not among it, and read as what it looks like.
export const recoveryAlphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** A recovery code as it is shown: four groups of four. */
export function shownRecoveryCode(characters: string): string {
  return characters.match(/.{4}/g)?.join('-') ?? characters
}

/** A recovery code as it is compared, however it was typed. */
export function plainRecoveryCode(given: string): string {
  return given.toLowerCase().replace(/[\s-]/g, '').replace(/[il]/g, '1').replace(/o/g, '0')
}
