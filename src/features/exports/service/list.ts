import type { RouteContract, RouteInput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { type BoundRoute, type Open, Reply, type StreamReply } from '../../../platform/http/bind.ts'
import { scopeOf } from '../../people/index.ts'
import type { ListCell, ListFile } from '../model/list-file.ts'
import { type ListFileName, listFiles } from '../model/list-files.ts'
import type { ExportFormat } from '../model.ts'
import { readNames } from '../views.ts'
import { type ExportedCell, exportFile, type RowPage } from './file.ts'

/** What a list file is made from: its entry, and the list itself as it is bound. */
export interface ListSource {
  readonly file: ListFile
  readonly list: BoundRoute
}

/** Every list that can be taken out, beside its own route among those that are bound. */
export function listSources(routes: readonly BoundRoute[]): readonly (readonly [ListFileName, ListSource])[] {
  return (Object.keys(listFiles) as ListFileName[]).map((name) => {
    const file = listFiles[name]
    const list = routes.find((route) => route.contract.operationId === file.list)
    if (!list) throw new Error(`${name} asks ${file.list}, which no route is`)
    return [name, { file, list }]
  })
}

type Query = Readonly<Record<string, unknown>> & { readonly format: ExportFormat }
type Names = ReadonlyMap<string, string>

interface ListRow {
  readonly item: unknown
  readonly names: Names
}

interface ListAnswer {
  readonly items: readonly unknown[]
  readonly nextCursor?: string | null
}

interface Asked {
  readonly source: ListSource
  readonly params: unknown
  readonly query: Query
  readonly language: RouteInput<RouteContract>['language']
}

// As many as every list gives at most.
const usualRows = 200

/**
 * Writes to a file what a list answers to this caller under these filters, page by page in transactions of their own.
 * @throws Refusal what the list refuses, e.g. `thing.not_found`
 */
export function exportList(
  open: Open,
  source: ListSource,
  { params, query, language }: Pick<RouteInput<RouteContract>, 'params' | 'query' | 'language'>,
): Promise<StreamReply> {
  const asked: Asked = { source, params, query: query as Query, language }
  const { name, sheetName, columns, typed } = source.file
  const wanted = Object.keys(source.file.query.shape).filter((key) => key !== 'format')
  const place = (params ?? {}) as Readonly<Record<string, string>>
  const words = typed.flatMap((key) => asked.query[key] ?? [])
  return exportFile<ListRow, string>(open, {
    order: {
      kind: name,
      format: asked.query.format,
      search: words.length === 0 ? null : words.join(' '),
      filters: {
        ...place,
        ...Object.fromEntries(
          wanted
            .filter((key) => !typed.some((one) => one === key))
            .map((key) => [key, choiceOf(asked.query, key)]),
        ),
      },
    },
    begin: async (tx) => ({
      shape: {
        sheetName: `${sheetName.zh} ${sheetName.en}`,
        notes: [],
        columns: columns.map(({ header, width }) => ({ header: `${header.zh} ${header.en}`, width })),
        cellsOf: ({ item, names }) => columns.map(({ cell }) => named(cell(item, language), names)),
        isMasked: false,
      },
      first: await pageOf(tx, asked, undefined),
    }),
    pageAfter: (tx, cursor) => pageOf(tx, asked, cursor),
  })
}

function choiceOf(query: Query, key: string): string | null {
  const value = query[key]
  return value === undefined || value === null ? null : String(value)
}

async function pageOf(
  tx: Tx,
  { source: { file, list }, params, query, language }: Asked,
  cursor: string | undefined,
): Promise<RowPage<ListRow, string>> {
  if (list.handler.kind !== 'tx') throw new Error(`${file.list} is no list that can be walked`)
  const { format: _, ...filters } = query
  const answer = await list.handler.run(tx, {
    params,
    query: { ...filters, limit: file.rowsPerPage ?? usualRows, cursor },
    body: undefined,
    expectedVersion: null,
    language,
  })
  const { items, nextCursor = null } = (answer instanceof Reply ? answer.body : answer) as ListAnswer
  const names = await namesIn(tx, file, items)
  return { rows: items.map((item) => ({ item, names })), next: nextCursor }
}

async function namesIn(tx: Tx, { columns }: ListFile, items: readonly unknown[]): Promise<Names> {
  const cells = items.flatMap((item) => columns.map(({ cell }) => cell(item, 'en')))
  const ids = (kind: 'member' | 'department') =>
    cells.flatMap((cell) =>
      cell !== null && typeof cell === 'object' && 'named' in cell && cell.named === kind ? [cell.id] : [],
    )
  const things = { memberIds: ids('member'), departmentIds: ids('department') }
  if (things.memberIds.length + things.departmentIds.length === 0) return new Map()
  return readNames(tx, things, await scopeOf(tx))
}

function named(cell: ListCell, names: Names): ExportedCell {
  if (cell === null || typeof cell !== 'object' || !('named' in cell)) return cell
  return names.get(cell.id) ?? cell.id
}
