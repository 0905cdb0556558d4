import { describe, expect, it } from 'vitest'
import { Refusal } from '../../kernel/refusal.ts'
import { plainRecoveryCode, requireRemaining, shownRecoveryCode, siteOf } from './rules.ts'

function codeOf(work: () => unknown): string | null {
  try {
    work()
    return null
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

describe('the site of passkeys', () => {
  it.each([
    ['https://baton.example.com', 'http://localhost:4400', 'baton.example.com', 'https://baton.example.com'],
    [
      'https://baton.example.com:8443/',
      'https://evil.example',
      'baton.example.com',
      'https://baton.example.com:8443',
    ],
    ['http://localhost:4400', 'http://localhost:4400', 'localhost', 'http://localhost:4400'],
    ['http://localhost:4400', 'http://localhost:39001', 'localhost', 'http://localhost:39001'],
    ['http://127.0.0.1:4400', 'http://localhost:4400', 'localhost', 'http://localhost:4400'],
    ['http://localhost:4400', 'http://baton.localhost', 'baton.localhost', 'http://baton.localhost'],
  ])('known as %s, asked at %s: %s', (publicUrl, origin, rpId, expected) => {
    expect(siteOf({ publicUrl, origin })).toEqual({ rpId, origin: expected })
  })

  it.each([
    ['http://localhost:4400', 'http://127.0.0.1:4400'],
    ['http://localhost:4400', 'https://baton.example.com'],
    ['http://localhost:4400', 'http://localhost.evil.example'],
    ['http://localhost:4400', 'nonsense'],
    ['https://192.0.2.7', 'https://192.0.2.7'],
    ['https://[2001:db8::1]', 'http://localhost:4400'],
    ['http://baton.example.com', 'http://localhost:4400'],
  ])('passkey.address_needed: known as %s, asked at %s, a browser would make none', (publicUrl, origin) => {
    expect(codeOf(() => siteOf({ publicUrl, origin }))).toBe('passkey.address_needed')
  })
})

describe('ACC-7 ACC-8 what has to be left after a factor is removed', () => {
  it.each([
    [1, 1, 0, false, null],
    [0, 0, 1, false, null],
    [0, 1, 1, false, null],
    [0, 1, 0, true, 'passkey.last_way_in'],
    [0, 0, 0, true, 'passkey.last_way_in'],
    [1, 0, 0, false, 'factor.last_verification'],
    [1, 0, 0, true, null],
    [1, 0, 1, false, null],
  ])('%i to sign in, %i to verify, %i passkeys, authenticator app %s: %s', (...row) => {
    const [logins, verifications, passkeys, hasAuthenticator, expected] = row
    expect(codeOf(() => requireRemaining({ logins, verifications, passkeys, hasAuthenticator }))).toBe(
      expected,
    )
  })
})

describe('a recovery code', () => {
  it('is read however it was typed', () => {
    expect(shownRecoveryCode('0123456789abcdef')).toBe('0123-4567-89ab-cdef')
    expect(plainRecoveryCode(' O123-4567 89AB–'.replace('–', '-'))).toBe('0123456789ab')
    expect(plainRecoveryCode('lI0o')).toBe('1100')
  })
})
