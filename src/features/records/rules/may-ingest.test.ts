import { describe, expect, it } from 'vitest'
import { decideIngest, type NumberLife, refuseTime } from './may-ingest.ts'

const now = '2026-11-22T09:00:00.000000Z'

function at(day: string): string {
  return `${day}T00:00:00.000000Z`
}

describe('the time of a record', () => {
  it.each([
    ['2026-11-22T09:05:00.000000Z', null],
    ['2026-11-22T09:05:00.000001Z', 'record.in_future'],
    ['9999-12-31T23:59:59.999999Z', 'record.in_future'],
    ['2000-01-01T00:00:00.000000Z', null],
    ['1999-12-31T23:59:59.999999Z', 'record.too_old'],
    ['0001-01-01T00:00:00.000000Z', 'record.too_old'],
  ])('%s is refused with %s', (occurredAt, code) => {
    expect(refuseTime(occurredAt, now)?.rule.code ?? null).toBe(code)
  })
})

describe('the number that a record belongs to', () => {
  const first: NumberLife = {
    numberId: 'first',
    createdAt: at('2026-01-01'),
    releasedAt: at('2026-03-01'),
    erasedBefore: null,
  }
  const second: NumberLife = {
    numberId: 'second',
    createdAt: at('2026-05-01'),
    releasedAt: null,
    erasedBefore: at('2026-06-01'),
  }
  const onlyReleased = [first]
  const both = [first, second]

  it.each<[string, string, readonly NumberLife[], string]>([
    ['NUM-12 from before all', '2001-01-01', both, 'first'],
    ['NUM-12 in the first life', '2026-02-28', both, 'first'],
    ['in between, when the line was not ours', '2026-03-01', both, 'record.number_unknown'],
    ['just before it was added again', '2026-04-30', both, 'record.number_unknown'],
    ['NUM-5 in the second life, before what was erased', '2026-05-31', both, 'record.erased'],
    ['NUM-5 from the cut-off on', '2026-06-01', both, 'second'],
    ['after the only life', '2026-03-01', onlyReleased, 'record.number_unknown'],
    ['of a line that never was ours', '2026-03-01', [], 'record.number_unknown'],
    ['NUM-5 older than the only life, but erased', '2001-01-01', [second], 'record.erased'],
  ])('%s (%s) is decided', (_, day, lives, expected) => {
    const decided = decideIngest({ number: '+49301', occurredAt: at(day) }, lives)
    expect('numberId' in decided ? decided.numberId : decided.rule.code).toBe(expected)
  })
})
