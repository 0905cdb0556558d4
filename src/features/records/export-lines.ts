import { csvRow } from '../../platform/csv/safe-cell.ts'
import type { HolderThen } from './page-views.ts'
import type { RecordRow } from './record-views.ts'

export interface ExportedRecord {
  readonly row: RecordRow
  readonly e164: string
  readonly holderThen: HolderThen | null
}

const byteOrderMark = '\ufeff'

const csvColumns = [
  'recordId',
  'number',
  'kind',
  'direction',
  'otherParty',
  'otherName',
  'occurredAt',
  'durationSeconds',
  'answered',
  'text',
  'source',
  'sourceId',
  'holderMemberId',
  'holderName',
] as const

/** How a record is written to a file, and what stands above the first one. */
export const exportFormats = {
  csv: {
    contentType: 'text/csv; charset=utf-8',
    head: byteOrderMark + csvRow(csvColumns),
    lineOf: csvLineOf,
  },
  ndjson: { contentType: 'application/x-ndjson; charset=utf-8', head: '', lineOf: jsonLineOf },
} as const

function csvLineOf({ row, e164, holderThen }: ExportedRecord): string {
  return csvRow([
    row.record_id,
    e164,
    row.kind,
    row.direction,
    row.other_party,
    row.other_name,
    row.occurred_at,
    row.duration_seconds,
    row.answered,
    row.body,
    row.source,
    row.source_id,
    holderThen?.memberId ?? null,
    holderThen?.name ?? null,
  ])
}

// What is not there is left out, as a source would: the line can be ingested again as it is.
function jsonLineOf({ row, e164, holderThen }: ExportedRecord): string {
  return `${JSON.stringify({
    number: e164,
    kind: row.kind,
    direction: row.direction,
    otherParty: row.other_party,
    otherName: row.other_name ?? undefined,
    occurredAt: row.occurred_at,
    durationSeconds: row.duration_seconds ?? undefined,
    answered: row.answered ?? undefined,
    text: row.body ?? undefined,
    source: row.source,
    sourceId: row.source_id,
    recordId: row.record_id,
    holderThen,
  })}\n`
}
