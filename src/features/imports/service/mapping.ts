import { Refusal } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import type { RawSheet } from '../model/cell.ts'
import type { ColumnChoice, Recognition } from '../model/mapping.ts'
import { templates } from '../model/templates/all.ts'
import type { ImportChange } from '../model.ts'
import { importRefusal } from '../refusals.ts'
import { chooseColumns } from '../rules/map-columns.ts'
import { columnFor } from '../rules/read-row.ts'
import { recognise, rowsLookedAt } from '../rules/recognise.ts'
import { type ImportRecord, rememberMapping } from '../store.ts'
import { rawRows, rememberedMappings } from '../views.ts'

/**
 * What a draft is taken for after a change: a template, sheet or header row that is chosen is recognised anew, columns
 * that are chosen stand, and are remembered for files with these headers.
 * @throws Refusal `import.no_such_sheet`, `import.no_such_column`, `import.no_template`
 */
export async function recogniseAgain(
  tx: Tx,
  draft: ImportRecord,
  change: ImportChange,
): Promise<Recognition> {
  const { template, sheet, headerRow, columns } = change
  const isNew = template !== undefined || sheet !== undefined || headerRow !== undefined
  const recognition = isNew ? await chosen(tx, draft, change) : draft.recognition
  return columns === undefined || columns.length === 0 ? recognition : withColumns(tx, recognition, columns)
}

async function chosen(
  tx: Tx,
  { importId, sheets, recognition }: ImportRecord,
  { template, sheet, headerRow }: ImportChange,
): Promise<Recognition> {
  const index = sheet ?? recognition.sheet
  const info = sheets.find((one) => one.index === index)
  if (!info) throw new Refusal(importRefusal.noSuchSheet, { sheet: index })
  const after = headerRow === undefined ? 0 : headerRow - 1
  const rows = await rawRows(tx, { importId, sheet: index }, { after, limit: rowsLookedAt })
  if (headerRow !== undefined && rows[0]?.row !== headerRow)
    throw new Refusal(importRefusal.noSuchRow, { row: headerRow })
  const head: RawSheet = { index, name: info.name, hidden: info.hidden, rows }
  // Another sheet is recognised for itself; another template or row of headers leaves the rest as it was chosen.
  const kept = sheet === undefined ? (recognition.template ?? undefined) : undefined
  const wanted = template ?? kept
  return recognise({
    sheets: [head],
    sheet: index,
    ...(wanted === undefined ? {} : { template: wanted }),
    ...(headerRow === undefined ? {} : { headerRow }),
    remembered: await rememberedMappings(tx),
  })
}

function withColumns(tx: Tx, recognition: Recognition, choices: readonly ColumnChoice[]): Recognition {
  const { template: name, signature } = recognition
  if (name === null) throw new Refusal(importRefusal.noTemplate)
  const template = templates[name]
  refuseWrong(recognition, choices)
  const columns = chooseColumns(template, recognition.columns, choices)
  const mapped = new Set(columns.map(({ key }) => key))
  if (signature !== '') {
    rememberMapping(tx, {
      template: name,
      signature,
      columns: columns.map(({ column, key }) => ({ column, key })),
    })
  }
  return {
    ...recognition,
    columns,
    missing: template.columns
      .filter(({ key, required }) => required && !mapped.has(key))
      .map(({ key }) => key),
    unknown: columns.filter(({ why }) => why === 'unknown').map(({ header }) => header),
    duplicates: columns.filter(({ why }) => why === 'duplicate').map(({ header }) => header),
  }
}

function refuseWrong({ template, columns }: Recognition, choices: readonly ColumnChoice[]): void {
  const keys = new Set<string>()
  for (const { column, key } of choices) {
    const isThere = columns.some((one) => one.column === column)
    const isKnown = key === null || (template !== null && columnFor(templates[template], key) !== null)
    if (!isThere || !isKnown || (key !== null && keys.has(key)))
      throw new Refusal(importRefusal.noSuchColumn, { column: key ?? column })
    if (key !== null) keys.add(key)
  }
}
