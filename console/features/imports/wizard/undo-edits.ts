import type { Input, Item } from '../../../api/client.ts'
import type { Change } from '../use-draft.ts'

export type Row = Item<'listImportRows'>
type RowChange = NonNullable<Change['edits']>[number]
type RowQuery = NonNullable<Input<'listImportRows'>['query']>

/** Rows that one request may change. */
const mostEdits = 1_000

/** What puts a column of a row, and whether the row is left out, back to how they are now; null for the row alone. */
export function backTo({ row, edits }: Row, column: string | null): RowChange {
  const { cells, skip, existing, accepted } = edits
  return {
    row,
    skip,
    existing,
    accepted,
    ...(column === null ? {} : { cells: { [column]: cells[column] ?? null } }),
  }
}

/** Changes of rows in as few requests as they fit into. */
export function inRequests(edits: readonly RowChange[]): Change[] {
  return Array.from({ length: Math.ceil(edits.length / mostEdits) }, (_, part) => ({
    edits: edits.slice(part * mostEdits, (part + 1) * mostEdits),
  }))
}

/** What stands in a cell now: what was repaired before what the file has. */
export function textIn({ edits, cells }: Row, key: string, place: number | undefined): string {
  return edits.cells[key] ?? (place === undefined ? undefined : cells[place]) ?? ''
}

interface RowPages {
  readonly rows: readonly Row[]
  /** Whether there were more than may be read at once. */
  readonly isCut: boolean
}

/** Reads all rows that fit, page after page, up to a number of rows. */
export async function readRows(
  read: (query: RowQuery) => Promise<{ items: readonly Row[]; nextCursor: string | null }>,
  query: RowQuery,
  most: number,
): Promise<RowPages> {
  const rows: Row[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await read({ ...query, limit: 500, cursor })
    rows.push(...page.items)
    if (page.nextCursor === null) return { rows, isCut: false }
    if (rows.length >= most) return { rows, isCut: true }
    cursor = page.nextCursor
  }
}

export interface Replacing {
  readonly key: string
  readonly place: number | undefined
  readonly find: string
  readonly replaceBy: string
  /** Only where the whole cell is what is looked for. */
  readonly isWhole: boolean
}

/** The edits that replace words in a column, for those rows that have them. */
export function replacementsIn(rows: readonly Row[], { key, place, ...rest }: Replacing): RowChange[] {
  return rows.flatMap((row) => {
    const text = textIn(row, key, place)
    const after = replaced(text, rest)
    return after === text ? [] : [{ row: row.row, cells: { [key]: after } }]
  })
}

function replaced(text: string, { find, replaceBy, isWhole }: Omit<Replacing, 'key' | 'place'>): string {
  if (isWhole) return text === find ? replaceBy : text
  return find === '' ? text : text.replaceAll(find, () => replaceBy)
}
