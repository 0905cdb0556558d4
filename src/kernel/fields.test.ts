import { describe, expect, it } from 'vitest'
import { Id, Instant, paragraph, text } from './fields.ts'

describe('what comes over the wire', () => {
  it.each([
    ['an instant before the year 1', Instant, '0000-06-01T00:00:00Z'],
    ['an instant that its offset pushes past the year 9999', Instant, '9999-12-31T20:00:00-14:00'],
    ['a day that does not exist', Instant, '2026-02-30T00:00:00Z'],
    ['half of a character', text(10), 'a\ud800'],
    ['a control character', text(10), 'a\u0000b'],
    ['a line break in a line', text(10), 'a\nb'],
    ['nothing but spaces', paragraph(10), '   '],
    ['no id', Id, '0190a000'],
  ])('refuses %s', (_, shape, given) => {
    expect(shape.safeParse(given).success).toBe(false)
  })

  it('takes an id in any case, and keeps it in one', () => {
    expect(Id.parse('0190A000-0000-7000-8000-00000000DEAD')).toBe('0190a000-0000-7000-8000-00000000dead')
  })
})
