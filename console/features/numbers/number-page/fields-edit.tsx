import { ActionIcon, Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { type SyntheticEvent, useRef, useState } from 'react'
import type { PhoneNumber } from '../../../../src/features/numbers/model.ts'
import { useWrite } from '../../../api/write.ts'
import { useSession } from '../../../shell/session.tsx'
import { useCommonWords } from '../../../ui/common-words.ts'
import { ProblemAlert } from '../../../ui/states.tsx'
import { useNumberPageWords } from './page-words.ts'
import classes from './summary.module.css'

const mostFields = 40

/** Free fields of a number: carrier, SIM, contract and the like. */
export function FieldsEdit({ number }: { readonly number: PhoneNumber }) {
  const t = useNumberPageWords()
  const { can } = useSession()
  const [isOpen, setOpen] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  const mayEdit = can('numbers:write') && number.state !== 'released'
  const entries = Object.entries(number.fields)
  function close() {
    setOpen(false)
    requestAnimationFrame(() => opener.current?.focus())
  }
  if (isOpen) return <FieldsForm number={number} onClose={close} />
  if (entries.length === 0 && !mayEdit) return null
  return (
    <div>
      {entries.length > 0 && (
        <dl className={classes['facts']}>
          {entries.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {mayEdit && (
        <Button
          ref={opener}
          size="compact-sm"
          variant="subtle"
          mt={entries.length > 0 ? 'xs' : 0}
          leftSection={
            entries.length > 0 ? <IconPencil size={16} aria-hidden /> : <IconPlus size={16} aria-hidden />
          }
          onClick={() => setOpen(true)}
        >
          {t(entries.length > 0 ? 'fields.edit' : 'fields.add')}
        </Button>
      )}
    </div>
  )
}

interface Row {
  readonly key: number
  readonly name: string
  readonly value: string
}

function FieldsForm({ number, onClose }: { readonly number: PhoneNumber; readonly onClose: () => void }) {
  const t = useNumberPageWords()
  const common = useCommonWords()
  const [version] = useState(number.version)
  const [rows, setRows] = useState<readonly Row[]>(() => rowsOf(number.fields))
  const write = useWrite('updateNumber')
  const nextKey = Math.max(-1, ...rows.map(({ key }) => key)) + 1
  const change = (changed: Row) => setRows(rows.map((row) => (row.key === changed.key ? changed : row)))

  function submit(event: SyntheticEvent) {
    event.preventDefault()
    const named = rows.filter(({ name }) => name.trim())
    const fields = Object.fromEntries(named.map(({ name, value }) => [name.trim(), value.trim()]))
    write.mutate({ params: { numberId: number.numberId }, body: { fields }, version }, { onSuccess: onClose })
  }

  return (
    <form onSubmit={submit}>
      <Stack gap="xs">
        <Text size="sm">{t('fields.text')}</Text>
        {rows.map((row, index) => (
          <FieldRow
            key={row.key}
            row={row}
            isFirst={index === 0}
            onChange={change}
            onRemove={() => setRows(rows.filter(({ key }) => key !== row.key))}
          />
        ))}
        <ProblemAlert problem={write.error} />
        <Group gap="xs">
          <Button
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden />}
            disabled={rows.length >= mostFields}
            onClick={() => setRows([...rows, { key: nextKey, name: '', value: '' }])}
          >
            {t('fields.more')}
          </Button>
          <Button type="submit" loading={write.isPending}>
            {common('save')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {common('cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function rowsOf(fields: PhoneNumber['fields']): readonly Row[] {
  const rows = Object.entries(fields).map(([name, value], key) => ({ key, name, value }))
  return rows.length > 0 ? rows : [{ key: 0, name: '', value: '' }]
}

function FieldRow({
  row,
  isFirst,
  onChange,
  onRemove,
}: {
  readonly row: Row
  readonly isFirst: boolean
  readonly onChange: (row: Row) => void
  readonly onRemove: () => void
}) {
  const t = useNumberPageWords()
  return (
    <Group gap="xs" align="flex-end">
      <TextInput
        label={t('fields.name')}
        value={row.name}
        onChange={(event) => onChange({ ...row, name: event.currentTarget.value })}
        maxLength={60}
        // The form was asked for by the button that it replaces.
        autoFocus={isFirst}
        style={{ flex: '1 1 130px' }}
      />
      <TextInput
        label={t('fields.value')}
        value={row.value}
        onChange={(event) => onChange({ ...row, value: event.currentTarget.value })}
        maxLength={500}
        style={{ flex: '2 1 160px' }}
      />
      <ActionIcon
        variant="subtle"
        size={36}
        aria-label={t('fields.remove', { name: row.name })}
        onClick={onRemove}
      >
        <IconTrash size={16} aria-hidden />
      </ActionIcon>
    </Group>
  )
}
