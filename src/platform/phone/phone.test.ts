import { describe, expect, it } from 'vitest'
import { parsePhone } from './phone.ts'

describe('a phone number as people write it', () => {
  it.each([
    ['13800001000'],
    ['+8613800001000'],
    ['+86 138 0000 1000'],
    ['+86-138-0000-1000'],
    ['0086 13800001000'],
    ['008613800001000'],
    ['(+86) 138 0000 1000'],
    ['+86\u00a0138\u00a00000\u00a01000'],
    ['＋８６　１３８　００００　１０００'],
    ['138－0000－1000'],
    ['138\u20110000\u20131000'],
    ['\u202a+86 138 0000 1000\u202c'],
    ['+86.138.0000.1000'],
  ])('reads %j as the mobile +8613800001000', (text) => {
    expect(parsePhone(text, 'CN')).toEqual({ e164: '+8613800001000', country: 'CN', type: 'mobile' })
  })

  it.each([
    ['010-88880000', 'CN', '+861088880000', 'CN', 'landline'],
    ['+86 21 6888 0000', 'CN', '+862168880000', 'CN', 'landline'],
    ['400-820-8820', 'CN', '+864008208820', 'CN', 'toll_free'],
    ['800 810 8888', 'CN', '+868008108888', 'CN', 'toll_free'],
    ['+852 5123 4567', 'CN', '+85251234567', 'HK', 'mobile'],
    ['001 415 555 2671', 'CN', '+14155552671', 'US', 'mobile'],
    ['(415) 555-2671', 'US', '+14155552671', 'US', 'mobile'],
    ['+1 800 253 0000', 'US', '+18002530000', 'US', 'toll_free'],
    ['+44 20 7946 0958', 'CN', '+442079460958', 'GB', 'landline'],
    ['+800 1234 5678', 'CN', '+80012345678', '001', 'toll_free'],
    ['08613800001000', 'JP', null, null, null],
  ])('reads %j in %s as %s', (text, defaultCountry, e164, country, type) => {
    expect(parsePhone(text, defaultCountry)).toEqual(e164 === null ? null : { e164, country, type })
  })

  it('does not take eleven digits for a Chinese mobile in another country', () => {
    expect(parsePhone('13800001000', 'US')?.country).not.toBe('CN')
    expect(parsePhone('008613800001000', 'US')?.e164).toBe('+8613800001000')
  })

  it.each([
    [''],
    ['+'],
    ['abc'],
    ['1380000100'],
    ['138000010000'],
    ['12345'],
    ['13800001000 ext. 5'],
    ['+8613800001000+'],
    ['+999 123 456 789'],
    ['1'.repeat(61)],
    ['١٣٨٠٠٠٠١٠٠٠x'],
  ])('finds no number in %j', (text) => {
    expect(parsePhone(text, 'CN')).toBeNull()
  })

  it('has no country to fall back on when the default is unknown', () => {
    expect(parsePhone('02079460958', 'XX')).toBeNull()
  })
})
