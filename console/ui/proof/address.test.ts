import { describe, expect, it } from 'vitest'
import { readAddress, readCode } from './address.ts'

describe('what is typed for a phone or e-mail address', () => {
  it.each([
    ['13800001000', 'phone', '13800001000'],
    [' +86 138 0000-1000 ', 'phone', '+86 138 0000-1000'],
    ['＋８６１３８０００００００', 'phone', '+861380000000'],
    ['(030) 5550.4711', 'phone', '(030) 5550.4711'],
    ['10001@qq.com', 'email', '10001@qq.com'],
    ['wang＠example.com', 'email', 'wang@example.com'],
  ])('%j is a %s', (given, kind, value) => {
    expect(readAddress(given)).toEqual({ kind, value })
  })

  it.each(['', 'wang', '@example.com', 'wang@', 'a b@example.com', '1234', 'tel 13800001000'])(
    '%j is neither',
    (given) => {
      expect(readAddress(given)).toBeNull()
    },
  )
})

describe('what is pasted for a code', () => {
  it.each([
    ['Your code: 123 456.', '123456'],
    ['１２３４５６', '123456'],
    ['1234567', '123456'],
    ['code', ''],
  ])('%j is read as %j', (given, code) => {
    expect(readCode(given, 6)).toBe(code)
  })
})
