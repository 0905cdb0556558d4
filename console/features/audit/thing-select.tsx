import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { useRead } from '../../api/read.ts'
import { usePhone } from '../../ui/phone.tsx'
import { useNameOf } from './names.tsx'
import { useLedgerWords } from './words.ts'

const pauseMs = 250

interface ThingSelectProps {
  readonly kind: 'member' | 'number'
  readonly label: string
  /** The id; empty for any. */
  readonly value: string
  readonly onChange: (id: string) => void
}

/** Chooses a person, also one who has left, or a number; the server searches, also by pinyin and last digits. */
export function ThingSelect({ kind, label, value, onChange }: ThingSelectProps) {
  const t = useLedgerWords()
  const [typed, setTyped] = useState('')
  const [wanted] = useDebouncedValue(typed.trim(), pauseMs)
  const chosen = useChosen(kind, value)
  const choices = useChoices(kind, wanted === chosen ? '' : wanted)
  const isListed = value === '' || choices.some((choice) => choice.value === value)
  return (
    <Select
      searchable
      clearable
      label={label}
      placeholder={t(`filter.search.${kind}`)}
      nothingFoundMessage={t('filter.nothingFound')}
      comboboxProps={{ withinPortal: false }}
      data={
        isListed
          ? choices.map((choice) => (choice.value === value ? { value, label: chosen } : choice))
          : [{ value, label: chosen }, ...choices]
      }
      filter={({ options }) => options}
      value={value || null}
      onChange={(id) => onChange(id ?? '')}
      onSearchChange={setTyped}
    />
  )
}

function useChosen(kind: 'member' | 'number', id: string): string {
  const phone = usePhone()
  const name = useNameOf(kind, id || null)
  if (name === undefined) return '…'
  return name === null ? id : kind === 'number' ? phone(name) : name
}

interface Choice {
  readonly value: string
  readonly label: string
}

function useChoices(kind: 'member' | 'number', search: string): readonly Choice[] {
  const phone = usePhone()
  const query = { limit: 20, ...(search && { search: search.slice(0, 100) }) }
  const people = useRead('listMembers', { query }, { enabled: kind === 'member', keepsPrevious: true })
  const numbers = useRead('listNumbers', { query }, { enabled: kind === 'number', keepsPrevious: true })
  if (kind === 'member')
    return (people.data?.items ?? []).map(({ memberId, name, staffCode }) => ({
      value: memberId,
      label: `${name} · ${staffCode}`,
    }))
  return (numbers.data?.items ?? []).map(({ numberId, e164, label }) => ({
    value: numberId,
    label: [phone(e164), label].filter(Boolean).join(' · '),
  }))
}
