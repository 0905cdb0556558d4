// P3: reading a workbook of 100,000 rows, beside the barest pass over it and beside other readers.
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { temporaryFolder } from './installation.ts'
import type { Leftovers } from './leftovers.ts'
import type { Reading } from './spreadsheet-readers.ts'
import { median } from './statistics.ts'
import { writeWorkbook } from './wecom-workbook.ts'

export const goals = { floor: 1, exceljs: 3, sheetjs: 3, megabytes: 128 }

const rows = 100_000
const rounds = 5
const program = fileURLToPath(new URL('./spreadsheet-readers.ts', import.meta.url))
const names = ['own', 'floor', 'exceljs', 'sheetjs'] as const
type Round = Readonly<Record<(typeof names)[number], Reading>>

export interface ReadingFigures {
  /** Own time ÷ that of inflating and a bare pass of saxes. */
  readonly ofFloor: number
  /** Time of ExcelJS as a stream ÷ own. */
  readonly exceljs: number
  /** Time of SheetJS ÷ own. */
  readonly sheetjs: number
  /** Most resident memory of the own reading process over all rounds. */
  readonly megabytes: number
  readonly ownSeconds: number
  readonly floorSeconds: number
  readonly exceljsSeconds: number
  readonly sheetjsSeconds: number
}

/** Measures the reading half of P3; each reader runs in a process of its own, first in turn. */
export async function measureReading(
  leftovers: Leftovers,
  say: (line: string) => void,
): Promise<ReadingFigures> {
  const file = join(await temporaryFolder(leftovers), 'members.xlsx')
  await writeWorkbook(file, rows)
  // What is loaded for the first time is compiled then.
  for (const name of names) await read(name, file)
  const measured: Round[] = []
  for (let round = 0; round < rounds; round++) {
    const found: Partial<Record<keyof Round, Reading>> = {}
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(round + turn) % names.length] ?? 'own'
      found[name] = await read(name, file)
    }
    measured.push(found as Round)
    say(`P3 read: ${names.map((name) => `${name} ${found[name]?.seconds.toFixed(2)} s`).join(', ')}`)
  }
  const secondsOf = (name: keyof Round) => median(measured.map((round) => round[name].seconds))
  const ratioOf = (over: keyof Round, under: keyof Round) =>
    median(measured.map((round) => round[over].seconds / round[under].seconds))
  return {
    ofFloor: ratioOf('own', 'floor'),
    exceljs: ratioOf('exceljs', 'own'),
    sheetjs: ratioOf('sheetjs', 'own'),
    megabytes: Math.max(...measured.map(({ own }) => own.peakBytes)) / 2 ** 20,
    ownSeconds: secondsOf('own'),
    floorSeconds: secondsOf('floor'),
    exceljsSeconds: secondsOf('exceljs'),
    sheetjsSeconds: secondsOf('sheetjs'),
  }
}

async function read(name: string, file: string): Promise<Reading> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', program, name, file])
  return JSON.parse(stdout) as Reading
}
