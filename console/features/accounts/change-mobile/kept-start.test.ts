import { expect, it } from 'vitest'
import { readStart } from './kept-start.ts'

const started = {
  accountId: 'a',
  changeId: 'c',
  phone: '13800001000',
  replaces: null,
  sentTo: '+86 138****1000',
  expiresAt: '2026-11-22T10:10:00.000Z',
}
const kept = JSON.stringify(started)

it.each([
  ['its own person in time', kept, 'a', '2026-11-22T10:09:59Z', started],
  ['somebody else', kept, 'b', '2026-11-22T10:09:59Z', null],
  ['a code that is too old', kept, 'a', '2026-11-22T10:10:00Z', null],
  ['nothing kept', null, 'a', '2026-11-22T10:00:00Z', null],
])('a begun change is read for %s', (_, text, accountId, now, expected) => {
  expect(readStart(text, accountId, Date.parse(now))).toEqual(expected)
})
