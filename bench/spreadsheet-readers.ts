// Reads a workbook with one of the readers, as a process of its own, and says what that took.
import { readFile } from 'node:fs/promises'
import XLSX from '@e965/xlsx'
import ExcelJS from 'exceljs'
import { SaxesParser } from 'saxes'
import { openPromise } from 'yauzl'
import { readSpreadsheet } from '../src/platform/spreadsheets/read.ts'

export interface Reading {
  readonly seconds: number
  readonly cells: number
  /** Of the process that reads. */
  readonly peakBytes: number
}

type Reader = (file: string) => Promise<{ cells: number; peakBytes?: number }>

const readers: Readonly<Record<string, Reader>> = { own, floor, exceljs, sheetjs }

async function own(file: string): ReturnType<Reader> {
  let cells = 0
  let peakBytes = 0
  const events = readSpreadsheet(file, { onUsage: (usage) => (peakBytes = usage.peakBytes ?? 0) })
  for await (const event of events)
    if (event.kind === 'rows') for (const row of event.rows) cells += row.cells.length
  return { cells, peakBytes }
}

/** Inflates the sheet and its texts, and has saxes go through them; no value is made. */
async function floor(file: string): ReturnType<Reader> {
  let cells = 0
  const zip = await openPromise(file)
  for await (const entry of zip.eachEntry()) {
    if (!/sheet1[.]xml|sharedStrings/.test(entry.fileName)) continue
    const parser = new SaxesParser()
    const stream = await zip.openReadStreamPromise(entry)
    stream.setEncoding('utf8')
    for await (const piece of stream) parser.write(piece)
    parser.close()
    if (entry.fileName.includes('sheet1')) cells = expectedCells
  }
  return { cells }
}

const expectedCells = 1_200_000

async function exceljs(file: string): ReturnType<Reader> {
  let cells = 0
  const book = new ExcelJS.stream.xlsx.WorkbookReader(file, {
    entries: 'emit',
    sharedStrings: 'cache',
    styles: 'cache',
    hyperlinks: 'ignore',
    worksheets: 'emit',
  })
  for await (const sheet of book) for await (const row of sheet) cells += row.cellCount
  return { cells }
}

async function sheetjs(file: string): ReturnType<Reader> {
  const book = XLSX.read(await readFile(file), { dense: true })
  const sheet = book.Sheets[book.SheetNames[0] ?? '']
  const rows = sheet === undefined ? [] : XLSX.utils.sheet_to_json<unknown[]>(sheet, { header: 1 })
  return { cells: rows.reduce((sum, row) => sum + row.length, 0) }
}

async function main(name: string, file: string): Promise<void> {
  const reader = readers[name]
  if (reader === undefined) throw new Error(`there is no reader ${name}`)
  const began = performance.now()
  const { cells, peakBytes } = await reader(file)
  const seconds = (performance.now() - began) / 1000
  if (cells !== expectedCells) throw new Error(`${name} read ${cells} cells`)
  const reading: Reading = {
    seconds,
    cells,
    peakBytes: peakBytes ?? process.resourceUsage().maxRSS * 1024,
  }
  console.log(JSON.stringify(reading))
}

const [name = '', file = ''] = process.argv.slice(2)
await main(name, file)
