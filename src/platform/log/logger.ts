import pino, { type Logger } from 'pino'
import { maskLine } from './mask.ts'
import { readable } from './readable.ts'

export type { Logger } from 'pino'

export interface LogTarget {
  write(text: string): unknown
}

export interface LoggerOptions {
  readonly level: string
  readonly target: LogTarget
  /** For people at a terminal: one readable line instead of JSON. */
  readonly isTerminal?: boolean
}

/** A logger of JSON lines, in which secrets and phone numbers are hidden whatever was logged. */
export function createLogger({ level, target, isTerminal = false }: LoggerOptions): Logger {
  const write = (line: string) => void target.write(isTerminal ? readable(maskLine(line)) : maskLine(line))
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: describeError, req: () => undefined, res: () => undefined },
    },
    { write },
  )
}

// PostgreSQL puts values of the row at fault into these.
const personal = new Set(['detail', 'where', 'internalQuery', 'hint'])

function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const { aggregateErrors, ...described } = pino.stdSerializers.err(error)
  const entries = Object.entries(described).filter(([name]) => !personal.has(name) && name !== 'errors')
  const several = aggregateErrors === undefined ? {} : { errors: errorsIn(error) }
  return { ...Object.fromEntries(entries), ...several }
}

function errorsIn(error: Error): unknown {
  return 'errors' in error && Array.isArray(error.errors) ? error.errors.map(describeError) : []
}
