import { Button, Group as Line, NativeSelect, Select, TextInput } from '@mantine/core'
import { type SubmitEvent, useId, useState } from 'react'
import { useFormat } from '../../../ui/format.ts'
import { useDepartmentChoices } from '../../people/parts/all-departments.ts'
import type { Draft } from '../use-draft.ts'
import { useTemplate } from '../use-templates.ts'
import { useImportWords } from '../words.ts'
import type { Group, Repairs } from './use-repairs.ts'

interface FixProps {
  readonly group: Group
  readonly draft: Draft
  readonly repairs: Repairs
}

type Fix = Group['fixes'][number]

/** The ways to repair a group: one is chosen, gets what it needs, and is done to all of them. */
export function FixForm({ group, draft, repairs }: FixProps) {
  const t = useImportWords()
  const format = useFormat()
  const [chosen, setChosen] = useState<string>(group.fixes[0]?.fix ?? '')
  const [value, setValue] = useState('')
  const [isBusy, setBusy] = useState(false)
  const fix = group.fixes.find((one) => one.fix === chosen) ?? group.fixes[0]
  if (!fix) return null
  const isReady = fix.needs === null || value !== ''
  async function send(event: SubmitEvent) {
    event.preventDefault()
    if (!fix || !isReady) return
    setBusy(true)
    await repairs.fix(group, { fix: fix.fix, ...(fix.needs === null ? {} : { value }) })
    setBusy(false)
  }
  return (
    <form onSubmit={(event) => void send(event)} aria-label={group.title}>
      <Line gap="xs" align="flex-end">
        {group.fixes.length > 1 && (
          <NativeSelect
            size="sm"
            aria-label={t('repair.way')}
            value={fix.fix}
            onChange={(event) => {
              setChosen(event.currentTarget.value)
              setValue('')
            }}
            data={group.fixes.map((one) => ({ value: one.fix, label: one.title }))}
          />
        )}
        <Needed fix={fix} group={group} draft={draft} value={value} onChange={setValue} />
        <Button type="submit" size="sm" variant="light" loading={isBusy} disabled={!isReady || draft.isBusy}>
          {group.fixes.length > 1
            ? t('repair.doAll', { count: group.count, number: format.number(group.count) })
            : t('repair.doThis', { what: fix.title, count: group.count, number: format.number(group.count) })}
        </Button>
      </Line>
    </form>
  )
}

interface NeededProps {
  readonly fix: Fix
  readonly group: Group
  readonly draft: Draft
  readonly value: string
  readonly onChange: (value: string) => void
}

function Needed({ fix, group, draft, value, onChange }: NeededProps) {
  const t = useImportWords()
  const { columnOf } = useTemplate(draft.shown.template)
  const label = fix.title
  const id = useId()
  if (fix.needs === null) return null
  if (fix.needs === 'department') return <DepartmentField value={value} onChange={onChange} label={label} />
  if (fix.needs === 'text')
    return (
      <TextInput
        id={id}
        size="sm"
        aria-label={label}
        placeholder={t('repair.value')}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    )
  const choices =
    fix.needs === 'existing'
      ? [
          { value: 'overwrite', title: t('existing.overwrite') },
          { value: 'skip', title: t('existing.skip') },
        ]
      : (group.column && columnOf(group.column)?.choices) || []
  return (
    <NativeSelect
      id={id}
      size="sm"
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[
        { value: '', label: t('repair.choose') },
        ...choices.map((choice) => ({ value: choice.value, label: choice.title })),
      ]}
    />
  )
}

interface DepartmentFieldProps {
  readonly value: string
  readonly onChange: (departmentId: string) => void
  readonly label: string
}

function DepartmentField({ value, onChange, label }: DepartmentFieldProps) {
  const t = useImportWords()
  const choices = useDepartmentChoices()
  return (
    <Select
      size="sm"
      aria-label={label}
      placeholder={t('repair.department')}
      searchable
      nothingFoundMessage={t('repair.noDepartment')}
      data={[...choices]}
      value={value || null}
      onChange={(departmentId) => onChange(departmentId ?? '')}
      w={280}
      maw="100%"
    />
  )
}
