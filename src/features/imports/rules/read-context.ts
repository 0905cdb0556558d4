import type { FileKind } from '../model/cell.ts'
import type { CellValue, Column } from '../model/column.ts'
import type { MappedColumn } from '../model/mapping.ts'
import type { CheckOptions } from '../model/options.ts'
import type { ParsePhone } from '../model/phone.ts'
import type { Template } from '../model/template.ts'
import type { Problem } from '../model/verdict.ts'
import type { ReadPaths } from './department-paths.ts'
import type { TimeReader } from './times.ts'

/** All that reading a row takes, besides the row. */
export interface ReadingContext {
  readonly template: Template
  readonly mapping: readonly MappedColumn[]
  readonly options: CheckOptions
  readonly fileKind: FileKind
  readonly parsePhone: ParsePhone
}

/** A cell on its way to a value. */
export interface CellInput {
  /** Without the usual spaces at its ends; never empty. */
  readonly text: string
  /** The file has it as a number, so that zeros at its beginning are gone. */
  readonly isNumber: boolean
  readonly column: Column
  readonly context: ReadingContext
  readonly times: TimeReader
  /** Of this column, by text: departments repeat. */
  readonly paths: Map<string, ReadPaths>
  readonly problems: Problem[]
}

/** Undefined when the cell cannot be read; then its problems say why. */
export type CellReader = (input: CellInput) => CellValue | undefined

const shownCharacters = 100

interface Particulars {
  readonly params?: Problem['params']
  readonly suggestion?: string
}

/** Notes a problem of the cell and reads nothing. */
export function fail(input: CellInput, code: string, { params, suggestion }: Particulars = {}): undefined {
  input.problems.push({
    column: input.column.key,
    code,
    params: { value: input.text.slice(0, shownCharacters), ...params },
    suggestion: suggestion ?? null,
  })
  return undefined
}
