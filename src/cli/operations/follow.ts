import type { Operation, OperationItem } from '../../features/operations/model.ts'
import type { Work } from '../command.ts'
import { type ExitCode, exitCode } from '../failure.ts'
import { abortOnInterruption } from '../interruption.ts'
import { createLiveLine } from '../live-line.ts'
import { terminalColumns } from '../text.ts'
import { codeOf, nextSteps, stateSentence } from './operation-words.ts'
import { type ProblemStyle, problemWords } from './problem-words.ts'
import { failuresOf, watchOperation } from './watch.ts'

/** What the command's own list says about an operation. */
export interface Following {
  readonly operation: Operation
  readonly noun: ProblemStyle['noun']
  /** Where an item stands for the reader, from 1, by its position and by what was asked for. */
  readonly placeOf: (position: number, given?: OperationItem['given']) => number
  /** What stands beside the operation in JSON. */
  readonly about?: Readonly<Record<string, unknown>>
}

type Follower = Pick<Work<unknown>, 'output' | 'session' | 'globals'>

/** Watches an operation and tells how it ends; Ctrl-C leaves it to the server. */
export async function followOperation(work: Follower, following: Following): Promise<ExitCode> {
  const { output, session, globals } = work
  const { operation, about } = following
  const line = createLiveLine({
    isWanted: !globals.quiet && !output.json,
    isTerminal: process.stderr.isTTY === true,
  })
  const signal = abortOnInterruption()
  const rested = await watchOperation(session, operation.operationId, { line, signal })
  if (rested !== null) return tellEnd(work, { ...following, operation: rested })
  if (output.json) output.result({ ...about, operation, interrupted: true }, '')
  sayGoesOn(work, operation.operationId)
  return exitCode.interrupted
}

/** Says that an operation goes on without the command, and how to look after it. */
export function sayGoesOn({ output, session }: Follower, operationId: string): void {
  output.say(
    session.serverStays
      ? `The server goes on with operation ${operationId}.`
      : `Operation ${operationId} rests when this command ends, and goes on when Baton runs: npx baton start`,
  )
  output.say(`  → Watch it: npx baton operations watch ${operationId}`)
  output.say(`  → Stop it: npx baton operations pause ${operationId}, or cancel instead of pause`)
}

/** Tells how an operation stands that rests, and what failed in it. */
export async function tellEnd(work: Follower, following: Following): Promise<ExitCode> {
  const { output, session } = work
  const { operation, noun, placeOf, about } = following
  const problems = await failuresOf(session, operation, placeOf)
  const style = { noun, columns: terminalColumns(), placeOf: (item: number) => placeOf(item - 1) }
  const words = [stateSentence(operation), ...(problems.length === 0 ? [] : [problemWords(problems, style)])]
  output.result(
    { ...about, operation, problems: problems.map(({ place, ...rest }) => ({ [noun]: place, ...rest })) },
    words.join('\n\n'),
  )
  for (const step of nextSteps(operation)) output.say(`  → ${step}`)
  return codeOf(operation)
}
