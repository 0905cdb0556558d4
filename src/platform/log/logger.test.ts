import { describe, expect, it } from 'vitest'
import { createLogger } from './logger.ts'

function logged(write: (log: ReturnType<typeof createLogger>) => void, isTerminal = false): string {
  const lines: string[] = []
  write(createLogger({ level: 'trace', target: { write: (text) => lines.push(text) }, isTerminal }))
  return lines.join('')
}

const canaries: [string, object, string?][] = [
  ['an authorization header', { headers: { authorization: 'Bearer canary-canary' } }],
  ['a cookie', { req2: { headers: { cookie: '__Host-baton=canary' } } }],
  ['a list of cookies', { 'set-cookie': ['a=canary', 'b=canary'] }],
  ['a password', { body: { password: 'can"ary\\canary' } }],
  ['a password under another name', { newPassword: 'canary' }],
  ['a token deep inside', { a: { b: [{ accessToken: 'canary' }] } }],
  ['a secret that is a number', { secret: 424242 }],
  ['an API token in the text', {}, `used baton_${'0a'.repeat(16)}_canary${'x'.repeat(37)}`],
  ['a bearer in the text', {}, 'sent Authorization: Bearer canary.canary'],
  ['a database address', {}, 'cannot reach postgres://baton:canary@db:5432/x'],
  ['a session in the text', {}, 'cookie was __Host-baton=canary; Path=/'],
  ['a body as text', {}, JSON.stringify({ password: 'can"ary', token: 'canary' })],
  ['an error with fields', { err: Object.assign(new Error('no'), { config: { password: 'canary' } }) }],
  [
    'a row at fault',
    { err: Object.assign(new Error('duplicate'), { detail: 'Key (name)=(canary) exists' }) },
  ],
  [
    'a row at fault, among several errors',
    {
      err: new AggregateError(
        [Object.assign(new Error('duplicate'), { detail: 'Key (name)=(canary)' })],
        'both failed',
      ),
    },
  ],
]

describe('the log', () => {
  it.each(canaries)('hides %s', (_what, fields, text) => {
    for (const isTerminal of [false, true]) {
      const line = logged((log) => log.info(fields, text ?? 'something happened'), isTerminal)
      expect(line).not.toMatch(/canary|424242|can\\*"ary/)
      expect(line.length).toBeGreaterThan(20)
    }
  })

  it.each([
    ['+8613800138000', '+86138****8000'],
    ['+86 138 0013 8000', '+86138****8000'],
    ['+86-138-0013-8000', '+86138****8000'],
    ['%2B8613800138000', '%2B86138****8000'],
    ['8613800138000', '86138****8000'],
    ['13800138000', '138****8000'],
    ['138 0013 8000', '138****8000'],
    ['138-0013-8000', '138****8000'],
    ['+14155550123', '+141****0123'],
    ['+4930123456', '+49****3456'],
  ])('shows %s as %s only', (phone, shown) => {
    const text = logged((log) => log.info({ deep: { phone, list: [phone] } }, `moved ${phone} (${phone})`))
    expect(text).not.toContain(phone)
    expect(text).toContain(`moved ${shown} (${shown})`)
    expect(text).toContain(`{"phone":"${shown}","list":["${shown}"]}`)
    expect(logged((log) => log.error(new Error(`no ${phone}`)))).not.toContain(phone)
  })

  it('leaves ids, instants, amounts and counts as they are', () => {
    const fields = {
      id: '0199a000-7000-7000-8000-a13800138000',
      at: '2026-11-22T09:30:00.000000+08:00',
      ms: 13800138000.5,
      bytes: 138001380001,
      tokenId: 'kept',
      code: 'version.changed',
    }
    expect(logged((log) => log.info(fields, 'kept'))).toContain(JSON.stringify(fields).slice(1, -1))
  })

  it('is JSON with time, level and message; a line for people on a terminal', () => {
    const parsed: unknown = JSON.parse(logged((log) => log.warn({ port: 4400 }, 'listening')))
    expect(parsed).toMatchObject({
      level: 'warn',
      port: 4400,
      msg: 'listening',
      time: expect.stringMatching(/^20.*Z$/),
    })
    expect(logged((log) => log.warn({ port: 4400 }, 'listening'), true)).toMatch(
      /^\d\d:\d\d:\d\d\.\d{3} WARN {2}listening port=4400\n$/,
    )
  })
})
