import type { Tx } from '../../../platform/db/tx.ts'
import type { LedgerActor, LedgerEntry } from '../leaf.ts'
import type { Frontier } from '../merkle.ts'

/** A decision about one thing, as its entry has it. */
export interface DecisionRow {
  readonly entryId: string
  readonly leafHash: Buffer
  readonly action: string
  readonly at: string
  readonly actor: LedgerActor
}

/** Decisions about one thing, oldest first, also those of this very transaction. */
export function decisionsAbout(tx: Tx, subjectId: string): Promise<DecisionRow[]> {
  return tx.query<DecisionRow>({
    name: 'audit-decisions-about',
    text: `select entry_id as "entryId", leaf_hash as "leafHash", action, at, actor from audit_entries
      where company_id = $1 and subject_id = $2 order by entry_id`,
    values: [tx.companyId, subjectId],
  })
}

/** An entry with its place in the ledger; null while it waits for the sealer. */
export interface PlacedEntry {
  readonly seq: number | null
  readonly entry: LedgerEntry
}

export async function readPlaced(tx: Tx, entryIds: readonly string[]): Promise<PlacedEntry[]> {
  const rows = await tx.query<Omit<LedgerEntry, 'companyId'> & { seq: number | null }>({
    name: 'audit-placed-entries',
    text: `select seq, entry_id as id, at, action, actor, subject_kind as "subjectKind", subject_id as "subjectId", effect,
        reason_digest as "reasonDigest", details_digest as "detailsDigest"
      from audit_entries where company_id = $1 and entry_id = any($2::uuid[]) order by entry_id`,
    values: [tx.companyId, entryIds],
  })
  return rows.map(({ seq, ...entry }) => ({ seq, entry: { companyId: tx.companyId, ...entry } }))
}

/** The tree as it was sealed last, with the checkpoint that signs it; null where nothing was sealed yet. */
export async function readSealedTree(tx: Tx): Promise<{ head: Frontier; note: string } | null> {
  const [row] = await tx.query<{ size: number; frontier: Buffer[]; note: string }>({
    name: 'audit-sealed-tree',
    text: `select h.size, h.frontier, c.note from audit_heads h
      join audit_checkpoints c on c.company_id = h.company_id and c.size = h.size where h.company_id = $1`,
    values: [tx.companyId],
  })
  return row ? { head: { size: row.size, nodes: row.frontier }, note: row.note } : null
}

const leavesAtOnce = 10_000

/** Leaf hashes in the order of the tree, from the place `from` to before `to`. */
export async function* readLeafHashes(tx: Tx, from: number, to: number): AsyncGenerator<Buffer> {
  for (let next = from; next < to; next += leavesAtOnce) {
    const rows = await tx.query<{ leaf_hash: Buffer }>({
      name: 'audit-leaf-hashes',
      text: 'select leaf_hash from audit_entries where company_id = $1 and seq >= $2 and seq < $3 order by seq',
      values: [tx.companyId, next, Math.min(next + leavesAtOnce, to)],
    })
    for (const { leaf_hash: leafHash } of rows) yield leafHash
  }
}

/** The id of this installation, made when it is first asked for. */
export async function installationIdOf(tx: Tx): Promise<string> {
  const [row] = await tx.query<{ id: string }>({
    name: 'audit-installation-id',
    text: 'select baton_installation_id($1, $2) as id',
    values: [tx.newId(), tx.now],
  })
  if (!row) throw new Error('the installation has no id')
  return row.id
}
