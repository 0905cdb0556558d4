import { systemCaller } from '../../kernel/caller.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Database } from '../../platform/db/database.ts'
import type { Tx } from '../../platform/db/tx.ts'
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
  return [
    {
      name: 'numbers.due-moves',
      everyMs,
      run: () =>
        eachDue(database, {
          find: `select company_id, move_id as id, scheduled_by as by, number_id from scheduled_moves
            where state = 'scheduled' and due_at <= $1 order by due_at limit ${dueAtOnce}`,
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
            where e.state = 'approved' and e.due_at <= $1 and not exists (select 1 from legal_holds h where h.company_id = e.company_id
              and h.subject_kind = 'number' and h.subject_id = e.number_id and h.lifted_at is null)
            order by e.due_at limit ${dueAtOnce}`,
          act: async (tx, due) => void (await eraseDue(tx, { numberId: due.number_id, requestId: due.id })),
        }),
    },
  ]
}

interface DueWork {
  readonly find: string
  act(tx: Tx, due: DueRow): Promise<void>
  refused?(tx: Tx, due: DueRow, refusal: Refusal): Promise<void>
}

// One row that fails does not keep the others waiting; it is tried again at the next turn.
async function eachDue(database: Database, work: DueWork): Promise<number> {
  const found = await database.asSteward(sweep, (tx) =>
    tx.query<DueRow>({ text: work.find, values: [tx.now] }),
  )
  const failures: unknown[] = []
  for (const due of found) await actOn(database, work, due).catch((error: unknown) => failures.push(error))
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} of ${found.length} due rows failed`)
  return found.length
}

async function actOn(database: Database, work: DueWork, due: DueRow): Promise<void> {
  const caller = systemCaller(due.company_id, 'sweeper', due.by)
  try {
    await database.inRealmOf(caller, (tx) => work.act(tx, due))
  } catch (error) {
    if (!(error instanceof Refusal) || !work.refused) throw error
    // Another process may have done it in between: what no longer waits cannot fail.
    if (error.code === 'move.not_waiting') return
    await database.inRealmOf(caller, async (tx) => work.refused?.(tx, due, error))
  }
}
