import type { Instant } from '../../../kernel/fields.ts'
import { laterOf, normaliseInstant } from '../../../kernel/instant.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { type ExportPage, exportedFile } from '../../../platform/files/exported-file.ts'
import { type Open, StreamReply } from '../../../platform/http/bind.ts'
import { record } from '../../audit/index.ts'
import { type ExportedRecord, exportFormats } from '../export-lines.ts'
import { type ExportQuery, recordRefusal } from '../model.ts'
import { holdersThen } from '../page-views.ts'
import { textFor } from '../present.ts'
import { lookForRecords, type RecordKey, type RecordRow } from '../record-views.ts'
import { beginningOfTime, contentsFrom, type Sight } from '../rules/may-read.ts'
import { readerOf, type SeenNumber, seeNumber } from './read-access.ts'

export interface AskedExport {
  readonly numberId: string
  readonly query: ExportQuery
}

const recordsPerPage = 1000

/**
 * Writes a number's records to a file, newest first, page by page in transactions of their own. Each page asks anew
 * who may read; when less may be read than at the start, the file breaks off with its connection.
 * @throws Refusal `thing.not_found`, `record.reason_needed`, `record.not_granted`
 */
export async function exportRecords(open: Open, asked: AskedExport): Promise<StreamReply> {
  const { first, e164, reach } = await open(async (tx) => {
    const seen = await seeNumber(tx, asked.numberId)
    const from = reachOf(seen.sight, asked.query)
    noteExport(tx, { asked, seen, from })
    return {
      first: await pageOf(tx, { asked, from, e164: seen.e164, before: null }),
      e164: seen.e164,
      reach: from,
    }
  })
  const { format } = asked.query
  const file = exportedFile({
    format: exportFormats[format],
    name: `records-${e164.slice(1)}.${format}`,
    first,
    pageAfter: (before: RecordKey) => pageAfter(open, { asked, from: reach, e164 }, before),
  })
  return new StreamReply(file)
}

type RecordsPage = ExportPage<ExportedRecord, RecordKey>

interface ExportPlace {
  readonly asked: AskedExport
  readonly from: Instant
  readonly e164: string
}

function pageAfter(open: Open, place: ExportPlace, before: RecordKey): Promise<RecordsPage> {
  return open(async (tx) => {
    const { sight } = await seeNumber(tx, place.asked.numberId)
    if (reachOf(sight, place.asked.query) > place.from)
      throw new Error('less may be read than when the export began')
    return pageOf(tx, { ...place, before })
  })
}

// Everything that exists in the time asked for, or nothing: an export is never silently short.
function reachOf(sight: Sight, { from, reason }: ExportQuery): Instant {
  const wanted = laterOf(sight.existsFrom, from === undefined ? beginningOfTime : normaliseInstant(from))
  const readable = contentsFrom(sight, reason !== undefined)
  if (readable !== null && readable <= wanted) return wanted
  throw new Refusal(sight.others === 'reason' ? recordRefusal.reasonNeeded : recordRefusal.notGranted)
}

async function pageOf(
  tx: Tx,
  { asked, from, e164, before }: ExportPlace & { readonly before: RecordKey | null },
): Promise<RecordsPage> {
  const { rows, next } = await lookForRecords(tx, {
    place: { kind: 'threads', threads: [{ numberId: asked.numberId, from, otherParty: null }] },
    before,
    from: null,
    to: asked.query.to === undefined ? null : normaliseInstant(asked.query.to),
    kind: null,
    direction: null,
    otherParty: null,
    search: null,
    readerId: null,
    awaitsAnswer: false,
    limit: recordsPerPage,
  })
  const holders = await holdersThen(tx, rows)
  const reader = readerOf(tx).memberId
  return {
    rows: rows.map((row, place) => exported(row, { e164, holderThen: holders[place] ?? null, reader })),
    next,
  }
}

// ACC-12: what is written to a file is what its reader may see.
function exported(
  row: RecordRow,
  { reader, ...of }: Omit<ExportedRecord, 'row'> & { readonly reader: string | null },
): ExportedRecord {
  const isOfReader = reader !== null && of.holderThen?.memberId === reader
  return { ...of, row: { ...row, body: textFor(row, isOfReader) } }
}

interface NotedExport {
  readonly asked: AskedExport
  readonly seen: SeenNumber
  readonly from: Instant
}

// A holder needs no reason, so none is asked for; one that is given is kept all the same.
function noteExport(tx: Tx, { asked, seen, from }: NotedExport): void {
  const { format, to, reason } = asked.query
  record(tx, {
    action: 'records.exported',
    subjectKind: 'number',
    subjectId: seen.numberId,
    effect: { format, from, to: to === undefined ? null : normaliseInstant(to) },
    reason,
    details: { e164: seen.e164 },
  })
}
