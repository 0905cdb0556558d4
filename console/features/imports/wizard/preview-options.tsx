import { Checkbox, NativeSelect, Radio, Select, SimpleGrid, Stack, TextInput, Title } from '@mantine/core'
import { useState } from 'react'
import { useCountries } from '../../numbers/parts/countries.ts'
import { useDepartmentChoices } from '../../people/parts/all-departments.ts'
import type { Change, Draft, Import } from '../use-draft.ts'
import { useImportWords } from '../words.ts'

type Options = NonNullable<Change['options']>

interface OptionProps {
  readonly draft: Draft
  readonly set: (options: Options) => void
}

const people: readonly Import['template'][] = ['members', 'wecom-members', 'wecom-api-members']

/** What holds for all rows; only what matters for this kind of file is asked. */
export function PreviewOptions({ draft }: { readonly draft: Draft }) {
  const t = useImportWords()
  const { template } = draft.shown
  const set = (options: Options) => void draft.change([{ options }])
  const props = { draft, set }
  const isPeople = people.includes(template)
  return (
    <Stack gap="md" component="section" aria-labelledby="options-heading">
      <Title order={2} size="h4" id="options-heading">
        {t('options.title')}
      </Title>
      {template !== 'records' && template !== 'moves' && <Existing {...props} />}
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
        {isPeople && <Destination {...props} />}
        <Country {...props} />
        {template !== 'members' && isPeople && <Disabled {...props} />}
        {template === 'records' && <Source key={draft.shown.options.source ?? ''} {...props} />}
      </SimpleGrid>
      <Checkbox
        label={t('options.stop')}
        description={t('options.stopText')}
        checked={draft.shown.options.stopOnError}
        onChange={(event) => set({ stopOnError: event.currentTarget.checked })}
      />
    </Stack>
  )
}

function Existing({ draft, set }: OptionProps) {
  const t = useImportWords()
  const { options, problems } = draft.shown
  const isAsked = problems.some(({ fixes }) => fixes.some(({ fix }) => fix === 'choose_existing'))
  return (
    <Radio.Group
      label={t('options.existing')}
      description={t('options.existingText')}
      value={options.existing ?? ''}
      onChange={(value) => (value === 'overwrite' || value === 'skip') && set({ existing: value })}
      required={isAsked}
      error={isAsked ? t('options.existingAsked') : undefined}
    >
      <Stack gap="xs" mt="xs">
        <Radio value="overwrite" label={t('existing.overwrite')} description={t('existing.overwriteText')} />
        <Radio value="skip" label={t('existing.skip')} description={t('existing.skipText')} />
      </Stack>
    </Radio.Group>
  )
}

function Destination({ draft, set }: OptionProps) {
  const t = useImportWords()
  const choices = useDepartmentChoices()
  return (
    <Select
      label={t('options.destination')}
      description={t('options.destinationText')}
      placeholder={t('options.top')}
      searchable
      clearable
      nothingFoundMessage={t('repair.noDepartment')}
      data={[...choices]}
      value={draft.shown.options.destinationDepartmentId}
      onChange={(destinationDepartmentId) => set({ destinationDepartmentId })}
    />
  )
}

function Country({ draft, set }: OptionProps) {
  const t = useImportWords()
  const countries = useCountries()
  return (
    <Select
      label={t('options.country')}
      description={t('options.countryText')}
      searchable
      allowDeselect={false}
      nothingFoundMessage={t('options.noCountry')}
      data={[...countries]}
      value={draft.shown.options.defaultCountry}
      onChange={(defaultCountry) => defaultCountry && set({ defaultCountry })}
    />
  )
}

function Disabled({ draft, set }: OptionProps) {
  const t = useImportWords()
  return (
    <NativeSelect
      label={t('options.disabled')}
      description={t('options.disabledText')}
      value={draft.shown.options.disabledMembers}
      onChange={({ currentTarget: { value } }) =>
        set({ disabledMembers: value === 'skip' ? 'skip' : 'import' })
      }
      data={[
        { value: 'import', label: t('options.disabledImport') },
        { value: 'skip', label: t('options.disabledSkip') },
      ]}
    />
  )
}

function Source({ draft, set }: OptionProps) {
  const t = useImportWords()
  const { source } = draft.shown.options
  const [value, setValue] = useState(source ?? '')
  return (
    <TextInput
      label={t('options.source')}
      description={t('options.sourceText')}
      maxLength={40}
      value={value}
      onChange={(event) => setValue(event.currentTarget.value)}
      onBlur={() => value.trim() !== (source ?? '') && set({ source: value.trim() || null })}
    />
  )
}
