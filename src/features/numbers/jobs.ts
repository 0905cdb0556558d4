import { systemCaller } from '../../kernel/caller.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Database } from '../../platform/db/database.ts'
import type { Tx } from '../../platform/db/tx.ts'
import { type Backoff, createBackoff } from '../../platform/jobs/backoff.ts'
import type { JobDefinition } from '../../platform/jobs/queue.ts'
import type { DueTask } from '../../platform/jobs/sweeper.ts'
import { eraseDue } from './service/erase.ts'
import { notifyOfMove } from './service/notices.ts'
import { tellHoldersJob } from './service/tell.ts'
import { carryOutDue, failDue } from './service/waiting.ts'

export const numberJobNames = [tellHoldersJob] as const

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
          notifyOfMove(tx, { numberId, heldFrom }),
        )
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
export function numberDueTasks(database: Database): readonly DueTask[] {
  const moves = createBackoff()
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
          act: (tx, due) => carryOutDue(tx, due.id),
          refused: (tx, due, refusal) => failDue(tx, due.id, refusal),
        }),
    },
    {
      name: 'numbers.due-erasures',
      everyMs,
      run: () =>
        eachDue(database, {
          find: `select e.company_id, e.request_id as id, coalesce(r.decided_by, 'unknown') as by, e.number_id from history_erasures e
            join requests r on r.company_id = e.company_id and r.request_id = e.request_id
            where e.state = 'approved' and e.due_at <= $1 and e.request_id <> all($2::uuid[])
              and not exists (select 1 from legal_holds h where h.company_id = e.company_id
                and h.subject_kind = 'number' and h.subject_id = e.number_id and h.lifted_at is null)
              and not exists (select 1 from legal_holds h
                join assignments a on a.company_id = h.company_id and a.holder_id = h.subject_id and a.number_id = e.number_id
                where h.company_id = e.company_id and h.subject_kind = 'member' and h.lifted_at is null)
            order by e.due_at, e.erasure_id limit ${dueAtOnce}`,
          backoff: erasures,
          act: async (tx, due) => void (await eraseDue(tx, { numberId: due.number_id, requestId: due.id })),
        }),
    },
  ]
}

interface DueWork {
  /** Takes the time and the ids that rest. */
  readonly find: string
  readonly backoff: Backoff
  act(tx: Tx, due: DueRow): Promise<void>
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
    await database.inRealmOf(caller, (tx) => work.act(tx, due))
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
