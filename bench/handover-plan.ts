// P8: the plan of a leaver who holds ten thousand things, as the API answers it.
import type pg from 'pg'
import { z } from 'zod'
import { ask } from './company.ts'
import { fillNumbers } from './fill-numbers.ts'
import type { BenchInstallation } from './installation.ts'
import { median } from './statistics.ts'

export const goalSeconds = 3

const numbers = 9_000
const workAccounts = 1_000
const rounds = 9

export interface HandoverPlanFigures {
  /** Seconds from the question for the plan to its answer; the median of the rounds. */
  readonly s: number
  readonly slowest: number
  /** Seconds for making the draft, which plans and writes every item down. */
  readonly draftSeconds: number
  readonly items: number
  readonly blocked: number
}

const made = z.object({ handoverId: z.string(), planHash: z.string() })
const plan = z.object({
  total: z.int(),
  blocked: z.int(),
  isWritten: z.boolean(),
  items: z.array(z.unknown()),
})

/** Measures P8: one leaver, one successor for all, the company's cap raised for it. */
export async function measureHandoverPlan({
  cluster,
  server,
  company,
}: BenchInstallation): Promise<HandoverPlanFigures> {
  const { companyId, token, memberIds } = company
  const leaverId = await fillLeaver(cluster.superuser, companyId)
  const owner = { server, token }
  const cap = { method: 'PATCH', path: '/v1/company/subscription', body: { capOverride: 100_000 } }
  await ask(owner, cap)
  const began = performance.now()
  const order = { leaverId, defaultSuccessorId: memberIds[0] }
  const { handoverId } = made.parse(await ask(owner, { method: 'POST', path: '/v1/handovers', body: order }))
  const draftSeconds = (performance.now() - began) / 1000
  const seconds: number[] = []
  let found = plan.parse(await look())
  for (let round = 0; round < rounds; round++) {
    const from = performance.now()
    const answer = await look()
    seconds.push((performance.now() - from) / 1000)
    found = plan.parse(answer)
    if (!found.isWritten || found.total < numbers + workAccounts || found.items.length === 0)
      throw new Error(`the plan has ${found.total} items`)
  }
  return {
    s: median(seconds),
    slowest: Math.max(...seconds),
    draftSeconds,
    items: found.total,
    blocked: found.blocked,
  }

  function look(): Promise<unknown> {
    return ask(owner, { method: 'GET', path: `/v1/handovers/${handoverId}/plan` })
  }
}

/** Somebody with numbers, and accounts outside that hang on some of them, past the API; returns the id. */
async function fillLeaver(superuser: pg.Client, companyId: string): Promise<string> {
  await fillNumbers(superuser, { companyId, members: 1, numbers })
  const leaverId = '0f000001-0000-7000-8000-000000000001'
  const systemId = '0f000003-0000-7000-8000-000000000001'
  await superuser.query(
    `insert into systems (company_id, system_id, name, kind, created_at) values ($1, $2, 'Bank', 'custom', now())`,
    [companyId, systemId],
  )
  const id = (prefix: string) => `('${prefix}-0000-7000-8000-' || lpad(i::text, 12, '0'))::uuid`
  await superuser.query(
    `insert into work_accounts (company_id, work_account_id, system_id, login, holder_id, state, number_id, number_use, held_since, created_at)
     select $1, ${id('0f000004')}, $2, 'login ' || i, $3, 'held', ${id('0f000002')}, 'login', now() - interval '1 day', now()
     from generate_series(1, ${workAccounts}) i`,
    [companyId, systemId, leaverId],
  )
  await superuser.query('vacuum (analyze)')
  return leaverId
}
