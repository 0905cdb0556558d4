import { Checkbox, Group, Select, Stack } from '@mantine/core'
import { usePages } from '../../api/read.ts'
import { useCommonWords } from '../../ui/common-words.ts'
import { FilterButton } from '../../ui/filters.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { MemberSelect } from '../people/parts/member-select.tsx'
import { activeFilters, custodyStates, numberTypes, type Shown } from './number-filter.ts'
import { useCountries } from './parts/countries.ts'
import { useNumberWords } from './words.ts'

export interface FilterProps {
  readonly shown: Shown
  readonly onChange: (change: Partial<Shown>, options?: { readonly replace?: boolean }) => void
}

/** The search and everything else that narrows the list. */
export function NumberFilters({ shown, onChange }: FilterProps) {
  const t = useNumberWords()
  const count = activeFilters(shown).length
  return (
    <Group gap="xs">
      <SearchField
        label={t('search')}
        placeholder={t('search.placeholder')}
        value={shown.q}
        maxLength={80}
        onChange={(q) => onChange({ q }, { replace: true })}
      />
      <FilterButton count={count}>
        <Fields shown={shown} onChange={onChange} />
      </FilterButton>
    </Group>
  )
}

// Lists of choices open inside the popover, which would else close as if somebody had clicked beside it.
const inside = { withinPortal: false }

function Fields({ shown, onChange }: FilterProps) {
  const t = useNumberWords()
  const common = useCommonWords()
  const countries = useCountries()
  const departments = useDepartments()
  const shared = { clearable: true, placeholder: t('filter.none'), comboboxProps: inside } as const
  return (
    <Stack gap="sm">
      <Select
        {...shared}
        label={t('filter.state')}
        data={custodyStates.map((value) => ({ value, label: common(`custody.${value}`) }))}
        value={shown.state || null}
        onChange={(state) => onChange({ state: state ?? '' })}
      />
      <MemberSelect
        isInside
        label={t('filter.holder')}
        placeholder={t('filter.typeName')}
        value={shown.holder}
        onChange={(holder) => onChange({ holder })}
      />
      <Select
        {...shared}
        searchable
        label={t('filter.department')}
        nothingFoundMessage={t('filter.nothingFound')}
        data={departments.map(({ departmentId, name }) => ({ value: departmentId, label: name }))}
        value={shown.department || null}
        onChange={(department) => onChange({ department: department ?? '' })}
      />
      <Select
        {...shared}
        searchable
        label={t('filter.country')}
        nothingFoundMessage={t('filter.nothingFound')}
        data={[...countries]}
        value={shown.country || null}
        onChange={(country) => onChange({ country: country ?? '' })}
      />
      <Select
        {...shared}
        label={t('filter.type')}
        data={numberTypes.map((value) => ({ value, label: common(`numberType.${value}`) }))}
        value={shown.type || null}
        onChange={(type) => onChange({ type: type ?? '' })}
      />
      <Checkbox
        label={t('filter.waiting')}
        checked={shown.waiting}
        onChange={(event) => onChange({ waiting: event.currentTarget.checked })}
      />
      <Checkbox
        label={t('filter.cooling')}
        checked={shown.cooling}
        onChange={(event) => onChange({ cooling: event.currentTarget.checked })}
      />
    </Stack>
  )
}

/** The departments that may be chosen from; the oldest two hundred of a company that has more. */
export function useDepartments() {
  return usePages('listDepartments', { query: {} }, { pageSize: 200, staleMs: 60_000 }).items
}
