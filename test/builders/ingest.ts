import { bodyOf, type TestCompany } from '../builders.ts'
import type { Answer } from '../world.ts'

let sent = 0

/** A record as a telephone system sends it: a message that comes in from +49301, unless told otherwise. */
export function aRecord(number: string, wish: object = {}): Record<string, unknown> {
  sent += 1
  return {
    number,
    kind: 'message',
    direction: 'inbound',
    otherParty: '+49301',
    occurredAt: '2026-01-15T09:00:00Z',
    text: `Message ${sent}`,
    source: 'test',
    sourceId: `ingested-${sent}`,
    ...wish,
  }
}

/** Takes in records as JSON, as the Owner; returns what became of them. */
export async function ingest(company: TestCompany, records: readonly object[]): Promise<Answer['body']> {
  return bodyOf(await company.owner.post('/v1/records', { records }), 200)
}

/** Takes in a stream of NDJSON, as the Owner. */
export function stream(company: TestCompany, body: Buffer | string): Promise<Answer> {
  return company.owner.upload('/v1/records', body, 'application/x-ndjson')
}

/** Records as the lines of a stream. */
export function asLines(records: readonly object[]): string {
  return records.map((one) => `${JSON.stringify(one)}\n`).join('')
}
