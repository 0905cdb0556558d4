import { z } from 'zod'
import type { Instant } from '../../../kernel/fields.ts'
import type { Permission } from '../../../kernel/permission.ts'
import type { RefusalRule } from '../../../kernel/refusal.ts'
import type { Words } from '../../imports/model/column.ts'
import { ExportFormat } from '../model.ts'

/** The language of words inside a file; headers are in both. */
export type FileLanguage = keyof Words

/**
 * What a list file writes into a cell: a text or number, a time, or somebody or something that the list names by its id
 * only and the file by its name, as far as the reader may know it.
 */
export type ListCell =
  | string
  | number
  | null
  | { readonly instant: Instant }
  | { readonly named: 'member' | 'department'; readonly id: string }

export interface ListColumn<Item> {
  readonly header: Words
  /** In characters of Latin script. */
  readonly width: number
  cell(item: Item, language: FileLanguage): ListCell
}

/**
 * A list of the API as a file: `GET /v1/exports/{name}` asks the list itself, page by page, so that the file has what
 * the list answers to the same caller and filters. The list's route names permission, filters and refusals; a house test
 * holds `access`, `query` and `item` to it.
 */
export interface ListFile<
  Query extends z.ZodObject = z.ZodObject,
  Item extends z.ZodType = z.ZodType<unknown>,
  Params extends z.ZodType = z.ZodType,
> {
  /** End of the path, and in the name of the file. */
  readonly name: string
  /** The operationId of the list. */
  readonly list: string
  readonly summary: string
  readonly access: Permission
  readonly sheetName: Words
  /** The filters of the list, and the format. */
  readonly query: Query
  /** The parameters of the list's path, where it has some: they end the path of the file. */
  readonly params?: Params
  /** Which of `query` people type: kept where the ledger can forget it. */
  readonly typed: readonly (keyof z.output<Query> & string)[]
  /** What the list refuses beyond what every route does. */
  readonly refusals?: readonly RefusalRule[]
  /** As many rows as are asked for at once, where the usual number does not suit. */
  readonly rowsPerPage?: number
  readonly item: Item
  readonly columns: readonly ListColumn<z.output<Item>>[]
}

/** Declares the file of a list; the identity function holds its columns to the list's items. */
export function listFile<
  Query extends z.ZodObject,
  Item extends z.ZodType,
  Params extends z.ZodType = z.ZodType,
>(file: ListFile<Query, Item, Params>): ListFile<Query, Item, Params> {
  return file
}

type FilterShape<Shape extends z.ZodRawShape> = {
  [Name in keyof Shape as Name extends 'limit' | 'cursor' ? never : Name]: Shape[Name]
} & { format: typeof ExportFormat }

/** What may be asked of the file of a list: what the list is asked, without its pages, and the format. */
export function fileQuery<Shape extends z.ZodRawShape>({
  shape,
}: {
  readonly shape: Shape
}): z.ZodObject<FilterShape<Shape>> {
  const { limit: _limit, cursor: _cursor, ...filters }: z.ZodRawShape = shape
  return z.object({ ...filters, format: ExportFormat }) as never
}

/** A time, or an empty cell. */
export function timeCell(instant: Instant | null): ListCell {
  return instant === null ? null : { instant }
}

/** A member or department by name, or an empty cell. */
export function namedCell(named: 'member' | 'department', id: string | null): ListCell {
  return id === null ? null : { named, id }
}

/** One of several words; a value without a word stands as it is. */
export function wordCell<Value extends string>(
  words: Readonly<Record<Value, Words>>,
  value: Value | null,
  language: FileLanguage,
): ListCell {
  if (value === null) return null
  return Object.hasOwn(words, value) ? words[value][language] : value
}

/** `yes` or an empty cell, so that a filter finds them at once. */
export function yesCell(isSo: boolean, language: FileLanguage): ListCell {
  return isSo ? { en: 'yes', zh: '是' }[language] : null
}

export interface ActorFields {
  readonly id: string | null
  readonly name: string | null
}

/** Whoever did something: a member by name, anybody else as the list has it. */
export function actorCell({ id, name }: ActorFields): ListCell {
  return name ?? id
}

/** The column of ids, by which programs join one file with another. */
export function idColumn<Name extends string>(name: Name): ListColumn<Readonly<Record<Name, string>>> {
  return { header: { en: 'Id', zh: '编号' }, width: 38, cell: (item) => item[name] }
}
