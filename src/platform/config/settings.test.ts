import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readSettings, SettingsError, settings } from './settings.ts'

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    readSettings(environment)
    return []
  } catch (error) {
    if (error instanceof SettingsError) return error.problems
    throw error
  }
}

describe('settings', () => {
  it('start Baton on this machine only, with nothing set at all', () => {
    expect(readSettings({})).toMatchObject({
      port: 4400,
      host: '127.0.0.1',
      dataDirectory: resolve('data'),
      logLevel: 'info',
      metricsFrom: ['127.0.0.1', '::1'],
    })
    expect(readSettings({}).databaseUrl).toBeUndefined()
  })

  it('count an empty variable as not set', () => {
    expect(readSettings({ PORT: '', DATABASE_URL: ' ' })).toMatchObject({ port: 4400 })
  })

  it('refuse a mistyped name and say which one was meant', () => {
    expect(problemsOf({ BATON_DTA: '/x' })).toEqual(['BATON_DTA is not a setting. Did you mean BATON_DATA?'])
    expect(problemsOf({ BATON_TOKEN: 'x' })).toEqual([
      'BATON_TOKEN is not a setting. Did you mean BATON_TOKEN_FILE?',
    ])
    expect(problemsOf({ BATON_PORT: '80' })).toEqual(['BATON_PORT is not a setting. Did you mean PORT?'])
    expect(problemsOf({ BATON_QQQQQQQQQQQQQQQ: 'x' })[0]).toContain('docs/reference/settings.md')
  })

  it('name every problem at once', () => {
    const problems = problemsOf({
      PORT: 'eighty',
      BATON_LOG_LEVEL: 'loud',
      BATON_HSOT: '::',
      BATON_TLS_CERT: 'a.pem',
    })
    expect(problems).toEqual([
      'BATON_HSOT is not a setting. Did you mean BATON_HOST?',
      'PORT must be a whole number from 0 to 65535, not "eighty".',
      'BATON_LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent, not "loud".',
      'BATON_TLS_CERT needs BATON_TLS_KEY, the file with its private key.',
    ])
  })

  it.each([
    { BATON_SMTP_URL: 'smtp+canary://x' },
    { BATON_SMTP_URL: 'smtps://user:canary@mail.example.com?x=y', BATON_MAIL_FROM: 'a@b.example' },
    { BATON_ROBOT_URL: 'http://qyapi.weixin.qq.com/send?key=canary' },
  ])('never repeat an address with a secret: %j', (environment) => {
    const problems = problemsOf(environment)
    expect(problems[0]).toMatch(/must be an address/)
    expect(problems.join()).not.toContain('canary')
  })

  it.each([
    ['Baton <baton@example.com>', true],
    ['baton@example.com', true],
    ['巴通 <baton@example.com>', true],
    ['Baton', false],
    ['a@example.com, b@example.com', false],
    ['Baton <a@example.com> <b@example.com>', false],
    ['a b@example.com', false],
  ])('take %j as sender of mail: %s', (from, isTaken) => {
    const problems = problemsOf({ BATON_MAIL_FROM: from, BATON_SMTP_URL: 'smtps://mail.example.com' })
    expect(problems).toHaveLength(isTaken ? 0 : 1)
  })

  it('want mail server and sender together', () => {
    expect(problemsOf({ BATON_MAIL_FROM: 'a@b.example' })[0]).toMatch(/^BATON_MAIL_FROM needs BATON_SMTP_URL/)
    expect(problemsOf({ BATON_SMTP_URL: 'smtp://localhost' })[0]).toMatch(
      /^BATON_SMTP_URL needs BATON_MAIL_FROM/,
    )
  })

  it.each([
    [{}, true],
    [{ BATON_HOST: '::1' }, true],
    [{ BATON_URL: 'http://localhost:5173' }, true],
    [{ BATON_HOST: '0.0.0.0' }, false],
    [{ BATON_HOST: '192.0.2.7' }, false],
    [{ BATON_TRUST_PROXY: '127.0.0.1' }, false],
    [{ BATON_URL: 'https://baton.example.com' }, false],
    [{ BATON_URL: 'http://localhost.example.com' }, false],
  ])('have an outbox only where nobody else reaches Baton: %j', (environment, isTaken) => {
    const problems = problemsOf({ ...environment, BATON_OUTBOX: 'on' })
    if (isTaken) expect(problems).toEqual([])
    else expect(problems.join()).toMatch(/^BATON_OUTBOX shows codes that open accounts/)
    expect(problemsOf({ ...environment, BATON_OUTBOX: 'off' })).toEqual([])
  })

  it('never repeat a database address, which holds a password', () => {
    const [problem] = problemsOf({ DATABASE_URL: 'mysql://root:canary@db/x' })
    expect(problem).toContain('DATABASE_URL must be an address such as')
    expect(problem).not.toContain('canary')
  })

  it.each([
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '1e3'],
    ['BATON_TRUST_PROXY', 'true'],
    ['BATON_TRUST_PROXY', '10.0.0.0/33'],
    ['BATON_METRICS_FROM', '::1/129'],
    ['BATON_URL', 'baton.example.com'],
    ['BATON_DATABASE_CONNECTIONS', '1'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'grpc://x'],
  ])('refuse %s=%s', (name, value) => {
    expect(problemsOf({ [name]: value })).toHaveLength(1)
  })

  it.each(settings.map((one) => [one.name, one] as const))(
    '%s takes its own example and default',
    (_name, one) => {
      expect(one.schema.safeParse(one.example).success).toBe(true)
      if (one.default !== undefined) expect(one.schema.safeParse(one.default).success).toBe(true)
      expect(one.what.length).toBeGreaterThan(20)
    },
  )
})
