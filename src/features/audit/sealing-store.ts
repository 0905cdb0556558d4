import type { Tx } from '../../platform/db/tx.ts'
import type { Frontier } from './merkle.ts'

export interface UnsealedLeaf {
  readonly entry_id: string
  readonly leaf_hash: Buffer
}

export interface SigningKeyRow {
  readonly key_name: string
  readonly public_key: string
  readonly retired_at: string | null
}

export interface CheckpointRow {
  readonly size: number
  readonly note: string
}

/** Companies with entries that wait for the sealer, by hops along the index of unsealed entries. */
export async function companiesToSeal(tx: Tx): Promise<string[]> {
  const rows = await tx.query<{ company_id: string }>({
    name: 'audit-companies-to-seal',
    text: `with recursive waiting as (
        (select company_id from audit_entries where seq is null order by company_id limit 1)
        union all
        select (select e.company_id from audit_entries e where e.seq is null and e.company_id > w.company_id
          order by e.company_id limit 1)
        from waiting w where w.company_id is not null)
      select company_id from waiting where company_id is not null`,
  })
  return rows.map((row) => row.company_id)
}

/** Companies that have checkpoints at all. */
export async function sealedCompanies(tx: Tx): Promise<string[]> {
  const rows = await tx.query<{ company_id: string }>({
    text: 'select company_id from audit_heads where size > 0',
  })
  return rows.map((row) => row.company_id)
}

/** Locks the company's tree for this transaction; null when another sealer has it. */
export async function lockHead(tx: Tx): Promise<Frontier | null> {
  tx.send({
    name: 'audit-head-begin',
    text: "insert into audit_heads (company_id, size, frontier) values ($1, 0, '{}') on conflict (company_id) do nothing",
    values: [tx.companyId],
  })
  const [head] = await tx.query<{ size: number; frontier: Buffer[] }>({
    name: 'audit-head-lock',
    text: 'select size, frontier from audit_heads where company_id = $1 for update skip locked',
    values: [tx.companyId],
  })
  return head ? { size: head.size, nodes: head.frontier } : null
}

/** The oldest entries that wait, in the order in which they are sealed. */
export function takeUnsealed(tx: Tx, limit: number): Promise<UnsealedLeaf[]> {
  return tx.query<UnsealedLeaf>({
    name: 'audit-unsealed',
    text: `select entry_id, leaf_hash from audit_entries
      where company_id = $1 and seq is null order by entry_id limit $2`,
    values: [tx.companyId, limit],
  })
}

export interface Seal {
  readonly firstSeq: number
  readonly entryIds: readonly string[]
  readonly head: Frontier
  readonly note: string
}

/** Gives the entries their places and keeps the new tree with its checkpoint. */
export function saveSeal(tx: Tx, { firstSeq, entryIds, head, note }: Seal): void {
  tx.send({
    name: 'audit-give-seq',
    text: `update audit_entries e set seq = $3::bigint + u.place - 1
      from unnest($2::uuid[]) with ordinality as u (entry_id, place)
      where e.company_id = $1 and e.entry_id = u.entry_id`,
    values: [tx.companyId, entryIds, firstSeq],
  })
  tx.send({
    name: 'audit-head-save',
    text: 'update audit_heads set size = $2, frontier = $3 where company_id = $1',
    values: [tx.companyId, head.size, head.nodes],
  })
  tx.send({
    name: 'audit-checkpoint-save',
    text: 'insert into audit_checkpoints (company_id, size, note, sealed_at) values ($1, $2, $3, $4)',
    values: [tx.companyId, head.size, note, tx.now],
  })
}

/** The checkpoint of exactly this size; null where there is none. */
export async function readCheckpoint(tx: Tx, size: number): Promise<string | null> {
  const [row] = await tx.query<CheckpointRow>({
    text: 'select size, note from audit_checkpoints where company_id = $1 and size = $2',
    values: [tx.companyId, size],
  })
  return row?.note ?? null
}

/** Checkpoints of more than `size` entries, oldest first. */
export function checkpointsAfter(tx: Tx, size: number, limit: number): Promise<CheckpointRow[]> {
  return tx.query<CheckpointRow>({
    name: 'audit-checkpoints-after',
    text: 'select size, note from audit_checkpoints where company_id = $1 and size > $2 order by size limit $3',
    values: [tx.companyId, size, limit],
  })
}

export async function lastCheckpoint(tx: Tx): Promise<string | null> {
  const [row] = await tx.query<CheckpointRow>({
    text: 'select size, note from audit_checkpoints where company_id = $1 order by size desc limit 1',
    values: [tx.companyId],
  })
  return row?.note ?? null
}

/** The id of this installation, made when it is first asked for. */
export async function installationId(tx: Tx): Promise<string> {
  const [row] = await tx.query<{ installation_id: string }>({
    name: 'audit-installation',
    text: `with made as (
        insert into installation (installation_id, created_at) select $1::uuid, $2::timestamptz
        where not exists (select 1 from installation) on conflict (only_row) do nothing returning installation_id)
      select installation_id from made union all select installation_id from installation limit 1`,
    values: [tx.newId(), tx.now],
  })
  if (!row) throw new Error('the installation has no id yet')
  return row.installation_id
}

/** Keys that sign, newest first; they cannot be retired before this transaction ends. */
export function holdActiveKeys(tx: Tx): Promise<SigningKeyRow[]> {
  return tx.query<SigningKeyRow>({
    name: 'audit-active-keys',
    text: `select key_name, public_key, retired_at from signing_keys
      where retired_at is null order by created_at desc, key_name for share`,
  })
}

export function readSigningKeys(tx: Tx): Promise<SigningKeyRow[]> {
  return tx.query<SigningKeyRow>({
    text: 'select key_name, public_key, retired_at from signing_keys order by created_at desc, key_name',
  })
}

const keysLock = 4_400_003

/** Lets one process at a time change the signing keys, until this transaction ends. */
export async function lockSigningKeys(tx: Tx): Promise<void> {
  await tx.query({ text: 'select pg_advisory_xact_lock($1)', values: [keysLock] })
}

/** Waits until no sealer uses the active keys any more and returns them; sealers wait in turn. */
export function claimActiveKeys(tx: Tx): Promise<SigningKeyRow[]> {
  return tx.query<SigningKeyRow>({
    text: 'select key_name, public_key, retired_at from signing_keys where retired_at is null order by key_name for update',
  })
}

export function addSigningKey(tx: Tx, keyName: string, publicPem: string): void {
  tx.send({
    text: 'insert into signing_keys (key_name, public_key, created_at) values ($1, $2, $3)',
    values: [keyName, publicPem, tx.now],
  })
}

export function retireSigningKeys(tx: Tx, keyNames: readonly string[], at: string): void {
  tx.send({
    text: 'update signing_keys set retired_at = $2 where key_name = any($1)',
    values: [keyNames, at],
  })
}
