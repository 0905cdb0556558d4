import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import type { BatonProcess } from './baton-process.ts'
import { ask, createFilled, type KilledCompany, ledgerFindings, lineOf, must, type Reply } from './company.ts'

export interface IngestRound {
  readonly index: number
  readonly lines: number
  readonly sliceSize: number
  readonly killAfterMs: number | null
  kill(): Promise<void>
}

const numbers = 20
const streams = 3
const linesInAPiece = 200

interface Record {
  readonly source: string
  readonly sourceId: string
}

/** Streams and single records at the same time, interrupted once, then all of it sent again. */
export async function ingestRound(
  baton: BatonProcess,
  round: IngestRound,
): Promise<{ took: number; says: string }> {
  const company = await createFilled(baton, { ...round, numbers })
  const sent = Array.from({ length: streams }, (_, stream) => streamOf(company, stream, round.lines))
  const from = performance.now()
  const seen = await interrupted(company, sent, round)
  const took = performance.now() - from
  const kept = await keptIn(company)
  for (const { record, answer } of seen.single)
    if (answer?.status === 200) expect({ record, kept: kept.get(keyOf(record)) }).toEqual({ record, kept: 1 })
  for (const [place, answer] of seen.streams.entries())
    if (answer?.status === 200)
      for (const record of sent[place] ?? [])
        expect({ record, kept: kept.get(keyOf(record)) }).toEqual({ record, kept: 1 })
  const before = kept.size
  await sendAgain(company, {
    sent,
    single: seen.single.map(({ record }) => record),
    kept: new Set(kept.keys()),
  })
  await lookAt(company, [...sent.flat(), ...seen.single.map(({ record }) => record)])
  const answered = seen.single.filter(({ answer }) => answer !== null).length
  return {
    took,
    says: `${answered} single records and ${seen.streams.filter((one) => one !== null).length} streams answered, ${before} kept`,
  }
}

function keyOf({ source, sourceId }: Record): string {
  return `${source} ${sourceId}`
}

// Every second stream repeats half of the one before it.
function streamOf(company: KilledCompany, stream: number, lines: number): Record[] {
  return Array.from({ length: lines }, (_, line) => {
    const isRepeated = stream % 2 === 1 && line % 2 === 0
    return recordOf(company, `stream ${isRepeated ? stream - 1 : stream}`, line)
  })
}

function recordOf(company: KilledCompany, source: string, place: number): Record {
  return {
    source,
    sourceId: String(place),
    number: lineOf(company, place % numbers),
    kind: 'message',
    direction: place % 3 === 0 ? 'outbound' : 'inbound',
    otherParty: `+4915100000${String(place % 50).padStart(2, '0')}`,
    occurredAt: new Date(Date.now() - 3_600_000 - place * 60_000).toISOString(),
    text: `Message ${place}`,
  } as Record
}

interface Seen {
  readonly streams: readonly (Reply | null)[]
  readonly single: readonly { readonly record: Record; readonly answer: Reply | null }[]
}

async function interrupted(
  company: KilledCompany,
  sent: readonly Record[][],
  round: IngestRound,
): Promise<Seen> {
  const single: { record: Record; answer: Reply | null }[] = []
  let isOver = false
  async function oneByOne(): Promise<void> {
    for (let place = 0; !isOver; place++) {
      const record = recordOf(company, 'single', place)
      const answer = await ask(company, { method: 'POST', path: '/v1/records', body: { records: [record] } })
      single.push({ record, answer })
      if (answer === null) return
    }
  }
  const posting = oneByOne()
  const streaming = Promise.all(sent.map((records) => sendStream(company, records)))
  if (round.killAfterMs !== null) {
    await sleep(round.killAfterMs)
    await round.kill()
  }
  const answers = await streaming
  isOver = true
  await posting
  return { streams: answers, single }
}

function sendStream(company: KilledCompany, records: readonly Record[]): Promise<Reply | null> {
  let next = 0
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = records.slice(next, next + linesInAPiece)
      next += piece.length
      if (piece.length === 0) controller.close()
      else controller.enqueue(Buffer.from(piece.map((record) => `${JSON.stringify(record)}\n`).join('')))
    },
  })
  return ask(company, { method: 'POST', path: '/v1/records', stream })
}

/** How often each record is there, by its source. */
async function keptIn({ baton, companyId }: KilledCompany): Promise<Map<string, number>> {
  const { rows } = await baton.asSuperuser((client) =>
    client.query<{ key: string; times: number }>(
      `select source || ' ' || source_id as key, count(*)::integer as times from records where company_id = $1 group by 1`,
      [companyId],
    ),
  )
  return new Map(rows.map(({ key, times }) => [key, times]))
}

interface SentAgain {
  readonly sent: readonly Record[][]
  readonly single: readonly Record[]
  readonly kept: Set<string>
}

// What is there already is a duplicate, everything else is taken in: nothing else can be.
async function sendAgain(company: KilledCompany, { sent, single, kept }: SentAgain): Promise<void> {
  for (const records of sent) {
    const fresh = new Set(records.map(keyOf).filter((key) => !kept.has(key)))
    const answer = await sendStream(company, records)
    const outcome = {
      accepted: fresh.size,
      duplicates: records.length - fresh.size,
      refused: 0,
      problems: [],
    }
    expect(answer).toEqual({ status: 200, body: outcome })
    for (const key of fresh) kept.add(key)
  }
  for (let from = 0; from < single.length; from += 1000) {
    const records = single.slice(from, from + 1000)
    const fresh = records.filter((record) => !kept.has(keyOf(record))).length
    const answer = await must(company, { method: 'POST', path: '/v1/records', body: { records } })
    expect(answer).toMatchObject({ accepted: fresh, duplicates: records.length - fresh, refused: 0 })
  }
}

const account = `select
  (select count(*)::integer from records where company_id = $1) as records,
  (select count(distinct (source, source_id))::integer from records where company_id = $1) as different,
  (select count(*)::integer from record_sources s join records r using (company_id, source, source_id, record_id)
    where company_id = $1) as known,
  (select count(*)::integer from record_sources where company_id = $1) as sources,
  (select sum((effect ->> 'count')::integer)::integer from audit_entries
    where company_id = $1 and action = 'records.ingested' and seq is not null) as told,
  (select count(*)::integer from conversations c full join (select number_id, other_party, max(occurred_at) as last_at,
      max(occurred_at) filter (where direction = 'inbound') as last_asked_at,
      max(occurred_at) filter (where direction = 'outbound') as last_answered_at
    from records where company_id = $1 group by 1, 2) r using (number_id, other_party)
    where coalesce(c.company_id, $1) = $1
      and (c.last_at, c.last_asked_at, c.last_answered_at) is distinct from (r.last_at, r.last_asked_at, r.last_answered_at)) as wrong`

// Each record once, in its month, in the table of sources, in the ledger's counts and in its conversation.
async function lookAt(company: KilledCompany, all: readonly Record[]): Promise<void> {
  expect(await ledgerFindings(company)).toEqual([])
  const { rows } = await company.baton.asSuperuser((client) => client.query(account, [company.companyId]))
  const count = new Set(all.map(keyOf)).size
  expect(rows).toEqual([
    { records: count, different: count, known: count, sources: count, told: count, wrong: 0 },
  ])
}
