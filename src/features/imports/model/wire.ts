import { z } from 'zod'
import { Id, TimeZone, text } from '../../../kernel/fields.ts'
import { fixCodes } from './fix.ts'
import { mostColumns } from './mapping.ts'
import { templateNames } from './template.ts'
import { verdicts } from './verdict.ts'

/** Longest text of a cell that a file may have, and of a value that is compared. */
export const cellCharacters = 4_096
const valueCharacters = 10_000
const mostSheets = 200

export const TemplateField = z.enum(templateNames).describe('What the rows are')
export const VerdictField = z
  .enum(verdicts)
  .describe('What applying would do with a row; a `conflict` needs a choice first, an `error` keeps it out')

export const ColumnKey = z
  .string()
  .min(1)
  .max(80)
  .describe('Column of the template; `field:` with a name for a free field')
const ColumnPlace = z
  .int()
  .min(0)
  .max(mostColumns - 1)
  .describe('Place in the sheet, 0 for column A')
export const SheetPlace = z
  .int()
  .min(0)
  .max(mostSheets - 1)
  .describe('Place in the workbook, 0 for the first')
export const RowPlace = z
  .int()
  .min(1)
  .max(1_048_576)
  .describe('Row of the sheet, as the spreadsheet program counts it')
export const ProblemCode = z.string().min(1).max(60).describe('What is wrong, for programs')

const MappedColumnShape = z
  .object({
    column: ColumnPlace,
    header: z.string().max(cellCharacters).describe('Header as the file has it; empty for none'),
    key: ColumnKey.nullable().describe('Column of the template; null when it is not read'),
    confidence: z.number().min(0).max(1).describe('How sure that is; 1 for certain'),
    why: z
      .enum(['header', 'alias', 'remembered', 'content', 'chosen', 'field', 'duplicate', 'unknown'])
      .describe(
        '`header`: the same header; `alias`: another name for it; `remembered`: chosen for such a file before; `content`: what the cells look like; `chosen`: by a person; `field`: becomes a free field; `duplicate`: another column has it already; `unknown`: no column of the template',
      ),
    samples: z.array(z.string().max(cellCharacters)).max(10).describe('Its first values'),
  })
  .meta({ id: 'ImportColumn' })

const headers = z.array(z.string().max(cellCharacters)).max(mostColumns)

export const RecognitionShape = z
  .object({
    confidence: z.number().min(0).max(1).describe('How sure the template is'),
    candidates: z
      .array(
        z.object({
          template: TemplateField,
          confidence: z.number().min(0).max(1).describe('How much speaks for it'),
        }),
      )
      .max(templateNames.length)
      .describe('What the file may be, likeliest first'),
    layout: z.string().max(40).nullable().describe('Known layout of another system; null for none'),
    sheet: SheetPlace.describe('The sheet that is read'),
    headerRow: RowPlace.nullable().describe('The row of the headers; null where the first row is data'),
    sampleRows: z.array(RowPlace).max(1_000).describe('Rows with the example of the template, left out'),
    columns: z.array(MappedColumnShape).max(mostColumns).describe('Every column of the file'),
    missing: z.array(ColumnKey).max(mostColumns).describe('Required columns that no column of the file is'),
    unknown: headers.describe('Headers that nobody knows; their cells are kept, not read'),
    duplicates: headers.describe('Headers that mean what another one means, too'),
  })
  .meta({ id: 'ImportRecognition' })

export const ColumnChoiceShape = z
  .object({
    column: ColumnPlace,
    key: ColumnKey.nullable().describe('Column of the template; null to leave it out'),
  })
  .strict()

const Existing = z.enum(['overwrite', 'skip']).nullable()
const Choices = z.object({
  existing: Existing.describe('What becomes of what is there already; null: not chosen yet'),
  destinationDepartmentId: Id.nullable().describe(
    'Where members without a department go, and below which the departments of another company go; null for the top',
  ),
  stopOnError: z.boolean().describe('Whether one bad row keeps all others out'),
  defaultCountry: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .describe('ISO 3166 country of phone numbers without country code'),
  timeZone: TimeZone.describe('Time zone of times without offset'),
  departmentIds: z
    .record(z.string().regex(/^\d{1,12}$/), Id)
    .refine((ids) => Object.keys(ids).length <= 10_000, 'has more than 10,000 entries')
    .describe('Departments by their ids in WeCom, for files that have only those'),
  disabledMembers: z
    .enum(['import', 'skip'])
    .describe('What becomes of rows that the file marks as disabled'),
  source: text(40).nullable().describe('Where records come from, for rows that do not say it'),
})
export const OptionsShape = Choices.meta({ id: 'ImportOptions' })
export const OptionsChange = Choices.partial().strict()

export const EditsShape = z
  .object({
    cells: z
      .record(ColumnKey, z.string().max(cellCharacters))
      .describe('New texts of cells, by column of the template; empty for an empty cell'),
    skip: z.boolean().describe('Whether the row is left out'),
    existing: Existing.describe('For this row instead of for all; null for none'),
    accepted: z.array(ProblemCode).max(20).describe('Problems that are all right as they are'),
  })
  .meta({ id: 'ImportEdits' })

export const RowChange = z
  .object({
    row: RowPlace,
    cells: z
      .record(ColumnKey, z.string().max(cellCharacters).nullable())
      .optional()
      .describe(
        'What cells are to say, by column of the template: empty text empties one, null takes the edit back',
      ),
    skip: z.boolean().optional().describe('Leave the row out'),
    existing: Existing.optional().describe('For this row instead of for all'),
    accepted: z.array(ProblemCode).max(20).optional().describe('Problems that are all right as they are'),
  })
  .strict()
export type RowChange = z.infer<typeof RowChange>

const FixField = z.enum(fixCodes).describe('A way to repair all cells of a group at once')

export const FixOrderShape = z
  .object({
    code: ProblemCode.describe('The problem, as its group names it'),
    column: ColumnKey.nullable().describe('The column, as the group names it'),
    fix: FixField.optional().describe('Default: the first of the group'),
    about: z
      .string()
      .max(200)
      .optional()
      .describe('Only cells that have this, as the group tells it; default all'),
    value: z.string().max(1_000).optional().describe('What the fix needs, where it needs something'),
  })
  .strict()

const Severity = z
  .enum(['error', 'conflict', 'warning'])
  .describe('An `error` keeps the row out, a `conflict` needs a choice, a `warning` is only told')
const count = z.int().min(0).max(100_000)

export const CountsShape = z
  .object({
    rows: count.describe('Rows below the headers, without empty ones'),
    new: count.describe('Rows that would add something'),
    changed: count.describe('Rows that would change something'),
    unchanged: count.describe('Rows that say what is there already'),
    skipped: count.describe('Rows that are left out: examples, and what exists where that is to be skipped'),
    conflict: count.describe('Rows that need a choice'),
    error: count.describe('Rows that a problem keeps out'),
  })
  .meta({ id: 'ImportCounts' })

const words = {
  title: z.string().max(1_000).describe('What is wrong'),
  next: z.string().max(1_000).describe('What to do next'),
}
const suggestion = z
  .string()
  .max(valueCharacters)
  .nullable()
  .describe('What a fix would write; null for none')

const Fix = z.object({
  fix: FixField,
  title: z.string().max(200).describe('What it does'),
  needs: z
    .enum(['text', 'choice', 'department', 'existing'])
    .nullable()
    .describe('What `value` has to say; null where it works by itself'),
})

export const ProblemShape = z
  .object({
    column: ColumnKey.nullable().describe('Column it is about; null for the row'),
    code: ProblemCode,
    severity: Severity,
    ...words,
    suggestion,
  })
  .meta({ id: 'ImportProblem' })

export const GroupShape = z
  .object({
    code: ProblemCode,
    column: ColumnKey.nullable().describe('Column they are in; null for the row'),
    about: z
      .string()
      .max(200)
      .nullable()
      .describe('What they share, e.g. the unknown word; null for nothing'),
    severity: Severity,
    count: count.describe('How many'),
    automatic: z.boolean().describe('Whether the first fix needs nothing from a person'),
    ...words,
    fixes: z
      .array(Fix)
      .max(fixCodes.length)
      .describe('Ways to repair all of them, the best first; empty where each needs its own repair'),
    examples: z
      .array(
        z.object({
          row: RowPlace,
          value: z.string().max(cellCharacters).describe('What stands in the cell; empty for an empty one'),
          suggestion,
        }),
      )
      .max(5)
      .describe('The first of them'),
  })
  .meta({ id: 'ImportProblemGroup' })

const side = z.string().max(valueCharacters).nullable()
export const FieldChangeShape = z
  .object({
    column: ColumnKey,
    before: side.describe('As it is; null for nothing'),
    after: side.describe('As the row has it; null for nothing'),
  })
  .meta({ id: 'ImportFieldChange' })
