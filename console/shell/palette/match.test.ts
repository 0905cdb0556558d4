import { describe, expect, it } from 'vitest'
import { endingFirst, matches } from './match.ts'

describe('what the palette finds among places and actions', () => {
  it.each([
    ['Waiting moves', 'wai', true],
    ['Waiting moves', 'mov wai', true],
    ['Waiting moves', 'aiting', false],
    ['号码 haoma hm', 'hm', true],
    ['批量移动 piliang plyd', '移动', true],
    ['批量移动 piliang plyd', '部门', false],
    ['Réglages', 'regl', true],
    ['Numbers', '', true],
  ])('"%s" by "%s": %s', (text, wanted, isFound) => {
    expect(matches(text, wanted)).toBe(isFound)
  })
})

describe('the numbers that the palette finds', () => {
  const lines = [{ e164: '+493047110000' }, { e164: '+493055504711' }, { e164: '+493060004711' }]
  it.each([
    ['4711', [1, 2, 0]],
    ['5550 4711', [1, 0, 2]],
    ['Sales', [0, 1, 2]],
  ])('by "%s" begin with those that end so', (wanted, order) => {
    expect(endingFirst(lines, wanted)).toEqual(order.map((place) => lines[place]))
  })
})
