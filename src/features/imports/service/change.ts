import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { record } from '../../audit/index.ts'
import type { importsContract } from '../contract.ts'
import { textOfCell } from '../model/cell.ts'
import type { FixOrder } from '../model/fix.ts'
import type { CheckOptions, RowEdits } from '../model/options.ts'
import { noEdits } from '../model/options.ts'
import { templates } from '../model/templates/all.ts'
import type { Problem } from '../model/verdict.ts'
import type { RowChange } from '../model/wire.ts'
import type { ImportChange, ImportDetail } from '../model.ts'
import { importRefusal } from '../refusals.ts'
import { applyFix, applyToOptions, isComplete, isMeant } from '../rules/apply-fix.ts'
import { unpackCells } from '../rules/packed-cells.ts'
import { columnFor } from '../rules/read-row.ts'
import { type EditedRow, type ImportBody, type ImportRecord, saveBody, saveEdits } from '../store.ts'
import { pageOfRows, rawRowsAt, type ShownRow } from '../views.ts'
import { checkImport } from './check.ts'
import { lockDraft } from './draft.ts'
import { recogniseAgain } from './mapping.ts'
import { readImport, refuseStale } from './read.ts'

type Input = RouteInput<(typeof importsContract)['changeImport']>

/**
 * Changes a draft: what it is taken for, what holds for all rows, and what is repaired; then all rows are checked again.
 * @throws Refusal `import.not_now`, `import.no_template`, `import.no_such_sheet`, `import.no_such_column`,
 * `import.no_such_row`, `import.no_such_fix`, `thing.not_found`, `version.changed`
 */
export async function changeImport(
  tx: Tx,
  { params, body, expectedVersion, language }: Input,
): Promise<ImportDetail> {
  const before = await lockDraft(tx, params.importId)
  refuseStale(before, expectedVersion)
  const draft: ImportRecord = {
    ...before,
    recognition: await recogniseAgain(tx, before, body),
    options: stated(before.options, body.options),
    step: body.step ?? before.step,
  }
  if (body.edits) await editRows(tx, draft, body.edits)
  const checked = await repair(tx, draft, body)
  saveBody(tx, { importId: draft.importId, body: checked, versionUp: 1 })
  record(tx, {
    action: 'import.changed',
    subjectKind: 'import',
    subjectId: draft.importId,
    effect: {
      changed: Object.keys(body),
      template: checked.template,
      rowsEdited: body.edits?.length ?? 0,
      fixes: body.fixes?.map(({ code }) => code) ?? [],
    },
  })
  return readImport(tx, draft.importId, language)
}

function stated(options: CheckOptions, change: ImportChange['options']): CheckOptions {
  const given = Object.entries(change ?? {}).filter(([, value]) => value !== undefined)
  return { ...options, ...Object.fromEntries(given) }
}

async function editRows(tx: Tx, draft: ImportRecord, changes: readonly RowChange[]): Promise<void> {
  const { importId, recognition } = draft
  const rowsOf = { importId, sheet: recognition.sheet }
  const rows = await rawRowsAt(
    tx,
    rowsOf,
    changes.map(({ row }) => row),
  )
  const edits = new Map(rows.map((row) => [row.row, row.edits ?? noEdits]))
  for (const change of changes) {
    const known = edits.get(change.row)
    if (!known || change.row <= (recognition.headerRow ?? 0))
      throw new Refusal(importRefusal.noSuchRow, { row: change.row })
    edits.set(change.row, edited(draft, known, change))
  }
  saveEdits(
    tx,
    rowsOf,
    [...edits].map(([row, one]): EditedRow => ({ row, edits: one })),
  )
}

function edited({ recognition }: ImportRecord, known: RowEdits, change: RowChange): RowEdits {
  const { template } = recognition
  if (template === null) throw new Refusal(importRefusal.noTemplate)
  const cells = { ...known.cells }
  for (const [key, value] of Object.entries(change.cells ?? {})) {
    if (!columnFor(templates[template], key)) throw new Refusal(importRefusal.noSuchColumn, { column: key })
    if (value === null) delete cells[key]
    else cells[key] = value
  }
  return {
    cells,
    skip: change.skip ?? known.skip,
    existing: change.existing === undefined ? known.existing : change.existing,
    accepted: change.accepted ?? known.accepted,
  }
}

// A fix repairs what the check has found with everything else that is asked for now; what it repairs is checked again.
async function repair(tx: Tx, draft: ImportRecord, { fixes = [] }: ImportChange): Promise<ImportBody> {
  let checked = await checkImport(tx, draft)
  if (fixes.length === 0) return checked
  let { options } = checked
  for (const order of fixes.map(asOrder)) {
    const after = applyToOptions(order, options)
    const rows = after === options ? await fixRows(tx, draft, order) : 1
    if (!isComplete(order) || rows === 0) throw new Refusal(importRefusal.noSuchFix, { code: order.code })
    options = after
  }
  checked = await checkImport(tx, { ...draft, options })
  return checked
}

function asOrder({ code, column, fix, about, value }: NonNullable<ImportChange['fixes']>[number]): FixOrder {
  return {
    code,
    column,
    ...(fix === undefined ? {} : { fix }),
    ...(about === undefined ? {} : { about }),
    ...(value === undefined ? {} : { value }),
  }
}

const rowsAtOnce = 1_000

/** Repairs every row that has the problem; resolves to how many it were. */
async function fixRows(tx: Tx, { importId, recognition }: ImportRecord, order: FixOrder): Promise<number> {
  const rowsOf = { importId, sheet: recognition.sheet }
  const problem = ` ${order.code}:${order.column ?? ''} `
  let count = 0
  for (let after = recognition.headerRow ?? 0; ; ) {
    const rows = await pageOfRows(tx, { ...rowsOf, after, limit: rowsAtOnce, problem })
    const repaired = rows.flatMap((row): EditedRow[] => {
      const meant = (row.problems ?? []).filter((one) => isMeant(order, one))
      const before = row.edits ?? noEdits
      const edits = meant.reduce(
        (so, one) => fixed(order, { row, problem: one, edits: so, recognition }),
        before,
      )
      return edits === before ? [] : [{ row: row.row, edits }]
    })
    if (repaired.length > 0) saveEdits(tx, rowsOf, repaired)
    count += repaired.length
    after = rows.at(-1)?.row ?? after
    if (rows.length < rowsAtOnce) return count
    await tx.flush()
  }
}

interface ToFix {
  readonly row: ShownRow
  readonly problem: Problem
  readonly edits: RowEdits
  readonly recognition: ImportRecord['recognition']
}

function fixed(order: FixOrder, { row, problem, edits, recognition }: ToFix): RowEdits {
  const place = recognition.columns.find(({ key }) => key === problem.column)?.column
  const read = place === undefined ? '' : textOfCell(unpackCells(row.cells)[place])
  const text = (problem.column === null ? undefined : edits.cells[problem.column]) ?? read
  return applyFix(order, { problem, edits, text })
}
