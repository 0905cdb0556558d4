import { describe, expect, it } from 'vitest'
import { deviceOf } from '../parts/device.ts'
import { wordsOf } from './notice-words.ts'

describe('the name of a device', () => {
  it.each([
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
      'Edge',
      'Windows',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
      'Safari',
      'iPhone',
    ],
    [
      'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
      'Chrome',
      'Android',
    ],
    [
      'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/116.0.0.0 Mobile Safari/537.36 wxwork/4.1.36 MicroMessenger/7.0.1',
      'WeCom',
      'Android',
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0', 'Firefox', 'Linux'],
  ])('%s', (userAgent, browser, system) => {
    expect(deviceOf(userAgent)).toEqual({ browser, system, other: null })
  })

  it('of a program is the first word that it calls itself by', () => {
    expect(deviceOf('curl/8.9.1')).toEqual({ browser: null, system: null, other: 'curl/8.9.1' })
    expect(deviceOf(null)).toEqual({ browser: null, system: null, other: null })
  })
})

describe('NUM-16 a notice in words', () => {
  it('says what happened and why', () => {
    expect(wordsOf({ kind: 'number.left_you', cause: 'parked' })).toEqual({
      what: 'notices.left',
      why: 'cause.parked',
    })
  })

  it('says of a move that failed what to do, also where the reason is a new one', () => {
    expect(wordsOf({ kind: 'move.failed', cause: 'recipient.at_cap' }).why).toBe('failed.recipient.at_cap')
    expect(wordsOf({ kind: 'move.failed', cause: 'something.new' }).why).toBe('failed.other')
  })

  it('shows a kind or cause that it does not know without inventing words', () => {
    expect(wordsOf({ kind: 'number.other', cause: 'something' })).toEqual({
      what: 'notices.other',
      why: null,
    })
  })
})
