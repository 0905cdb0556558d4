import type { Column, Words } from './column.ts'

export const templateNames = [
  'members',
  'wecom-members',
  'wecom-api-members',
  'numbers',
  'records',
  'moves',
  'other-systems',
] as const

/** What a file holds and how it is laid out. */
export type TemplateName = (typeof templateNames)[number]

/** What one row of a template stands for. */
export type Subject = 'member' | 'number' | 'record' | 'move' | 'system'

/** An order of columns in which files of this template come, with the headers as they are spelled there. */
export interface Layout {
  readonly name: string
  readonly title: Words
  readonly columns: readonly (readonly [key: string, header: string])[]
}

/** The columns of a kind of file, as far as headers are found by them. */
export interface Columns {
  /** In the order of a download. */
  readonly columns: readonly Column[]
  /** Layouts of files that others make, the newest last; empty for Baton's own templates. */
  readonly layouts: readonly Layout[]
}

/** What a download of a kind of file has beside its columns. */
export interface SheetForm extends Columns {
  readonly sheetName: Words
  /** Rows above the header of a download. */
  readonly notes: readonly Words[]
}

/** A kind of file: what its rows are and which columns they have. */
export interface Template extends SheetForm {
  readonly name: TemplateName
  readonly subject: Subject
  readonly title: Words
  readonly help: Words
  /** The key by which a row is known again, e.g. `staffCode`; null where rows have none. */
  readonly identity: string | null
  /** Of each group of keys, one must be there. */
  readonly oneOf: readonly (readonly string[])[]
  /** Whether a column that nobody knows becomes a free field. */
  readonly takesFields: boolean
  readonly canUndo: boolean
}

/** The column with this key; null when the template has none. */
export function columnOf(template: Template, key: string): Column | null {
  return template.columns.find((column) => column.key === key) ?? null
}
