import { Group, Select, Stack, Text, TextInput } from '@mantine/core'
import { FilterButton } from '../../ui/filters.tsx'
import { useFormat } from '../../ui/format.ts'
import { useActionWords } from './action-words.ts'
import { actionGroups, groupNames } from './actions.ts'
import { activeFilters, type Shown, subjectKinds } from './ledger-filter.ts'
import { useKindWords } from './names.tsx'
import { useActionName } from './parts/action-name.ts'
import { ThingSelect } from './thing-select.tsx'
import { useLedgerWords } from './words.ts'

export interface FilterProps {
  readonly shown: Shown
  readonly onChange: (change: Partial<Shown>, options?: { readonly replace?: boolean }) => void
}

/** What was decided, and everything else that narrows the ledger. */
export function LedgerFilters({ shown, onChange }: FilterProps) {
  const count = activeFilters(shown).filter((name) => name !== 'action').length
  return (
    <Group gap="xs">
      <ActionSelect shown={shown} onChange={onChange} />
      <FilterButton count={count}>
        <Fields shown={shown} onChange={onChange} />
      </FilterButton>
    </Group>
  )
}

function ActionSelect({ shown, onChange }: FilterProps) {
  const t = useLedgerWords()
  const group = useActionWords()
  const actionName = useActionName()
  const data = groupNames.map((name) => ({
    group: group(`group.${name}`),
    items: actionGroups[name].map((action) => ({ value: action, label: actionName(action) })),
  }))
  const isListed = data.some(({ items }) => items.some(({ value }) => value === shown.action))
  const other = shown.action && !isListed ? [{ value: shown.action, label: shown.action }] : []
  return (
    <Select
      searchable
      clearable
      aria-label={t('filter.action')}
      placeholder={t('filter.anyAction')}
      nothingFoundMessage={t('filter.nothingFound')}
      data={[...other, ...data]}
      value={shown.action || null}
      onChange={(action) => onChange({ action: action ?? '' })}
      maxDropdownHeight={360}
      style={{ flex: '1 1 14rem', maxWidth: 400 }}
    />
  )
}

function Fields({ shown, onChange }: FilterProps) {
  const t = useLedgerWords()
  const kindInWords = useKindWords()
  return (
    <Stack gap="sm">
      <Select
        clearable
        label={t('filter.kind')}
        placeholder={t('filter.any')}
        comboboxProps={{ withinPortal: false }}
        data={subjectKinds.map((kind) => ({ value: kind, label: kindInWords(kind) }))}
        value={shown.kind || null}
        onChange={(kind) => onChange({ kind: kind ?? '', subject: '' })}
      />
      {(shown.kind === 'member' || shown.kind === 'number') && (
        <ThingSelect
          key={shown.kind}
          kind={shown.kind}
          label={t(`filter.subject.${shown.kind}`)}
          value={shown.subject}
          onChange={(subject) => onChange({ subject })}
        />
      )}
      <ThingSelect
        kind="member"
        label={t('filter.actor')}
        value={shown.actor}
        onChange={(actor) => onChange({ actor })}
      />
      <Days shown={shown} onChange={onChange} />
    </Stack>
  )
}

function Days({ shown, onChange }: FilterProps) {
  const t = useLedgerWords()
  const { timeZone } = useFormat()
  return (
    <>
      <TextInput
        type="date"
        label={t('filter.from')}
        value={shown.from}
        max={shown.to || undefined}
        onChange={(event) => onChange({ from: event.currentTarget.value }, { replace: true })}
      />
      <TextInput
        type="date"
        label={t('filter.to')}
        value={shown.to}
        min={shown.from || undefined}
        onChange={(event) => onChange({ to: event.currentTarget.value }, { replace: true })}
      />
      <Text size="xs" c="dimmed">
        {t('filter.days', { zone: timeZone })}
      </Text>
    </>
  )
}
