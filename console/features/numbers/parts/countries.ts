import { useEffect, useMemo, useState } from 'react'
import { useFormat } from '../../../ui/format.ts'

export interface Country {
  readonly value: string
  readonly label: string
}

/** Says the name of a country by its code; a number that belongs to none has code 001. */
export function useCountryName(nameOfNone: string): (code: string) => string {
  const { language } = useFormat()
  return useMemo(() => {
    const names = new Intl.DisplayNames([language], { type: 'region' })
    return (code) => (code === '001' ? nameOfNone : (names.of(code) ?? code))
  }, [language, nameOfNone])
}

/** All countries that have a numbering plan, with their dialling code, by name; empty until the plans are there. */
export function useCountries(): readonly Country[] {
  const { language } = useFormat()
  const [countries, setCountries] = useState<readonly Country[]>([])
  useEffect(() => {
    let isWanted = true
    void import('libphonenumber-js/min').then(({ getCountries, getCountryCallingCode }) => {
      if (!isWanted) return
      const names = new Intl.DisplayNames([language], { type: 'region' })
      const byName = new Intl.Collator(language)
      const all = getCountries().map((code) => ({
        value: code,
        label: `${names.of(code) ?? code} (+${getCountryCallingCode(code)})`,
      }))
      setCountries(all.sort((a, b) => byName.compare(a.label, b.label)))
    })
    return () => {
      isWanted = false
    }
  }, [language])
  return countries
}
