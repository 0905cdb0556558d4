import { describe, expect, it } from 'vitest'
import { linksIn } from './links-in.ts'

describe('a text of a message', () => {
  it.each([
    ['no link', [['no link', false]]],
    ['', []],
    ['https://a.example/b#c_d-e', [['https://a.example/b#c_d-e', true]]],
    [
      '请打开 http://localhost:4400/invitation#tok，有效期 3 天。',
      [
        ['请打开 ', false],
        ['http://localhost:4400/invitation#tok', true],
        ['，有效期 3 天。', false],
      ],
    ],
    [
      'See https://a.example/x. Then https://b.example/?y=1=.',
      [
        ['See ', false],
        ['https://a.example/x', true],
        ['. Then ', false],
        ['https://b.example/?y=1=', true],
        ['.', false],
      ],
    ],
    ['javascript:alert(1) data:text/html,x', [['javascript:alert(1) data:text/html,x', false]]],
  ])('%j is parted into links and the rest', (text, expected) => {
    const pieces = linksIn(text)
    expect(pieces.map(({ text: part, isLink }) => [part, isLink])).toEqual(expected)
    expect(pieces.map(({ text: part }) => part).join('')).toBe(text)
    for (const { at, text: part } of pieces) expect(text.slice(at, at + part.length)).toBe(part)
  })
})
