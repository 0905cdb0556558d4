import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { useRead } from '../../api/read.ts'
import { usePhone } from '../../ui/phone.tsx'
import { type NumberUse, numberUses } from './account.ts'
import { useWorkAccountWords } from './words.ts'

export interface HangingNumber {
  /** Empty for none. */
  readonly numberId: string
  readonly numberUse: NumberUse
}

interface NumberFieldProps {
  readonly value: HangingNumber
  readonly onChange: (value: HangingNumber) => void
}

const pauseMs = 250

/** The number of the company that hangs on an account, and what for; the server searches. */
export function NumberField({ value, onChange }: NumberFieldProps) {
  const t = useWorkAccountWords()
  const phone = usePhone()
  const [text, setText] = useState('')
  const [search] = useDebouncedValue(text.trim(), pauseMs)
  const { numberId } = value
  const chosen = useRead('getNumber', { params: { numberId } }, { enabled: numberId !== '' }).data
  const found = useRead(
    'listNumbers',
    { query: { limit: 20, ...(search && !(chosen && search === phone(chosen.e164)) ? { search } : {}) } },
    { keepsPrevious: true },
  )
  const listed = (found.data?.items ?? []).map((one) => ({ value: one.numberId, label: phone(one.e164) }))
  const isListed = numberId === '' || listed.some((one) => one.value === numberId)
  return (
    <>
      <Select
        label={t('add.number')}
        description={t('add.numberText')}
        placeholder={t('add.numberSearch')}
        searchable
        clearable
        nothingFoundMessage={t('add.numberNone')}
        filter={({ options }) => options}
        data={isListed ? listed : [{ value: numberId, label: chosen ? phone(chosen.e164) : '…' }, ...listed]}
        value={numberId || null}
        onChange={(next) => onChange({ ...value, numberId: next ?? '' })}
        onSearchChange={setText}
      />
      {numberId !== '' && (
        <Select
          label={t('add.use')}
          allowDeselect={false}
          data={numberUses.map((one) => ({ value: one, label: t(`use.${one}`) }))}
          value={value.numberUse}
          onChange={(next) =>
            onChange({ ...value, numberUse: numberUses.find((one) => one === next) ?? 'both' })
          }
        />
      )}
    </>
  )
}
