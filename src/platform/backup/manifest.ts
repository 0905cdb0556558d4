import { createHash } from 'node:crypto'
import { z } from 'zod'

const Name = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/)
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const Count = z.int().min(0)

/** The first file of a backup: what it is of, and what follows. */
export const Manifest = z.object({
  batonVersion: z.string().max(100),
  /** UTC instant of the snapshot. */
  takenAt: z.string().max(40),
  /** The files of db/changes that made the schema. */
  changes: z.array(z.object({ name: z.string().max(200), hash: Sha256 })).max(10_000),
  /** First instants of the months that records are kept in. */
  recordMonths: z.array(z.string().max(40)).max(100_000),
  /** In an order in which each row finds what it refers to. */
  tables: z.array(z.object({ name: Name, columns: z.array(Name).min(1).max(1_600) })).max(10_000),
})
export type Manifest = z.infer<typeof Manifest>
export type CarriedTable = Manifest['tables'][number]

const TableSum = z.object({ rows: Count, bytes: Count, sha256: Sha256 })
export type TableSum = z.infer<typeof TableSum>

/** The last file of a backup: what there should be before it. */
export const Ending = z.object({
  tables: z.record(Name, TableSum),
  files: z.object({ count: Count, bytes: Count }),
  /** Media of the record whose file was not in the media folder, or not as it was received. */
  mediaMissing: Count,
})
export type Ending = z.infer<typeof Ending>

export const manifestName = 'manifest.json'
export const endingName = 'end.json'

const partForm = /^tables\/([a-z0-9_]+)\/\d{6,}\.copy$/
const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const fileForm = new RegExp(`^(checkpoints/${uuid}\\.log|media/${uuid}/[0-9a-f]{2}/${uuid})$`)

/** The name of a part of a table's rows, in the form of COPY. */
export function partName(table: string, part: number): string {
  return `tables/${table}/${String(part).padStart(6, '0')}.copy`
}

/** The table that a file of the archive belongs to; null when it is no part of a table. */
export function tableOfPart(name: string): string | null {
  return partForm.exec(name)?.[1] ?? null
}

/** Whether a name is one that goes back into the data folder, below it for certain. */
export function isFolderFile(name: string): boolean {
  return fileForm.test(name)
}

const newline = 0x0a

/** Adds up a table while its rows go by; COPY ends each with the only line feed in it. */
export class Tally {
  readonly #digest = createHash('sha256')
  rows = 0
  bytes = 0

  add(chunk: Buffer): void {
    this.#digest.update(chunk)
    this.bytes += chunk.length
    for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, at + 1)) this.rows += 1
  }

  sum(): TableSum {
    return { rows: this.rows, bytes: this.bytes, sha256: this.#digest.digest('hex') }
  }
}
