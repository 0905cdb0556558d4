import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { Id } from './fields.ts'
import { createIdSource } from './ids.ts'

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
