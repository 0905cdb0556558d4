import { describe, expect, it } from 'vitest'
import { asCommandSays } from './refusal-words.ts'

describe('a refusal on the command line', () => {
  it('ALL-3 names options and local times, not members of a request and instants', () => {
    const said = asCommandSays({
      code: 'number.cooling_down',
      title: '+49301 was assigned recently and can move from 2026-11-22T03:14:52.843000Z.',
      next: 'Send `"when": "earliest"`.',
    })
    expect(said.title).toMatch(/can move from \d{4}-\d\d-\d\d \d\d:\d\d\.$/)
    expect(said.next).toContain('--earliest')
  })

  it('ALL-5 stays in Chinese when the API answered in Chinese', () => {
    const said = asCommandSays({ code: 'number.cooling_down', title: '号码刚分配不久', next: 'x' })
    expect(said.next).toContain('所有者')
  })

  it('keeps the words of every other refusal', () => {
    const words = { code: 'number.parked', title: 'It is parked.', next: 'Assign it.' }
    expect(asCommandSays(words)).toEqual({ title: words.title, next: words.next })
  })
})
