import { Button, Group } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useCommonWords } from '../../ui/common-words.ts'
import {
  activeFilters,
  custodyStates,
  type FilterName,
  noFilter,
  numberTypes,
  shownAtFirst,
} from './number-filter.ts'
import { useMemberName } from './number-filter-holder.tsx'
import { type FilterProps, useDepartments } from './number-filters.tsx'
import { useCountryName } from './parts/countries.ts'
import { useNumberWords } from './words.ts'

/** The filters that are on, each with a way to take it off. */
export function FilterChips({ shown, onChange }: FilterProps) {
  const t = useNumberWords()
  const words = useFilterWords(shown)
  const active = activeFilters(shown)
  if (active.length === 0) return null
  return (
    <Group gap={6} role="group" aria-label={t('filter.active')}>
      {active.map((name) => (
        <Button
          key={name}
          size="compact-sm"
          radius="xl"
          variant="default"
          aria-label={t('filter.remove', { filter: words(name) })}
          rightSection={<IconX size={14} aria-hidden />}
          onClick={() => onChange({ [name]: shownAtFirst[name] })}
          maw="100%"
        >
          {words(name)}
        </Button>
      ))}
      <Button size="compact-sm" variant="subtle" onClick={() => onChange(noFilter)}>
        {t('filter.clear')}
      </Button>
    </Group>
  )
}

function useFilterWords(shown: FilterProps['shown']): (name: FilterName) => string {
  const t = useNumberWords()
  const common = useCommonWords()
  const countryName = useCountryName(t('country.none'))
  const holder = useMemberName(shown.holder)
  const department = useDepartments().find(({ departmentId }) => departmentId === shown.department)
  const state = custodyStates.find((known) => known === shown.state)
  const type = numberTypes.find((known) => known === shown.type)
  const values: Readonly<Record<FilterName, string | null>> = {
    state: state ? common(`custody.${state}`) : shown.state,
    country: /^[A-Z]{2}$/.test(shown.country) ? countryName(shown.country) : shown.country,
    type: type ? common(`numberType.${type}`) : shown.type,
    holder: holder ?? '…',
    department: department?.name ?? '…',
    waiting: null,
    cooling: null,
  }
  return (name) => {
    const title = name === 'department' ? t('filter.department.short') : t(`filter.${name}`)
    const value = values[name]
    return value === null ? title : t('filter.chip', { name: title, value })
  }
}
