import { Checkbox, Group, Select, Stack } from '@mantine/core'
import { memberStatuses } from '../../../../src/features/people/states.ts'
import { roles } from '../../../../src/kernel/permission.ts'
import { useCommonWords } from '../../../ui/common-words.ts'
import { FilterButton } from '../../../ui/filters.tsx'
import { SearchField } from '../../../ui/search-field.tsx'
import { useDepartmentChoices } from '../parts/all-departments.ts'
import { MemberSelect } from '../parts/member-select.tsx'
import { usePeopleWords } from '../words.ts'
import { activeFilters, type Shown, searchCharacters } from './member-filter.ts'

export interface FilterProps {
  readonly shown: Shown
  readonly onChange: (change: Partial<Shown>, options?: { readonly replace?: boolean }) => void
}

/** The search and everything else that narrows the list. */
export function MemberFilters({ shown, onChange }: FilterProps) {
  const t = usePeopleWords()
  const count = activeFilters(shown).length
  return (
    <Group gap="xs">
      <SearchField
        label={t('search')}
        placeholder={t('search.placeholder')}
        value={shown.q}
        maxLength={searchCharacters}
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
  const t = usePeopleWords()
  const common = useCommonWords()
  const departments = useDepartmentChoices()
  const shared = { clearable: true, placeholder: t('filter.any'), comboboxProps: inside } as const
  return (
    <Stack gap="sm">
      <Select
        {...shared}
        label={t('filter.status')}
        data={memberStatuses.map((value) => ({ value, label: common(`status.${value}`) }))}
        value={shown.status || null}
        onChange={(status) => onChange({ status: status ?? '' })}
      />
      <Select
        {...shared}
        label={t('filter.role')}
        data={roles.map((value) => ({ value, label: common(`role.${value}`) }))}
        value={shown.role || null}
        onChange={(role) => onChange({ role: role ?? '' })}
      />
      <Select
        {...shared}
        searchable
        limit={100}
        label={t('filter.departmentId')}
        nothingFoundMessage={t('filter.nothingFound')}
        data={departments}
        value={shown.departmentId || null}
        onChange={(departmentId) => onChange({ departmentId: departmentId ?? '' })}
      />
      {shown.departmentId && (
        <Checkbox
          label={t('filter.direct')}
          checked={shown.direct}
          onChange={(event) => onChange({ direct: event.currentTarget.checked })}
        />
      )}
      <MemberSelect
        isInside
        label={t('filter.managerId')}
        value={shown.managerId}
        onChange={(managerId) => onChange({ managerId })}
      />
      <Checkbox
        label={t('filter.holding')}
        checked={shown.holding}
        onChange={(event) => onChange({ holding: event.currentTarget.checked })}
      />
    </Stack>
  )
}
