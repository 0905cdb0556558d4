import type { Failure } from './failure.ts'
import { table } from './text.ts'

export interface OutputOptions {
  readonly json: boolean
  readonly quiet: boolean
  readonly color: boolean
}

/** Data goes to stdout, talk to stderr. */
export interface Output {
  readonly json: boolean
  /** Talk: progress and what to do next; left out with --quiet and --json. */
  say(text: string): void
  warn(text: string): void
  /** The command's result: as JSON, or in words. */
  result(value: unknown, words: string): void
  /** A list: as JSON, or as a table. */
  list(value: unknown, headings: readonly string[], rows: readonly (readonly string[])[]): void
  fail(failure: Failure): void
}

const codes = { red: 31, yellow: 33 } as const

export function createOutput({ json, quiet, color }: OutputOptions): Output {
  const paint = (name: keyof typeof codes, text: string) =>
    color ? `\u001b[${codes[name]}m${text}\u001b[0m` : text
  const print = (text: string) => void process.stdout.write(`${text}\n`)
  const talk = (text: string) => void process.stderr.write(`${text}\n`)
  return {
    json,
    say: (text) => (quiet || json ? undefined : talk(text)),
    warn: (text) => talk(paint('yellow', text)),
    result: (value, words) => print(json ? JSON.stringify(value, null, 2) : words),
    list(value, headings, rows) {
      if (json) return print(JSON.stringify(value, null, 2))
      if (rows.length === 0) return talk('Nothing found.')
      print(table(headings, rows))
    },
    fail(failure) {
      const { message: title, next, problem } = failure
      if (json) return talk(JSON.stringify({ error: { title, next: next ?? null, ...problem } }, null, 2))
      talk(paint('red', title))
      if (next !== undefined) talk(`  → ${next}`)
    },
  }
}

/** Whether to use colours: on a terminal, unless --no-color or NO_COLOR says otherwise. */
export function wantsColor(asked: boolean): boolean {
  return asked && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb' && process.stderr.isTTY === true
}
