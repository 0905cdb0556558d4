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

/** A kind of file: what its rows are and which columns they have. */
export interface Template {
  readonly name: TemplateName
  readonly subject: Subject
  readonly title: Words
  readonly help: Words
  readonly sheetName: Words
  /** Rows above the header of a download. */
  readonly notes: readonly Words[]
  /** In the order of a download. */
  readonly columns: readonly Column[]
  /** The key by which a row is known again, e.g. `staffCode`; null where rows have none. */
  readonly identity: string | null
  /** Of each group of keys, one must be there. */
  readonly oneOf: readonly (readonly string[])[]
  /** Layouts of files that others make, the newest last; empty for Baton's own templates. */
  readonly layouts: readonly Layout[]
  /** Whether a column that nobody knows becomes a free field. */
  readonly takesFields: boolean
  readonly canUndo: boolean
}

/** The column with this key; null when the template has none. */
export function columnOf(template: Template, key: string): Column | null {
  return template.columns.find((column) => column.key === key) ?? null
}
