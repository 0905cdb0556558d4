// P3, the writing half: 100,000 rows of twelve cells to a file, by Baton's writer and by ExcelJS as a stream.
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import ExcelJS from 'exceljs'
import { type WrittenCell, writeSpreadsheet } from '../src/platform/spreadsheets/write.ts'
import { median } from './statistics.ts'

export const goals = { ratio: 3, stallMs: 50 } as const

const rowCount = 100_000
const pairs = 5
const headers = [
  '姓名',
  '账号',
  '别名',
  '职务',
  '部门',
  '性别',
  '手机',
  '座机',
  '邮箱',
  '地址',
  '年龄',
  '入职',
]
const titles = ['产品经理', 'Sales', 'Support']

export interface WritingFigures {
  /** Seconds of ExcelJS through Baton's, the median of the pairs. */
  readonly ratio: number
  readonly seconds: number
  readonly excelJsSeconds: number
  /** The longest that the loop stood still, over all runs. */
  readonly stallMs: number
  readonly excelJsStallMs: number
  readonly megabytes: number
  readonly excelJsMegabytes: number
}

interface Run {
  readonly seconds: number
  readonly stallMs: number
  readonly megabytes: number
}

/** Measures both writers in pairs, each first in turn, after one run of each that does not count. */
export async function measureWriting(say: (line: string) => void): Promise<WritingFigures> {
  const folder = await mkdtemp(path.join(tmpdir(), 'baton-bench-'))
  const own: Run[] = []
  const other: Run[] = []
  try {
    const file = path.join(folder, 'members.xlsx')
    const runs = [
      [own, () => writeOwn(file)],
      [other, () => writeByExcelJs(file)],
    ] as const
    for (let pair = 0; pair <= pairs; pair++) {
      for (const [kept, write] of pair % 2 === 0 ? runs : runs.toReversed()) {
        const run = await watched(file, write)
        if (pair > 0) kept.push(run)
      }
      if (pair > 0)
        say(
          `P3 write ${pair}/${pairs}: ${own.at(-1)?.seconds.toFixed(2)} s, ExcelJS ${other.at(-1)?.seconds.toFixed(2)} s`,
        )
    }
  } finally {
    await rm(folder, { recursive: true })
  }
  const seconds = (runs: readonly Run[]) => runs.map((run) => run.seconds)
  return {
    ratio: median(own.map((run, index) => (other[index]?.seconds ?? Number.NaN) / run.seconds)),
    seconds: median(seconds(own)),
    excelJsSeconds: median(seconds(other)),
    stallMs: Math.max(...own.map((run) => run.stallMs)),
    excelJsStallMs: Math.max(...other.map((run) => run.stallMs)),
    megabytes: own[0]?.megabytes ?? Number.NaN,
    excelJsMegabytes: other[0]?.megabytes ?? Number.NaN,
  }
}

async function watched(file: string, write: () => Promise<void>): Promise<Run> {
  const everyMs = 1
  let last = performance.now()
  let stallMs = 0
  const look = () => {
    const now = performance.now()
    stallMs = Math.max(stallMs, now - last - everyMs)
    last = now
  }
  const timer = setInterval(look, everyMs)
  const from = performance.now()
  await write()
  const seconds = (performance.now() - from) / 1000
  look()
  clearInterval(timer)
  return { seconds, stallMs, megabytes: (await stat(file)).size / 1e6 }
}

async function writeOwn(file: string): Promise<void> {
  const columns = headers.map((header) => ({ header }))
  const sheet = { name: '成员列表', columns, rows: members() }
  await pipeline(writeSpreadsheet([sheet]), createWriteStream(file))
}

async function writeByExcelJs(file: string): Promise<void> {
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: file, useStyles: true })
  const sheet = book.addWorksheet('成员列表')
  sheet.addRow(headers).commit()
  for await (const row of members()) {
    sheet.addRow(row.map((cell) => (isDate(cell) ? new Date(cell.date) : cell))).commit()
  }
  sheet.commit()
  await book.commit()
}

function isDate(cell: WrittenCell): cell is { readonly date: string } {
  return typeof cell === 'object' && cell !== null && 'date' in cell
}

async function* members(): AsyncGenerator<WrittenCell[], void, undefined> {
  for (let index = 0; index < rowCount; index++) yield member(index)
}

function member(index: number): WrittenCell[] {
  return [
    `成员 ${index}`,
    `user${index}`,
    `alias ${index % 977}`,
    titles[index % titles.length] ?? '',
    `示例公司/部门${index % 200}/小组${index % 17}`,
    index % 2 === 0 ? '男' : '女',
    `+8613${String(index).padStart(9, '0')}`,
    `020-${10_000_000 + index}`,
    `user${index}@example.com`,
    `示例路 & <${index % 900}> 号`,
    18 + (index % 50),
    { date: `2024-01-${String(1 + (index % 28)).padStart(2, '0')}` },
  ]
}
