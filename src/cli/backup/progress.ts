import type { Progress } from '../../platform/backup/take.ts'
import { counted } from '../show.ts'

export interface ProgressLine {
  show(what: string, progress: Progress): void
  /** Takes the line away again. */
  clear(): void
}

const everyMs = 200

/** One line of a terminal that tells how far the work is; silent where there is no terminal. */
export function createProgressLine(isWanted: boolean): ProgressLine {
  let last = Number.NEGATIVE_INFINITY
  const write = (text: string) => process.stderr.write(`\r\u001b[K${text}`)
  return {
    show(what, { at, rows, bytes }) {
      if (!isWanted || performance.now() - last < everyMs) return
      last = performance.now()
      write(`${what} ${at}: ${counted(rows, 'row')}, ${sizeInWords(bytes)}`)
    },
    clear() {
      if (isWanted && last > 0) write('')
    },
  }
}

/** `3.4 MB` */
export function sizeInWords(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB']
  const power = bytes < 1_000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  return `${power === 0 ? bytes : (bytes / 1_000 ** power).toFixed(1)} ${units[power]}`
}
