/** What somebody typed where a phone or an e-mail address is asked for. */
export type GivenAddress =
  | { readonly kind: 'email'; readonly value: string }
  | { readonly kind: 'phone'; readonly value: string }

const fewestDigits = 5

/** Tells a phone from an e-mail address as people type them; null for what is neither. */
export function readAddress(given: string): GivenAddress | null {
  const value = given.normalize('NFKC').trim()
  if (value.includes('@')) return /^[^\s@]+@[^\s@]+$/.test(value) ? { kind: 'email', value } : null
  const digits = value.replace(/\D/g, '')
  return digits.length >= fewestDigits && /^\+?[\d\s().\-–·]+$/.test(value) ? { kind: 'phone', value } : null
}

/** The digits of a code, whatever stood around them when it was pasted; at most as many as it has. */
export function readCode(given: string, digits: number): string {
  return given.normalize('NFKC').replace(/\D/g, '').slice(0, digits)
}
