import { describe, expect, it } from 'vitest'
import { addHours, addMinutes } from '../../kernel/instant.ts'
import { isGuessable, scopesBeyond, standOfLine, waitBeforeAttempt } from './rules.ts'

const now = '2026-11-22T09:30:00.000000Z'

describe('the wait before the next guess', () => {
  it.each([
    [0, 0],
    [4, 0],
    [5, 30],
    [6, 60],
    [7, 120],
    [11, 1920],
    [12, 3600],
    [10_000, 3600],
  ])('after %i failures is %i seconds', (failures, seconds) => {
    expect(waitBeforeAttempt({ failures, lastFailedAt: now }, now)).toBe(seconds)
  })

  it('passes with time, and a day makes it forgotten', () => {
    expect(waitBeforeAttempt({ failures: 12, lastFailedAt: addMinutes(now, -59) }, now)).toBe(60)
    expect(waitBeforeAttempt({ failures: 12, lastFailedAt: addMinutes(now, -60) }, now)).toBe(0)
    expect(waitBeforeAttempt({ failures: 9, lastFailedAt: addHours(now, -25) }, now)).toBe(0)
  })
})

describe('a password that is easy to guess', () => {
  it.each([
    'password1234',
    'Passw0rd!!!!',
    'qwertyuiop12',
    'PASSWORDPASSWORD',
    'aaaaaaaaaaaa',
    'abcabcabcabc',
    '1234567890123',
    'abcdefghijklm',
    '2026-11-22 09:30',
    'Nordstern123!',
    'olivia.berg@nordstern.example',
    'letmein-letmein',
  ])('%s', (password) => {
    expect(isGuessable(password, ['Nordstern', 'Olivia Berg', 'olivia.berg@nordstern.example'])).toBe(true)
  })

  it.each([
    'seven green lamps 41',
    'kT9#vLq2!mZx',
    '星河在夜里很亮很亮的八月',
    'nordstern kettle violin 8',
    'r4ndom-l00king',
  ])('is not %s', (password) => {
    expect(isGuessable(password, ['Nordstern', 'Olivia Berg', 'olivia.berg@nordstern.example'])).toBe(false)
  })
})

describe('the scopes of a token', () => {
  it.each([
    ['all that both may', 'owner', { role: 'owner', scopes: null }, ['subscription:write'], []],
    [
      'not above its member',
      'admin',
      { role: 'owner', scopes: null },
      ['subscription:write', 'numbers:write'],
      ['subscription:write'],
    ],
    [
      'not above its maker',
      'owner',
      { role: 'admin', scopes: null },
      ['subscription:write'],
      ['subscription:write'],
    ],
    [
      "not above its maker's token",
      'owner',
      { role: 'owner', scopes: ['numbers:read'] },
      ['numbers:write'],
      ['numbers:write'],
    ],
  ] as const)('are %s', (_, memberRole, maker, wanted, beyond) => {
    expect(scopesBeyond(wanted, memberRole, maker)).toEqual(beyond)
  })
})

describe('ACC-12 whether a bound phone is a company’s number that others hold', () => {
  const line = { holderAccountId: 'b', ownedSince: now, heldBy: ['b'] }
  const later = addMinutes(now, 1)
  const earlier = addMinutes(now, -1)
  it.each([
    ['no company’s number', null, later, 'own'],
    ['its own', { ...line, holderAccountId: 'a', heldBy: ['a'] }, later, 'own'],
    ['held by somebody else', line, later, 'of_others'],
    ['parked', { ...line, holderAccountId: null }, later, 'of_others'],
    ['bound the moment the company took it', line, now, 'of_others'],
    ['bound before any company entered it', line, earlier, 'own'],
    [
      'bound before it was entered and parked',
      { ...line, holderAccountId: null, heldBy: [] },
      earlier,
      'own',
    ],
    ['bound before, and held there since', { ...line, heldBy: ['a', 'b'] }, earlier, 'claimed'],
  ])('%s', (_what, found, boundAt, answer) => {
    expect(standOfLine(found, { accountId: 'a', boundAt })).toBe(answer)
  })
})
