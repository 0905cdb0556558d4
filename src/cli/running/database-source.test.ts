import { describe, expect, inject, it } from 'vitest'
import { Failure } from '../failure.ts'
import { addressWithoutSecrets, openExternal } from './database-source.ts'

async function failureOf(url: string): Promise<Failure> {
  const warnings: unknown[] = []
  const log = { warn: (...words: unknown[]) => void warnings.push(words) }
  const failure: unknown = await openExternal(url, log, 700).then(
    () => null,
    (error: unknown) => error,
  )
  expect(JSON.stringify(warnings)).not.toContain('canary')
  if (failure instanceof Failure) return failure
  throw new Error('expected a refusal')
}

describe('your own PostgreSQL', () => {
  it('that nobody runs is tried for a while, then named without its password', async () => {
    const failure = await failureOf('postgres://baton:canary@127.0.0.1:1/acme?sslmode=disable')
    expect(failure.message).toMatch(
      /^Baton cannot use PostgreSQL at 127\.0\.0\.1:1\/acme after [2-9] attempts: .*ECONNREFUSED/,
    )
    expect(`${failure.message}${failure.next}`).not.toContain('canary')
    expect(failure.next).toContain('DATABASE_URL')
  })

  it('without the database is refused at once, with the statement that makes it', async () => {
    const { host, port, user, connectionString } = inject('admin')
    const url = connectionString
      ? Object.assign(new URL(connectionString), { pathname: '/not_there' }).href
      : `postgres://${user}:canary@/not_there?host=${encodeURIComponent(host ?? '')}&port=${port}`
    const failure = await failureOf(url)
    expect(failure.message).not.toContain('attempts')
    expect(failure.next).toContain('create database')
  })

  it('is shown as host, port and database only', () => {
    expect(addressWithoutSecrets('postgres://u:canary@db.example.com/x?password=canary')).toBe(
      'db.example.com:5432/x',
    )
    expect(addressWithoutSecrets('postgres://u:canary@/x?host=/run/postgresql')).toBe(
      '/run/postgresql:5432/x',
    )
    expect(addressWithoutSecrets('::canary')).toBe('an address that cannot be read')
  })
})
