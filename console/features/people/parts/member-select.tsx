import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { type ReactNode, useState } from 'react'
import { useRead } from '../../../api/read.ts'
import { usePeopleWords } from '../words.ts'

const pauseMs = 250

interface MemberSelectProps {
  readonly label: string
  readonly description?: ReactNode
  readonly placeholder?: string
  /** The id; empty for nobody. */
  readonly value: string
  readonly onChange: (memberId: string) => void
  readonly error?: ReactNode
  /** Who cannot be chosen, e.g. the person whose manager is asked for. */
  readonly exceptId?: string | undefined
  /** Opens inside the popover that it stands in. */
  readonly isInside?: boolean
}

/** Chooses a member; the server searches, in any script and by pinyin. */
export function MemberSelect({ value, onChange, exceptId, isInside, ...rest }: MemberSelectProps) {
  const t = usePeopleWords()
  const [text, setText] = useState('')
  const [search] = useDebouncedValue(text.trim(), pauseMs)
  const chosen = useMemberName(value)
  const found = useRead(
    'listMembers',
    { query: { limit: 20, ...(search && search !== chosen ? { search } : {}) } },
    { keepsPrevious: true },
  )
  const people = (found.data?.items ?? [])
    .filter(({ memberId, status }) => memberId !== exceptId && status !== 'left')
    .map(({ memberId, name, staffCode }) => ({
      value: memberId,
      label: memberId === value ? name : `${name} · ${staffCode}`,
    }))
  const isListed = value === '' || people.some((person) => person.value === value)
  return (
    <Select
      placeholder={t('person.search')}
      {...rest}
      searchable
      clearable
      nothingFoundMessage={t('person.none')}
      comboboxProps={{ withinPortal: !isInside }}
      data={isListed ? people : [{ value, label: chosen ?? '…' }, ...people]}
      filter={({ options }) => options}
      value={value || null}
      onChange={(memberId) => onChange(memberId ?? '')}
      onSearchChange={setText}
    />
  )
}

/** The name of a member by the id; null until it is known. */
export function useMemberName(memberId: string): string | null {
  const member = useRead(
    'readMember',
    { params: { memberId } },
    { enabled: memberId !== '', staleMs: 60_000 },
  )
  return member.data?.name ?? null
}
