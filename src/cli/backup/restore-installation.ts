import { join } from 'node:path'
import type pg from 'pg'
import { jobNames, wireFeatures } from '../../app.ts'
import { record } from '../../features/audit/index.ts'
import { verifyAudit } from '../../features/audit/service/ledger.ts'
import { type CompanyCaller, systemCaller } from '../../kernel/caller.ts'
import type { Verified } from '../../platform/backup/archive-reader.ts'
import { BackupError } from '../../platform/backup/backup-error.ts'
import { loadBackup } from '../../platform/backup/load.ts'
import type { Progress } from '../../platform/backup/take.ts'
import { systemClock } from '../../platform/clock/clock.ts'
import { createKeyRing } from '../../platform/crypto/key-ring.ts'
import { openVault } from '../../platform/crypto/vault.ts'
import { createAnnouncer } from '../../platform/db/announce.ts'
import { applyChanges, beginRestore, finishRestore, readChanges } from '../../platform/db/changes.ts'
import { createDatabase, type Database, installationRealm } from '../../platform/db/database.ts'
import { type Connection, ownerPool, servingPool } from '../../platform/db/pool.ts'
import { createCheckpointFiles } from '../../platform/files/checkpoint-files.ts'
import { createErasureJournal } from '../../platform/files/erasure-journal.ts'
import { startQueue } from '../../platform/jobs/queue.ts'
import { type ErasedAgain, eraseAgainFrom } from './erase-again-from.ts'
import { requireEmpty } from './open-target.ts'

export interface RestoreParts {
  readonly connection: Connection
  readonly dataDirectory: string
  readonly changesDirectory: string
  readonly file: string
  readonly verified: Verified
  /** Folder of the erasure journal; without it the one in the data folder. */
  readonly erasures: string | null
  /** Who restores, for the ledger. */
  readonly operator: string
  onProgress(progress: Progress): void
}

export interface RestoreSummary {
  readonly takenAt: string
  readonly batonVersion: string
  readonly sha256: string
  readonly tables: number
  readonly rows: number
  readonly files: number
  readonly mediaMissing: number
  readonly companies: number
  /** Companies whose ledger does not fit its checkpoints, and the first thing that is wrong with each. */
  readonly ledgersChanged: readonly { readonly companyId: string; readonly says: string }[]
  readonly erasures: ErasedAgain
}

/**
 * Makes sure that this Baton knows every change that the backup's schema had, letter by letter.
 * @throws BackupError on one of a newer or another Baton
 */
export async function requireKnownChanges({ manifest }: Verified, changesDirectory: string): Promise<void> {
  const known = new Map((await readChanges(changesDirectory)).map(({ name, hash }) => [name, hash]))
  for (const { name, hash } of manifest.changes) {
    if (known.get(name) === hash) continue
    const isNewer = !known.has(name)
    throw new BackupError(
      `The backup is of Baton ${manifest.batonVersion}, ${isNewer ? 'which is newer than this one' : 'whose schema came from other files than those of this one'} (${name}).`,
      `Restore it with Baton ${manifest.batonVersion}${isNewer ? ' or later' : ''}. Nothing was written.`,
    )
  }
}

/**
 * Restores a verified backup into an empty database and data folder. Until the last step no Baton starts on it, so that
 * nobody reads before what was erased since has been erased again.
 * @throws BackupError, ChangeError
 */
export async function restoreInstallation(parts: RestoreParts): Promise<RestoreSummary> {
  const { connection, changesDirectory, verified } = parts
  const { manifest, ending, sha256 } = verified
  await requireEmpty(connection, parts.dataDirectory)
  const owner = ownerPool(connection, 4)
  try {
    await beginRestore(owner, sha256)
    await applyChanges(owner, changesDirectory, { only: new Set(manifest.changes.map(({ name }) => name)) })
    await loadBackup({ ...parts, sha256 })
    await applyChanges(owner, changesDirectory, {})
    const settled = await settle(parts, owner)
    await finishRestore(owner)
    return {
      takenAt: manifest.takenAt,
      batonVersion: manifest.batonVersion,
      sha256,
      tables: manifest.tables.length,
      rows: Object.values(ending.tables).reduce((total, table) => total + table.rows, 0),
      files: ending.files.count,
      mediaMissing: ending.mediaMissing,
      ...settled,
    }
  } finally {
    await owner.end()
  }
}

type Settled = Pick<RestoreSummary, 'companies' | 'ledgersChanged' | 'erasures'>

async function settle(parts: RestoreParts, owner: pg.Pool): Promise<Settled> {
  const { connection, dataDirectory, erasures, operator } = parts
  const keys = createKeyRing(join(dataDirectory, 'keys'))
  const checkpointFiles = createCheckpointFiles(join(dataDirectory, 'checkpoints'))
  // Their private halves stay where they were; what they signed is verified here from now on.
  const { rows } = await owner.query<{ key_name: string; public_key: string }>(
    'select key_name, public_key from signing_keys',
  )
  for (const { key_name: keyName, public_key: publicPem } of rows) await keys.adopt({ keyName, publicPem })
  wireFeatures()
  // What the queue fails at besides shows at the statements of this restore.
  const queue = await startQueue({ pool: owner, names: jobNames, onError: () => {} })
  const database = createDatabase({
    pool: servingPool(connection, 4),
    clock: systemClock,
    announcer: createAnnouncer(),
    enqueue: queue.enqueue,
  })
  try {
    const companies = await companyIds(database)
    const ledgersChanged: RestoreSummary['ledgersChanged'][number][] = []
    for (const companyId of companies) {
      const caller: CompanyCaller = { ...systemCaller(companyId, operator), kind: 'operator' }
      const report = await database.inRealmOf(caller, (tx) => verifyAudit(tx, { keys, checkpointFiles }))
      if (!report.ok) ledgersChanged.push({ companyId, says: report.findings[0]?.says ?? '' })
      await database.inRealmOf(caller, async (tx) => recordRestore(tx, parts.verified))
    }
    const vault = await openVault(join(dataDirectory, 'keys'))
    const journal = createErasureJournal(join(dataDirectory, 'erasures'))
    const from = erasures === null ? journal : createErasureJournal(erasures)
    return {
      companies: companies.length,
      ledgersChanged,
      erasures: await eraseAgainFrom({ database, vault, from, journal, operator }),
    }
  } finally {
    await queue.stop()
    await database.close()
  }
}

async function companyIds(database: Database): Promise<string[]> {
  const rows = await database.asSteward(systemCaller(installationRealm, 'restore'), (tx) =>
    tx.query<{ company_id: string }>({ text: 'select company_id from companies order by company_id' }),
  )
  return rows.map((row) => row.company_id)
}

// What was decided between the backup and the restore is gone: the ledger says so itself.
function recordRestore(tx: Parameters<typeof record>[0], { manifest, sha256 }: Verified): void {
  record(tx, {
    action: 'company.restored',
    subjectKind: 'company',
    subjectId: tx.companyId,
    effect: { takenAt: manifest.takenAt, batonVersion: manifest.batonVersion, sha256 },
  })
}
