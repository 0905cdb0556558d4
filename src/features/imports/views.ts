import type { Tx } from '../../platform/db/tx.ts'
import type { RawRow } from './model/cell.ts'
import type { RememberedMapping } from './model/mapping.ts'
import type { RowEdits } from './model/options.ts'
import type { Draft } from './model/rows.ts'
import type { TemplateName } from './model/template.ts'
import type { FieldChange, Problem, Verdict } from './model/verdict.ts'
import type { ImportState, ImportStep } from './model.ts'
import { type PackedCell, unpackCells } from './rules/packed-cells.ts'
import type { ImportRecord, RowsOf } from './store.ts'

/** An import as lists show it. */
export interface SummaryRow extends Pick<ImportRecord, 'importId' | 'template' | 'counts' | 'version'> {
  readonly state: ImportState
  readonly step: ImportStep
  readonly fileName: string
  readonly sizeBytes: number
  readonly createdBy: string
  readonly createdByName: string | null
  readonly createdAt: string
}

export interface ShownImport extends SummaryRow, ImportRecord {
  readonly template: TemplateName | null
  readonly undoOperationId: string | null
}

// What an import is, after it was a draft, is what its operation and the one that takes that back are.
const summaryColumns = `i.import_id as "importId", i.template, i.step, i.counts, i.version, i.file_name as "fileName",
  i.size_bytes as "sizeBytes", i.created_by as "createdBy", m.name as "createdByName", i.created_at as "createdAt",
  case when i.operation_id is null then 'draft'
    when u.state = 'done' then 'undone' when u.state is not null then 'undoing'
    when o.state in ('done', 'cancelled') then 'applied' else 'applying' end as state`
const tables = `imports i
  left join operations o on o.company_id = i.company_id and o.operation_id = i.operation_id
  left join operations u on u.company_id = o.company_id and u.operation_id = o.undone_by
  left join members m on m.company_id = i.company_id and m.member_id = i.created_by_member_id`

export async function findImport(tx: Tx, importId: string): Promise<ShownImport | undefined> {
  const [row] = await tx.query<ShownImport>({
    name: 'import-shown',
    text: `select ${summaryColumns}, i.sheets, i.report, i.recognition, i.options, i.problem_groups as groups, i.forecast,
        i.operation_id as "operationId", o.undone_by as "undoOperationId"
      from ${tables} where i.company_id = $1 and i.import_id = $2`,
    values: [tx.companyId, importId],
  })
  return row
}

export interface ImportPage {
  readonly drafts: boolean
  readonly beforeId: string | null
  readonly limit: number
}

/** Imports, newest first. */
export function pageOfImports(tx: Tx, { drafts, beforeId, limit }: ImportPage): Promise<SummaryRow[]> {
  const values: unknown[] = [tx.companyId, limit]
  return tx.query<SummaryRow>({
    text: `select ${summaryColumns} from ${tables} where i.company_id = $1
        ${drafts ? 'and i.operation_id is null' : ''} ${beforeId === null ? '' : `and i.import_id < $${values.push(beforeId)}`}
      order by i.import_id desc limit $2`,
    values,
  })
}

/** A row as it was read and edited. */
export interface EditedRawRow extends RawRow {
  readonly edits: RowEdits | null
}

interface PackedRow {
  readonly row: number
  readonly hidden: boolean
  readonly cells: readonly PackedCell[]
  readonly edits: RowEdits | null
}

/** Rows of a sheet in their order, from behind a row on. */
export async function rawRows(
  tx: Tx,
  { importId, sheet }: RowsOf,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<EditedRawRow[]> {
  const rows = await tx.query<PackedRow>({
    name: 'import-raw-rows',
    text: `select row_number as row, hidden, cells, edits from import_rows
      where company_id = $1 and import_id = $2 and sheet = $3 and row_number > $4 order by row_number limit $5`,
    values: [tx.companyId, importId, sheet, after, limit],
  })
  return rows.map((row) => ({ ...row, cells: unpackCells(row.cells) }))
}

/** The same rows by number, in their order; those that are not there are missing. */
export async function rawRowsAt(
  tx: Tx,
  { importId, sheet }: RowsOf,
  rows: readonly number[],
): Promise<EditedRawRow[]> {
  const found = await tx.query<PackedRow>({
    name: 'import-raw-rows-at',
    text: `select row_number as row, hidden, cells, edits from import_rows
      where company_id = $1 and import_id = $2 and sheet = $3 and row_number = any($4) order by row_number`,
    values: [tx.companyId, importId, sheet, rows],
  })
  return found.map((row) => ({ ...row, cells: unpackCells(row.cells) }))
}

/** What a check found for a row, as it is stored. */
export interface CheckedRowRecord {
  readonly row: number
  readonly verdict: Verdict | null
  readonly problems: readonly Problem[] | null
  readonly changes: readonly FieldChange[] | null
  readonly values: Readonly<Record<string, string>> | null
  readonly subjectId: string | null
}

export interface ShownRow extends PackedRow, CheckedRowRecord {}

export interface RowPage extends RowsOf {
  readonly after: number
  readonly limit: number
  readonly verdict?: Verdict | undefined
  /** As `problemCodesOf` writes it, a part of it. */
  readonly problem?: string | undefined
  readonly withProblems?: boolean
}

/** Rows with what was found for them, in the order of the sheet. */
export function pageOfRows(tx: Tx, page: RowPage): Promise<ShownRow[]> {
  const values: unknown[] = [tx.companyId, page.importId, page.sheet, page.after, page.limit]
  const conditions = [
    ...(page.verdict === undefined ? [] : [`verdict = $${values.push(page.verdict)}`]),
    ...(page.problem === undefined ? [] : [`strpos(problem_codes, $${values.push(page.problem)}) > 0`]),
    ...(page.problem !== undefined || page.withProblems ? ['problem_codes is not null'] : []),
  ]
  return tx.query<ShownRow>({
    text: `select row_number as row, hidden, cells, edits, verdict, problems, changes, read_values as values, subject_id as "subjectId"
      from import_rows where company_id = $1 and import_id = $2 and sheet = $3 and row_number > $4
        ${conditions.map((condition) => `and ${condition}`).join(' ')}
      order by row_number limit $5`,
    values,
  })
}

/** What tells of each row whether a check has come to something else, by row. */
export async function storedMarks(tx: Tx, { importId, sheet }: RowsOf): Promise<Map<number, string>> {
  const rows = await tx.query<{ row: number; mark: string }>({
    name: 'import-marks',
    text: `select row_number as row, result_mark as mark from import_rows
      where company_id = $1 and import_id = $2 and sheet = $3 and result_mark is not null`,
    values: [tx.companyId, importId, sheet],
  })
  return new Map(rows.map(({ row, mark }) => [row, mark]))
}

/** A row that would be written. */
export interface PlannedRow {
  readonly row: number
  readonly draft: Draft
  readonly verdict: 'new' | 'changed'
  readonly subjectId: string | null
  readonly subjectVersion: number | null
}

const plannedColumns = `row_number as row, draft, verdict, subject_id as "subjectId", subject_version as "subjectVersion"`

/** The rows of a sheet that would be written, in their order. */
export function plannedRows(tx: Tx, { importId, sheet }: RowsOf): Promise<PlannedRow[]> {
  return tx.query<PlannedRow>({
    name: 'import-planned',
    text: `select ${plannedColumns} from import_rows
      where company_id = $1 and import_id = $2 and sheet = $3 and verdict in ('new', 'changed') order by row_number`,
    values: [tx.companyId, importId, sheet],
  })
}

/** Some of them. */
export function plannedRowsAt(
  tx: Tx,
  { importId, sheet }: RowsOf,
  rows: readonly number[],
): Promise<PlannedRow[]> {
  return tx.query<PlannedRow>({
    name: 'import-planned-at',
    text: `select ${plannedColumns} from import_rows
      where company_id = $1 and import_id = $2 and sheet = $3 and row_number = any($4)`,
    values: [tx.companyId, importId, sheet, rows],
  })
}

/** What applying has done with rows, as `saveApplied` wrote it; all of them where none are named. */
export function appliedRows<Applied>(
  tx: Tx,
  { importId, sheet }: RowsOf,
  rows: readonly number[] | null = null,
): Promise<{ row: number; applied: Applied }[]> {
  return tx.query<{ row: number; applied: Applied }>({
    text: `select row_number as row, applied from import_rows
      where company_id = $1 and import_id = $2 and sheet = $3 and applied is not null
        ${rows === null ? '' : 'and row_number = any($4)'} order by row_number`,
    values: [tx.companyId, importId, sheet, ...(rows === null ? [] : [rows])],
  })
}

/** The import that an operation applies, or one that takes it back. */
export async function importOfOperation(tx: Tx, operationId: string): Promise<RowsOf | undefined> {
  const [row] = await tx.query<RowsOf>({
    name: 'import-of-operation',
    text: `select import_id as "importId", (recognition ->> 'sheet')::integer as sheet from imports
      where company_id = $1 and operation_id = $2`,
    values: [tx.companyId, operationId],
  })
  return row
}

/** Which columns were chosen for which headers. */
export async function rememberedMappings(tx: Tx): Promise<RememberedMapping[]> {
  return tx.query<RememberedMapping>({
    text: `select template, signature, choices as columns from import_mappings
      where company_id = $1 order by saved_at desc limit 1000`,
    values: [tx.companyId],
  })
}
