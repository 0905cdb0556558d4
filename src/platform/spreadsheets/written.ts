/** A day `2024-01-31`, or a day with its time `2024-01-31T08:30:00`, in no time zone. */
export interface DateValue {
  readonly date: string
}

/** What is written to a cell; a text stays that text, whatever it looks like. Null and an empty text leave it empty. */
export type WrittenValue = string | number | boolean | DateValue | null

/** A cell that is coloured, since something is wrong with what stands in it. */
export interface ProblemCell {
  readonly problem: WrittenValue
}

export type WrittenCell = WrittenValue | ProblemCell
export type WrittenRow = readonly WrittenCell[]

export interface WrittenColumn {
  readonly header: string
  /** In characters of Latin script; default 18. */
  readonly width?: number
  /** Its header stands out in red. */
  readonly isRequired?: boolean
}

export interface WrittenSheet {
  /** At most 31 characters; what a sheet's name cannot have becomes a space. */
  readonly name: string
  /** Paragraphs above the header, each across all columns. */
  readonly notes?: readonly string[]
  readonly columns: readonly WrittenColumn[]
  /** Asked for as fast as the file is taken. */
  readonly rows: AsyncIterable<WrittenRow> | Iterable<WrittenRow>
}
