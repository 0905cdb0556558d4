import { decodeCursor, encodeCursor } from '../../../kernel/cursor.ts'
import { addHours, normaliseInstant } from '../../../kernel/instant.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { type ExportPage, exportedFile, fileFormats } from '../../../platform/files/exported-file.ts'
import { type Open, StreamReply } from '../../../platform/http/bind.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { scopeOf } from '../../people/index.ts'
import type { handoversContract } from '../contract.ts'
import type { ReportRow } from '../model.ts'
import { pageOfLeavers } from '../report-views.ts'

type Routes = typeof handoversContract
type Place = readonly [string, string]
const listName = 'leavers:effectiveAt'

/**
 * HAN-12: the leavers of a period; a lead sees those of the own departments, a member nobody.
 * @throws Refusal `page.cursor_invalid`
 */
export async function listLeavers(
  tx: Tx,
  { query }: RouteInput<Routes['listLeavers']>,
): Promise<RouteOutput<Routes['listLeavers']>> {
  const keys =
    query.cursor === undefined ? undefined : decodeCursor(listName, query.cursor, ['instant', 'id'])
  if (keys === null) throw new Refusal(httpRefusal.cursorInvalid)
  const [at, id] = keys ?? []
  const { from, to, limit } = query
  const { rows, next } = await pageOf(tx, {
    from,
    to,
    limit,
    after: at === undefined || id === undefined ? null : [at, id],
  })
  return { items: [...rows], nextCursor: next && encodeCursor(listName, next) }
}

interface Asked {
  readonly from: string | undefined
  readonly to: string | undefined
  readonly after: Place | null
  readonly limit: number
}

const lookBackHours = 90 * 24
const endOfTime = '9999-12-31T00:00:00.000000Z'

async function pageOf(tx: Tx, asked: Asked): Promise<ExportPage<ReportRow, Place>> {
  const scope = await scopeOf(tx)
  if (scope.kind === 'self') return { rows: [], next: null }
  const found = await pageOfLeavers(tx, {
    scope,
    from: asked.from === undefined ? addHours(tx.now, -lookBackHours) : normaliseInstant(asked.from),
    to: asked.to === undefined ? endOfTime : normaliseInstant(asked.to),
    after: asked.after,
    limit: asked.limit + 1,
  })
  const rows = found.slice(0, asked.limit)
  const last = rows.at(-1)
  return { rows, next: found.length > rows.length && last ? [last.effectiveAt, last.handoverId] : null }
}

const columns = [
  'name',
  'staff_code',
  'status',
  'state',
  'effective_at',
  'cut_off_at',
  'minutes_to_cut_off',
  'finished_at',
  'items',
  'open',
  'exceptions',
  'undone',
  'handover_id',
] as const

const formats = fileFormats<ReportRow>({
  columns,
  cellsOf: (row) => [
    row.leaver.name,
    row.leaver.staffCode,
    row.leaver.status,
    row.state,
    row.effectiveAt,
    row.cutOffAt,
    row.minutesToCutOff,
    row.finishedAt,
    row.items,
    row.open,
    row.exceptions,
    row.undone,
    row.handoverId,
  ],
  objectOf: (row) => row,
})

const rowsPerPage = 500

/** The same as a file, page by page in transactions of their own. */
export async function exportLeavers(
  open: Open,
  { query }: RouteInput<Routes['exportLeavers']>,
): Promise<StreamReply> {
  const { format, from, to } = query
  const page = (after: Place | null) => open((tx) => pageOf(tx, { from, to, after, limit: rowsPerPage }))
  return new StreamReply(
    exportedFile({
      format: formats[format],
      name: `leavers.${format}`,
      first: await page(null),
      pageAfter: page,
    }),
  )
}
