import { systemCaller } from '../../kernel/caller.ts'
import { gather } from '../../platform/clock/bell.ts'
import type { Announcer } from '../../platform/db/announce.ts'
import { installationRealm } from '../../platform/db/database.ts'
import type { Tx } from '../../platform/db/tx.ts'
import type { CheckpointFiles } from '../../platform/files/checkpoint-files.ts'
import type { DueTask } from '../../platform/jobs/sweeper.ts'
import { ledgerOrigin, signCheckpoint } from './checkpoint.ts'
import { ensureSigningKey, type KeyParts, SigningKeyFinder } from './keys.ts'
import { appendLeaves, rootOf } from './merkle.ts'
import * as sealing from './sealing-store.ts'

export interface SealerParts extends KeyParts {
  readonly announcer: Announcer
  readonly checkpointFiles: CheckpointFiles
  readonly log: KeyParts['log'] & { error(particulars: object, message: string): void }
}

const everyMs = 1_000
const gatherMs = 200
const leavesAtOnce = 10_000
const notesAtOnce = 1_000

/**
 * ALL-2: orders the leaves of every company into its Merkle tree within a second and signs the result; ALL-6: the
 * signed checkpoints also go to a file outside the database, again at the next turn where that failed. Several
 * sealers share the work.
 */
export function createSealer(parts: SealerParts): DueTask {
  const { database, announcer, checkpointFiles, log } = parts
  const finder = new SigningKeyFinder(parts.keys)
  const behindOutside = new Set<string>()
  let isPrepared = false

  async function prepare(): Promise<void> {
    if (isPrepared) return
    await ensureSigningKey(parts)
    for (const companyId of await asSealer(installationRealm, sealing.sealedCompanies))
      behindOutside.add(companyId)
    isPrepared = true
  }
  function asSealer<T>(companyId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    return database.asSteward(systemCaller(companyId, 'sealer'), work)
  }
  async function sealCompany(companyId: string): Promise<number> {
    let total = 0
    for (;;) {
      const sealed = await asSealer(companyId, (tx) => sealOnce(tx, finder))
      if (sealed === 'no-key') await ensureSigningKey(parts)
      else if (sealed > 0) behindOutside.add(companyId)
      total += sealed === 'no-key' ? 0 : sealed
      if (sealed !== 'no-key' && sealed < leavesAtOnce) return total
    }
  }
  async function writeOutside(companyId: string): Promise<void> {
    let last = await checkpointFiles.lastNote(companyId)
    for (;;) {
      const notes = await asSealer(companyId, (tx) => notesMissing(tx, last, log))
      await checkpointFiles.append(companyId, notes)
      last = notes.at(-1) ?? last
      if (notes.length < notesAtOnce) return
    }
  }
  async function guarded(companyId: string, message: string, work: () => Promise<number>): Promise<number> {
    try {
      return await work()
    } catch (err) {
      log.error({ err, companyId }, message)
      return 0
    }
  }

  return {
    name: 'sealer',
    everyMs,
    async run() {
      await prepare()
      let sealed = 0
      for (const companyId of await asSealer(installationRealm, sealing.companiesToSeal)) {
        sealed += await guarded(companyId, 'a ledger could not be sealed', () => sealCompany(companyId))
      }
      for (const companyId of behindOutside) {
        await guarded(companyId, 'checkpoints could not be written outside the database', async () => {
          await writeOutside(companyId)
          behindOutside.delete(companyId)
          return 0
        })
      }
      return sealed
    },
    wakeOn(wake) {
      const soon = gather(gatherMs, wake)
      const unlisten = announcer.listen(({ kind }) => {
        if (kind === 'ledger-grew') soon.call()
      })
      return () => {
        unlisten()
        soon.cancel()
      }
    },
  }
}

async function sealOnce(tx: Tx, finder: SigningKeyFinder): Promise<number | 'no-key'> {
  const head = await sealing.lockHead(tx)
  if (head === null) return 0
  const leaves = await sealing.takeUnsealed(tx, leavesAtOnce)
  if (leaves.length === 0) return 0
  const key = await finder.find(tx)
  if (key === null) return 'no-key'
  const grown = appendLeaves(
    head,
    leaves.map((leaf) => leaf.leaf_hash),
  )
  const origin = ledgerOrigin(await sealing.installationId(tx), tx.companyId)
  const note = signCheckpoint({ origin, size: grown.size, root: rootOf(grown), at: tx.now }, key)
  sealing.saveSeal(tx, {
    firstSeq: head.size,
    entryIds: leaves.map((leaf) => leaf.entry_id),
    head: grown,
    note,
  })
  tx.announce({ kind: 'ledger-sealed', companyId: tx.companyId, size: grown.size })
  return leaves.length
}

/** What is not outside yet, oldest first; `last` is the note that went outside last. */
async function notesMissing(tx: Tx, last: string | null, log: SealerParts['log']): Promise<string[]> {
  const size = last === null ? 0 : sizeOf(last)
  if (last !== null && (await sealing.readCheckpoint(tx, size)) !== last) {
    log.error(
      { companyId: tx.companyId, outsideSize: size },
      'the database does not know the last checkpoint kept outside: it was set back or changed',
    )
    // From here on both histories stand outside: that is what proves it.
    const newest = await sealing.lastCheckpoint(tx)
    return newest === null ? [] : [newest]
  }
  return (await sealing.checkpointsAfter(tx, size, notesAtOnce)).map((row) => row.note)
}

function sizeOf(note: string): number {
  return Number(note.split('\n', 2)[1])
}
