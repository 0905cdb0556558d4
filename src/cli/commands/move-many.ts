import type { Command } from 'commander'
import { z } from 'zod'
import { numbersContract } from '../../features/numbers/contract.ts'
import { BatchPlan } from '../../features/numbers/model/batches.ts'
import { type Place, throughApi, type Work } from '../command.ts'
import { type ExitCode, exitCode, Failure } from '../failure.ts'
import { type AskedMove, askMoves } from '../operations/ask-moves.ts'
import { loadDirectory } from '../operations/directory.ts'
import { followOperation, sayGoesOn, tellEnd } from '../operations/follow.ts'
import { readMoveFile, type WrittenMove } from '../operations/move-file.ts'
import { planCounts, planWords, problemsOf } from '../operations/plan-words.ts'
import { type Problem, problemWords } from '../operations/problem-words.ts'
import { terminalColumns } from '../text.ts'

interface ManyOptions {
  readonly file: string
  readonly dryRun?: true
  readonly history?: string
  readonly earliest?: true
  readonly overrideCooldown?: string
  readonly reason?: string
  readonly stopOnProblems?: true
  readonly wait: boolean
}

/** `baton numbers move`: many moves, from a file. */
export function addMoveManyCommand(place: Place, group: Command): void {
  group
    .command('move')
    .description(
      'Move many numbers, as a file says (CSV in UTF-8): columns number, to, and optionally expected (who holds it now)',
    )
    .requiredOption('--file <csv>', 'The moves, at most 100,000; people by staff code, e-mail, name or id')
    .option('--dry-run', 'Only show what would happen; exit code 1 when anything is refused')
    .option('--history <mode>', 'What the recipients see of the past: keep, hide or delete; default keep')
    .option('--earliest', 'Let numbers that cool down wait for its end')
    .option('--override-cooldown <reason>', 'Owners: move in spite of the cool-down')
    .option('--reason <text>', 'Why, for the ledger')
    .option('--stop-on-problems', 'Begin nothing when anything is refused; else the good moves are made')
    .option('--no-wait', 'Do not wait for the end: print the id of the operation')
    .action(throughApi<ManyOptions>(place, (work) => moveMany(work)))
}

/** A list of moves that was sent, and where each stands in its file. */
interface Sent {
  readonly written: readonly WrittenMove[]
  readonly moves: readonly AskedMove[]
}

async function moveMany(work: Work<ManyOptions>): Promise<ExitCode> {
  const { output, session, options } = work
  const written = await readMoveFile(options.file)
  const moves = askMoves(options.file, written, await loadDirectory(session))
  const lineAt = (position: number) => written[position]?.line ?? position + 1
  const { plan, operation } = await send(work, { written, moves })
  const withLines = { ...plan, items: plan.items.map((item) => ({ line: lineAt(item.position), ...item })) }
  if (operation === null) {
    const style = { columns: terminalColumns(), now: new Date(), lineAt }
    output.result({ plan: withLines, operation }, planWords(plan, style))
    output.say('Nothing was changed: this was a dry run.')
    return plan.refused === 0 ? exitCode.done : exitCode.failed
  }
  output.say(`${planCounts(plan, new Date())}\n`)
  const following = { operation, noun: 'line', placeOf: lineAt, about: { plan: withLines } } as const
  if (operation.state !== 'running') return tellEnd(work, following)
  if (options.wait) return followOperation(work, following)
  sayRefused(work, problemsOf(plan, lineAt), lineAt)
  output.result({ plan: withLines, operation }, operation.operationId)
  sayGoesOn({ output, session, globals: work.globals }, operation.operationId)
  return exitCode.pending
}

async function send({ session, options }: Work<ManyOptions>, { written, moves }: Sent) {
  const { dryRun = false, earliest = false, stopOnProblems = false, overrideCooldown } = options
  const body = {
    moves,
    history: options.history,
    reason: options.reason,
    dryRun,
    stopOnProblems,
    ...(earliest ? { when: 'earliest' } : {}),
    ...(overrideCooldown === undefined ? {} : { overrideCooldown: { reason: overrideCooldown } }),
  }
  try {
    return (await session.ask(numbersContract.moveNumbers, { body })).body
  } catch (error) {
    throw withLines(error, (position) => written[position]?.line ?? position + 1)
  }
}

function sayRefused(
  { output }: Pick<Work<ManyOptions>, 'output'>,
  problems: readonly Problem[],
  lineAt: (position: number) => number,
): void {
  if (problems.length === 0) return
  output.say(`${problemWords(problems, styleOf(lineAt))}\n`)
}

function styleOf(lineAt: (position: number) => number) {
  return { noun: 'line', columns: terminalColumns(), placeOf: (item: number) => lineAt(item - 1) } as const
}

const refusedList = z.array(BatchPlan.shape.items.element)

/** A list that was refused as a whole, with the lines of the file. */
function withLines(error: unknown, lineAt: (position: number) => number): unknown {
  if (!(error instanceof Failure)) return error
  const items = refusedList.safeParse(error.problem['problems'])
  if (!items.success) return error
  const problems = problemsOf({ items: items.data }, lineAt)
  return new Failure({
    title: `${error.message}\n\n${problemWords(problems, styleOf(lineAt))}\n`,
    next: error.next,
    exitCode: error.exitCode,
    problem: {
      ...error.problem,
      problems: items.data.map((item) => ({ line: lineAt(item.position), ...item })),
    },
  })
}
