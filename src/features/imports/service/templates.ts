import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { type FileContext, StreamReply } from '../../../platform/http/bind.ts'
import { workbookType, writeSpreadsheet } from '../../../platform/spreadsheets/write.ts'
import { writeCsv } from '../../../platform/spreadsheets/write-csv.ts'
import type { importsContract } from '../contract.ts'
import { type Column, headerOf } from '../model/column.ts'
import type { SheetForm, Template } from '../model/template.ts'
import { templates } from '../model/templates/all.ts'
import type { ShownTemplate, TemplateQuery } from '../model.ts'
import { importRefusal } from '../refusals.ts'

type Routes = typeof importsContract
type Language = 'en' | 'zh'

/** Every template with its columns, in the reader's words. */
export async function listTemplates(
  _tx: Tx,
  { language }: RouteInput<Routes['listTemplates']>,
): Promise<{ items: ShownTemplate[] }> {
  return { items: Object.values(templates).map((template) => shown(template, language)) }
}

function shown(template: Template, language: Language): ShownTemplate {
  const { name, title, help, columns, takesFields, layouts, canUndo } = template
  return {
    name,
    title: title[language],
    help: help[language],
    columns: columns.map((column) => ({
      key: column.key,
      header: column.header[language],
      required: column.required,
      stored: column.use === 'stored',
      help: column.help[language],
      example: column.example,
      choices:
        column.reads.kind === 'choice'
          ? column.reads.choices.map((choice) => ({ value: choice.value, title: choice.words[language] }))
          : [],
    })),
    takesFields,
    layouts: layouts.map((layout) => ({ name: layout.name, title: layout.title[language] })),
    canUndo,
  }
}

interface Heading {
  readonly column: Column
  readonly header: string
}

/**
 * A template as a file, with an example row that can stay: it is left out when the file comes back.
 * @throws Refusal `import.no_such_layout`
 */
export async function downloadTemplate(
  context: FileContext,
  { params, query, language }: RouteInput<Routes['downloadTemplate']>,
): Promise<StreamReply> {
  await context.open(async () => {})
  const template = templates[params.template]
  return fileOfForm(template.name, template, { ...query, reader: language })
}

export interface FormFile extends TemplateQuery {
  /** Who reads the file, for what has no place for both languages. */
  readonly reader: Language
}

/**
 * A form to be filled in, as a file with that name, with an example row that can stay.
 * @throws Refusal `import.no_such_layout`
 */
export function fileOfForm(name: string, form: SheetForm, wish: FormFile): StreamReply {
  const headings = headingsOf(form, wish)
  const rows = wish.blank === 'true' ? [] : [headings.map(({ column }) => column.example)]
  const headers = { 'content-disposition': `attachment; filename="${name}.${wish.format}"` }
  if (wish.format === 'csv') {
    const body = writeCsv({ name, columns: headings.map(({ header }) => ({ header })), rows })
    return new StreamReply({ contentType: 'text/csv; charset=utf-8', headers, body })
  }
  const body = writeSpreadsheet([
    {
      name: form.sheetName[wish.language === 'both' ? wish.reader : wish.language],
      notes: notesOf(form, wish.language),
      columns: headings.map(({ column, header }) => ({
        header,
        width: column.width,
        isRequired: column.required,
      })),
      rows,
    },
    helpSheet(headings, wish.language),
  ])
  return new StreamReply({ contentType: workbookType, headers, body })
}

function headingsOf(template: SheetForm, { layout, language }: TemplateQuery): readonly Heading[] {
  const named = template.layouts.find(({ name }) => name === layout) ?? null
  if (layout !== undefined && named === null) throw new Refusal(importRefusal.noSuchLayout, { layout })
  const usual = template.layouts.find(({ name }) => name === 'wecom') ?? template.layouts.at(-1)
  const spelled = named ?? usual ?? null
  if (spelled === null) {
    return template.columns
      .filter(({ use }) => use === 'stored')
      .map((column) => ({ column, header: headerOf(column, language) }))
  }
  return spelled.columns.flatMap(([key, header]) => {
    const column = template.columns.find((one) => one.key === key)
    return column ? [{ column, header }] : []
  })
}

function notesOf(template: SheetForm, language: TemplateQuery['language']): string[] {
  return template.notes.flatMap((note) => (language === 'both' ? [note.zh, note.en] : [note[language]]))
}

function helpSheet(headings: readonly Heading[], language: TemplateQuery['language']) {
  const inWords = (words: { readonly en: string; readonly zh: string }) =>
    language === 'both' ? `${words.zh} ${words.en}` : words[language]
  return {
    name: language === 'en' ? 'Help' : '填写说明',
    columns: [
      { header: inWords({ en: 'Column', zh: '列' }), width: 30 },
      { header: inWords({ en: 'Required', zh: '必填' }), width: 16 },
      { header: inWords({ en: 'What goes in', zh: '填写内容' }), width: 90 },
    ],
    rows: headings.map(({ column, header }) => [
      header,
      column.required ? inWords({ en: 'yes', zh: '是' }) : '',
      inWords(column.help),
    ]),
  }
}
