import { Button, Group, Popover } from '@mantine/core'
import { IconFilter, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useBlockWords } from './block-words.ts'
import { EmptyState } from './states.tsx'

/** A button that opens the fields of a filter, and says how many of them are on. */
export function FilterButton({ count, children }: { readonly count: number; readonly children: ReactNode }) {
  const t = useBlockWords()
  return (
    <Popover position="bottom-start" width={300} trapFocus returnFocus withinPortal>
      <Popover.Target>
        <Button variant="default" leftSection={<IconFilter size={16} aria-hidden />}>
          {count > 0 ? t('filter.count', { count }) : t('filter')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown
        aria-label={t('filter')}
        mah="max(14rem, calc(100dvh - 12rem))"
        style={{ overflowY: 'auto' }}
      >
        {children}
      </Popover.Dropdown>
    </Popover>
  )
}

/** A filter that is on; one that is only on or off has no value. */
export interface Chip<Name extends string> {
  readonly key: Name
  readonly name: string
  readonly value: string | null
}

/** The filters that are on, each with a way to take it off. */
export function FilterChips<Name extends string>({
  chips,
  onRemove,
  onClear,
}: {
  readonly chips: readonly Chip<Name>[]
  readonly onRemove: (key: Name) => void
  readonly onClear: () => void
}) {
  const t = useBlockWords()
  if (chips.length === 0) return null
  return (
    <Group gap={6} role="group" aria-label={t('filter.active')}>
      {chips.map(({ key, name, value }) => {
        const filter = value === null ? name : t('filter.chip', { name, value })
        return (
          <Button
            key={key}
            size="compact-sm"
            radius="xl"
            variant="default"
            aria-label={t('filter.remove', { filter })}
            rightSection={<IconX size={14} aria-hidden />}
            onClick={() => onRemove(key)}
            maw="100%"
          >
            {filter}
          </Button>
        )
      })}
      <Button size="compact-sm" variant="subtle" onClick={onClear}>
        {t('filter.clear')}
      </Button>
    </Group>
  )
}

/** Filters leave nothing over: says so, and offers to take them off. */
export function NothingFits({
  title,
  text,
  onClear,
}: {
  readonly title: string
  readonly text: string
  readonly onClear: () => void
}) {
  const t = useBlockWords()
  return (
    <EmptyState title={title} text={text}>
      <Button variant="default" onClick={onClear}>
        {t('filter.clear')}
      </Button>
    </EmptyState>
  )
}
