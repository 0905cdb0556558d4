import type { Tx } from '../../../platform/db/tx.ts'
import { ledgerOrigin } from '../checkpoint.ts'
import { firstLeafNeeded, proveInclusion } from '../inclusion.ts'
import type { LedgerEntry } from '../leaf.ts'
import { rootOf } from '../merkle.ts'
import * as views from '../views/proof.ts'

/** Entries of the ledger with all that proves them without it: each one's way to the root, and who signed the root. */
export interface LedgerProof {
  readonly checkpoint: string
  readonly entries: readonly {
    readonly seq: number
    readonly entry: LedgerEntry
    readonly proof: readonly Buffer[]
  }[]
}

/** How the company's ledger is named: its installation, and the origin of its checkpoints (ALL-6). */
export async function ledgerOf(tx: Tx): Promise<{ installationId: string; origin: string }> {
  const installationId = await views.installationIdOf(tx)
  return { installationId, origin: ledgerOrigin(installationId, tx.companyId) }
}

/** A decision about one thing with its leaf hash, 32 bytes. */
export type { DecisionRow } from '../views/proof.ts'
export { decisionsAbout } from '../views/proof.ts'

/**
 * Proves entries against the checkpoint signed last (RFC 6962); null while one of them waits for the sealer.
 * @throws Error when the ledger does not have them, or its leaves do not fit its tree
 */
export async function proveEntries(tx: Tx, entryIds: readonly string[]): Promise<LedgerProof | null> {
  const placed = await views.readPlaced(tx, entryIds)
  if (placed.length !== entryIds.length)
    throw new Error('the ledger does not have an entry that is to be proven')
  const tree = await views.readSealedTree(tx)
  const places = placed.flatMap(({ seq }) => seq ?? [])
  if (!tree || places.length !== placed.length || places.some((seq) => seq >= tree.head.size)) return null
  const { head, note } = tree
  const leaves = views.readLeafHashes(tx, firstLeafNeeded(head, places), head.size)
  const { wayOf, root } = await proveInclusion(head, places, leaves)
  if (!root.equals(rootOf(head))) throw new Error('the leaves of the ledger do not fit its tree')
  const entries = placed.flatMap(({ seq, entry }) =>
    seq === null ? [] : [{ seq, entry, proof: wayOf.get(seq) ?? [] }],
  )
  return { checkpoint: note, entries }
}
