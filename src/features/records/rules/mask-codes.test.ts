import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maskCodes, mayBePartOfCode } from './mask-codes.ts'

describe('ACC-12: codes among the records of a number are masked', () => {
  it.each([
    [
      '【企业微信】验证码：482913，10分钟内有效，请勿告诉他人。',
      '【企业微信】验证码：******，10分钟内有效，请勿告诉他人。',
    ],
    ['【微信】482913（动态验证码），请在30分钟内填写', '【微信】******（动态验证码），请在30分钟内填写'],
    ['您的校验码是４８２９１３。', '您的校验码是******。'],
    ['Your WeCom code is 4829. Do not share it.', 'Your WeCom code is ****. Do not share it.'],
    ['482 913 is your one-time PIN', '*** *** is your one-time PIN'],
    ['G-482913 is your Google verification code.', 'G-****** is your Google verification code.'],
    ['OTP 12-34-56', 'OTP **-**-**'],
    ['OTP 12345 678', 'OTP ***** ***'],
    ['Code 482\u2013913', 'Code ***\u2013***'],
    ['482\u00a0913 ist Ihr Passwort', '***\u00a0*** ist Ihr Passwort'],
    ['Su código es 482913', 'Su código es ******'],
    ['Код: 4829', 'Код: ****'],
    ['認証コードは482913です', '認証コードは******です'],
    ['code: 4 8 2 9 1 3', 'code: * * * * * *'],
    ['Sicherheitscode? Your passcode: 48291376', 'Sicherheitscode? Your passcode: ********'],
    ['验证码 482913 ，客服 13800138000', '验证码 ****** ，客服 13800138000'],
    ['登录密码482913，余额¥1234.00', '登录密码******，余额¥1234.00'],
  ])('%s', (text, masked) => {
    expect(maskCodes(text)).toBe(masked)
  })

  it.each([
    ['Call me on +8613800138000'],
    ['明天14:30见，带上合同第2026号'],
    ['金额1234元已到账'],
    ['The invoice 482913 is paid'],
    ['Please decode and encode this: 482913'],
    ['验证码已发送到 13800138000'],
    ['The code of conduct has 12 pages'],
    [''],
  ])('leaves alone: %s', (text) => {
    expect(maskCodes(text)).toBe(text)
  })

  it('never touches a text without a word for codes, whatever numbers are in it', () => {
    const plainWord = fc.constantFrom(
      'call',
      'pay',
      'room',
      '合同',
      '金额',
      '电话',
      'invoice',
      '在',
      ',',
      '.',
    )
    const number = fc.oneof(
      fc.integer({ min: 0, max: 99_999_999 }).map(String),
      fc.integer({ min: 13_000_000_000, max: 19_999_999_999 }).map((line) => `+86${line}`),
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(plainWord, number), { maxLength: 30 }), (parts) => {
        const text = parts.join(' ')
        expect(maskCodes(text)).toBe(text)
      }),
    )
  })

  it('hides every code of 4 to 8 digits beside its word, however it is written', () => {
    const digits = fc.stringMatching(/^\d{4,8}$/)
    const word = fc.constantFrom('验证码', 'code', 'OTP', 'PIN', '动态密码', 'verification', 'passcode')
    const join = fc.constantFrom('', ' ', '-')
    const wide = fc.boolean()
    const filler = fc.constantFrom('', '，请勿告诉他人', ' do not share ', '：', ' 13800138000 ')
    fc.assert(
      fc.property(digits, word, join, wide, filler, (code, name, sign, isWide, around) => {
        const half = Math.floor(code.length / 2)
        const parts = sign === '' ? code : `${code.slice(0, half)}${sign}${code.slice(half)}`
        const written = isWide
          ? parts.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
          : parts
        for (const text of [`${name}: ${written}。${around}`, `${written}（${name}）${around}`]) {
          const masked = maskCodes(text)
          expect(masked.slice(0, name.length + written.length + 2)).not.toMatch(/[\d０-９]/)
          expect(masked).toHaveLength(text.length)
          expect(maskCodes(masked)).toBe(masked)
        }
      }),
    )
  })

  it('leaves telephone numbers whole even beside a code', () => {
    fc.assert(
      fc.property(fc.integer({ min: 13_000_000_000, max: 19_999_999_999 }), (line) => {
        expect(maskCodes(`验证码 482913，请致电 ${line}`)).toContain(String(line))
        expect(maskCodes(`code 482913, call +86${line}`)).toContain(`+86${line}`)
      }),
    )
  })

  it('takes digits of any script for a possible part of a code in a search', () => {
    expect(['4829', 'a1', '４８', '٤'].map(mayBePartOfCode)).toEqual([true, true, true, true])
    expect(['code', '验证码', ''].map(mayBePartOfCode)).toEqual([false, false, false])
  })
})
