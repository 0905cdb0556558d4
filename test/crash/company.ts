import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { Answer } from '../world.ts'
import type { BatonProcess } from './baton-process.ts'

/** A company in a Baton of its own process, filled past the API. */
export interface KilledCompany {
  readonly baton: BatonProcess
  readonly companyId: string
  readonly token: string
  /** The company's place among those of this data folder; its numbers begin with it. */
  readonly index: number
}

export interface Reply {
  readonly status: number
  readonly body: Answer['body']
}

const made = z.object({ companyId: z.string(), token: z.string() })
const numbersEach = 5
const ringOf = 10

/** Members come in rings of ten, each at the cap with five numbers. */
export async function createFilled(
  baton: BatonProcess,
  { index, numbers, sliceSize }: { index: number; numbers: number; sliceSize: number },
): Promise<KilledCompany> {
  const body = {
    companyName: `Company ${index}`,
    timeZone: 'UTC',
    language: 'en',
    ownerName: 'Olivia Owner',
    ownerEmail: `owner${index}@example.com`,
    subscription: 'connect',
    licences: numbers,
  }
  const { companyId, token } = made.parse(await baton.asOperator({ path: '/v1/companies', body }))
  const company = { baton, companyId, token, index }
  const policies = { cooldownMinutes: 0, moveLimitPerDay: null, maxBatchSize: sliceSize }
  await must(company, { method: 'PATCH', path: '/v1/company', body: { policies } })
  await must(company, {
    method: 'PATCH',
    path: '/v1/company/subscription',
    body: { capOverride: numbersEach },
  })
  await fill(company, numbers)
  return company
}

// Ids end in the place of member or number, so that a move can be told without looking.
function idSql(kind: 'a' | 'b', place: string): string {
  return `(lpad(to_hex($2::integer), 7, '0') || '${kind}-0000-7000-8000-' || lpad((${place})::text, 12, '0'))::uuid`
}

async function fill({ baton, companyId, index }: KilledCompany, numbers: number): Promise<void> {
  const held = `now() - interval '1 day'`
  await baton.asSuperuser(async (client) => {
    await client.query(
      `insert into members (company_id, member_id, staff_code, name, role, status, created_at)
       select $1, ${idSql('a', 'i')}, 'F' || i, 'Member ' || i, 'member', 'active', now()
       from generate_series(0, $3::integer - 1) i`,
      [companyId, index, Math.ceil(numbers / numbersEach)],
    )
    await client.query(
      `insert into numbers (company_id, number_id, e164, country, type, state, holder_id, held_from, visible_from, assigned_at, licensed, created_at)
       select $1, ${idSql('b', 'i')}, '+4930' || lpad($2::text, 2, '0') || lpad(i::text, 6, '0'), 'DE', 'landline', 'held',
         ${idSql('a', `i / ${numbersEach}`)}, ${held}, ${held}, ${held}, true, ${held} from generate_series(0, $3::integer - 1) i`,
      [companyId, index, numbers],
    )
    await client.query(
      `insert into assignments (company_id, number_id, held_from, state, holder_id, visible_from, assigned_at, cause, moved_by)
       select company_id, number_id, held_from, state, holder_id, visible_from, assigned_at, 'assigned', 'seed' from numbers where company_id = $1`,
      [companyId],
    )
    await client.query('update subscriptions set licences_used = licences_total where company_id = $1', [
      companyId,
    ])
    // As PostgreSQL does by itself within a minute.
    await client.query('analyze')
  })
}

function idOf(company: KilledCompany, kind: 'a' | 'b', place: number): string {
  return `${company.index.toString(16).padStart(7, '0')}${kind}-0000-7000-8000-${String(place).padStart(12, '0')}`
}

/** The member of that place. */
export function memberOf(company: KilledCompany, place: number): string {
  return idOf(company, 'a', place)
}

/** Everybody's numbers to the next in the ring: what only works together, ring by ring. */
export function ringMoves(
  company: KilledCompany,
  numbers: number,
): { numberId: string; toMemberId: string }[] {
  return Array.from({ length: numbers }, (_, place) => {
    const member = Math.floor(place / numbersEach)
    const next = member - (member % ringOf) + ((member + 1) % ringOf)
    return { numberId: idOf(company, 'b', place), toMemberId: idOf(company, 'a', next) }
  })
}

/** The line of one of the company's numbers. */
export function lineOf({ index }: KilledCompany, place: number): string {
  return `+4930${String(index).padStart(2, '0')}${String(place).padStart(6, '0')}`
}

export interface Question {
  readonly method: 'GET' | 'POST' | 'PATCH'
  readonly path: string
  readonly body?: object
  /** Lines of NDJSON instead of a body. */
  readonly stream?: ReadableStream<Uint8Array>
  readonly key?: string
}

/** Asks the server; null when no answer came. */
export async function ask({ baton, token }: KilledCompany, question: Question): Promise<Reply | null> {
  const { method, path, body, stream, key } = question
  try {
    const response = await fetch(baton.url + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(method === 'GET' ? {} : { 'content-type': stream ? 'application/x-ndjson' : 'application/json' }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      ...(stream ? { body: stream, duplex: 'half' as const } : {}),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: response.status, body: await response.json() }
  } catch {
    return null
  }
}

/** Asks for what must succeed. */
export async function must(company: KilledCompany, question: Question): Promise<Answer['body']> {
  const answer = await ask(company, question)
  if (answer === null || answer.status >= 300)
    throw new Error(`${question.method} ${question.path}: ${JSON.stringify(answer)}`)
  return answer.body
}

/** Asks again and again until the answer is as wanted. */
export async function until(
  company: KilledCompany,
  path: string,
  isWanted: (body: Answer['body']) => boolean,
): Promise<Answer['body']> {
  const end = performance.now() + 90_000
  for (;;) {
    const body = await must(company, { method: 'GET', path })
    if (isWanted(body)) return body
    if (performance.now() > end) throw new Error(`${path} stayed as it is: ${JSON.stringify(body)}`)
    await sleep(25)
  }
}

/** What is wrong with the ledger once all of it is sealed; nothing is wanted. */
export async function ledgerFindings(company: KilledCompany): Promise<unknown[]> {
  await company.baton.asSuperuser((client) => client.query('analyze'))
  const report = await until(company, '/v1/audit/verify', ({ unsealed }) => unsealed === 0)
  return report.ok ? [] : report.findings
}
