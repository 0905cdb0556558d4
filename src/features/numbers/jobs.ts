import { type CompanyCaller, systemCaller } from '../../kernel/caller.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Database } from '../../platform/db/database.ts'
import type { Tx } from '../../platform/db/tx.ts'
import { type Backoff, createBackoff } from '../../platform/jobs/backoff.ts'
import type { JobDefinition } from '../../platform/jobs/queue.ts'
import type { DueTask } from '../../platform/jobs/sweeper.ts'
import { beginErasure, type ErasureParts, eraseSome, finishErasure } from './service/erase.ts'
import { notifyOfMoves, notifyOfSlice } from './service/notices.ts'
import { tellHoldersJob, tellHoldersOfSlicesJob } from './service/tell.ts'
import { carryOutDue, failDue } from './service/waiting.ts'

export const numberJobNames = [tellHoldersJob, tellHoldersOfSlicesJob] as const

const dueAtOnce = 200
const everyMs = 1000

/** Tells both holders of a move (NUM-16); the notices' ids follow from the move, so that a repeat adds none. */
export function numberJobs(database: Database): readonly JobDefinition[] {
  return [
    {
      name: tellHoldersJob,
      async run({ companyId, numberId, heldFrom }) {
        if (!companyId || !numberId || !heldFrom) throw new Error('the job lacks its ids')
        await database.inRealmOf(systemCaller(companyId, tellHoldersJob), (tx) =>
          notifyOfMoves(tx, [{ numberId, heldFrom }]),
        )
      },
    },
    {
      name: tellHoldersOfSlicesJob,
      async run({ companyId, operationId, fromSlice, toSlice }) {
        if (!companyId || !operationId || !fromSlice || !toSlice) throw new Error('the job lacks its ids')
        const caller = systemCaller(companyId, tellHoldersOfSlicesJob)
        for (let slice = Number(fromSlice); slice < Number(toSlice); slice++) {
          await database.inRealmOf(caller, (tx) => notifyOfSlice(tx, operationId, slice))
        }
      },
    },
  ]
}

interface DueRow {
  readonly company_id: string
  readonly id: string
  readonly by: string
  readonly number_id: string
}

const sweep = { kind: 'installation', id: 'sweeper' } as const

/** Finds moves, returns and erasures whose time has come (ADR 0009) and does each in its company's realm. */
export function numberDueTasks(database: Database, parts: ErasureParts): readonly DueTask[] {
  const moves = createBackoff()
  const beginnings = createBackoff()
  const erasures = createBackoff()
  return [
    {
      name: 'numbers.due-moves',
      everyMs,
      run: () =>
        eachDue(database, {
          find: `select company_id, move_id as id, scheduled_by as by, number_id from scheduled_moves
            where state = 'scheduled' and due_at <= $1 and move_id <> all($2::uuid[]) order by due_at, move_id limit ${dueAtOnce}`,
          backoff: moves,
          act: (caller, due) => database.inRealmOf(caller, (tx) => carryOutDue(tx, due.id)),
          refused: (tx, due, refusal) => failDue(tx, due.id, refusal),
        }),
    },
    {
      name: 'numbers.due-erasures',
      everyMs,
      run: () =>
        eachDue(database, {
          find: `${erasuresUnheld} and e.state = 'approved' and e.due_at <= $1 and e.request_id <> all($2::uuid[])
            order by e.due_at, e.erasure_id limit ${dueAtOnce}`,
          backoff: beginnings,
          act: async (caller, due) =>
            void (await database.inRealmOf(caller, (tx) => beginErasure(tx, erasureOf(due)))),
        }),
    },
    {
      name: 'numbers.begun-erasures',
      everyMs,
      run: () =>
        eachDue(database, {
          find: `${erasuresUnheld} and e.state = 'erasing' and e.request_id <> all($2::uuid[]) and $1::timestamptz is not null
            order by e.erasure_id limit ${dueAtOnce}`,
          backoff: erasures,
          act: (caller, due) => carryOn(database, parts, { caller, due }),
        }),
    },
  ]
}

// With a hold on the number, or on someone who held it, an erasure waits (ALL-7).
const erasuresUnheld = `select e.company_id, e.request_id as id, coalesce(r.decided_by, 'unknown') as by, e.number_id from history_erasures e
  join requests r on r.company_id = e.company_id and r.request_id = e.request_id
  where not exists (select 1 from legal_holds h where h.company_id = e.company_id
      and h.subject_kind = 'number' and h.subject_id = e.number_id and h.lifted_at is null)
    and not exists (select 1 from legal_holds h
      join assignments a on a.company_id = h.company_id and a.holder_id = h.subject_id and a.number_id = e.number_id
      where h.company_id = e.company_id and h.subject_kind = 'member' and h.lifted_at is null)`

function erasureOf(due: DueRow): { numberId: string; requestId: string } {
  return { numberId: due.number_id, requestId: due.id }
}

// However long a history is, the others' turn comes soon.
const partsPerTurn = 25

async function carryOn(
  database: Database,
  { erasureJournal }: ErasureParts,
  { caller, due }: { caller: CompanyCaller; due: DueRow },
): Promise<void> {
  for (let part = 0; part < partsPerTurn; part++) {
    const progress = await database.inRealmOf(caller, (tx) => eraseSome(tx, erasureOf(due)))
    if (progress?.state === 'erased') continue
    if (progress?.state !== 'empty') return
    const { cutOff, at } = progress
    // Outside the database first: whoever restores an older backup finds it there.
    await erasureJournal.append({ companyId: caller.companyId, numberId: due.number_id, cutOff, at })
    await database.inRealmOf(caller, (tx) => finishErasure(tx, erasureOf(due)))
    return
  }
}

interface DueWork {
  /** Takes the time and the ids that rest. */
  readonly find: string
  readonly backoff: Backoff
  act(caller: CompanyCaller, due: DueRow): Promise<void>
  refused?(tx: Tx, due: DueRow, refusal: Refusal): Promise<void>
}

// A row that fails rests before it is tried again, so that however many fail, the others have their turn.
async function eachDue(database: Database, work: DueWork): Promise<number> {
  const { backoff } = work
  const { found, nowMs } = await database.asSteward(sweep, async (tx) => {
    const now = Date.parse(tx.now)
    const values = [tx.now, backoff.resting(now)]
    return { found: await tx.query<DueRow>({ text: work.find, values }), nowMs: now }
  })
  const failures: unknown[] = []
  for (const due of found) {
    try {
      await actOn(database, work, due)
      backoff.succeeded(due.id)
    } catch (error) {
      backoff.failed(due.id, nowMs)
      failures.push(error)
    }
  }
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} of ${found.length} due rows failed`)
  return found.length
}

async function actOn(database: Database, work: DueWork, due: DueRow): Promise<void> {
  const caller = systemCaller(due.company_id, 'sweeper', due.by)
  const { refused } = work
  try {
    await work.act(caller, due)
  } catch (error) {
    if (!(error instanceof Refusal) || !refused) throw error
    await database
      .inRealmOf(caller, (tx) => refused(tx, due, error))
      // Another process or person may have ended it in between: what no longer waits cannot fail.
      .catch((failure: unknown) => {
        if (!(failure instanceof Refusal && failure.code === 'move.not_waiting')) throw failure
      })
  }
}
