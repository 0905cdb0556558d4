import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linkSecretPattern, maskLinks } from './mask-links.ts'

const secret = 'q3zB1xkQm7Vd0yPp_4fT2sWn8-JrL6aGcE9uHiK5oXw'
const stars = '*'.repeat(secret.length)

describe('ACC-12: links that let somebody in are masked', () => {
  it.each([
    [
      `Somebody changed your account. Object: https://baton.example/objection#${secret}`,
      `Somebody changed your account. Object: https://baton.example/objection#${stars}`,
    ],
    [
      `Acme 邀请您加入 Baton：https://baton.example/invitation#token=${secret}，仅可使用一次`,
      `Acme 邀请您加入 Baton：https://baton.example/invitation#token=${stars}，仅可使用一次`,
    ],
    [
      `Reset your password: https://shop.example/reset/${secret}?from=sms`,
      `Reset your password: https://shop.example/reset/${stars}?from=sms`,
    ],
    [`点击登录 http://a.example/l?t=${secret}`, `点击登录 http://a.example/l?t=${stars}`],
  ])('%s', (text, masked) => {
    expect(maskLinks(text)).toBe(masked)
    expect(maskLinks(masked)).toBe(masked)
  })

  it.each([
    ['The offer: https://docs.example/d/1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c'],
    ['Please confirm: https://www.example.com/a-long-name-of-a-page-in-words'],
    ['https://docs.example/sheet#gid=0'],
    [`The order ${secret} is on its way`],
    ['会议 https://meeting.example/dm/abc123'],
    [''],
  ])('leaves alone: %s', (text) => {
    expect(maskLinks(text)).toBe(text)
  })

  it('leaves nothing of what Baton puts behind # that a search could find', () => {
    const token = fc.stringMatching(/^[A-Za-z0-9_-]{43}$/)
    const before = fc.constantFrom('', 'token=', 'link=', 'browser=019f8a7b-aaaa-7000-8000-1234567890ab.')
    fc.assert(
      fc.property(token, before, fc.string(), (made, name, around) => {
        const text = `${around} https://baton.example/x#${name}${made} ${around}`
        const masked = maskLinks(text)
        expect(masked).toHaveLength(text.length)
        expect(masked).toContain(
          `#${name.replace(/[\w-]{16,}/g, (run) => '*'.repeat(run.length))}${'*'.repeat(43)} `,
        )
        expect(text.replace(new RegExp(linkSecretPattern, 'g'), '')).not.toContain(made)
      }),
    )
  })
})
