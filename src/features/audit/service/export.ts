import { normaliseInstant } from '../../../kernel/instant.ts'
import type { RouteInput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { type ExportPage, exportedFile, fileFormats } from '../../../platform/files/exported-file.ts'
import { type Open, StreamReply } from '../../../platform/http/bind.ts'
import type { auditContract } from '../contract.ts'
import type { AuditEntry, AuditFilter } from '../model.ts'
import { record } from '../store.ts'
import { pageOfLedger } from './ledger.ts'

const entriesPerPage = 1000

const columns = [
  'id',
  'seq',
  'at',
  'action',
  'actorKind',
  'actorId',
  'actorName',
  'onBehalfOf',
  'subjectKind',
  'subjectId',
  'reason',
  'effect',
  'details',
  'detailsErased',
] as const

const formats = fileFormats<AuditEntry>({
  columns,
  cellsOf: (entry) => [
    entry.id,
    entry.seq,
    entry.at,
    entry.action,
    entry.actor.kind,
    entry.actor.id,
    entry.actorName,
    entry.actor.onBehalfOf,
    entry.subjectKind,
    entry.subjectId,
    entry.reason,
    JSON.stringify(entry.effect),
    entry.details === null ? null : JSON.stringify(entry.details),
    entry.detailsErased,
  ],
  objectOf: (entry) => entry,
})

/** Writes the ledger to a file, newest first, page by page in transactions of their own; this too is in the ledger. */
export async function exportAudit(
  open: Open,
  { query }: RouteInput<typeof auditContract.exportAudit>,
): Promise<StreamReply> {
  const { format, ...filter } = query
  const { first, day } = await open(async (tx) => {
    // Read before its own entry, which is newer than all that is in the file.
    const page = await pageBefore(tx, filter, null)
    noteExport(tx, format, filter)
    return { first: page, day: tx.now.slice(0, 10) }
  })
  const file = exportedFile({
    format: formats[format],
    name: `ledger-${day}.${format}`,
    first,
    pageAfter: (beforeId: string) => open((tx) => pageBefore(tx, filter, beforeId)),
  })
  return new StreamReply(file)
}

async function pageBefore(
  tx: Tx,
  filter: AuditFilter,
  beforeId: string | null,
): Promise<ExportPage<AuditEntry, string>> {
  const { items, lastId } = await pageOfLedger(tx, filter, { beforeId, limit: entriesPerPage })
  return { rows: items, next: lastId }
}

function noteExport(tx: Tx, format: string, { from, to, subjectId, actorId, ...kinds }: AuditFilter): void {
  record(tx, {
    action: 'ledger.exported',
    subjectKind: 'company',
    subjectId: tx.companyId,
    effect: {
      format,
      from: from === undefined ? null : normaliseInstant(from),
      to: to === undefined ? null : normaliseInstant(to),
      action: kinds.action ?? null,
      subjectKind: kinds.subjectKind ?? null,
    },
    ...(subjectId === undefined && actorId === undefined
      ? {}
      : { details: { subjectId: subjectId ?? null, actorId: actorId ?? null } }),
  })
}
