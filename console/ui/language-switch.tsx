import { NativeSelect } from '@mantine/core'
import { useBlockWords } from './block-words.ts'
import { type Language, languages, setPreferences, usePreferences } from './preferences.ts'

/** Each language in itself, for those who cannot read the other. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', 'zh-CN': '简体中文' }

/** Changes the language of the console at once and for the next visit. */
export function LanguageSwitch() {
  const t = useBlockWords()
  const { language } = usePreferences()
  return (
    <NativeSelect
      aria-label={t('language')}
      value={language}
      data={languages.map((value) => ({ value, label: languageNames[value] }))}
      onChange={({ currentTarget }) => {
        const chosen = languages.find((value) => value === currentTarget.value)
        if (chosen) setPreferences({ language: chosen })
      }}
    />
  )
}
