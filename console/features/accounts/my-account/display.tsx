import { NativeSelect, Select, Stack, Switch, useMantineColorScheme } from '@mantine/core'
import { useMemo } from 'react'
import { languageNames } from '../../../ui/language-switch.tsx'
import { languages, setPreferences, usePreferences } from '../../../ui/preferences.ts'
import { Section } from './section.tsx'
import { useMyAccountWords } from './words.ts'

const schemes = ['auto', 'light', 'dark'] as const

/** How the console looks and speaks on this device. */
export function Display() {
  const t = useMyAccountWords()
  const { language, shortcuts } = usePreferences()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <Section title={t('display')} text={t('display.text')}>
      <Stack gap="md" maw={420}>
        <NativeSelect
          label={t('display.language')}
          value={language}
          data={languages.map((value) => ({ value, label: languageNames[value] }))}
          onChange={({ currentTarget }) => {
            const chosen = languages.find((one) => one === currentTarget.value)
            if (chosen) setPreferences({ language: chosen })
          }}
        />
        <TimeZoneSelect />
        <NativeSelect
          label={t('display.theme')}
          value={colorScheme}
          data={schemes.map((value) => ({ value, label: t(`display.theme.${value}`) }))}
          onChange={({ currentTarget }) => {
            const chosen = schemes.find((one) => one === currentTarget.value)
            if (chosen) setColorScheme(chosen)
          }}
        />
        <Switch
          label={t('display.shortcuts')}
          description={t('display.shortcutsHelp')}
          checked={shortcuts}
          onChange={({ currentTarget }) => setPreferences({ shortcuts: currentTarget.checked })}
        />
      </Stack>
    </Section>
  )
}

const ofDevice = 'device'
const mostOffered = 80

function TimeZoneSelect() {
  const t = useMyAccountWords()
  const { timeZone } = usePreferences()
  const options = useMemo(() => {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
    const zones = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC'])
    return [
      { value: ofDevice, label: t('display.timeZoneDevice', { zone }) },
      ...[...zones].map((value) => ({ value, label: value.replaceAll('_', ' ') })),
    ]
  }, [t])
  return (
    <Select
      label={t('display.timeZone')}
      description={t('display.timeZoneHelp')}
      searchable
      allowDeselect={false}
      limit={mostOffered}
      data={options}
      value={timeZone ?? ofDevice}
      onChange={(value) => setPreferences({ timeZone: value === ofDevice ? null : value })}
      nothingFoundMessage={t('display.timeZoneNone')}
    />
  )
}
