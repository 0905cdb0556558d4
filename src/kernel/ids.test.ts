import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { Id } from './fields.ts'
import { createIdSource, idAt, millisecondsOf } from './ids.ts'

describe('ids', () => {
  it('are UUIDs of version 7 that sort as they were made, also within a millisecond', () => {
    const newId = createIdSource(() => new Date('2026-11-22T09:00:00Z'), randomBytes)
    const ids = Array.from({ length: 10_000 }, newId)
    expect(ids.every((id) => Id.safeParse(id).success && id[14] === '7')).toBe(true)
    expect([...ids].sort()).toEqual(ids)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('do not go back when the clock does', () => {
    const times = ['2026-11-22T09:00:01Z', '2026-11-22T09:00:00Z', '2026-11-22T09:00:02Z']
    const newId = createIdSource(() => new Date(times.shift() ?? ''), randomBytes)
    const ids = [newId(), newId(), newId()]
    expect([...ids].sort()).toEqual(ids)
    expect(Number.parseInt((ids[2] ?? '').replace('-', '').slice(0, 12), 16)).toBe(
      Date.parse('2026-11-22T09:00:02Z'),
    )
  })
})

describe('an id of a chosen moment', () => {
  it.each([0, 1, 946_684_800_000, 1_795_338_000_123, 2 ** 48 - 1])(
    'is a UUIDv7 that gives %d back',
    (moment) => {
      const id = idAt(moment, randomBytes(10))
      expect(Id.safeParse(id).success && id[14]).toBe('7')
      expect(millisecondsOf(id)).toBe(moment)
    },
  )

  it('sorts by its moment and is another one each time', () => {
    const ids = Array.from({ length: 1_000 }, (_, index) => idAt(1_795_338_000_000 + index, randomBytes(10)))
    expect([...ids].sort()).toEqual(ids)
    const sameMoment = Array.from({ length: 1_000 }, () => idAt(1_795_338_000_000, randomBytes(10)))
    expect(new Set(sameMoment).size).toBe(1_000)
  })

  it('uses every bit of chance that there is room for', () => {
    expect(idAt(0, new Uint8Array(10).fill(0xff))).toBe('00000000-0000-7fff-bfff-ffffffffffff')
    expect(idAt(0, new Uint8Array(10))).toBe('00000000-0000-7000-8000-000000000000')
  })
})
