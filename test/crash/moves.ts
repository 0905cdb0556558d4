import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { faultsOf } from '../batches/faults.ts'
import type { BatonProcess } from './baton-process.ts'
import {
  ask,
  createFilled,
  type KilledCompany,
  ledgerFindings,
  must,
  type Reply,
  ringMoves,
  until,
} from './company.ts'

export interface MovesRound {
  readonly index: number
  readonly numbers: number
  readonly sliceSize: number
  /** Milliseconds after the request at which `kill` is called; null for never, to see how long it takes. */
  readonly killAfterMs: number | null
  kill(): Promise<void>
}

interface Seen {
  /** The answer that came to the request; null when none did. */
  readonly answer: Reply | null
  /** As many moves were said to be done by the last answer before the end. */
  readonly done: number
}

/** A batch of many moves, interrupted once and looked at afterwards. Returns milliseconds to its end without a stop. */
export async function movesRound(
  baton: BatonProcess,
  round: MovesRound,
): Promise<{ took: number; says: string }> {
  const company = await createFilled(baton, round)
  const moves = ringMoves(company, round.numbers)
  const order = { method: 'POST', path: '/v1/number-moves', body: { moves }, key: randomUUID() } as const
  const from = performance.now()
  const seen = await interrupted(company, order, round)
  // The same request once more: what was begun is not begun again.
  const again = await must(company, order)
  if (seen.answer?.status === 202)
    expect(again.operation.operationId).toBe(seen.answer.body.operation.operationId)
  const { operationId } = again.operation
  const path = `/v1/operations/${operationId}?limit=0`
  const restarted = await must(company, { method: 'GET', path })
  expect(restarted.done).toBeGreaterThanOrEqual(seen.done)
  const ended = await until(company, path, ({ state }) => state !== 'running')
  const took = performance.now() - from
  const total = round.numbers
  expect(ended).toMatchObject({ state: 'done', total, done: total, waiting: 0, failed: 0, pending: 0 })
  await lookAt(company, { operationId, moves })
  return {
    took,
    says: `${seen.answer ? `${seen.done} seen done` : 'not yet answered'}, ${restarted.done} after`,
  }
}

async function interrupted(
  company: KilledCompany,
  order: Parameters<typeof ask>[1],
  { killAfterMs, kill }: MovesRound,
): Promise<Seen> {
  let done = 0
  let answer: Reply | null = null
  let isOver = false
  async function watch(): Promise<void> {
    answer = await ask(company, order)
    while (answer !== null && !isOver) {
      const path = `/v1/operations/${answer.body.operation?.operationId}?limit=0`
      const shown = await ask(company, { method: 'GET', path })
      if (shown?.status !== 200 || shown.body.state !== 'running') return
      done = Math.max(done, shown.body.done)
      await sleep(5)
    }
  }
  const watching = watch()
  if (killAfterMs !== null) {
    await sleep(killAfterMs)
    await kill()
  }
  isOver = killAfterMs !== null
  await watching
  return { answer, done }
}

interface Batch {
  readonly operationId: string
  readonly moves: readonly { readonly numberId: string; readonly toMemberId: string }[]
}

// Every move exactly once: in custody, in the ledger, in the account of the operation.
async function lookAt(company: KilledCompany, { operationId, moves }: Batch): Promise<void> {
  const { baton, companyId } = company
  expect(await ledgerFindings(company)).toEqual([])
  await baton.asSuperuser(async (client) => {
    expect(await faultsOf((sql, values) => client.query(sql, values), companyId, 'instants')).toEqual([])
    const { rows } = await client.query(
      `select (select count(*)::integer from operations where company_id = $1) as operations,
         (select count(*)::integer from assignments where company_id = $1) as stretches,
         (select count(*)::integer from numbers n join unnest($2::uuid[], $3::uuid[]) as m (number_id, holder_id) using (number_id, holder_id)
           where n.company_id = $1) as moved,
         (select array_agg(action order by entry_id) from audit_entries
           where company_id = $1 and subject_id = $4 and seq is not null) as told`,
      [companyId, moves.map((move) => move.numberId), moves.map((move) => move.toMemberId), operationId],
    )
    expect(rows).toEqual([
      {
        operations: 1,
        stretches: 2 * moves.length,
        moved: moves.length,
        told: ['operation.begun', 'operation.finished'],
      },
    ])
  })
}
