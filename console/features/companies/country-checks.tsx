import { ActionIcon, Button, Fieldset, Group, NativeSelect, Select, Stack, Text } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useFormat } from '../../ui/format.ts'
import { useCompanyWords } from './company-words.ts'
import { countries } from './countries.ts'
import type { Form, OnForm } from './settings-fields.tsx'

const kinds = ['real_name', 'address'] as const
type Kind = (typeof kinds)[number]

/** Which country's numbers wait for which check before they pass on (NUM-14). */
export function CountryChecks({ form, onForm }: { readonly form: Form; readonly onForm: OnForm }) {
  const t = useCompanyWords()
  const { language } = useFormat()
  const [added, setAdded] = useState<string | null>(null)
  const checks = form.policies.countryChecks
  const names = new Intl.DisplayNames(language, { type: 'region' })
  const nameOf = (code: string) => names.of(code) ?? code
  function change(next: Readonly<Record<string, Kind>>) {
    onForm((before) => ({ ...before, policies: { ...before.policies, countryChecks: { ...next } } }))
  }
  return (
    <Fieldset legend={t('settings.checks')}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {Object.keys(checks).length === 0 ? t('settings.checksNone') : t('settings.checksText')}
        </Text>
        {Object.entries(checks).map(([code, kind]) => (
          <Group key={code} gap="sm">
            <NativeSelect
              label={nameOf(code)}
              style={{ flex: 1 }}
              value={kind}
              data={kinds.map((value) => ({ value, label: t(`settings.check.${value}`) }))}
              onChange={({ currentTarget: { value } }) =>
                change({ ...checks, [code]: kinds.find((one) => one === value) ?? 'real_name' })
              }
            />
            <ActionIcon
              variant="default"
              size="lg"
              mt="lg"
              aria-label={t('settings.check.remove', { country: nameOf(code) })}
              onClick={() => {
                const { [code]: _, ...others } = checks
                change(others)
              }}
            >
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          </Group>
        ))}
        <Group align="flex-end" gap="sm">
          <Select
            label={t('settings.check.country')}
            style={{ flex: 1 }}
            searchable
            clearable
            value={added}
            onChange={setAdded}
            data={countries
              .filter((code) => !(code in checks))
              .map((value) => ({ value, label: `${nameOf(value)} (${value})` }))
              .sort((a, b) => a.label.localeCompare(b.label, language === 'en' ? 'en' : 'zh-u-co-pinyin'))}
          />
          <Button
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden />}
            disabled={added === null}
            onClick={() => {
              if (added) change({ ...checks, [added]: 'real_name' })
              setAdded(null)
            }}
          >
            {t('settings.check.add')}
          </Button>
        </Group>
      </Stack>
    </Fieldset>
  )
}
