import { NativeSelect, Stack, Table, Text, Title } from '@mantine/core'
import { useFormat } from '../../../ui/format.ts'
import { TableScroller } from '../../../ui/table-scroller.tsx'
import type { Draft, Import } from '../use-draft.ts'
import { useTemplate } from '../use-templates.ts'
import { useImportWords } from '../words.ts'

type FileColumn = Import['recognition']['columns'][number]

const samplesShown = 3

/** Every column of the file, what it is taken for and why, and another choice for each. */
export function ColumnTable({ draft }: { readonly draft: Draft }) {
  const t = useImportWords()
  const { columns } = draft.shown.recognition
  const unread = columns.filter(({ key }) => key === null)
  const format = useFormat()
  return (
    <Stack gap="sm">
      <div>
        <Title order={2} size="h4" id="columns-heading">
          {t('columns.title')}
        </Title>
        <Text size="sm" c="dimmed">
          {t('columns.text')}
        </Text>
      </div>
      <TableScroller label={t('columns.title')} minWidth={640}>
        <Table verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('columns.inFile')}</Table.Th>
              <Table.Th miw={200}>{t('columns.is')}</Table.Th>
              <Table.Th>{t('columns.sample')}</Table.Th>
              <Table.Th>{t('columns.why')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {columns.map((column) => (
              <ColumnLine key={column.column} column={column} draft={draft} />
            ))}
          </Table.Tbody>
        </Table>
      </TableScroller>
      {unread.length > 0 && (
        <Text size="sm">
          {t('columns.unread', {
            count: unread.length,
            list: format.list(unread.map((column) => column.header || letterOf(column.column))),
          })}
        </Text>
      )}
    </Stack>
  )
}

function ColumnLine({ column, draft }: { readonly column: FileColumn; readonly draft: Draft }) {
  const t = useImportWords()
  const format = useFormat()
  const { template, headerOf } = useTemplate(draft.shown.template)
  const name = column.header || t('columns.unnamed', { letter: letterOf(column.column) })
  const isField = column.key?.startsWith('field:') && !template?.columns.some(({ key }) => key === column.key)
  const isOnlyRead = template?.columns.find(({ key }) => key === column.key)?.stored === false
  const field = `field:${column.header}`
  const offersField = template?.takesFields && column.header !== '' && field.length <= 80
  const choose = (value: string) => {
    const key = value === '' ? null : value
    const before = draft.shown.recognition.columns.find((one) => one.key === key && key !== null)
    const given = before && before.column !== column.column ? [{ column: before.column, key: null }] : []
    void draft.change([{ columns: [...given, { column: column.column, key }] }])
  }
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={500} style={{ overflowWrap: 'anywhere' }}>
        {name}
      </Table.Th>
      <Table.Td>
        <NativeSelect
          aria-label={t('columns.isFor', { name })}
          value={column.key ?? ''}
          onChange={({ currentTarget: { value } }) => choose(value)}
          data={[
            { value: '', label: t('columns.leaveOut') },
            ...(template?.columns ?? []).map(({ key, header, required }) => ({
              value: key,
              label: required ? t('columns.required', { header }) : header,
            })),
            ...(isField && column.key
              ? [{ value: column.key, label: t('columns.field', { name: headerOf(column.key) }) }]
              : []),
            ...(offersField && column.key !== field
              ? [{ value: field, label: t('columns.field', { name: column.header }) }]
              : []),
          ]}
        />
      </Table.Td>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>
        <Text size="sm" lineClamp={2}>
          {column.samples.slice(0, samplesShown).join(' · ') || '–'}
        </Text>
      </Table.Td>
      <Table.Td>
        <Text size="sm">
          {t(`why.${column.why}`)}
          {isOnlyRead && ` · ${t('columns.onlyRead')}`}
          {column.key !== null && column.confidence < 1 && ` · ${format.percent(column.confidence)}`}
        </Text>
      </Table.Td>
    </Table.Tr>
  )
}

/** The letters of a column as spreadsheet programs write them. */
function letterOf(column: number): string {
  const rest = Math.floor(column / 26)
  return (rest > 0 ? letterOf(rest - 1) : '') + String.fromCharCode(65 + (column % 26))
}
