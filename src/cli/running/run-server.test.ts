import { describe, expect, it } from 'vitest'
import { readSettings } from '../../platform/config/settings.ts'
import { warningsFor } from './run-server.ts'

describe('what is said at the start', () => {
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
