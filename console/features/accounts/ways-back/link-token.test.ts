import { expect, it } from 'vitest'
import { tokenInAddress } from './link-token.ts'

it.each([
  ['#abc-DEF_123', 'abc-DEF_123'],
  ['#token=abc', 'abc'],
  ['', null],
  ['#', null],
  ['#token=', null],
  ['#other=abc', null],
])('the secret of %j is %j', (hash, token) => {
  expect(tokenInAddress(hash)).toBe(token)
})
