import type { Command } from 'commander'
import { z } from 'zod'
import { operationsContract } from '../../features/operations/contract.ts'
import type { OperationItem } from '../../features/operations/model.ts'
import { csvRow } from '../../platform/csv/safe-cell.ts'
import { type Place, throughApi, withExamples } from '../command.ts'
import { exitCode } from '../failure.ts'
import { type Directory, loadDirectory } from '../operations/directory.ts'
import { followOperation } from '../operations/follow.ts'
import { describeOperation, nextSteps, standing, stateSentence } from '../operations/operation-words.ts'
import { problemWords } from '../operations/problem-words.ts'
import { failuresOf, itemsOf } from '../operations/watch.ts'
import { writeOutputFile } from '../output-file.ts'
import { addPageOptions, type PageOptions, sayMore } from '../paging.ts'
import { count, moment } from '../show.ts'
import { terminalColumns } from '../text.ts'

/** `baton operations`. */
export function addOperationCommands(place: Place): void {
  const group = place.program.command('operations').description('Work on many items: batches of moves')
  withExamples(group, [
    'npx baton operations list --state running',
    'npx baton operations show OPERATION',
    'npx baton operations watch OPERATION',
    'npx baton operations pause OPERATION --reason "wrong list"',
    'npx baton operations resume OPERATION',
    'npx baton operations cancel OPERATION --reason "wrong list"',
    'npx baton operations retry OPERATION     the failed items again',
    'npx baton operations undo OPERATION      take back all that it did',
    'npx baton operations results OPERATION --output results.csv',
  ])
  addList(place, group)
  addShow(place, group)
  addWatch(place, group)
  for (const step of steps) addStep(place, group, step)
  addResults(place, group)
}

interface ListOptions extends PageOptions {
  readonly state?: string
}

function addList(place: Place, group: Command): void {
  const list = group
    .command('list')
    .description('List operations, newest first')
    .option('--state <state>', 'pending_approval, running, paused, done or cancelled')
    .action(
      throughApi<ListOptions>(place, async ({ output, session, options }) => {
        const { body } = await session.ask(operationsContract.listOperations, { query: { ...options } })
        const rows = body.items.map((item) => [
          item.kind.replaceAll('_', ' '),
          item.state.replaceAll('_', ' '),
          standing(item),
          moment(item.createdAt),
          item.createdByName ?? item.createdBy,
          item.operationId,
        ])
        output.list(body, ['KIND', 'STATE', 'ITEMS', 'BEGUN', 'BY', 'ID'], rows)
        sayMore(output, body.nextCursor)
        return undefined
      }),
    )
  addPageOptions(list)
}

/** An item as people count it: its place in the list that was sent, from 1. */
function placeOf(position: number): number {
  return position + 1
}

function addShow(place: Place, group: Command): void {
  group
    .command('show <operation>')
    .description('Show how far an operation is, and why items of it failed')
    .action(
      throughApi(place, async ({ output, session }, operationId = '') => {
        const { body } = await session.ask(operationsContract.getOperation, {
          params: { operationId },
          query: { limit: 0 },
        })
        const { items: _items, nextCursor: _nextCursor, ...operation } = body
        const problems = await failuresOf(session, operation, placeOf)
        const words = [describeOperation(operation, new Date())]
        if (problems.length > 0)
          words.push(problemWords(problems, { noun: 'item', columns: terminalColumns() }))
        const items = problems.map(({ place: item, ...rest }) => ({ item, ...rest }))
        output.result({ operation, problems: items }, words.join('\n\n'))
        for (const step of nextSteps(operation)) output.say(`  → ${step}`)
        return undefined
      }),
    )
}

function addWatch(place: Place, group: Command): void {
  group
    .command('watch <operation>')
    .description('Follow an operation to its end; Ctrl-C leaves it to the server')
    .action(
      throughApi(place, async (work, operationId = '') => {
        const { body: operation } = await work.session.ask(operationsContract.getOperation, {
          params: { operationId },
          query: { limit: 0 },
        })
        return followOperation(work, { operation, noun: 'item', placeOf })
      }),
    )
}

interface Step {
  readonly name: string
  readonly description: string
  readonly route:
    | 'pauseOperation'
    | 'resumeOperation'
    | 'cancelOperation'
    | 'retryOperation'
    | 'undoOperation'
}

const steps: readonly Step[] = [
  {
    name: 'pause',
    description: 'Stop an operation after what is under way; what is done stays done',
    route: 'pauseOperation',
  },
  { name: 'resume', description: 'Let a paused operation go on', route: 'resumeOperation' },
  {
    name: 'cancel',
    description: 'End an operation; what is done stays done, the rest is left as it is',
    route: 'cancelOperation',
  },
  { name: 'retry', description: 'Try the failed items of an operation again', route: 'retryOperation' },
  {
    name: 'undo',
    description: 'Begin an operation that takes back everything this one did',
    route: 'undoOperation',
  },
]

function addStep(place: Place, group: Command, { name, description, route }: Step): void {
  group
    .command(`${name} <operation>`)
    .description(description)
    .option('--reason <text>', 'Why, for the ledger')
    .action(
      throughApi<{ reason?: string }>(place, async ({ output, session, options }, operationId = '') => {
        const { body, waits } = await session.ask(operationsContract[route], {
          params: { operationId },
          body: { ...options },
        })
        const undo = body.undoes === null || !waits ? '' : `Operation ${body.operationId} takes it back. `
        output.result(body, `${undo}${stateSentence(body)}`)
        for (const next of nextSteps(body)) output.say(`  → ${next}`)
        return waits ? exitCode.pending : undefined
      }),
    )
}

interface ResultOptions {
  readonly output: string
  readonly items?: string
  readonly force?: true
}

const byteOrderMark = '\ufeff'

function addResults(place: Place, group: Command): void {
  group
    .command('results <operation>')
    .description(
      'Write what became of each item to a file (CSV): position in the list, from 1, number, to, state, code, title',
    )
    .requiredOption('--output <file>', 'The file to write')
    .option('--items <state>', 'Only those that are pending, done, waiting, failed or cancelled')
    .option('--force', 'Overwrite the file if it is there')
    .action(
      throughApi<ResultOptions>(place, async ({ output, session, options }, operationId = '') => {
        const directory = await loadDirectory(session)
        let written = 0
        async function* rows(): AsyncGenerator<string> {
          yield byteOrderMark + csvRow(['position', 'number', 'to', 'state', 'code', 'title'])
          for await (const items of itemsOf(session, operationId, options.items)) {
            written += items.length
            if (items.length > 0) yield items.map((item) => rowOf(item, directory)).join('')
          }
        }
        await writeOutputFile({ path: options.output, force: options.force === true }, rows())
        output.result(
          { file: options.output, items: written },
          `${count(written)} results in ${options.output}.`,
        )
        return undefined
      }),
    )
}

const GivenMove = z.object({ toMemberId: z.string() })

// The recipient as a staff code, so that lines of this file can be sent again.
function rowOf(item: OperationItem, directory: Directory): string {
  const { position, subjectLabel, given, state, code, title } = item
  const move = GivenMove.safeParse(given)
  const toMemberId = move.success ? move.data.toMemberId : null
  const to = toMemberId === null ? null : (directory.staffCodeOf(toMemberId) ?? toMemberId)
  return csvRow([placeOf(position), subjectLabel, to, state, code, title])
}
