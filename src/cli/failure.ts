import { BackupError } from '../platform/backup/backup-error.ts'
import { SettingsError } from '../platform/config/settings.ts'
import { ChangeError } from '../platform/db/changes.ts'
import { DataFolderError } from '../platform/db/embedded/data-folder-error.ts'

/** How a command ends, for scripts: done, failed, called wrongly, accepted but waiting, or interrupted (Ctrl-C). */
export const exitCode = { done: 0, failed: 1, usage: 2, pending: 3, interrupted: 130 } as const
export type ExitCode = (typeof exitCode)[keyof typeof exitCode]

export interface FailureWords {
  readonly title: string
  readonly next?: string | undefined
  readonly exitCode?: ExitCode
  /** What a script gets with --json. */
  readonly problem?: Readonly<Record<string, unknown>>
}

/** A command that cannot do its work: says what is wrong and what to do next. */
export class Failure extends Error {
  readonly next: string | undefined
  readonly exitCode: ExitCode
  readonly problem: Readonly<Record<string, unknown>>

  constructor({ title, next, exitCode: code = exitCode.failed, problem = {} }: FailureWords) {
    super(title)
    this.name = 'Failure'
    this.next = next
    this.exitCode = code
    this.problem = problem
  }
}

/** A command that was called wrongly. */
export function misuse(title: string, next?: string): Failure {
  return new Failure({ title, next, exitCode: exitCode.usage })
}

const withoutEnd = /[.!?:]$/

/** Puts anything thrown into words; what nobody foresaw keeps its message, and its stack where asked for. */
export function explain(error: unknown): Failure {
  if (error instanceof Failure) return error
  if (error instanceof SettingsError) {
    return new Failure({
      title: `Baton cannot work with these settings:\n${error.problems.map((problem) => `  ${problem}`).join('\n')}`,
      next: 'Correct them in the environment; docs/reference/settings.md lists all of them.',
      exitCode: exitCode.usage,
      problem: { problems: error.problems },
    })
  }
  if (error instanceof DataFolderError)
    return new Failure({ title: error.message, next: error.next, problem: { code: error.code } })
  if (error instanceof ChangeError || error instanceof BackupError)
    return new Failure({ title: error.message, next: error.next })
  if (!(error instanceof Error)) return new Failure({ title: String(error) })
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : ''
  const message = error.message || error.name
  return new Failure({ title: withoutEnd.test(message) ? `${message}${cause}` : `${message}${cause}.` })
}
