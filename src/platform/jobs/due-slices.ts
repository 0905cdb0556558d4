import { systemCaller } from '../../kernel/caller.ts'
import type { Announcement, Announcer } from '../db/announce.ts'
import type { Database } from '../db/database.ts'
import type { Tx } from '../db/tx.ts'
import { createBackoff } from './backoff.ts'
import type { DueTask } from './sweeper.ts'

const atOnce = 20
const sweep = { kind: 'installation', id: 'sweeper' } as const

/** Long work of a company whose next slice is due, and in whose name it runs. */
interface DueWork {
  readonly company_id: string
  readonly work_id: string
  readonly decided_by: string
}

export interface SlicedWork {
  /** What the ledger names as the system's task. */
  readonly name: string
  /** What the work is called in the plural, e.g. `operations`. */
  readonly things: string
  readonly wakesOn: Announcement['kind']
  /**
   * SQL that selects company_id, work_id and decided_by of what is due at `$1`, without the ids in `$2`, the longest due
   * first.
   */
  readonly due: string
  /** Does the next slice in one transaction; false when there was nothing to do. */
  runSlice(tx: Tx, workId: string): Promise<boolean>
  /** Called when slices have failed so often in a row that another try alone will not help. */
  freeStuck?(inRealm: InRealm, workId: string): Promise<Freed>
}

/** A transaction of its own, in the realm and the name in which the work runs. */
export type InRealm = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>

/** What became of work that was stuck. */
export interface Freed {
  /** Its next slice is no longer the one that failed. */
  readonly goesOn: boolean
  /** What was given up for it, for the log. */
  readonly failures: readonly unknown[]
}

const stuckAfterFailures = 5

/**
 * Runs the slices that are due, of each work one and then of the next, so that a long one keeps no other waiting. What
 * fails rests and is tried again, or is freed where it stays stuck; a crash loses the slice that was under way and nothing else.
 */
export function createSliceRunner(
  parts: { readonly database: Database; readonly announcer: Announcer },
  work: SlicedWork,
): DueTask {
  const { database, announcer } = parts
  const backoff = createBackoff()
  return {
    name: work.name,
    everyMs: 1000,
    wakeOn: (wake) =>
      announcer.listen((announcement) => {
        if (announcement.kind === work.wakesOn) wake()
      }),
    async run() {
      let ran = 0
      for (let turn = await runDue(); turn > 0; turn = await runDue()) ran += turn
      return ran
    },
  }

  async function runDue(): Promise<number> {
    const { found, nowMs } = await database.asSteward(sweep, async (tx) => ({
      found: await tx.query<DueWork>({
        name: `${work.things}-due`,
        text: `${work.due} limit ${atOnce}`,
        values: [tx.now, backoff.resting(Date.parse(tx.now))],
      }),
      nowMs: Date.parse(tx.now),
    }))
    const failures: unknown[] = []
    let ran = 0
    for (const due of found) {
      const caller = systemCaller(due.company_id, work.name, due.decided_by)
      const inRealm: InRealm = (inside) => database.inRealmOf(caller, inside)
      try {
        if (await inRealm((tx) => work.runSlice(tx, due.work_id))) ran += 1
        backoff.succeeded(due.work_id)
      } catch (error) {
        failures.push(error)
        const inARow = backoff.failed(due.work_id, nowMs)
        if (inARow >= stuckAfterFailures) failures.push(...(await free(inRealm, due.work_id)))
      }
    }
    if (failures.length > 0)
      throw new AggregateError(failures, `${failures.length} of ${found.length} ${work.things} failed`)
    return ran
  }

  async function free(inRealm: InRealm, workId: string): Promise<readonly unknown[]> {
    try {
      const freed = await work.freeStuck?.(inRealm, workId)
      if (freed?.goesOn) backoff.succeeded(workId)
      return freed?.failures ?? []
    } catch (error) {
      return [error]
    }
  }
}
