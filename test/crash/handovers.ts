import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { faultsOf } from '../batches/faults.ts'
import type { BatonProcess } from './baton-process.ts'
import { ask, createFilled, type KilledCompany, ledgerFindings, memberOf, must, until } from './company.ts'
import type { MovesRound } from './moves.ts'

// Below the greatest cap, and enough for several slices.
const mostHeld = 500

/** A leaver with many numbers: run to its end and taken back, one of the two interrupted. Milliseconds without a stop. */
export async function handoverRound(
  baton: BatonProcess,
  { numbers: given, ...round }: MovesRound,
): Promise<{ took: number; says: string }> {
  const numbers = Math.min(given, mostHeld)
  const company = await createFilled(baton, { ...round, numbers })
  await giveAllTo(company, memberOf(company, 0), numbers)
  const heir = memberOf(company, 1)
  const asked = { leaverId: memberOf(company, 0), defaultSuccessorId: heir }
  const { handoverId, planHash } = await must(company, {
    method: 'POST',
    path: '/v1/handovers',
    body: asked,
  })
  const from = performance.now()
  const path = `/v1/handovers/${handoverId}`
  await Promise.all([
    ask(company, { method: 'POST', path: `${path}/run`, body: { planHash }, key: handoverId }),
    interrupted(round),
  ])
  // The same request once more: a run that was begun is not begun again.
  await must(company, { method: 'POST', path: `${path}/run`, body: { planHash }, key: handoverId })
  const restarted = await must(company, { method: 'GET', path })
  await until(company, path, ({ state }) => state === 'finished')
  const took = performance.now() - from
  await lookAt(company, { holder: heir, numbers, stretches: 2 })
  await Promise.all([
    ask(company, { method: 'POST', path: `${path}/undo`, body: {}, key: `undo ${handoverId}` }),
    interrupted({ ...round, killAfterMs: round.killAfterMs && Math.round(took - round.killAfterMs) }),
  ])
  await must(company, { method: 'POST', path: `${path}/undo`, body: {}, key: `undo ${handoverId}` })
  await until(company, path, ({ state }) => state === 'undone')
  await lookAt(company, { holder: asked.leaverId, numbers, stretches: 3 })
  return { took, says: `${restarted.coverage.observed} of ${restarted.coverage.total} observed after` }
}

async function interrupted({ killAfterMs, kill }: Pick<MovesRound, 'killAfterMs' | 'kill'>): Promise<void> {
  if (killAfterMs === null) return
  await sleep(killAfterMs)
  await kill()
}

async function giveAllTo(company: KilledCompany, memberId: string, numbers: number): Promise<void> {
  await must(company, { method: 'PATCH', path: '/v1/company/subscription', body: { capOverride: numbers } })
  await company.baton.asSuperuser(async (client) => {
    for (const table of ['numbers', 'assignments'])
      await client.query(`update ${table} set holder_id = $2 where company_id = $1`, [
        company.companyId,
        memberId,
      ])
  })
}

interface Wanted {
  readonly holder: string
  readonly numbers: number
  /** Of each number: every move exactly once. */
  readonly stretches: number
}

async function lookAt(company: KilledCompany, { holder, numbers, stretches }: Wanted): Promise<void> {
  const { baton, companyId } = company
  expect(await ledgerFindings(company)).toEqual([])
  await baton.asSuperuser(async (client) => {
    expect(await faultsOf((sql, values) => client.query(sql, values), companyId, 'instants')).toEqual([])
    const { rows } = await client.query(
      `select (select count(*)::integer from assignments where company_id = $1) as stretches,
         (select count(*)::integer from numbers where company_id = $1 and holder_id = $2) as held`,
      [companyId, holder],
    )
    expect(rows).toEqual([{ stretches: stretches * numbers, held: numbers }])
  })
}
