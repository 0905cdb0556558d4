import { describe, expect, it } from 'vitest'
import { readSettings } from '../../platform/config/settings.ts'
import { nextStep, unsentHint, warningsFor } from './run-server.ts'

const address = 'http://localhost:4400'
const started = { url: address, databaseName: 'a database', stop: async () => {} }

describe('what is said at the start', () => {
  it('to a newcomer is the address to click on, and that there is no company yet', () => {
    const said = nextStep({ ...started, hasConsole: true, isSetUp: false }, address)
    expect(said).toMatch(/^Not set up yet: open http:\/\/localhost:4400 in a browser/)
  })

  it('later is where to sign in and where the API is', () => {
    const said = nextStep({ ...started, hasConsole: true, isSetUp: true }, address)
    expect(said).toMatch(/browser to sign in.*http:\/\/localhost:4400\/docs$/)
  })

  it('without the console is the command that sets Baton up, then the API', () => {
    expect(nextStep({ ...started, hasConsole: false, isSetUp: false }, address)).toContain('npx baton setup')
    expect(nextStep({ ...started, hasConsole: false, isSetUp: true }, address)).toMatch(/4400\/docs$/)
  })

  it.each([
    [{}, /cannot be sent yet: set BATON_SMTP_URL.*BATON_OUTBOX=on/],
    [{ BATON_HOST: '0.0.0.0' }, /cannot be sent yet: set BATON_SMTP_URL and BATON_MAIL_FROM[.]$/],
    [{ BATON_OUTBOX: 'on' }, /are kept: Settings/],
    [{ BATON_SMTP_URL: 'smtp://localhost', BATON_MAIL_FROM: 'baton@example.com' }, null],
  ])('with %j tells whether codes arrive', (environment, expected) => {
    const said = unsentHint(readSettings(environment))
    if (expected === null) expect(said).toBeNull()
    else expect(said).toMatch(expected)
  })

  it.each([
    [{}, 0],
    [{ BATON_HOST: '127.0.0.2' }, 0],
    [{ BATON_HOST: '0.0.0.0' }, 2],
    [{ BATON_HOST: '192.0.2.7' }, 2],
    [{ BATON_HOST: '0.0.0.0', BATON_TLS_CERT: 'c.pem', BATON_TLS_KEY: 'k.pem' }, 0],
    [{ BATON_HOST: '0.0.0.0', BATON_TRUST_PROXY: '10.0.0.1' }, 0],
    [{ BATON_HOST: '0.0.0.0', BATON_URL: 'https://baton.example.com' }, 0],
    [{ BATON_HOST: '0.0.0.0', BATON_URL: 'http://baton.example.com' }, 2],
  ])('with %j has %i lines about plain HTTP', (environment, lines) => {
    expect(warningsFor(readSettings(environment))).toHaveLength(lines)
  })
})
