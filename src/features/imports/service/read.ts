import { decodeCursor, encodeCursor } from '../../../kernel/cursor.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { readOperation } from '../../operations/index.ts'
import type { importsContract } from '../contract.ts'
import type { ImportDetail } from '../model.ts'
import { findImport, pageOfImports, pageOfRows, type ShownImport } from '../views.ts'
import { presentImport, presentRow, presentSummary } from './present.ts'

type Routes = typeof importsContract
const importList = 'imports:-id'
const rowList = 'import-rows:row'

/** @throws Refusal `page.cursor_invalid` */
export async function listImports(
  tx: Tx,
  { query }: RouteInput<Routes['listImports']>,
): Promise<RouteOutput<Routes['listImports']>> {
  const [beforeId] = readCursor(query.cursor, importList, 'id')
  const found = await pageOfImports(tx, {
    drafts: query.drafts === 'true',
    beforeId: beforeId ?? null,
    limit: query.limit + 1,
  })
  const items = found.slice(0, query.limit)
  const last = items.at(-1)
  return {
    items: items.map(presentSummary),
    nextCursor: found.length > items.length && last ? encodeCursor(importList, [last.importId]) : null,
  }
}

/** @throws Refusal `thing.not_found` */
export function getImport(
  tx: Tx,
  { params, language }: RouteInput<Routes['getImport']>,
): Promise<ImportDetail> {
  return readImport(tx, params.importId, language)
}

/** An import with its operations. @throws Refusal `thing.not_found` */
export async function readImport(tx: Tx, importId: string, language: 'en' | 'zh'): Promise<ImportDetail> {
  const row = await mustFind(tx, importId)
  const operation = (id: string | null) => (id === null ? null : readOperation(tx, id))
  return presentImport(
    row,
    {
      operation: await operation(row.operationId),
      undoOperation: await operation(row.undoOperationId),
    },
    language,
  )
}

/**
 * Rows of the sheet that is read, with what was found for them.
 * @throws Refusal `thing.not_found`, `page.cursor_invalid`
 */
export async function listImportRows(
  tx: Tx,
  { params, query, language }: RouteInput<Routes['listImportRows']>,
): Promise<RouteOutput<Routes['listImportRows']>> {
  const { importId, recognition, template } = await mustFind(tx, params.importId)
  const [after] = readCursor(query.cursor, rowList, 'number')
  const { problem, column } = query
  const found = await pageOfRows(tx, {
    importId,
    sheet: recognition.sheet,
    after: after === undefined ? (recognition.headerRow ?? 0) : Number(after),
    limit: query.limit + 1,
    verdict: query.verdict,
    problem: problem === undefined ? undefined : ` ${problem}:${column === undefined ? '' : `${column} `}`,
  })
  const rows = found.slice(0, query.limit)
  const last = rows.at(-1)
  return {
    items: rows.map((row) => presentRow(row, template, language)),
    nextCursor: found.length > rows.length && last ? encodeCursor(rowList, [String(last.row)]) : null,
  }
}

function readCursor(cursor: string | undefined, list: string, form: 'id' | 'number'): string[] {
  if (cursor === undefined) return []
  const keys = decodeCursor(list, cursor, [form])
  if (!keys) throw new Refusal(httpRefusal.cursorInvalid)
  return keys
}

/** @throws Refusal `thing.not_found` */
export async function mustFind(tx: Tx, importId: string): Promise<ShownImport> {
  const row = await findImport(tx, importId)
  if (!row) throw new Refusal(httpRefusal.notFound, { thing: 'import' })
  return row
}

/** @throws Refusal `version.changed` */
export function refuseStale({ version }: { readonly version: number }, expectedVersion: number | null): void {
  if (expectedVersion !== null && expectedVersion !== version)
    throw new Refusal(httpRefusal.versionChanged, { version })
}
