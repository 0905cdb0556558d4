import { memberStatuses } from '../../../../src/features/people/states.ts'
import { roles } from '../../../../src/kernel/permission.ts'
import { useCommonWords } from '../../../ui/common-words.ts'
import { type Chip, FilterChips } from '../../../ui/filters.tsx'
import { useDepartmentChoices } from '../parts/all-departments.ts'
import { useMemberName } from '../parts/member-select.tsx'
import { usePeopleWords } from '../words.ts'
import { activeFilters, type FilterName, noFilter } from './member-filter.ts'
import type { FilterProps } from './member-filters.tsx'

/** The filters that are on, each with a way to take it off. */
export function MemberFilterChips({ shown, onChange }: FilterProps) {
  const chips = useChips(shown)
  return (
    <FilterChips
      chips={chips}
      onRemove={(name) => onChange({ [name]: noFilter[name] })}
      onClear={() => onChange(noFilter)}
    />
  )
}

function useChips(shown: FilterProps['shown']): readonly Chip<FilterName>[] {
  const t = usePeopleWords()
  const common = useCommonWords()
  const manager = useMemberName(shown.managerId)
  const department = useDepartmentChoices().find(({ value }) => value === shown.departmentId)
  const status = memberStatuses.find((known) => known === shown.status)
  const role = roles.find((known) => known === shown.role)
  const values: Readonly<Record<FilterName, string | null>> = {
    status: status ? common(`status.${status}`) : shown.status,
    role: role ? common(`role.${role}`) : shown.role,
    departmentId: department?.label ?? '…',
    managerId: manager ?? '…',
    direct: null,
    holding: null,
  }
  return activeFilters(shown).map((key) => ({ key, name: t(`filter.${key}`), value: values[key] }))
}
