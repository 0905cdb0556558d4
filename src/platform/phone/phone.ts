import { type NumberType, parsePhoneNumberFromString } from 'libphonenumber-js/max'

export type PhoneType = 'mobile' | 'landline' | 'toll_free' | 'other'

/** A phone number as the numbering plans know it; `country` is ISO 3166, `001` where a number belongs to none. */
export interface Phone {
  readonly e164: string
  readonly country: string
  readonly type: PhoneType
}

const maxCharacters = 60
const chineseMobile = /^(?:(?:\+|00)86)?(1[3-9]\d{9})$/
const e164Form = /^\+[1-9]\d{3,14}$/
// Spaces of every kind, hyphens and dashes, full stops, brackets, and the invisible marks that copying brings along.
const separators = /[\p{Z}\t\p{Pd}\u2212.()[\]/\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu

const typeOf: Readonly<Record<NonNullable<NumberType>, PhoneType>> = {
  MOBILE: 'mobile',
  FIXED_LINE_OR_MOBILE: 'mobile',
  FIXED_LINE: 'landline',
  TOLL_FREE: 'toll_free',
  // A Chinese 400 number is one: the caller pays the local part, and people say "toll-free" to it.
  SHARED_COST: 'toll_free',
  PREMIUM_RATE: 'other',
  VOIP: 'other',
  PERSONAL_NUMBER: 'other',
  PAGER: 'other',
  UAN: 'other',
  VOICEMAIL: 'other',
}

/**
 * Reads a phone number in any usual spelling: with +, 00 or no country code, spaces, hyphens, brackets, full-width
 * digits; null when no numbering plan has such a number.
 * @param defaultCountry ISO 3166 country of a number without country code, e.g. `CN`
 */
export function parsePhone(text: string, defaultCountry: string): Phone | null {
  if (text.length > maxCharacters) return null
  const compact = text.normalize('NFKC').replace(separators, '')
  const chinese = chineseMobile.exec(compact)
  if (chinese?.[1] !== undefined && isChinese(compact, defaultCountry)) {
    return { e164: `+86${chinese[1]}`, country: 'CN', type: 'mobile' }
  }
  if (!/^\+?\d+$/.test(compact)) return null
  return parseByPlan(compact.replace(/^00/, '+'), defaultCountry)
}

// Eleven digits from 13 on are a Chinese mobile only where China is the default, or where the country code says so.
function isChinese(compact: string, defaultCountry: string): boolean {
  return defaultCountry === 'CN' || compact.length > 11
}

function parseByPlan(compact: string, defaultCountry: string): Phone | null {
  const parsed = parsePhoneNumberFromString(compact, {
    defaultCountry: defaultCountry as never,
    extract: false,
  })
  if (!parsed?.isValid() || !e164Form.test(parsed.number)) return null
  const type = parsed.getType()
  return { e164: parsed.number, country: parsed.country ?? '001', type: type ? typeOf[type] : 'other' }
}
