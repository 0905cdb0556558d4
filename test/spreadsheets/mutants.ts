import { readFile } from 'node:fs/promises'
import XLSX from '@e965/xlsx'
import { fromBufferPromise } from 'yauzl'
import { defaultLimits, SpreadsheetError } from '../../src/platform/spreadsheets/fault.ts'
import type { ReadUsage } from '../../src/platform/spreadsheets/wire.ts'
import type { ReadFile, Uploads } from './read-all.ts'
import { workbookOf } from './workbook-file.ts'
import { type ZippedFile, zipOf } from './zip-file.ts'

const template = new URL('../fixtures/spreadsheets/wecom-import-template.xlsx', import.meta.url)
const mostSecondsHere = 5
const mostBytes = 128 * 1024 * 1024
// Pieces that mean something to one reader or another.
const tokens = [
  '<',
  '>',
  '&',
  '"',
  '\0',
  '<!DOCTYPE a>',
  '&#x0;',
  ']]>',
  '<![CDATA[',
  '<c r="',
  '99999999',
  '-1',
  '\ufeff',
  '_xD800_',
  '</row>',
  '<row>',
  't="s"',
  'PK\x01\x02',
  ',',
  ';',
  '\n',
]

export interface Mutation {
  readonly seed: number
  readonly count: number
  /** Every so many are read in a process of their own as well, which has to say the same. */
  readonly inProcessEvery: number
}

/** What came of the mutants: how many were read, and how many were refused for which fault. */
export interface MutationResult {
  readonly read: number
  readonly faults: ReadonlyMap<string, number>
}

type Random = (below: number) => number

/**
 * Damages honest files at random and reads each. A mutant is read or refused with a fault; anything else is thrown, and
 * so is a mutant that takes too long, too much memory, or more rows than the limit.
 */
export async function readMutants(
  uploads: Uploads,
  { seed, count, inProcessEvery }: Mutation,
): Promise<MutationResult> {
  const honest = await honestFiles()
  const faults = new Map<string, number>()
  let read = 0
  for (let index = 0; index < count; index++) {
    const random = randomFrom(seed + index)
    const bytes = mutate(honest[index % honest.length] ?? [], random)
    const found = await outcomeOf(uploads, bytes).catch((cause: unknown) => {
      throw new Error(`mutant ${seed + index} broke the reader`, { cause })
    })
    if (index % inProcessEvery === 0) await compareWithProcess(uploads, bytes, found)
    if (found === null) read += 1
    else faults.set(found, (faults.get(found) ?? 0) + 1)
  }
  return { read, faults }
}

async function outcomeOf(uploads: Uploads, bytes: Buffer): Promise<string | null> {
  const began = performance.now()
  const found = await faultOf(uploads.readHere(bytes))
  const seconds = (performance.now() - began) / 1000
  if (seconds > mostSecondsHere) throw new Error(`it took ${seconds} s`)
  return found
}

async function compareWithProcess(uploads: Uploads, bytes: Buffer, expected: string | null): Promise<void> {
  const used: ReadUsage[] = []
  const found = await faultOf(uploads.read(bytes, { onUsage: (usage) => used.push(usage) }))
  if (found !== expected) throw new Error(`${found} in a process of its own, ${expected} here`)
  if ((used[0]?.peakBytes ?? 0) > mostBytes) throw new Error(`${used[0]?.peakBytes} bytes`)
}

async function faultOf(reading: Promise<ReadFile>): Promise<string | null> {
  try {
    const { report } = await reading
    if (report.rows > defaultLimits.rows) throw new Error(`${report.rows} rows`)
    return null
  } catch (error) {
    if (error instanceof SpreadsheetError) return error.fault
    throw error
  }
}

/** A workbook as its files, or one file of text. */
type Honest = readonly ZippedFile[] | Buffer

async function honestFiles(): Promise<Honest[]> {
  const book = XLSX.utils.book_new()
  const rows = [
    ['姓名', '手机'],
    ['李雷', '+4930100'],
    [new Date(2024, 0, 31), 13_800_138_000, true, null, 1.5],
  ]
  XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(rows), 'a')
  const rich = workbookOf({
    strings: '<si><t>李雷</t></si><si><r><t>a</t></r><rPh sb="0" eb="1"><t>b</t></rPh></si>',
    formats: ['yyyy"年"m"月"d"日"'],
    cellFormats: [0, 14, 164],
    before: '<cols><col min="2" max="3" hidden="1"/></cols>',
    rows: '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="2"><v>45292.5</v></c></row><row r="3" hidden="1"><c t="inlineStr"><is><t>a_x000D_&amp;</t></is></c><c t="e"><f>1/0</f><v>#DIV/0!</v></c><c t="s"><v>1</v></c></row>',
    after: '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>',
  })
  const csv = '姓名;手机\r\n"李;""雷";+4930100\r\n韩梅;1.38E+10\r\n'
  return [
    await filesIn(await readFile(template)),
    await filesIn(XLSX.write(book, { type: 'buffer', bookType: 'xlsx' })),
    await filesIn(rich),
    Buffer.from(csv),
    Buffer.from(`\ufeff${csv}`, 'utf16le'),
    Buffer.from('d0d5c3fb3bcad6bbfa0d0ac0eec0d73b2b343933303130300d0a3b3b0d0a22baab3bc3b7223b0d0a', 'hex'),
  ]
}

async function filesIn(bytes: Buffer): Promise<ZippedFile[]> {
  const zip = await fromBufferPromise(bytes)
  const files: ZippedFile[] = []
  for await (const entry of zip.eachEntry()) {
    const pieces: Buffer[] = []
    for await (const piece of await zip.openReadStreamPromise(entry)) pieces.push(piece)
    files.push({ name: entry.fileName, content: Buffer.concat(pieces) })
  }
  return files
}

/** Of a workbook a part is damaged before it is compressed, so that the XML is reached, or the archive after that. */
function mutate(honest: Honest, random: Random): Buffer {
  if (Buffer.isBuffer(honest)) return damage(honest, random)
  if (random(3) === 0) return damage(zipOf(honest), random)
  const chosen = random(honest.length)
  return zipOf(
    honest.map((file, index) =>
      index === chosen ? { ...file, content: damage(Buffer.from(file.content), random) } : file,
    ),
  )
}

function damage(bytes: Buffer, random: Random): Buffer {
  let damaged: Buffer = Buffer.from(bytes)
  for (let times = 1 + random(4); times > 0; times--) damaged = damageOnce(damaged, random)
  return damaged
}

function damageOnce(bytes: Buffer, random: Random): Buffer {
  const at = random(bytes.length + 1)
  const length = random(Math.min(64, bytes.length - at + 1))
  const rest = bytes.subarray(at + length)
  switch (random(7)) {
    case 0:
      return bytes.subarray(0, at)
    case 1:
      return Buffer.concat([bytes.subarray(0, at), rest])
    case 2:
      return Buffer.concat([bytes.subarray(0, at + length), bytes.subarray(at)])
    case 3:
      return Buffer.concat([
        bytes.subarray(0, at),
        Buffer.from(tokens[random(tokens.length)] ?? ''),
        bytes.subarray(at),
      ])
    case 4:
      return Buffer.concat([bytes.subarray(0, at), Buffer.from(tokens[random(tokens.length)] ?? ''), rest])
    case 5:
      return Buffer.concat([
        bytes.subarray(0, at),
        Buffer.from(Array.from({ length }, () => random(256))),
        rest,
      ])
    default:
      if (at < bytes.length) bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8))
      return bytes
  }
}

/** The same numbers for the same seed (mulberry32). */
function randomFrom(seed: number): Random {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}
