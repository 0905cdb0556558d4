import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { useRead } from '../../api/read.ts'
import { useNumberWords } from './words.ts'

const pauseMs = 250

/** Chooses the member whose numbers are shown; the server searches, in any script and by pinyin. */
export function HolderFilter({
  value,
  onChange,
}: {
  readonly value: string
  readonly onChange: (memberId: string) => void
}) {
  const t = useNumberWords()
  const [text, setText] = useState('')
  const [search] = useDebouncedValue(text.trim(), pauseMs)
  const chosen = useMemberName(value)
  const found = useRead(
    'listMembers',
    { query: { limit: 20, ...(search && search !== chosen ? { search } : {}) } },
    { keepsPrevious: true },
  )
  const people = (found.data?.items ?? []).map(({ memberId, name, staffCode }) => ({
    value: memberId,
    label: memberId === value ? name : `${name} · ${staffCode}`,
  }))
  const isListed = value === '' || people.some((person) => person.value === value)
  return (
    <Select
      searchable
      clearable
      label={t('filter.holder')}
      placeholder={t('filter.typeName')}
      nothingFoundMessage={t('filter.nobodyFound')}
      comboboxProps={{ withinPortal: false }}
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
