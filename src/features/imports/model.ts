import { z } from 'zod'
import { Id, Instant, PageQuery, text } from '../../kernel/fields.ts'
import { Operation } from '../operations/model.ts'
import { mostColumns } from './model/mapping.ts'
import { templateNames } from './model/template.ts'
import {
  ColumnChoiceShape,
  ColumnKey,
  CountsShape,
  cellCharacters,
  EditsShape,
  FieldChangeShape,
  FixOrderShape,
  GroupShape,
  OptionsChange,
  OptionsShape,
  ProblemCode,
  ProblemShape,
  RecognitionShape,
  RowChange,
  RowPlace,
  SheetPlace,
  TemplateField,
  VerdictField,
} from './model/wire.ts'

export { fileRefusal, importRefusal } from './refusals.ts'

/** Rows of a file at most, and how many rows and fixes one request may change. */
const mostRows = 100_000
const mostEdits = 1_000
const mostFixes = 50
const mostSheets = 200

const importStates = ['draft', 'applying', 'applied', 'undoing', 'undone'] as const
export const ImportState = z
  .enum(importStates)
  .describe(
    'Nothing outside the import is written while it is a draft; `applying` also while a second person is asked',
  )
export type ImportState = z.infer<typeof ImportState>

export const ImportStep = z
  .enum(['mapping', 'repair', 'preview', 'done'])
  .describe('Where its maker was last, so that another browser goes on there')
export type ImportStep = z.infer<typeof ImportStep>

const Sheet = z
  .object({
    index: SheetPlace,
    name: z.string().max(cellCharacters).describe('Its name; empty for CSV'),
    hidden: z.boolean().describe('Whether the workbook hides it'),
    rows: z.int().min(0).max(mostRows).describe('Rows with any value'),
  })
  .meta({ id: 'ImportSheet' })
export type Sheet = z.infer<typeof Sheet>

export const FileReport = z
  .object({
    format: z.enum(['xlsx', 'csv']).describe('What the file is'),
    encoding: z.string().max(20).nullable().describe('How the text was encoded; null for a workbook'),
    separator: z.string().max(1).nullable().describe('What separates cells; null for a workbook'),
    hiddenRows: z.int().min(0).describe('Rows that the workbook hides; they are read as all others'),
    hiddenColumns: z.int().min(0).describe('Columns that the workbook hides; they are read as all others'),
    formulas: z.int().min(0).describe('Cells whose value is what a formula came to when the file was saved'),
    mergedRanges: z.int().min(0).describe('Merged cells; only the first of each has a value'),
    errorCells: z.int().min(0).describe('Cells that show an error such as #N/A'),
  })
  .meta({ id: 'ImportFileReport' })
export type FileReport = z.infer<typeof FileReport>

const summary = z.object({
  importId: Id,
  state: ImportState,
  step: ImportStep,
  template: TemplateField.nullable().describe('What the rows are; null while that is not settled'),
  fileName: z.string().max(200).describe('Name of the file that was sent'),
  sizeBytes: z.int().min(0).describe('Size of the file'),
  counts: CountsShape.nullable().describe('What the rows would do; null while the template is not settled'),
  createdBy: z.string().max(200).describe('Member id, or `operator:` with a name'),
  createdByName: z.string().max(200).nullable().describe('Name of the member who sent the file'),
  createdAt: Instant,
  version: z.int().min(1).describe('Goes up with every change of the draft; the ETag'),
})
export const ImportSummary = summary.meta({ id: 'ImportSummary' })
export type ImportSummary = z.infer<typeof ImportSummary>

export const ImportDetail = summary
  .extend({
    sheets: z.array(Sheet).max(mostSheets).describe('Sheets of the file'),
    report: FileReport,
    recognition: RecognitionShape.describe('What the file is taken for, as recognised or chosen'),
    options: OptionsShape.describe('What holds for all rows'),
    problems: z
      .array(GroupShape)
      .max(500)
      .describe('What is wrong, grouped by what repairs it; the most frequent first'),
    newDepartments: z
      .array(z.string().max(2_000))
      .max(1_000)
      .describe('Paths of departments that would be made; the first 1,000'),
    newDepartmentCount: z.int().min(0).describe('How many departments would be made'),
    licencesNeeded: z.int().min(0).describe('Licences that the numbers to be assigned would take'),
    needsApproval: z
      .boolean()
      .describe('Whether a second person has to approve it: it moves more than one may alone (HAN-10)'),
    canUndo: z.boolean().describe('Whether what it does can be taken back; records stay'),
    operation: Operation.nullable().describe('The operation that applies it; null before that'),
    undoOperation: Operation.nullable().describe('The operation that takes it back; null for none'),
  })
  .meta({ id: 'Import' })
export type ImportDetail = z.infer<typeof ImportDetail>

export const ImportChange = z
  .object({
    template: TemplateField.optional(),
    sheet: SheetPlace.optional().describe('Another sheet of the file; it is recognised anew'),
    headerRow: RowPlace.optional().describe('The row of the headers'),
    columns: z
      .array(ColumnChoiceShape)
      .max(mostColumns)
      .optional()
      .describe('What columns are, by choice; those not named stay. Remembered for files with these headers'),
    options: OptionsChange.optional().describe('Choices; those not named stay'),
    step: ImportStep.optional(),
    edits: z.array(RowChange).max(mostEdits).optional().describe('Rows to repair'),
    fixes: z
      .array(FixOrderShape)
      .max(mostFixes)
      .optional()
      .describe('Problems to repair in all rows that have them, one after the other, after the edits'),
  })
  .strict()
  .refine((change) => Object.keys(change).length > 0, 'names nothing to change')
export type ImportChange = z.infer<typeof ImportChange>

const Expected = CountsShape.pick({ new: true, changed: true, conflict: true, error: true })
  .partial()
  .strict()

export const ApplyOrder = z
  .object({
    expected: Expected.optional().describe('Refuse unless the rows still come to these counts'),
    reason: text(500).optional().describe('Kept in the ledger'),
  })
  .strict()

export const UndoOrder = z.object({ reason: text(500).optional().describe('Kept in the ledger') }).strict()

export const ImportQuery = PageQuery.extend({
  drafts: z.enum(['true']).optional().describe('Only drafts'),
})

/** A row as it was read, what was repaired in it, and what it would do. */
export const ImportRow = z
  .object({
    row: RowPlace,
    verdict: VerdictField.nullable().describe(
      'What applying would do with it; null while the template is not settled',
    ),
    hidden: z.boolean().describe('Whether the workbook hides the row'),
    cells: z
      .array(z.string().max(cellCharacters).nullable())
      .max(mostColumns)
      .describe('The cells of the file as they were read, from column A on; null where one is empty'),
    edits: EditsShape.describe('What was repaired or chosen'),
    values: z
      .record(ColumnKey, z.string().max(10_000))
      .describe('What was understood, by column of the template, as it would be written'),
    problems: z.array(ProblemShape).max(200).describe('What is wrong'),
    changes: z
      .array(FieldChangeShape)
      .max(mostColumns)
      .describe('For what exists: what would become different'),
    subjectId: Id.nullable().describe('What exists already and the row is about; null for none'),
  })
  .meta({ id: 'ImportRow' })
export type ImportRow = z.infer<typeof ImportRow>

export const RowQuery = PageQuery.extend({
  limit: z.coerce.number().int().min(1).max(500).default(100).describe('How many rows at most'),
  verdict: VerdictField.optional().describe('Only rows with this verdict'),
  problem: ProblemCode.optional().describe('Only rows that have this problem'),
  column: ColumnKey.optional().describe('With `problem`: only where it is about this column'),
})
export type RowQuery = z.infer<typeof RowQuery>

export const AnnotatedQuery = z.object({
  rows: z
    .enum(['problems', 'all'])
    .default('problems')
    .describe('`problems`: only rows that have one; `all`: all rows of the sheet'),
})

const languages = ['en', 'zh', 'both'] as const
const ShownColumn = z
  .object({
    key: ColumnKey,
    header: z.string().max(200).describe('Its header in the reader’s language'),
    required: z.boolean().describe('Whether every row needs it'),
    stored: z.boolean().describe('Whether its value is written; else it is only read and shown'),
    help: z.string().max(1_000).describe('What goes in, in one line'),
    example: z.string().max(500).describe('A value as it may stand there; empty for none'),
    choices: z
      .array(
        z.object({
          value: z.string().max(60).describe('What is written'),
          title: z.string().max(100).describe('What it means, in the reader’s language'),
        }),
      )
      .max(50)
      .describe('What a cell may say; empty where anything goes'),
  })
  .meta({ id: 'ImportTemplateColumn' })

export const ShownTemplate = z
  .object({
    name: TemplateField,
    title: z.string().max(200).describe('What it is for'),
    help: z.string().max(1_000).describe('When to take it'),
    columns: z.array(ShownColumn).max(mostColumns).describe('Its columns, in order'),
    takesFields: z.boolean().describe('Whether a column that nobody knows becomes a free field'),
    layouts: z
      .array(
        z.object({
          name: z.string().max(40).describe('Name of the layout, for a download'),
          title: z.string().max(200).describe('What it is'),
        }),
      )
      .max(10)
      .describe('Layouts of files that other systems make'),
    canUndo: z.boolean().describe('Whether an import of it can be undone'),
  })
  .meta({ id: 'ImportTemplate' })
export type ShownTemplate = z.infer<typeof ShownTemplate>

export const Templates = z.object({
  items: z.array(ShownTemplate).max(templateNames.length).describe('The templates'),
})

export const TemplateQuery = z.object({
  format: z.enum(['xlsx', 'csv']).default('xlsx').describe('A workbook, or CSV in UTF-8'),
  language: z.enum(languages).default('both').describe('Language of headers and help; `both` has both'),
  layout: z.string().min(1).max(40).optional().describe('A layout of another system instead of Baton’s own'),
  blank: z.enum(['true', 'false']).default('false').describe('`true`: without the example row'),
})
export type TemplateQuery = z.infer<typeof TemplateQuery>
