import { createInstance } from 'i18next'
import { useMemo } from 'react'
import { initReactI18next, useTranslation } from 'react-i18next'
import { languages, onPreferences, readLanguage } from './preferences.ts'

type Plural = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other'
type Unplural<Key> = Key extends `${infer Stem}_${Plural}` ? Stem : Key
/** The keys of a words file; forms of a plural are one key. */
export type KeyOf<Words> = Extract<Unplural<keyof Words>, string>

type Values = Readonly<Record<string, string | number>>
/** Says a phrase in the reader's language; `count` chooses the form of the plural. */
export type Say<Key extends string> = (key: Key, values?: Values) => string

const i18n = createInstance()
void i18n.use(initReactI18next).init({
  lng: readLanguage(),
  fallbackLng: 'en',
  supportedLngs: [...languages],
  resources: {},
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false },
  react: { useSuspense: false },
  initAsync: false,
})
onPreferences(({ language }) => void i18n.changeLanguage(language))

/** Registers the words of one room in both languages, and gives the hook that says them. */
export function defineWords<const English extends Readonly<Record<string, string>>>(
  room: string,
  english: English,
  chinese: Readonly<Record<string, string>>,
): () => Say<KeyOf<English>> {
  i18n.addResourceBundle('en', room, english)
  i18n.addResourceBundle('zh-CN', room, chinese)
  // biome-ignore lint/correctness/noComponentHookFactories: made once for each room, when its module loads
  return function useWords() {
    const { t } = useTranslation(room, { i18n })
    return useMemo(() => (key, values) => t(key, values ?? {}), [t])
  }
}
