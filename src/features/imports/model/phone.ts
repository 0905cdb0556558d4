/** A phone number as it is understood; the platform's `parsePhone` gives this shape. */
export interface ReadPhone {
  readonly e164: string
  readonly country: string
  readonly type: 'mobile' | 'landline' | 'toll_free' | 'other'
}

/** Reads a phone number in any usual spelling; null when no numbering plan has such a number. */
export type ParsePhone = (text: string, defaultCountry: string) => ReadPhone | null
