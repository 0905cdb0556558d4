import type { TemplateName } from './template.ts'

/** Columns that a sheet has at most. */
export const mostColumns = 64

/**
 * Why a column of the file was taken for a column of the template: the same `header`; an `alias` of it; `remembered` from
 * last time; the `content` of its cells; `chosen` by a person; becomes a free `field`; `duplicate`, since another column
 * has it already; `unknown` to everyone.
 */
export type MappedBecause =
  | 'header'
  | 'alias'
  | 'remembered'
  | 'content'
  | 'chosen'
  | 'field'
  | 'duplicate'
  | 'unknown'

/** A column of the file and what it is taken for. */
export interface MappedColumn {
  /** Place in the sheet, 0 for column A. */
  readonly column: number
  /** As the file has it; empty for none. */
  readonly header: string
  /** Column of the template, or `field:` with a name; null when it is not read. */
  readonly key: string | null
  /** 0 to 1. */
  readonly confidence: number
  readonly why: MappedBecause
  /** Its first values. */
  readonly samples: readonly string[]
}

/** What a person says about one column of the file. */
export type ColumnChoice = Pick<MappedColumn, 'column' | 'key'>

export interface Candidate {
  readonly template: TemplateName
  readonly confidence: number
}

/** What a file was recognised as. */
export interface Recognition {
  /** Null when nothing fits well enough. */
  readonly template: TemplateName | null
  readonly confidence: number
  /** What it may be, likeliest first, the chosen one among them. */
  readonly candidates: readonly Candidate[]
  /** Name of the known layout of others, e.g. `wecom-2020`; null for none. */
  readonly layout: string | null
  /** Place in the workbook, 0 for the first. */
  readonly sheet: number
  /** Row of the sheet; null where there is none, and the first row is data. */
  readonly headerRow: number | null
  /** Rows with the example of the template, left out. */
  readonly sampleRows: readonly number[]
  /** Every column of the file. */
  readonly columns: readonly MappedColumn[]
  /** Keys of required columns that no column of the file is. */
  readonly missing: readonly string[]
  /** Headers that nobody knows; their cells are kept, not read. */
  readonly unknown: readonly string[]
  /** Headers that mean what another one means, too. */
  readonly duplicates: readonly string[]
  /** The headers as one text, by which a mapping is remembered; empty without a header row. */
  readonly signature: string
}

/** A mapping that a person settled for headers like these. */
export interface RememberedMapping {
  readonly template: TemplateName
  readonly signature: string
  readonly columns: readonly ColumnChoice[]
}
