import type { Command } from 'commander'
import { type ExitCode, exitCode } from './failure.ts'
import { createOutput, type Output, wantsColor } from './output.ts'
import { type GlobalOptions, type Session, withSession } from './session.ts'

/** Where a group of commands is added, and how a command ends other than by being done. */
export interface Place {
  readonly program: Command
  readonly end: (code: ExitCode) => void
}

/** What a command works with. */
export interface Work<Options> {
  readonly output: Output
  readonly session: Session
  /** Of the command itself. */
  readonly options: Options
  /** Those that every command takes. */
  readonly globals: GlobalOptions
}

const examplesOf = new WeakMap<Command, readonly string[]>()

/** Gives a command or a group examples, which stand above everything else of its help. */
export function withExamples(command: Command, examples: readonly string[]): Command {
  examplesOf.set(command, examples)
  return command
}

/** The examples of a command, or those of its group that are about it. */
export function examplesFor(command: Command): string {
  const words: string[] = []
  for (let one: Command | null = command; one; one = one.parent) words.unshift(one.name())
  const ofGroup = command.parent ? (examplesOf.get(command.parent) ?? []) : []
  const found =
    examplesOf.get(command) ?? ofGroup.filter((example) => example.includes(`${words.join(' ')} `))
  return found.length === 0 ? '' : `Examples:\n${found.map((example) => `  $ ${example}`).join('\n')}\n`
}

/** The output that the global options ask for. */
export function outputOf(command: Command): Output {
  const { json = false, quiet = false, color = true } = command.optsWithGlobals<GlobalOptions>()
  return createOutput({ json, quiet, color: wantsColor(color) })
}

/** Makes a command an action that works through the API; what it returns is its exit code. */
export function throughApi<Options>(
  place: Place,
  work: (work: Work<Options>, ...args: string[]) => Promise<ExitCode | undefined>,
): (...given: unknown[]) => Promise<void> {
  return async (...given) => {
    const command = given.at(-1) as Command
    const output = outputOf(command)
    const options = command.opts() as Options
    const args = given.slice(0, -2).map((argument) => (argument === undefined ? '' : String(argument)))
    const globals = command.optsWithGlobals<GlobalOptions>()
    const code = await withSession(globals, output, (session) =>
      work({ output, session, options, globals }, ...args),
    )
    place.end(code ?? exitCode.done)
  }
}
