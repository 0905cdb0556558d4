import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accountOf, bindPhone, joinAsPerson } from '../../../test/builders/persons.ts'
import { bodyOf, createCompany, type TestCompany } from '../../../test/builders.ts'
import { createEmptyDatabase, type TestDatabase } from '../../../test/database.ts'
import { openWorld, type World } from '../../../test/world.ts'
import { verifyArchive } from '../../platform/backup/archive-reader.ts'
import { takeBackup } from '../../platform/backup/take.ts'
import { createErasureJournal } from '../../platform/files/erasure-journal.ts'
import { changesDirectory } from '../running/place.ts'
import { restoreInstallation } from './restore-installation.ts'

const line = '+8613911110021'
function noProgress(): void {}

let folder: string
let world: World
let company: TestCompany
let restored: TestDatabase
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'baton-erased-'))
  world = await openWorld()
  company = await createCompany(world, { policies: { deletionCoolingDays: 0 } })
  restored = await createEmptyDatabase()
})
afterAll(async () => {
  await world.close()
  await restored.drop()
  await rm(folder, { recursive: true, force: true })
})

async function ask<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ ...restored.connection })
  await client.connect()
  try {
    return (await client.query<Row>(sql, values)).rows
  } finally {
    await client.end()
  }
}

describe('ACC-3: an account that was erased after the backup', () => {
  it('is erased again before anybody can sign in to it, also in its companies, and stays in the journal', async () => {
    const person = await joinAsPerson(world, company, { name: 'Returning Rita', staffCode: 'R1' })
    const accountId = await accountOf(world, person.memberId)
    await bindPhone(world, accountId, line)
    const file = path.join(folder, 'before.baton-backup')
    await takeBackup({
      connection: world.connection,
      dataDirectory: world.dataFolder,
      target: file,
      force: false,
      batonVersion: 'test',
      signal: new AbortController().signal,
      onProgress: noProgress,
    })
    bodyOf(await (await person.signIn()).post('/v1/account/deletion', { typed: 'delete my account' }), 201)
    await world.runDueWork()
    const erasures = path.join(world.dataFolder, 'erasures')
    expect(await createErasureJournal(erasures).readAccounts()).toMatchObject([{ accountId }])
    const dataDirectory = path.join(folder, 'restored')
    const summary = await restoreInstallation({
      connection: restored.connection,
      dataDirectory,
      changesDirectory,
      file,
      verified: await verifyArchive(file, noProgress),
      erasures,
      operator: 'tester',
      onProgress: noProgress,
    })
    expect(summary.erasures).toEqual({ done: 0, records: 0, accounts: 1 })
    expect(await ask('select state, display_name from accounts where account_id = $1', [accountId])).toEqual([
      { state: 'erased', display_name: '' },
    ])
    expect(
      await ask('select 1 from identifiers where account_id = $1 or value = $2', [accountId, line]),
    ).toEqual([])
    expect(
      await ask('select value, ended_how from identifier_history where account_id = $1', [accountId]),
    ).toEqual([
      { value: null, ended_how: 'account_erased' },
      { value: null, ended_how: 'account_erased' },
    ])
    expect(
      await ask('select name, email, account_id, status from members where member_id = $1', [
        person.memberId,
      ]),
    ).toEqual([{ name: 'Former member R1', email: null, account_id: null, status: 'left' }])
    expect(await createErasureJournal(path.join(dataDirectory, 'erasures')).readAccounts()).toMatchObject([
      { accountId, members: [{ companyId: company.companyId, memberId: person.memberId }] },
    ])
  })
})
