import { Button, Group } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { memberStatuses } from '../../../../src/features/people/states.ts'
import { roles } from '../../../../src/kernel/permission.ts'
import { useCommonWords } from '../../../ui/common-words.ts'
import { useDepartmentChoices } from '../parts/all-departments.ts'
import { useMemberName } from '../parts/member-select.tsx'
import { usePeopleWords } from '../words.ts'
import { activeFilters, type FilterName, noFilter } from './member-filter.ts'
import type { FilterProps } from './member-filters.tsx'

/** The filters that are on, each with a way to take it off. */
export function FilterChips({ shown, onChange }: FilterProps) {
  const t = usePeopleWords()
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
          onClick={() => onChange({ [name]: noFilter[name] })}
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
  return (name) => {
    const value = values[name]
    return value === null ? t(`filter.${name}`) : t('filter.chip', { name: t(`filter.${name}`), value })
  }
}
