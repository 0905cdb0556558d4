import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Command } from 'commander'
import { recordsContract } from '../../features/records/contract.ts'
import { type Place, throughApi, type Work, withExamples } from '../command.ts'
import { exitCode, Failure, misuse } from '../failure.ts'
import { findNumber } from '../find.ts'
import { createLiveLine } from '../live-line.ts'
import { problemWords } from '../operations/problem-words.ts'
import { writeOutputFile } from '../output-file.ts'
import { addPageOptions, type PageOptions, sayMore } from '../paging.ts'
import type { ResponseOf } from '../session.ts'
import { count, moment } from '../show.ts'
import { clip, terminalColumns } from '../text.ts'

/** `baton records`. */
export function addRecordCommands(place: Place): void {
  const group = place.program.command('records').description('Calls, messages and voicemails of numbers')
  withExamples(group, [
    'npx baton records list 13800138000 --from 2026-11-01',
    'npx baton records list 13800138000 --search invoice --reason "customer asked for it"',
    'npx baton records export 13800138000 --format csv --output records.csv --reason "tax audit"',
    'npx baton records ingest records.ndjson',
  ])
  addList(place, group)
  addExport(place, group)
  addIngest(place, group)
}

interface ListOptions extends PageOptions {
  readonly from?: string
  readonly to?: string
  readonly search?: string
  readonly reason?: string
}

type ShownRecord = ResponseOf<typeof recordsContract.listNumberRecords>['items'][number]

const textColumns = 40

function addList(place: Place, group: Command): void {
  const list = group
    .command('list <number>')
    .description('List the records of a number, newest first')
    .option('--from <time>', 'From then on: 2026-11-01, 2026-11-01T09:00, or an instant with offset')
    .option('--to <time>', 'Before then')
    .option('--search <text>', 'Words of the text or name, or digits of the other side')
    .option('--reason <text>', 'Why you read what is not yours, for the ledger')
    .action(
      throughApi<ListOptions>(place, async ({ output, session, options }, written = '') => {
        const query = { ...options, from: instantOf(options.from), to: instantOf(options.to) }
        const { numberId } = await findNumber(session, written)
        const params = { numberId }
        const { body } = await session.ask(recordsContract.listNumberRecords, { params, query })
        const headings = ['AT', 'KIND', 'DIRECTION', 'OTHER SIDE', 'HELD BY', 'TEXT', 'ID']
        output.list(body, headings, body.items.map(rowOf))
        const withheld = new Set(body.items.map((item) => item.withheld))
        if (withheld.has('reason_needed')) output.say('  → To read the contents, add --reason "why".')
        if (withheld.has('not_granted'))
          output.say('  → The contents are for the holder, Owners and Admins only.')
        sayMore(output, body.nextCursor)
        return undefined
      }),
    )
  addPageOptions(list)
}

function rowOf(item: ShownRecord): string[] {
  const { kind, answered, durationSeconds, otherName, otherParty, text } = item
  const length = durationSeconds === null ? '' : `, ${durationSeconds} s`
  const call = answered === false ? 'call, missed' : `call${length}`
  return [
    moment(item.occurredAt),
    kind === 'call' ? call : `${kind}${length}`,
    item.direction,
    otherName === null ? otherParty : `${otherParty} (${otherName})`,
    item.holderThen?.name ?? '',
    clip((text ?? '').replace(/\s+/g, ' '), textColumns),
    item.recordId,
  ]
}

/** A time as it is written on this machine, as an instant. */
function instantOf(written: string | undefined): string | undefined {
  if (written === undefined || /[Zz]$|[+-]\d\d:?\d\d$/.test(written)) return written
  const local = /^\d{4}-\d\d-\d\d$/.test(written) ? `${written}T00:00` : written.replace(' ', 'T')
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(local) ? new Date(local) : null
  if (at !== null && !Number.isNaN(at.getTime())) return at.toISOString()
  throw misuse(
    `"${written}" is not a time.`,
    'Write it like 2026-11-01, 2026-11-01T09:00 or 2026-11-01T09:00:00+08:00.',
  )
}

interface ExportOptions {
  readonly format: string
  readonly output: string
  readonly from?: string
  readonly to?: string
  readonly reason?: string
  readonly force?: true
}

function addExport(place: Place, group: Command): void {
  group
    .command('export <number>')
    .description('Write all records of a number to a file')
    .requiredOption(
      '--format <format>',
      'csv or xlsx, for spreadsheets, or ndjson, which can be ingested again',
    )
    .requiredOption('--output <file>', 'The file to write')
    .option('--from <time>', 'From then on: 2026-11-01, 2026-11-01T09:00, or an instant with offset')
    .option('--to <time>', 'Before then')
    .option('--reason <text>', 'Why you read what is not yours, for the ledger')
    .option('--force', 'Overwrite the file if it is there')
    .action(
      throughApi<ExportOptions>(place, async ({ output, session, options }, written = '') => {
        const { output: path, force = false, from, to, ...query } = options
        const times = { from: instantOf(from), to: instantOf(to) }
        const { numberId, e164 } = await findNumber(session, written)
        const bytes = await session.download(recordsContract.exportRecords, {
          params: { numberId },
          query: { ...query, ...times },
        })
        await writeOutputFile({ path, force }, whole(bytes, path))
        const { size } = await stat(path)
        output.result({ file: path, numberId, bytes: size }, `The records of ${e164} are in ${path}.`)
        return undefined
      }),
    )
}

/** The bytes of an answer, with words for one that breaks off. */
async function* whole(bytes: AsyncIterable<Buffer>, path: string): AsyncGenerator<Buffer> {
  try {
    yield* bytes
  } catch (error) {
    throw brokeOff(path, error)
  }
}

function brokeOff(path: string, error: unknown): Failure {
  return new Failure({
    title: `The answer broke off, so ${path} was not written: ${error instanceof Error ? error.message : error}.`,
    next: 'Give the command again; if you may read less than before, it says so.',
    problem: { code: 'server.broke_off' },
  })
}

function addIngest(place: Place, group: Command): void {
  group
    .command('ingest <file>')
    .description(
      'Take in records from a file of NDJSON, one record a line; what is here already stays as it is',
    )
    .action(
      throughApi(place, async (work, file = '') => {
        const outcome = await ingest(work, file)
        const { accepted, duplicates, refused, problems } = outcome
        const counts = `${count(accepted)} taken in, ${count(duplicates)} here already, ${count(refused)} refused.`
        const listed = problems.map(({ line, ...problem }) => ({ place: line, ...problem }))
        const words = problemWords(listed, { noun: 'line', columns: terminalColumns() })
        const more = refused - problems.length
        work.output.result(
          outcome,
          [counts, ...(refused > 0 ? [words] : []), ...(more > 0 ? [`… and ${count(more)} more.`] : [])].join(
            '\n\n',
          ),
        )
        return refused === 0 ? exitCode.done : exitCode.failed
      }),
    )
}

async function ingest({ output, session, globals }: Work<unknown>, file: string) {
  const { size } = await stat(file).catch((error: Error) => {
    throw misuse(`${file} cannot be read: ${error.message}.`)
  })
  const line = createLiveLine({
    isWanted: !globals.quiet && !output.json,
    isTerminal: process.stderr.isTTY === true,
  })
  async function* pieces(): AsyncGenerator<Buffer> {
    let sent = 0
    for await (const piece of createReadStream(file, { highWaterMark: 256 * 1024 })) {
      yield piece
      sent += piece.length
      if (size > 0) line.show(`${Math.floor((100 * sent) / size)} % of ${file} sent`)
    }
  }
  try {
    return await session.upload(recordsContract.ingestRecords, {
      contentType: 'application/x-ndjson',
      bytes: pieces(),
    })
  } catch (error) {
    throw explainIngest(file, error)
  } finally {
    line.clear()
  }
}

function explainIngest(file: string, error: unknown): unknown {
  if (error instanceof Failure && error.problem['code'] === 'server.unreachable') {
    return new Failure({
      title: error.message,
      next: `Send ${file} again: what was taken in already counts as a duplicate.`,
      problem: error.problem,
    })
  }
  if (!(error instanceof Error && 'syscall' in error)) return error
  return misuse(`${file} cannot be read: ${error.message}.`)
}
