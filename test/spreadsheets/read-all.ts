import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ReadReport, SheetInfo, SheetRow } from '../../src/platform/spreadsheets/cell.ts'
import { defaultLimits, type ReadLimits, SpreadsheetError } from '../../src/platform/spreadsheets/fault.ts'
import { fileKind } from '../../src/platform/spreadsheets/file-kind.ts'
import { type ReadOptions, readSpreadsheet } from '../../src/platform/spreadsheets/read.ts'
import { readCsv } from '../../src/platform/spreadsheets/read-csv.ts'
import { Tally } from '../../src/platform/spreadsheets/tally.ts'
import {
  FrameReader,
  FrameWriter,
  rowOf,
  type SharedCells,
  type WireRow,
} from '../../src/platform/spreadsheets/wire.ts'
import { readXlsx } from '../../src/platform/spreadsheets/xlsx/read-workbook.ts'

export interface ReadSheet extends SheetInfo {
  readonly rows: SheetRow[]
}

export interface ReadFile {
  readonly sheets: ReadSheet[]
  readonly report: ReadReport
}

/** A folder for one test file, and ways to read bytes as if they were uploaded. */
export class Uploads {
  readonly #folder: string
  #count = 0

  private constructor(folder: string) {
    this.#folder = folder
  }

  static async open(): Promise<Uploads> {
    return new Uploads(await mkdtemp(join(tmpdir(), 'baton-spreadsheets-')))
  }

  close(): Promise<void> {
    return rm(this.#folder, { recursive: true, force: true })
  }

  async fileOf(bytes: Buffer | string): Promise<string> {
    this.#count += 1
    const file = join(this.#folder, String(this.#count))
    await writeFile(file, bytes)
    return file
  }

  /** Reads as Baton does, in a process of its own. */
  async read(bytes: Buffer | string, options: ReadOptions = {}): Promise<ReadFile> {
    const file = await this.fileOf(bytes)
    try {
      return await readFileWhole(file, options)
    } finally {
      await rm(file)
    }
  }

  /** Reads with the same code, its messages included, in this process, a hundred times sooner. */
  async readHere(bytes: Buffer | string, limits: Partial<ReadLimits> = {}): Promise<ReadFile> {
    const file = await this.fileOf(bytes)
    const sheets: ReadSheet[] = []
    const tally = new Tally({ ...defaultLimits, ...limits })
    const sink = {
      sheet: (sheet: SheetInfo) => void sheets.push({ ...sheet, rows: [] }),
      row: (row: WireRow, shared?: SharedCells) => void sheets.at(-1)?.rows.push(...travelled(row, shared)),
    }
    try {
      if (Buffer.from(bytes).length === 0) throw new SpreadsheetError('empty')
      const read = (await fileKind(file)) === 'xlsx' ? readXlsx : readCsv
      return { sheets, report: await read(file, tally, sink) }
    } finally {
      await rm(file)
    }
  }
}

const frames = new FrameWriter()

/** A row as the process that asked for it gets it. */
export function travelled(row: WireRow, shared?: SharedCells): SheetRow[] {
  frames.beginRows(0)
  frames.row(row, shared)
  const [message] = new FrameReader().push(frames.endRows())
  return message?.kind === 'rows' ? message.rows.map(rowOf) : []
}

export async function readFileWhole(file: string, options: ReadOptions = {}): Promise<ReadFile> {
  const sheets: ReadSheet[] = []
  for await (const event of readSpreadsheet(file, options)) {
    if (event.kind === 'sheet') sheets.push({ ...event.sheet, rows: [] })
    else if (event.kind === 'rows')
      sheets.find(({ index }) => index === event.sheet)?.rows.push(...event.rows)
    else return { sheets, report: event.report }
  }
  throw new Error('the reading did not end')
}

/** The texts of the rows of the first sheet, each with its number before it. */
export function textsOf({ sheets }: ReadFile): (string | number)[][] {
  const [first] = sheets
  return (first?.rows ?? []).map(({ row, cells }) => [row, ...cells.map((cell) => cell?.text ?? '')])
}
