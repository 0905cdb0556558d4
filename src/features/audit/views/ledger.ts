import type { Tx } from '../../../platform/db/tx.ts'
import type { JsonValue, LedgerActor, LedgerEntry, SealedEntry } from '../leaf.ts'
import type { Frontier } from '../merkle.ts'

export interface EntryRow {
  readonly entry_id: string
  readonly at: string
  readonly action: string
  readonly actor: LedgerActor
  readonly subject_kind: string
  readonly subject_id: string
  readonly effect: Readonly<Record<string, unknown>>
  readonly reason_digest: string | null
  readonly details_digest: string | null
  readonly seq: number | null
}

interface SealedRow extends EntryRow {
  readonly seq: number
  readonly leaf_hash: Buffer
  readonly salt: Buffer | null
  readonly details: Readonly<Record<string, JsonValue>> | null
}

export interface ListedRow extends EntryRow {
  readonly details: Readonly<Record<string, unknown>> | null
}

export interface EntryFilter {
  readonly action?: string | undefined
  readonly subjectKind?: string | undefined
  readonly subjectId?: string | undefined
  readonly actorId?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  /** Only entries with a smaller id. */
  readonly beforeId: string | null
  readonly limit: number
}

const dayMs = 86_400_000
const stepBackMs = 300_000

/** Entries, newest first; each filter reaches an index. */
export function listEntries(tx: Tx, filter: EntryFilter): Promise<ListedRow[]> {
  let query = tx.db
    .selectFrom('audit_entries as e')
    .leftJoin('audit_details as d', (join) =>
      join.onRef('d.company_id', '=', 'e.company_id').onRef('d.entry_id', '=', 'e.entry_id'),
    )
    .select(['e.entry_id', 'e.at', 'e.action', 'e.actor', 'e.subject_kind', 'e.subject_id', 'e.effect'])
    .select(['e.reason_digest', 'e.details_digest', 'e.seq', 'd.details'])
    .where('e.company_id', '=', tx.companyId)
    .orderBy('e.entry_id', 'desc')
    .limit(filter.limit)
  if (filter.action) query = query.where('e.action', '=', filter.action)
  if (filter.subjectKind) query = query.where('e.subject_kind', '=', filter.subjectKind)
  if (filter.subjectId) query = query.where('e.subject_id', '=', filter.subjectId)
  if (filter.actorId) query = query.where('e.actor_id', '=', filter.actorId)
  // Ids begin with the time at which they were made, at or after `at`: so the range of ids bounds the scan, with room
  // for long transactions and for clocks that were set back.
  if (filter.from) {
    query = query
      .where('e.at', '>=', filter.from)
      .where('e.entry_id', '>=', lowestId(filter.from, -stepBackMs))
  }
  if (filter.to)
    query = query.where('e.at', '<', filter.to).where('e.entry_id', '<', lowestId(filter.to, dayMs))
  if (filter.beforeId) query = query.where('e.entry_id', '<', filter.beforeId)
  return query.$castTo<ListedRow>().execute()
}

function lowestId(instant: string, shiftMs: number): string {
  const milliseconds = Math.max(0, Math.floor(new Date(instant).getTime()) + shiftMs)
  const hex = milliseconds.toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-0000-0000-000000000000`
}

const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Names of the members and API tokens among these ids. */
export async function namesOfActors(
  tx: Tx,
  ids: readonly (string | null)[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(ids)].filter((id) => id !== null && uuidForm.test(id))
  if (wanted.length === 0) return new Map()
  const rows = await tx.query<{ id: string; name: string }>({
    text: `select member_id as id, name from members where company_id = $1 and member_id = any($2::uuid[])
      union all select token_id, name from api_tokens where company_id = $1 and token_id = any($2::uuid[])`,
    values: [tx.companyId, wanted],
  })
  return new Map(rows.map((row) => [row.id, row.name]))
}

/** What the whole ledger looked like at one moment. */
export interface LedgerSnapshot {
  readonly head: Frontier
  readonly unsealed: number
  readonly notes: readonly string[]
  /** Entries that have a place at or after the end of the tree, where there should be none. */
  readonly beyond: readonly string[]
}

const beyondAtMost = 1_000

/** Size, tree and checkpoints in one statement, so that a sealer at work cannot make them disagree. */
export async function readSnapshot(tx: Tx): Promise<LedgerSnapshot> {
  const [row] = await tx.query<{
    size: number
    frontier: Buffer[]
    unsealed: number
    notes: string[]
    beyond: string[]
  }>({
    text: `with head as (select size, frontier from audit_heads where company_id = $1)
      select coalesce((select size from head), 0) as size,
        coalesce((select frontier from head), '{}') as frontier,
        (select count(*) from audit_entries where company_id = $1 and seq is null) as unsealed,
        array(select note from audit_checkpoints where company_id = $1 order by size) as notes,
        array(select entry_id::text from audit_entries
          where company_id = $1 and seq >= coalesce((select size from head), 0) order by seq limit ${beyondAtMost}) as beyond`,
    values: [tx.companyId],
  })
  if (!row) throw new Error('a statement without a table gave no row')
  return {
    head: { size: row.size, nodes: row.frontier },
    unsealed: row.unsealed,
    notes: row.notes,
    beyond: row.beyond,
  }
}

const sealedColumns = `e.entry_id, e.at, e.action, e.actor, e.subject_kind, e.subject_id, e.effect, e.reason_digest,
  e.details_digest, e.leaf_hash, e.seq, d.salt, d.details`
const sealedTables = `audit_entries e
  left join audit_details d on d.company_id = e.company_id and d.entry_id = e.entry_id`
const batchSize = 2_000

// By place and id: two entries at one place, which only someone who tampers can make, are both read.
function readBatch(tx: Tx, { head }: LedgerSnapshot, after: SealedRow | null): Promise<SealedRow[]> {
  return tx.query<SealedRow>({
    name: 'audit-sealed-batch',
    text: `select ${sealedColumns} from ${sealedTables}
      where e.company_id = $1 and e.seq >= $2 and e.seq < $4 and (e.seq > $2 or e.entry_id > $3)
      order by e.seq, e.entry_id limit ${batchSize}`,
    values: [
      tx.companyId,
      after?.seq ?? Number.MIN_SAFE_INTEGER,
      after?.entry_id ?? '00000000-0000-0000-0000-000000000000',
      head.size,
    ],
  })
}

/** Every sealed entry of the snapshot in order of its place, read in batches. */
export async function* readSealed(tx: Tx, snapshot: LedgerSnapshot): AsyncGenerator<SealedEntry> {
  let coming = readBatch(tx, snapshot, null)
  for (;;) {
    const rows = await coming
    const last = rows.at(-1)
    // The database reads the next batch while this one is hashed.
    if (last && rows.length === batchSize) coming = readBatch(tx, snapshot, last)
    coming.catch(() => {})
    for (const row of rows) yield sealedEntry(tx.companyId, row)
    if (rows.length < batchSize) break
  }
  if (snapshot.beyond.length === 0) return
  const beyond = await tx.query<SealedRow>({
    text: `select ${sealedColumns} from ${sealedTables}
      where e.company_id = $1 and e.entry_id = any($2::uuid[]) and e.seq is not null order by e.seq`,
    values: [tx.companyId, snapshot.beyond],
  })
  for (const row of beyond) yield sealedEntry(tx.companyId, row)
}

function sealedEntry(companyId: string, row: SealedRow): SealedEntry {
  const { salt, details } = row
  const reason = row.reason_digest === null ? undefined : details?.['reason']
  return {
    seq: row.seq,
    entry: ledgerEntry(companyId, row),
    leafHash: row.leaf_hash,
    details: salt && details ? { salt, value: details } : null,
    reason: salt && reason !== undefined ? { salt, value: reason } : null,
  }
}

function ledgerEntry(companyId: string, row: EntryRow): LedgerEntry {
  return {
    companyId,
    id: row.entry_id,
    at: row.at,
    action: row.action,
    actor: row.actor,
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    effect: row.effect,
    reasonDigest: row.reason_digest,
    detailsDigest: row.details_digest,
  }
}

/** The keys that the database knows and when each was rotated out. */
export function readKnownKeys(tx: Tx): Promise<{ key_name: string; retired_at: string | null }[]> {
  return tx.query({ text: 'select key_name, retired_at from signing_keys' })
}

/** The id of this installation; the zero UUID while nothing has ever been sealed here. */
export async function readInstallationId(tx: Tx): Promise<string> {
  const [row] = await tx.query<{ installation_id: string }>({
    text: 'select installation_id from installation',
  })
  return row?.installation_id ?? '00000000-0000-0000-0000-000000000000'
}

export interface CheckpointNote {
  readonly size: number
  readonly note: string
  readonly sealedAt: string
}

/** Checkpoints of less than `belowSize` entries, newest first. */
export function listCheckpoints(tx: Tx, belowSize: number, limit: number): Promise<CheckpointNote[]> {
  return tx.query<CheckpointNote>({
    text: `select size, note, sealed_at as "sealedAt" from audit_checkpoints
      where company_id = $1 and size < $2 order by size desc limit $3`,
    values: [tx.companyId, belowSize, limit],
  })
}
