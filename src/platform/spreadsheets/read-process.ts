// A process of its own: reads one file, says what is in it on standard output, and ends.
import { readFileSync, writeSync } from 'node:fs'
import type { SheetInfo } from './cell.ts'
import { SpreadsheetError } from './fault.ts'
import { fileKind } from './file-kind.ts'
import { readCsv } from './read-csv.ts'
import { Tally } from './tally.ts'
import { FrameWriter, type ReadTask, type ReadUsage, type SharedCells, type WireRow } from './wire.ts'
import { readXlsx, type SheetSink } from './xlsx/read-workbook.ts'

const standardOutput = 1
const rowsAtOnce = 500
const bytesAtOnce = 192 * 1024
const pauseMs = 1
const never = new Int32Array(new SharedArrayBuffer(4))

const frames = new FrameWriter()

class Output implements SheetSink {
  #sheet = 0
  #rows = 0

  sheet(sheet: SheetInfo): void {
    this.flush()
    this.#sheet = sheet.index
    say(frames.whole({ kind: 'sheet', sheet }))
  }

  row(row: WireRow, shared?: SharedCells): void {
    if (this.#rows === 0) frames.beginRows(this.#sheet)
    frames.row(row, shared)
    this.#rows += 1
    if (this.#rows >= rowsAtOnce || frames.length >= bytesAtOnce) this.flush()
  }

  flush(): void {
    if (this.#rows > 0) say(frames.endRows())
    this.#rows = 0
  }
}

// Waits while the pipe is full: nothing is read ahead of who takes the rows.
function say(bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) {
    const written = write(bytes, at)
    if (written === 0) Atomics.wait(never, 0, 0, pauseMs)
    at += written
  }
}

function write(bytes: Buffer, from: number): number {
  try {
    return writeSync(standardOutput, bytes, from)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') return 0
    throw error
  }
}

function usage(): ReadUsage {
  return { peakBytes: peakBytes(), seconds: performance.now() / 1000 }
}

function peakBytes(): number | null {
  try {
    // Unlike the peak of getrusage(2), it does not begin with that of the parent.
    const found = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))
    return found === null ? null : Number(found[1]) * 1024
  } catch {
    return null
  }
}

async function read({ file, limits }: ReadTask): Promise<void> {
  const tally = new Tally(limits)
  const output = new Output()
  try {
    const kind = await fileKind(file)
    const report = await (kind === 'xlsx' ? readXlsx : readCsv)(file, tally, output)
    output.flush()
    say(frames.whole({ kind: 'end', report, usage: usage() }))
  } catch (error) {
    if (!(error instanceof SpreadsheetError)) throw error
    output.flush()
    say(frames.whole({ kind: 'fault', fault: error.fault, where: error.where, usage: usage() }))
  }
}

read(JSON.parse(process.argv.at(-1) ?? '') as ReadTask).catch((error: unknown) => {
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
  say(frames.whole({ kind: 'bug', message }))
})
