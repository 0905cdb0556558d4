import type { ReadReport, SheetInfo } from '../cell.ts'
import { type ReadLimits, SpreadsheetError } from '../fault.ts'
import type { RowSink, Tally } from '../tally.ts'
import { Container } from './container.ts'
import { readPart } from './parts.ts'
import { type SheetFacts, SheetReader } from './sheet.ts'
import { readSharedStrings, TextTable } from './text-table.ts'
import { readDateStyles, readWorkbook, type Workbook } from './workbook.ts'

export interface SheetSink extends RowSink {
  sheet(sheet: SheetInfo): void
}

/**
 * Reads all sheets of an .xlsx file (ECMA-376) in the order of the workbook.
 * @throws SpreadsheetError
 */
export async function readXlsx(file: string, tally: Tally, sink: SheetSink): Promise<ReadReport> {
  const container = await Container.open(file, tally.limits)
  try {
    const workbook = await readWorkbook(container, tally.limits)
    if (workbook.worksheets.length === 0) throw new SpreadsheetError('damaged', { part: 'xl/workbook.xml' })
    const facts = await readFacts(container, workbook, tally.limits)
    const sheets: SheetInfo[] = []
    for (const [index, worksheet] of workbook.worksheets.entries()) {
      const { name, hidden, part } = worksheet
      const sheet: SheetInfo = { index, name, hidden }
      sheets.push(sheet)
      sink.sheet(sheet)
      const reader = new SheetReader(worksheet, facts, { tally, sink })
      await readPart(container, part, (scanner) => reader.take(scanner))
      reader.end()
    }
    return { format: 'xlsx', encoding: null, separator: null, sheets, ...tally.counts }
  } finally {
    container.close()
  }
}

async function readFacts(
  container: Container,
  { sharedStrings, styles, is1904 }: Workbook,
  limits: ReadLimits,
): Promise<SheetFacts> {
  return {
    sharedStrings:
      sharedStrings === null
        ? new TextTable(limits)
        : await readSharedStrings(container, sharedStrings, limits),
    isDate: styles === null ? [] : await readDateStyles(container, styles),
    is1904,
  }
}
