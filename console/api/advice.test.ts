import { describe, expect, it } from 'vitest'
import { contract } from '../../src/contract.ts'
import type { RouteContract } from '../../src/kernel/route.ts'
import { httpRefusal } from '../../src/platform/http/refusals.ts'
import { adviceFor } from './advice.ts'

// Only programs meet these: they send records and media, or act for others on the machine itself.
const metByPrograms = [
  'record.too_old',
  'record.malformed',
  'media.too_large',
  'media.type_mismatch',
  'media.range_invalid',
  'session.none',
  'token.own_only',
  'token.member_missing',
  'token.outlives_maker',
  'route.unknown',
  'company.not_sample',
  'company.not_named',
  'request.media_type',
  'request.no_such_route',
]

const routes = Object.values(contract).flatMap((feature) => Object.values<RouteContract>(feature))
const refusals = [...routes.flatMap((route) => route.refusals), ...Object.values(httpRefusal)]
const namesAMember = refusals.filter(({ en }) => /`|\/v1\//.test(en.next))

describe('advice on screens', () => {
  it.each([...new Set(namesAMember.map(({ code }) => code))].filter((code) => !metByPrograms.includes(code)))(
    'ALL-3 says %s in the words of screens, in both languages',
    (code) => {
      for (const language of ['en', 'zh-CN'] as const) {
        const words = adviceFor(code, language)
        expect(words, code).not.toBeNull()
        expect(words).not.toMatch(/`|\/v1\//)
        expect(/\p{Script=Han}/u.test(words ?? '')).toBe(language === 'zh-CN')
      }
    },
  )

  it('leaves the words of every other refusal alone', () => {
    expect(adviceFor('number.on_loan', 'en')).toBeNull()
  })
})
