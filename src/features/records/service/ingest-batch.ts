import { randomBytes } from 'node:crypto'
import { idAt } from '../../../kernel/ids.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { parsePhone } from '../../../platform/phone/phone.ts'
import { record as writeDown } from '../../audit/index.ts'
import { lockHistory } from '../../custody-ports/index.ts'
import { updateConversations } from '../conversation-store.ts'
import { findNumberLives } from '../ingest-views.ts'
import { newsOf } from '../rules/conversation.ts'
import { decideIngest, type NumberLife, type RefusedRecord, refuseTime } from '../rules/may-ingest.ts'
import { insertRecords, type RecordToWrite, takeSourceIds } from '../store.ts'
import type { Arrived, RefusedLine } from './read-line.ts'

/** What one batch came to. */
export interface BatchOutcome {
  readonly accepted: number
  readonly duplicates: number
  readonly refused: readonly RefusedLine[]
}

const countryOfBareNumbers = 'CN'
const e164Form = /^\+[1-9]\d{3,14}$/
const randomBytesOfId = 10
const sourcesNamed = 20

/**
 * Takes in a batch of records, those of each number as custody and erasures stand (NUM-5, NUM-12): what was sent before
 * changes nothing, what is refused does not keep the others out. Leaves one entry in the ledger.
 */
export async function ingestBatch(tx: Tx, batch: readonly Arrived[]): Promise<BatchOutcome> {
  const lines = linesOf(batch)
  const lives = await livesOf(tx, [...new Set(lines.values())])
  const refused: RefusedLine[] = []
  const wanted = new Map<string, RecordToWrite>()
  let repeated = 0
  const random = randomBytes(batch.length * randomBytesOfId)
  for (const [index, one] of batch.entries()) {
    const decided = decide(tx, one, lives.get(lines.get(one.record.number) ?? '') ?? [])
    if ('rule' in decided) {
      refused.push({ ...decided, line: one.line, sourceId: one.record.sourceId })
      continue
    }
    const key = `${one.record.source}\n${one.record.sourceId}`
    if (wanted.has(key)) repeated += 1
    else {
      const chance = random.subarray(index * randomBytesOfId, (index + 1) * randomBytesOfId)
      wanted.set(key, toWrite(one, decided.numberId, idAt(Date.parse(one.occurredAt), chance)))
    }
  }
  const accepted = await writeNew(tx, [...wanted.values()])
  return { accepted, duplicates: repeated + wanted.size - accepted, refused }
}

function decide(tx: Tx, { record, occurredAt }: Arrived, lives: readonly NumberLife[]) {
  const refusal: RefusedRecord | null = refuseTime(occurredAt, tx.now)
  return refusal ?? decideIngest({ number: record.number, occurredAt }, lives)
}

/** The line in E.164 of each number as it was sent; without those that no numbering plan has. */
function linesOf(batch: readonly Arrived[]): Map<string, string> {
  const lines = new Map<string, string>()
  for (const given of new Set(batch.map(({ record }) => record.number))) {
    const line = e164Form.test(given) ? given : parsePhone(given, countryOfBareNumbers)?.e164
    if (line !== undefined) lines.set(given, line)
  }
  return lines
}

// The lock comes first: an erasure that begins meanwhile is seen, one that begins later waits for this batch.
async function livesOf(tx: Tx, lines: readonly string[]): Promise<Map<string, NumberLife[]>> {
  const [, rows] = await Promise.all([lockHistory(tx, 'shared'), findNumberLives(tx, lines)])
  const lives = new Map<string, NumberLife[]>()
  for (const row of rows) {
    const life: NumberLife = {
      numberId: row.number_id,
      createdAt: row.created_at,
      releasedAt: row.released_at,
      erasedBefore: row.erased_before,
    }
    const known = lives.get(row.e164)
    if (known) known.push(life)
    else lives.set(row.e164, [life])
  }
  return lives
}

function toWrite({ record, occurredAt }: Arrived, numberId: string, recordId: string): RecordToWrite {
  return {
    recordId,
    numberId,
    occurredAt,
    kind: record.kind,
    direction: record.direction,
    otherParty: record.otherParty,
    otherName: record.otherName ?? null,
    durationSeconds: record.durationSeconds ?? null,
    answered: record.kind === 'call' ? (record.answered ?? null) : null,
    text: record.text ?? null,
    source: record.source,
    sourceId: record.sourceId,
  }
}

async function writeNew(tx: Tx, wanted: readonly RecordToWrite[]): Promise<number> {
  if (wanted.length === 0) return 0
  const taken = await takeSourceIds(tx, wanted)
  const records = wanted.filter(({ recordId }) => taken.has(recordId))
  if (records.length === 0) return 0
  insertRecords(tx, records)
  updateConversations(tx, newsOf(records))
  const times = records.map(({ occurredAt }) => occurredAt).sort()
  const sources = [...new Set(records.map(({ source }) => source))].sort()
  writeDown(tx, {
    action: 'records.ingested',
    subjectKind: 'company',
    subjectId: tx.companyId,
    effect: {
      count: records.length,
      sources: sources.length,
      from: times[0] ?? null,
      to: times.at(-1) ?? null,
    },
    details: { sources: sources.slice(0, sourcesNamed) },
  })
  return records.length
}
