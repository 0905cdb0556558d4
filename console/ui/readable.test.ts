import { describe, expect, it } from 'vitest'
import { readable } from './readable.ts'

describe('a refusal for reading', () => {
  it("writes times in the reader's way and groups numbers", () => {
    const format = { dateTime: (at: string) => `<${at.slice(11, 16)}>` }
    const phone = (e164: string) => `${e164.slice(0, 3)} ${e164.slice(3)}`
    expect(readable('+493012345600 can move from 2026-11-22T09:50:03.190000Z.', format, phone)).toBe(
      '+49 3012345600 can move from <09:50>.',
    )
  })
})
