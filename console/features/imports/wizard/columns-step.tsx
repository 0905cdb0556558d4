import { Alert, NativeSelect, NumberInput, SimpleGrid, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useFormat } from '../../../ui/format.ts'
import type { Draft, Import } from '../use-draft.ts'
import { useTemplate, useTemplates } from '../use-templates.ts'
import { useImportWords } from '../words.ts'
import { ColumnTable } from './column-table.tsx'
import { FileFacts } from './file-step.tsx'
import { StepFoot, type StepProps } from './step-foot.tsx'

/** What the file is taken for, and which of its columns is what. */
export function ColumnsStep({ draft, goTo }: StepProps) {
  const t = useImportWords()
  const { shown } = draft
  const isSettled = shown.template !== null && shown.counts !== null
  return (
    <Stack gap="lg">
      <FileFacts shown={shown} />
      <Recognised shown={shown} />
      <Choices draft={draft} />
      {shown.template !== null && (
        <>
          <Missing shown={shown} />
          <ColumnTable draft={draft} />
        </>
      )}
      <StepFoot
        back={() => goTo('file')}
        next={() => goTo('repair')}
        nextLabel={t('columns.next')}
        isNextOff={!isSettled || draft.isBusy}
      />
    </Stack>
  )
}

function Recognised({ shown }: { readonly shown: Import }) {
  const t = useImportWords()
  const format = useFormat()
  const { template } = useTemplate(shown.template)
  const { confidence, columns, layout, sampleRows } = shown.recognition
  const layoutTitle = template?.layouts.find(({ name }) => name === layout)?.title
  if (shown.template === null)
    return (
      <Alert variant="outline" color="orange" title={t('columns.unknown')}>
        {t('columns.unknownText')}
      </Alert>
    )
  const known = columns.filter(({ key }) => key !== null).length
  return (
    <Stack gap={4}>
      <Text>
        {t('columns.taken', {
          title: template?.title ?? shown.template,
          share: format.percent(confidence),
          known: format.number(known),
          all: format.number(columns.length),
        })}
      </Text>
      {layoutTitle && <Text size="sm">{t('columns.layout', { title: layoutTitle })}</Text>}
      {columns.some(({ why }) => why === 'remembered') && <Text size="sm">{t('columns.remembered')}</Text>}
      {sampleRows.length > 0 && (
        <Text size="sm">
          {t('columns.samples', {
            count: sampleRows.length,
            rows: format.list(sampleRows.slice(0, 10).map(String)),
          })}
        </Text>
      )}
    </Stack>
  )
}

function Choices({ draft }: { readonly draft: Draft }) {
  const t = useImportWords()
  const format = useFormat()
  const templates = useTemplates()
  const { shown, isBusy } = draft
  const { sheets, recognition } = shown
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }}>
      <NativeSelect
        label={t('columns.template')}
        value={shown.template ?? ''}
        disabled={isBusy}
        onChange={({ currentTarget: { value } }) => {
          const template = templates.find(({ name }) => name === value)
          if (template) void draft.change([{ template: template.name }])
        }}
        data={[
          ...(shown.template === null ? [{ value: '', label: t('columns.choose') }] : []),
          ...templates.map(({ name, title }) => ({ value: name, label: title })),
        ]}
      />
      {sheets.length > 1 && (
        <NativeSelect
          label={t('columns.sheet')}
          value={String(recognition.sheet)}
          disabled={isBusy}
          onChange={({ currentTarget: { value } }) => void draft.change([{ sheet: Number(value) }])}
          data={sheets.map(({ index, name, rows, hidden }) => ({
            value: String(index),
            label: t(hidden ? 'columns.sheetHidden' : 'columns.sheetRows', {
              name,
              count: rows,
              number: format.number(rows),
            }),
          }))}
        />
      )}
      <HeaderRow key={`${recognition.sheet} ${recognition.headerRow}`} draft={draft} />
    </SimpleGrid>
  )
}

function HeaderRow({ draft }: { readonly draft: Draft }) {
  const t = useImportWords()
  const { headerRow } = draft.shown.recognition
  const [value, setValue] = useState<number | string>(headerRow ?? '')
  const keep = () => {
    const row = Number(value)
    if (Number.isInteger(row) && row >= 1 && row !== headerRow) void draft.change([{ headerRow: row }])
    else setValue(headerRow ?? '')
  }
  return (
    <NumberInput
      label={t('columns.headerRow')}
      placeholder={t('columns.noHeader')}
      min={1}
      max={1_048_576}
      allowDecimal={false}
      hideControls
      value={value}
      onChange={setValue}
      onBlur={keep}
      onKeyDown={({ key }) => key === 'Enter' && keep()}
    />
  )
}

function Missing({ shown }: { readonly shown: Import }) {
  const t = useImportWords()
  const format = useFormat()
  const { headerOf } = useTemplate(shown.template)
  const { missing } = shown.recognition
  if (missing.length === 0) return null
  return (
    <Alert
      variant="outline"
      color="red"
      role="alert"
      title={t('columns.missing', { list: format.list(missing.map(headerOf)) })}
    >
      {t('columns.missingText')}
    </Alert>
  )
}
