import { isCompanyCaller, personOf } from '../../kernel/caller.ts'
import type { Tx } from '../../platform/db/tx.ts'
import type { RawRow } from './model/cell.ts'
import type { ColumnChoice, Recognition } from './model/mapping.ts'
import type { CheckOptions, RowEdits } from './model/options.ts'
import type { Draft } from './model/rows.ts'
import type { TemplateName } from './model/template.ts'
import type { FieldChange, Problem, ProblemGroup, Verdict, VerdictCounts } from './model/verdict.ts'
import type { FileReport, ImportStep, Sheet } from './model.ts'
import { packCells } from './rules/packed-cells.ts'

/** What applying would bring along, as the check found it. */
export interface Forecast {
  readonly newDepartments: readonly string[]
  readonly newDepartmentCount: number
  readonly licencesNeeded: number
  readonly needsApproval: boolean
}

export const emptyForecast: Forecast = {
  newDepartments: [],
  newDepartmentCount: 0,
  licencesNeeded: 0,
  needsApproval: false,
}

/** A draft as it changes with every check. */
export interface ImportBody {
  readonly template: TemplateName | null
  readonly step: ImportStep
  readonly recognition: Recognition
  readonly options: CheckOptions
  readonly counts: VerdictCounts | null
  readonly groups: readonly ProblemGroup[]
  readonly forecast: Forecast
}

export interface NewImport {
  readonly importId: string
  readonly fileName: string
  readonly sizeBytes: number
  readonly sha256: Buffer
  readonly sheets: readonly Sheet[]
  readonly report: FileReport
  readonly body: ImportBody
}

/** A row of `imports`, locked. */
export interface ImportRecord extends ImportBody {
  readonly importId: string
  readonly sheets: readonly Sheet[]
  readonly report: FileReport
  readonly operationId: string | null
  readonly version: number
}

/** Writes the head of a new import. */
export function insertImport(tx: Tx, { importId, body, ...file }: NewImport): void {
  tx.send({
    text: `insert into imports (company_id, import_id, template, step, file_name, size_bytes, sha256, sheets, report,
        recognition, options, counts, problem_groups, forecast, created_by, created_by_member_id, created_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
    values: [
      tx.companyId,
      importId,
      body.template,
      body.step,
      file.fileName,
      file.sizeBytes,
      file.sha256,
      JSON.stringify(file.sheets),
      JSON.stringify(file.report),
      ...jsonOf(body),
      personOf(tx.caller),
      isCompanyCaller(tx.caller) ? tx.caller.memberId : null,
      tx.now,
    ],
  })
}

function jsonOf({ recognition, options, counts, groups, forecast }: ImportBody): (string | null)[] {
  return [
    JSON.stringify(recognition),
    JSON.stringify(options),
    counts === null ? null : JSON.stringify(counts),
    JSON.stringify(groups),
    JSON.stringify(forecast),
  ]
}

export interface NewBody {
  readonly importId: string
  readonly body: ImportBody
  /** 0 where another statement of the same change counts it. */
  readonly versionUp: 0 | 1
}

/** Writes what a draft has become. */
export function saveBody(tx: Tx, { importId, body, versionUp }: NewBody): void {
  tx.send({
    name: 'import-save',
    text: `update imports set template = $3, step = $4, recognition = $5, options = $6, counts = $7, problem_groups = $8,
        forecast = $9, version = version + $10 where company_id = $1 and import_id = $2`,
    values: [tx.companyId, importId, body.template, body.step, ...jsonOf(body), versionUp],
  })
}

/** Locks an import; undefined when the company has none of that id. */
export async function lockImport(tx: Tx, importId: string): Promise<ImportRecord | undefined> {
  const [row] = await tx.query<ImportRecord>({
    name: 'import-lock',
    text: `select import_id as "importId", template, step, sheets, report, recognition, options, counts,
        problem_groups as groups, forecast, operation_id as "operationId", version
      from imports where company_id = $1 and import_id = $2 for no key update`,
    values: [tx.companyId, importId],
  })
  return row
}

/** Which rows are meant. */
export interface RowsOf {
  readonly importId: string
  readonly sheet: number
}

/** Writes rows as they were read; waits until they are, so that a file is read no faster than that. */
export async function insertRows(
  tx: Tx,
  { importId, sheet }: RowsOf,
  rows: readonly RawRow[],
): Promise<void> {
  await tx.query({
    name: 'import-rows',
    text: `insert into import_rows (company_id, import_id, sheet, row_number, hidden, cells)
      select $1, $2, $3, row_number, hidden, cells from unnest($4::integer[], $5::boolean[], $6::jsonb[]) as r (row_number, hidden, cells)`,
    values: [
      tx.companyId,
      importId,
      sheet,
      rows.map(({ row }) => row),
      rows.map(({ hidden }) => hidden),
      rows.map(({ cells }) => JSON.stringify(packCells(cells))),
    ],
  })
}

/** What a check found for a row. */
export interface RowResult {
  readonly row: number
  readonly verdict: Verdict
  readonly problems: readonly Problem[]
  readonly changes: readonly FieldChange[]
  readonly values: Readonly<Record<string, string>>
  readonly draft: Draft | null
  readonly subjectId: string | null
  readonly subjectVersion: number | null
  /** The same as long as all the rest is. */
  readonly mark: string
}

/** How the problems of a row are found again: ` code:column code:` with a space at each end; null for none. */
function problemCodesOf(problems: readonly Problem[]): string | null {
  if (problems.length === 0) return null
  return ` ${problems.map(({ code, column }) => `${code}:${column ?? ''}`).join(' ')} `
}

/** Writes what a check found, for rows where it is something else than before. */
export function saveResults(tx: Tx, { importId, sheet }: RowsOf, results: readonly RowResult[]): void {
  tx.send({
    name: 'import-results',
    text: `update import_rows r set verdict = c.verdict, problems = c.problems, problem_codes = c.codes, changes = c.changes,
        read_values = c.read_values, draft = c.draft, subject_id = c.subject_id, subject_version = c.subject_version,
        result_mark = c.mark
      from unnest($4::integer[], $5::text[], $6::jsonb[], $7::text[], $8::jsonb[], $9::jsonb[], $10::jsonb[], $11::uuid[], $12::integer[],
          $13::text[])
        as c (row_number, verdict, problems, codes, changes, read_values, draft, subject_id, subject_version, mark)
      where r.company_id = $1 and r.import_id = $2 and r.sheet = $3 and r.row_number = c.row_number`,
    values: [
      tx.companyId,
      importId,
      sheet,
      results.map(({ row }) => row),
      results.map(({ verdict }) => verdict),
      results.map(({ problems }) => jsonOrNull(problems)),
      results.map(({ problems }) => problemCodesOf(problems)),
      results.map(({ changes }) => jsonOrNull(changes)),
      results.map(({ values }) => JSON.stringify(values)),
      results.map(({ draft }) => (draft === null ? null : JSON.stringify(draft))),
      results.map(({ subjectId }) => subjectId),
      results.map(({ subjectVersion }) => subjectVersion),
      results.map(({ mark }) => mark),
    ],
  })
}

function jsonOrNull(list: readonly unknown[]): string | null {
  return list.length === 0 ? null : JSON.stringify(list)
}

/** Takes back what checks found in rows that are no data: up to `upTo`, or in all where that is null. */
export function clearResults(tx: Tx, { importId, sheet }: RowsOf, upTo: number | null): void {
  tx.send({
    text: `update import_rows set verdict = null, problems = null, problem_codes = null, changes = null, read_values = null,
        draft = null, subject_id = null, subject_version = null, result_mark = null
      where company_id = $1 and import_id = $2 and sheet = $3 and verdict is not null
        and ($4::integer is null or row_number <= $4)`,
    values: [tx.companyId, importId, sheet, upTo],
  })
}

export interface EditedRow {
  readonly row: number
  readonly edits: RowEdits
}

/** Writes what was repaired in rows. */
export function saveEdits(tx: Tx, { importId, sheet }: RowsOf, edited: readonly EditedRow[]): void {
  tx.send({
    name: 'import-edits',
    text: `update import_rows r set edits = e.edits from unnest($4::integer[], $5::jsonb[]) as e (row_number, edits)
      where r.company_id = $1 and r.import_id = $2 and r.sheet = $3 and r.row_number = e.row_number`,
    values: [
      tx.companyId,
      importId,
      sheet,
      edited.map(({ row }) => row),
      edited.map(({ edits }) => JSON.stringify(edits)),
    ],
  })
}

/** Notes which operation applies an import; from then on it is no draft. */
export function attachOperation(tx: Tx, importId: string, operationId: string): void {
  tx.send({
    text: `update imports set operation_id = $3, step = 'done', version = version + 1
      where company_id = $1 and import_id = $2`,
    values: [tx.companyId, importId, operationId],
  })
}

/** What applying has done with rows, with what is needed to take it back; null for what was taken back. */
export function saveApplied<Applied>(
  tx: Tx,
  { importId, sheet }: RowsOf,
  done: readonly { readonly row: number; readonly applied: Applied | null }[],
): void {
  if (done.length === 0) return
  tx.send({
    name: 'import-applied',
    text: `update import_rows r set applied = d.applied from unnest($4::integer[], $5::jsonb[]) as d (row_number, applied)
      where r.company_id = $1 and r.import_id = $2 and r.sheet = $3 and r.row_number = d.row_number`,
    values: [
      tx.companyId,
      importId,
      sheet,
      done.map(({ row }) => row),
      done.map(({ applied }) => (applied === null ? null : JSON.stringify(applied))),
    ],
  })
}

/** Deletes a draft with its rows. */
export function deleteImport(tx: Tx, importId: string): void {
  tx.send({
    text: 'delete from imports where company_id = $1 and import_id = $2 and operation_id is null',
    values: [tx.companyId, importId],
  })
}

/**
 * As the steward: deletes the rows of imports that came to their end before `before`, with what was quoted from them, of
 * some imports at a time; resolves to how many imports it were. Counts and names of files and columns stay.
 */
export async function clearEndedImports(tx: Tx, before: string): Promise<number> {
  const cleared = await tx.query({
    text: `with ended as (
        select i.company_id, i.import_id from imports i
          join operations o on o.company_id = i.company_id and o.operation_id = i.operation_id
          left join operations u on u.company_id = o.company_id and u.operation_id = o.undone_by
        where o.state in ('done', 'cancelled') and (u.state is null or u.state in ('done', 'cancelled'))
          and coalesce(u.finished_at, o.finished_at) < $1
          and exists (select 1 from import_rows r where r.company_id = i.company_id and r.import_id = i.import_id)
        limit 10 for update of i),
      gone as (delete from import_rows r using ended e where r.company_id = e.company_id and r.import_id = e.import_id)
      update imports i set problem_groups = '[]', recognition = jsonb_set(i.recognition, '{columns}', coalesce((
          select jsonb_agg(c || '{"samples": []}') from jsonb_array_elements(i.recognition -> 'columns') c), '[]'))
      from ended e where i.company_id = e.company_id and i.import_id = e.import_id returning i.import_id`,
    values: [before],
  })
  return cleared.length
}

/** Whether the rows of an import are still there. */
export async function hasRows(tx: Tx, importId: string): Promise<boolean> {
  const [found] = await tx.query<{ found: boolean }>({
    text: 'select exists (select 1 from import_rows where company_id = $1 and import_id = $2) as found',
    values: [tx.companyId, importId],
  })
  return found?.found === true
}

/** Remembers which column is what, for files with these headers. */
export function rememberMapping(
  tx: Tx,
  mapping: {
    readonly template: TemplateName
    readonly signature: string
    readonly columns: readonly ColumnChoice[]
  },
): void {
  tx.send({
    text: `insert into import_mappings (company_id, template, signature, choices, saved_at) values ($1, $2, $3, $4, $5)
      on conflict (company_id, template, signature) do update set choices = excluded.choices, saved_at = excluded.saved_at`,
    values: [tx.companyId, mapping.template, mapping.signature, JSON.stringify(mapping.columns), tx.now],
  })
}
