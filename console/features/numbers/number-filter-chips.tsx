import { useCommonWords } from '../../ui/common-words.ts'
import { type Chip, FilterChips } from '../../ui/filters.tsx'
import { useMemberName } from '../people/parts/member-select.tsx'
import {
  activeFilters,
  custodyStates,
  type FilterName,
  noFilter,
  numberTypes,
  shownAtFirst,
} from './number-filter.ts'
import { type FilterProps, useDepartments } from './number-filters.tsx'
import { useCountryName } from './parts/countries.ts'
import { useNumberWords } from './words.ts'

/** The filters that are on, each with a way to take it off. */
export function NumberFilterChips({ shown, onChange }: FilterProps) {
  const chips = useChips(shown)
  return (
    <FilterChips
      chips={chips}
      onRemove={(name) => onChange({ [name]: shownAtFirst[name] })}
      onClear={() => onChange(noFilter)}
    />
  )
}

function useChips(shown: FilterProps['shown']): readonly Chip<FilterName>[] {
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
  return activeFilters(shown).map((key) => ({
    key,
    name: key === 'department' ? t('filter.department.short') : t(`filter.${key}`),
    value: values[key],
  }))
}
