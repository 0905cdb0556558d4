/** A text in both languages. */
export interface Words {
  readonly en: string
  readonly zh: string
}

/** One word that a cell may say, and the spellings that mean it. */
export interface Choice {
  readonly value: string
  readonly words: Words
  readonly aliases: readonly string[]
}

/** How a cell is read, and what its value must be. Lengths are in characters. */
export type Reading =
  | { readonly kind: 'text'; readonly max: number }
  | { readonly kind: 'paragraph'; readonly max: number }
  /** With `renames`, `old:new` gives an existing member another code. */
  | { readonly kind: 'staff_code'; readonly max: number; readonly renames: boolean }
  | { readonly kind: 'phone' }
  | { readonly kind: 'email'; readonly max: number }
  | { readonly kind: 'destination'; readonly max: number }
  /** Paths from the top, `a/b；c`; names above `wecomMax` (twice that in ASCII) are told, above `max` refused. */
  | {
      readonly kind: 'departments'
      readonly max: number
      readonly wecomMax: number | null
      readonly mostLevels: number
      readonly most: number
    }
  /** Numbers of WeCom's departments, `6;7`. */
  | { readonly kind: 'department_ids'; readonly most: number }
  /** `0;1`, one for each department of the row. */
  | { readonly kind: 'flags'; readonly most: number }
  | { readonly kind: 'choice'; readonly choices: readonly Choice[] }
  | { readonly kind: 'yes_no' }
  | { readonly kind: 'integer'; readonly min: number; readonly max: number }
  /** Read to an instant in the company's time zone where no offset is given. */
  | { readonly kind: 'instant' }
  | { readonly kind: 'url'; readonly max: number }

export type ReadingKind = Reading['kind']

/** A department as a cell names it, from the top. */
export interface DepartmentPath {
  readonly names: readonly string[]
  readonly isLead: boolean
}

/** What a cell was read as; an empty cell has none. */
export type CellValue =
  | string
  | number
  | boolean
  | readonly DepartmentPath[]
  | readonly string[]
  | readonly boolean[]

/** One column of a template: what files, the wizard, the documentation and downloads say of it. */
export interface Column {
  /** The word for it in mappings, problems and edits; one of the same subject means the same in every template. */
  readonly key: string
  readonly header: Words
  /** Other headers that mean it, in any spelling; compared without case, spaces and marks. */
  readonly aliases: readonly string[]
  readonly required: boolean
  readonly reads: Reading
  /** `kept`: read and shown, but there is no place for it beyond the import. */
  readonly use: 'stored' | 'kept'
  readonly help: Words
  readonly example: string
  /** Of a download, in characters. */
  readonly width: number
}

const fieldPrefix = 'field:'

/** The key under which a column of free fields stands, e.g. `field:PUK`. */
export function fieldKey(name: string): string {
  return `${fieldPrefix}${name}`
}

/** The name of the free field that a key stands for; null for any other key. */
export function fieldNameOf(key: string): string | null {
  return key.startsWith(fieldPrefix) ? key.slice(fieldPrefix.length) : null
}

/** A column for a free field of a number, as downloads write it and recognition reads it. */
export function fieldColumn(name: string): Column {
  return {
    key: fieldKey(name),
    header: { en: `字段 Field: ${name}`, zh: `字段 Field: ${name}` },
    aliases: [],
    required: false,
    reads: { kind: 'paragraph', max: 500 },
    use: 'stored',
    help: { en: `Free field "${name}" of the number.`, zh: `号码的自定义字段“${name}”。` },
    example: '',
    width: 16,
  }
}

/** The header of a column in a download: in one language, or in both, Chinese first. */
export function headerOf(column: Column, language: 'en' | 'zh' | 'both'): string {
  if (language !== 'both') return column.header[language]
  if (column.header.zh === column.header.en) return column.header.zh
  return `${column.header.zh} ${column.header.en}`
}
