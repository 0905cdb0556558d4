import type { Instant } from '../../../kernel/fields.ts'
import { normaliseInstant } from '../../../kernel/instant.ts'
import type { Line } from '../../../platform/ndjson/lines.ts'
import { NewRecord, recordRefusal } from '../model.ts'
import type { RefusedRecord } from '../rules/may-ingest.ts'

/** A record that arrived, with its place among the others. */
export interface Arrived {
  readonly line: number
  readonly record: NewRecord
  /** In the form in which instants compare. */
  readonly occurredAt: Instant
}

/** One that is not taken in, and why. */
export interface RefusedLine extends RefusedRecord {
  readonly line: number
  readonly sourceId: string | null
}

/** The longest line of a stream that may hold a record. */
export const lineLimitBytes = 65_536

const longestSourceId = 200

export function arrive(record: NewRecord, line: number): Arrived {
  return { line, record, occurredAt: normaliseInstant(record.occurredAt) }
}

/** Reads one line of NDJSON as a record. */
export function readLine(line: Line): Arrived | RefusedLine {
  const values = { limitBytes: lineLimitBytes }
  if (line.fault === 'too_long') return refused(line, { rule: recordRefusal.lineTooLong, values })
  if (line.fault === 'not_utf8') return refused(line, { rule: recordRefusal.wrongEncoding, values: {} })
  const json = parse(line.text)
  if (json === undefined) {
    return refused(
      line,
      line.isOpen ? { rule: recordRefusal.cutOff, values: {} } : malformed('it is not valid JSON'),
    )
  }
  const { data, error } = NewRecord.safeParse(json)
  if (data) return arrive(data, line.number)
  const [issue] = error.issues
  const place = issue?.path.join('.') ?? ''
  const fault = `${place ? `${place}: ` : ''}${issue?.message ?? 'it has another form'}`
  return { ...refused(line, malformed(fault.slice(0, 300))), sourceId: sourceIdOf(json) }
}

function malformed(fault: string): RefusedRecord {
  return { rule: recordRefusal.malformed, values: { fault } }
}

function refused(line: Line, refusal: RefusedRecord): RefusedLine {
  return { ...refusal, line: line.number, sourceId: null }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function sourceIdOf(json: unknown): string | null {
  if (typeof json !== 'object' || json === null || !('sourceId' in json)) return null
  const { sourceId } = json
  return typeof sourceId === 'string' && sourceId.length <= longestSourceId ? sourceId : null
}
