import { describe, expect, it } from 'vitest'
import { matches } from './match.ts'

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
