import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput } from '../../../kernel/route.ts'
import type { OwnContext, Upload } from '../../../platform/http/bind.ts'
import { linesOf } from '../../../platform/ndjson/lines.ts'
import type { recordsContract } from '../contract.ts'
import { type IngestOutcome, mostAtOnce } from '../model.ts'
import { type RefusedRecord, refuseTime } from '../rules/may-ingest.ts'
import { openRecordMonth } from '../store.ts'
import { type BatchOutcome, ingestBatch } from './ingest-batch.ts'
import { type Arrived, arrive, lineLimitBytes, type RefusedLine, readLine } from './read-line.ts'

type IngestInput = RouteInput<(typeof recordsContract)['ingestRecords']>

const mostProblems = 1_000
// Of whole lines, since what is read from one may keep all of it; a batch of long lines is sent off before it has a thousand.
const mostCharactersAtOnce = 2_000_000

/** Takes records in; what a process knows of the months that are open lives here. */
export interface Ingest {
  /**
   * Takes in records from a body of JSON or a stream of NDJSON: one transaction for each 1,000, each with one entry in
   * the ledger. What is refused does not keep the others out; what was sent before changes nothing.
   * @throws Refusal `request.cut_off` when a stream breaks off; what was taken in until then stays
   */
  ingestRecords(context: OwnContext, input: IngestInput): Promise<IngestOutcome>
}

export function createIngest(): Ingest {
  const months = createMonths()
  return {
    async ingestRecords(context, { body, language }) {
      if (context.upload) {
        const tally = createTally(language)
        await ingestStream({ context, months, tally }, context.upload)
        return tally.outcome()
      }
      const { inTime, refused } = await months.open(
        context,
        body.records.map((record, index) => arrive(record, index)),
      )
      return context.open(async (tx) => {
        // Within: where the transaction is done again, it is counted anew.
        const tally = createTally(language)
        tally.add({ accepted: 0, duplicates: 0, refused })
        tally.add(await ingestBatch(tx, inTime))
        return tally.outcome()
      })
    },
  }
}

interface Streaming {
  readonly context: OwnContext
  readonly months: Months
  readonly tally: Tally
}

// The next lines are read while the database takes in the ones before; no more than two batches are held at once.
async function ingestStream(streaming: Streaming, upload: Upload): Promise<void> {
  // Whoever may not send is told so before the first line.
  await streaming.context.openAside(async () => {})
  const gathered = createGathering()
  let working: Promise<void> = Promise.resolve()
  async function send(): Promise<void> {
    const batch = gathered.take()
    await working
    working = ingestArrived(streaming, batch)
    // Awaited before the next batch and at the end; this keeps a failure meanwhile from counting as unhandled.
    working.catch(() => {})
  }
  try {
    for await (const line of linesOf(upload.bytes, lineLimitBytes)) {
      gathered.add(readLine(line), line.text.length)
      if (gathered.isFull()) await send()
    }
    await send()
  } finally {
    await working
  }
}

async function ingestArrived({ context, months, tally }: Streaming, batch: Gathered): Promise<void> {
  const { inTime, refused } = await months.open(context, batch.arrived)
  tally.add({ accepted: 0, duplicates: 0, refused: [...batch.refused, ...refused] })
  if (inTime.length > 0) tally.add(await context.open((tx) => ingestBatch(tx, inTime)))
}

interface Gathered {
  readonly arrived: readonly Arrived[]
  readonly refused: readonly RefusedLine[]
}

function createGathering() {
  let arrived: Arrived[] = []
  let refused: RefusedLine[] = []
  let characters = 0
  return {
    add(line: Arrived | RefusedLine, lineCharacters: number): void {
      characters += lineCharacters
      if ('rule' in line) refused.push(line)
      else arrived.push(line)
    },
    isFull: () =>
      arrived.length >= mostAtOnce || refused.length >= mostAtOnce || characters >= mostCharactersAtOnce,
    take(): Gathered {
      const taken = { arrived, refused }
      arrived = []
      refused = []
      characters = 0
      return taken
    },
  }
}

interface Months {
  /** Makes room for the months of records; splits off records of times at which nothing can have happened. */
  open(
    context: OwnContext,
    batch: readonly Arrived[],
  ): Promise<{ readonly inTime: readonly Arrived[]; readonly refused: readonly RefusedLine[] }>
}

function createMonths(): Months {
  const open = new Set<string>()
  const monthOf = ({ occurredAt }: Arrived) => occurredAt.slice(0, 7)
  return {
    async open(context, batch) {
      const unopened = batch.filter((one) => !open.has(monthOf(one)))
      if (unopened.length === 0) return { inTime: batch, refused: [] }
      const now = await context.openAside(async (tx) => tx.now)
      const refused: RefusedLine[] = []
      for (const one of unopened) {
        const refusal = refuseTime(one.occurredAt, now)
        if (refusal) refused.push(refusedLine(one, refusal))
        else if (!open.has(monthOf(one))) {
          await context.openAside((tx) => openRecordMonth(tx, one.occurredAt))
          open.add(monthOf(one))
        }
      }
      const isRefused = new Set(refused.map(({ line }) => line))
      return { inTime: batch.filter(({ line }) => !isRefused.has(line)), refused }
    },
  }
}

function refusedLine({ line, record }: Arrived, refusal: RefusedRecord): RefusedLine {
  return { ...refusal, line, sourceId: record.sourceId }
}

interface Tally {
  add(outcome: BatchOutcome): void
  outcome(): IngestOutcome
}

function createTally(language: 'en' | 'zh'): Tally {
  let accepted = 0
  let duplicates = 0
  let refused = 0
  const problems: IngestOutcome['problems'] = []
  return {
    add(outcome) {
      accepted += outcome.accepted
      duplicates += outcome.duplicates
      refused += outcome.refused.length
      for (const { line, sourceId, rule, values } of outcome.refused.slice(
        0,
        mostProblems - problems.length,
      )) {
        const words = new Refusal(rule, values).inWords(language)
        problems.push({ line, sourceId, code: rule.code, ...words })
      }
    },
    outcome: () => ({
      accepted,
      duplicates,
      refused,
      problems: problems.sort((one, other) => one.line - other.line),
    }),
  }
}
