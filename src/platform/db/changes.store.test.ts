import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../test/database.ts'
import { applyChanges, ChangeError } from './changes.ts'
import { ownerPool } from './pool.ts'

const shipped = path.join(import.meta.dirname, '../../../db/changes')

describe('changes of the schema', () => {
  let database: TestDatabase
  let pool: pg.Pool
  let folder: string
  beforeEach(async () => {
    database = await createTestDatabase()
    pool = ownerPool(database.connection, 4)
    folder = await mkdtemp(path.join(tmpdir(), 'baton-changes-'))
    await cp(shipped, folder, { recursive: true })
  })
  afterEach(async () => {
    await pool.end()
    await database.drop()
    await rm(folder, { recursive: true, force: true })
  })

  const write = (name: string, sql: string) => writeFile(path.join(folder, name), sql)
  const refusal = async (): Promise<ChangeError> => {
    const error = await applyChanges(pool, folder).catch((thrown: unknown) => thrown)
    if (error instanceof ChangeError) return error
    throw new Error(`it was not refused: ${String(error)}`)
  }

  it('are applied once, however many servers start at once', async () => {
    await write('9001-a-table.sql', 'create table once_only (id integer primary key)')
    const applied = await Promise.all([1, 2, 3].map(() => applyChanges(pool, folder)))
    expect(applied.flat()).toEqual(['9001-a-table.sql'])
    expect(await applyChanges(pool, folder)).toEqual([])
  })

  it('refuse a file that was edited after it had been applied', async () => {
    await write('0001-realms.sql', 'select 1')
    const { message, next } = await refusal()
    expect(message).toContain('0001-realms.sql was edited')
    expect(next).toContain('new change')
  })

  it('refuse a database that a newer Baton has used', async () => {
    await write('9001-newer.sql', 'select 1')
    await applyChanges(pool, folder)
    await rm(path.join(folder, '9001-newer.sql'))
    const { message, next } = await refusal()
    expect(message).toContain('9001-newer.sql')
    expect(next).toContain('newer version')
  })

  it('keep nothing of a change that fails in the middle, and say which', async () => {
    await write('9001-breaks.sql', 'create table half_done (id integer primary key); select 1 / 0')
    await expect(applyChanges(pool, folder)).rejects.toThrow('9001-breaks.sql could not be applied')
    const { rows } = await pool.query("select to_regclass('half_done') as found")
    expect(rows[0].found).toBeNull()
    await write('9001-breaks.sql', 'create table half_done (id integer primary key)')
    expect(await applyChanges(pool, folder)).toEqual(['9001-breaks.sql'])
  })

  it('refuse a misnamed file', async () => {
    await write('later.sql', 'select 1')
    expect((await refusal()).message).toContain('later.sql is misnamed')
  })

  it('ALL-1 leave roles that cannot sign in, and look past no row-level security', async () => {
    const { rows } = await pool.query(
      "select rolname from pg_roles where rolname in ('baton_serve', 'baton_steward') and (rolsuper or rolbypassrls or rolcanlogin)",
    )
    expect(rows).toEqual([])
  })
})
