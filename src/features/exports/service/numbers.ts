import type { RouteInput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import type { Open, StreamReply } from '../../../platform/http/bind.ts'
import { numbersTemplate } from '../../imports/model/templates/numbers.ts'
import { listNumbers } from '../../numbers/index.ts'
import { NumberFilter } from '../../numbers/model.ts'
import { scopeOf } from '../../people/index.ts'
import type { exportsContract } from '../contract.ts'
import type { NumberExportQuery } from '../model.ts'
import { type ExportedNumber, numberCells, numberColumns } from '../rules/number-rows.ts'
import { readFieldNames, readStaffCodes } from '../views.ts'
import { type ExportShape, exportFile, type RowPage } from './file.ts'

const numbersPerPage = 500
const filterNames = NumberFilter.omit({ search: true }).keyof().options

/** Writes the numbers that the caller may see to a file. */
export function exportNumbers(
  open: Open,
  { query }: RouteInput<typeof exportsContract.exportNumbers>,
): Promise<StreamReply> {
  const { format, search = null } = query
  return exportFile<ExportedNumber, string>(open, {
    order: {
      kind: 'numbers',
      format,
      search,
      filters: Object.fromEntries(filterNames.map((name) => [name, query[name] ?? null])),
    },
    begin: async (tx) => ({ shape: await shapeOf(tx), first: await pageOf(tx, query, undefined) }),
    pageAfter: (tx, cursor) => pageOf(tx, query, cursor),
  })
}

async function shapeOf(tx: Tx): Promise<ExportShape<ExportedNumber>> {
  const columns = numberColumns(await readFieldNames(tx, await scopeOf(tx)))
  const { sheetName } = numbersTemplate
  return {
    sheetName: `${sheetName.zh} ${sheetName.en}`,
    notes: [],
    columns: columns.map(({ column, header, isRequired }) => ({ header, isRequired, width: column.width })),
    cellsOf: (exported) => numberCells(columns, exported),
    isMasked: false,
  }
}

async function pageOf(
  tx: Tx,
  { format: _, ...query }: NumberExportQuery,
  cursor: string | undefined,
): Promise<RowPage<ExportedNumber, string>> {
  const { items, nextCursor } = await listNumbers(tx, { ...query, cursor, limit: numbersPerPage })
  const codes = await readStaffCodes(
    tx,
    items.flatMap(({ holder }) => (holder === null ? [] : [holder.memberId])),
  )
  return {
    rows: items.map((number) => ({
      number,
      holderStaffCode: number.holder === null ? null : (codes.get(number.holder.memberId) ?? null),
    })),
    next: nextCursor,
  }
}
