import { fileFormats } from '../../platform/files/exported-file.ts'
import type { HolderThen } from './page-views.ts'
import type { RecordRow } from './record-views.ts'

export interface ExportedRecord {
  readonly row: RecordRow
  readonly e164: string
  readonly holderThen: HolderThen | null
}

const columns = [
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

/** How a record is written to a file. */
export const exportFormats = fileFormats<ExportedRecord>({ columns, cellsOf, objectOf })

function cellsOf({ row, e164, holderThen }: ExportedRecord) {
  return [
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
  ]
}

// What is not there is left out, as a source would: the line can be ingested again as it is.
function objectOf({ row, e164, holderThen }: ExportedRecord): object {
  return {
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
  }
}
