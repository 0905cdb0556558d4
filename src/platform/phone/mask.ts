import { parsePhoneNumberFromString } from 'libphonenumber-js/max'

const fewestDigits = 5

/**
 * Makes the other side of a record unrecognisable: of a number its country code and last two digits stay
 * (`+86 … 34`), of a name its first character (`招…`).
 */
export function maskOtherParty(otherParty: string): string {
  const digits = otherParty.replace(/\D/g, '')
  if (!/^\+?[\d\s().-]+$/.test(otherParty)) return `${[...otherParty][0] ?? ''}…`
  if (digits.length < fewestDigits) return '…'
  const code = otherParty.startsWith('+') ? callingCodeOf(`+${digits}`) : null
  return `${code === null ? '' : `+${code} `}… ${digits.slice(-2)}`
}

function callingCodeOf(e164: string): string | null {
  return parsePhoneNumberFromString(e164)?.countryCallingCode ?? null
}
