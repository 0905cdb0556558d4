import { createHash } from 'node:crypto'
import { cp, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Readable } from 'node:stream'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFullCompany, type FullCompany } from '../../../test/builders/everything.ts'
import { addNumber } from '../../../test/builders/numbers.ts'
import { bodyOf, withToken } from '../../../test/builders.ts'
import { createEmptyDatabase, type TestDatabase } from '../../../test/database.ts'
import { type Found, openWorld, type World } from '../../../test/world.ts'
import { readArchive, verifyArchive } from '../../platform/backup/archive-reader.ts'
import { carriedTables, leftOut } from '../../platform/backup/tables.ts'
import { type BackupSummary, takeBackup } from '../../platform/backup/take.ts'
import { applyChanges } from '../../platform/db/changes.ts'
import { type Connection, ownerPool } from '../../platform/db/pool.ts'
import { createErasureJournal } from '../../platform/files/erasure-journal.ts'
import { createMediaFiles } from '../../platform/files/media-files.ts'
import { changesDirectory } from '../running/place.ts'
import {
  type RestoreParts,
  type RestoreSummary,
  requireKnownChanges,
  restoreInstallation,
} from './restore-installation.ts'

const nobodyStops = new AbortController().signal
function noProgress(): void {}

let folder: string
let world: World
let company: FullCompany
let taken: BackupSummary
const databases: TestDatabase[] = []
const worlds: World[] = []
const pools: pg.Pool[] = []
function fileOf(name: string): string {
  return path.join(folder, `${name}.baton-backup`)
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'baton-backup-'))
  world = await openWorld()
  worlds.push(world)
  company = await createFullCompany(world)
  await createFullCompany(world)
  await world.runDueWork()
  taken = await backUp(world, 'first')
})
afterAll(async () => {
  for (const pool of pools) await pool.end()
  for (const one of worlds) await one.close()
  for (const database of databases)
    if (!worlds.some((one) => one.connection === database.connection)) await database.drop()
  await rm(folder, { recursive: true, force: true })
})

function backUp(source: Pick<World, 'connection' | 'dataFolder'>, name: string): Promise<BackupSummary> {
  return takeBackup({
    connection: source.connection,
    dataDirectory: source.dataFolder,
    target: fileOf(name),
    force: false,
    batonVersion: 'test',
    signal: nobodyStops,
    onProgress: noProgress,
  })
}

interface Restored {
  readonly place: Found
  readonly summary: RestoreSummary
}

async function emptyPlace(): Promise<Found> {
  const database = await createEmptyDatabase()
  databases.push(database)
  return { database, dataFolder: await mkdtemp(path.join(folder, 'restored-')) }
}

async function restore(name: string, more: Partial<RestoreParts> = {}): Promise<Restored> {
  const place = await emptyPlace()
  const summary = await restoreInstallation({
    connection: place.database.connection,
    dataDirectory: place.dataFolder,
    changesDirectory,
    file: fileOf(name),
    verified: await verifyArchive(fileOf(name), noProgress),
    erasures: null,
    operator: 'tester',
    onProgress: noProgress,
    ...more,
  })
  return { place, summary }
}

/** Each table as sorted lines, and the files beside it. */
async function contentOf(name: string): Promise<Record<string, string[]>> {
  const content: Record<string, string[]> = { files: [] }
  for await (const part of readArchive(fileOf(name))) {
    if (part.kind !== 'table' && part.kind !== 'file') continue
    const chunks: Buffer[] = []
    for await (const chunk of part.chunks) chunks.push(chunk)
    const bytes = Buffer.concat(chunks)
    if (part.kind === 'table') content[part.table.name] = bytes.toString().split('\n').sort()
    else content['files']?.push(`${part.name} ${createHash('sha256').update(bytes).digest('hex')}`)
  }
  return content
}

async function ask<Row extends object>(connection: Connection, sql: string): Promise<Row[]> {
  const client = new pg.Client({ ...connection })
  await client.connect()
  try {
    await client.query('set role baton_steward')
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end()
  }
}

describe('a backup of a company with everything in it', () => {
  it('carries every table of the schema but those left out with a reason, each with rows', async () => {
    const client = new pg.Client({ ...world.connection })
    await client.connect()
    const carried = (await carriedTables(client)).map((table) => table.name)
    const { rows } = await client.query<{ name: string }>(
      `select relname::text as name from pg_class where relnamespace = 'public'::regnamespace
         and relkind in ('r', 'p', 'm', 'f', 'S') and not relispartition`,
    )
    await client.end()
    const all = rows.map((row) => row.name)
    expect([...carried, ...Object.keys(leftOut)].sort()).toEqual(all.sort())
    expect(Object.values(leftOut).filter((reason) => reason.split(' ').length < 5)).toEqual([])
    const { ending } = await verifyArchive(fileOf('first'), noProgress)
    const empty = carried.filter((name) => ending.tables[name]?.rows === 0)
    expect(empty, 'give each a row in test/builders/everything.ts, so that it is seen to come back').toEqual(
      [],
    )
  })

  it('is one file that only its owner reads, a .tar.gz for anybody', async () => {
    expect((await stat(fileOf('first'))).mode & 0o777).toBe(0o600)
    expect((await stat(fileOf('first'))).size).toBe(taken.bytes)
    expect(taken).toMatchObject({ mediaMissing: 0, files: 6 })
  })

  it('comes back equal, row by row and file by file', async () => {
    const { summary, place } = await restore('first')
    expect(summary).toMatchObject({ rows: taken.rows, companies: 2, ledgersChanged: [], mediaMissing: 0 })
    await backUp({ connection: place.database.connection, dataFolder: place.dataFolder }, 'second')
    const [first, second] = [await contentOf('first'), await contentOf('second')]
    const restorations = second['audit_entries']?.filter((line) => line.includes('company.restored')) ?? []
    expect(restorations).toHaveLength(2)
    second['audit_entries'] = second['audit_entries']?.filter((line) => !restorations.includes(line)) ?? []
    for (const table of Object.keys(first)) expect(second[table], table).toEqual(first[table])
    expect(Object.keys(second)).toEqual(Object.keys(first))
  })
})

describe('a restored installation', () => {
  it('goes on: sign-in by password, API tokens, moves, and a whole ledger under a new key', async () => {
    const restored = await openWorld((await restore('first')).place)
    worlds.push(restored)
    const { email, password } = company
    bodyOf(await restored.anonymous.post('/v1/sessions', { email, password }), 201)
    const owner = withToken(restored, company.token)
    const held = bodyOf(await owner.get(`/v1/numbers/${company.numberId}`), 200)
    expect(held).toMatchObject({ state: 'held', holder: { memberId: company.anna } })
    restored.clock.advance({ hours: 2 })
    const moved = await owner.post(`/v1/numbers/${company.numberId}/reassign`, { toMemberId: company.bela })
    expect(moved.status).toBe(200)
    await restored.runDueWork()
    const report = bodyOf(await owner.get('/v1/audit/verify'), 200)
    expect(report).toMatchObject({ ok: true, unsealed: 0, outsideBehind: 0 })
    expect(report.keys).toHaveLength(2)
    const actions = bodyOf(await owner.get('/v1/audit?limit=200'), 200).items
    expect(actions.map((entry: { action: string }) => entry.action)).toEqual(
      expect.arrayContaining(['company.restored', 'signing_key.replaced', 'number.reassigned']),
    )
    const media = createMediaFiles(path.join(restored.dataFolder, 'media'))
    const bytes = await media.open(company, { start: 0, end: company.media.length - 1 })
    expect(Buffer.concat(await (bytes as Readable).toArray())).toEqual(company.media)
  })

  it('NUM-1 is of one instant, whatever was written meanwhile', async () => {
    const stop = new AbortController()
    let written = 0
    const write = async () => {
      while (!stop.signal.aborted) {
        const { numberId } = await addNumber(company)
        const { anna: toMemberId } = company
        bodyOf(await company.owner.post(`/v1/numbers/${numberId}/assign`, { toMemberId }), 200)
        bodyOf(await company.owner.post(`/v1/numbers/${numberId}/park`), 200)
        written += 1
      }
    }
    bodyOf(
      await world.operator
        .with({ 'baton-company': company.companyId })
        .post('/v1/company/licences', { change: 5_000 }),
      200,
    )
    bodyOf(await company.owner.patch('/v1/company', { policies: { moveLimitPerDay: null } }), 200)
    const sealing = async () => {
      while (!stop.signal.aborted) await world.runDueWork()
    }
    const writers = [write(), write(), sealing()]
    await new Promise((resolve) => setTimeout(resolve, 300))
    const before = written
    const names: string[] = []
    while (names.length < 3 || (written - before <= 3 && names.length < 12)) {
      const name = `busy-${names.length + 1}`
      await backUp(world, name)
      names.push(name)
    }
    const meanwhile = written - before
    stop.abort()
    await Promise.all(writers)
    expect(meanwhile).toBeGreaterThan(3)
    for (const name of names) {
      const { summary, place } = await restore(name)
      expect(summary.ledgersChanged).toEqual([])
      expect(await ask(place.database.connection, contradictions)).toEqual([])
    }
  }, 60_000)
})

const contradictions = `
  select 'open custody is not the copy in numbers' as what, n.number_id::text as which from numbers n
    join assignments a on a.company_id = n.company_id and a.number_id = n.number_id and a.held_to is null
    where (a.state, a.held_from, a.visible_from) is distinct from (n.state, n.held_from, n.visible_from)
      or a.holder_id is distinct from n.holder_id
  union all
  select 'no custody', number_id::text from numbers n where not exists (
    select 1 from assignments a where a.company_id = n.company_id and a.number_id = n.number_id and a.held_to is null)
  union all
  select 'registry', coalesce(n.e164, r.e164) from (select * from numbers where state <> 'released') n
    full join number_registry r on r.company_id = n.company_id and r.number_id = n.number_id
    where n.e164 is null or r.e164 is null
  union all
  select 'licences', s.company_id::text from subscriptions s
    where licences_used <> (select count(*) from numbers n where n.company_id = s.company_id and licensed)
  union all
  select 'an added number without its entry', n.number_id::text from numbers n where not exists (
    select 1 from audit_entries e where e.company_id = n.company_id and e.subject_id = n.number_id::text and action = 'number.added')
  union all
  select 'an entry without its number', e.subject_id from audit_entries e where action = 'number.added' and not exists (
    select 1 from numbers n where n.company_id = e.company_id and n.number_id::text = e.subject_id)`

describe('what was erased after the backup', () => {
  it('NUM-5 is erased again before anybody can read it, and stays refused', async () => {
    const journal = path.join(folder, 'erasures')
    const cutOff = '2026-01-01T00:00:00.000000Z'
    const erasure = { numberId: company.numberId, cutOff, at: '2026-11-22T10:00:00.000000Z' }
    await createErasureJournal(journal).append({ companyId: company.companyId, ...erasure })
    await createErasureJournal(journal).append({
      companyId: company.companyId,
      ...erasure,
      numberId: company.anna,
    })
    const { summary, place } = await restore('first', { erasures: journal })
    expect(summary.erasures).toEqual({ done: 1, records: 1, accounts: 0 })
    const left = await ask(
      place.database.connection,
      `select count(*)::int as records, min(occurred_at) >= '${cutOff}' as later from records where number_id = '${company.numberId}'`,
    )
    expect(left).toEqual([{ records: 99, later: true }])
    expect(
      await ask(
        place.database.connection,
        `select state, erased_records::int as erased from history_erasures where number_id = '${company.numberId}'`,
      ),
    ).toEqual([{ state: 'done', erased: 1 }])
    const kept = createErasureJournal(path.join(place.dataFolder, 'erasures'))
    expect(await kept.read()).toHaveLength(2)
  })

  it('is marked as erased where the backup knew of it as still to be done', async () => {
    const [waiting] = await ask<{ companyId: string; numberId: string; cutOff: string }>(
      world.connection,
      `select company_id as "companyId", number_id as "numberId",
         to_char(cut_off at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "cutOff"
       from history_erasures where state = 'awaiting_approval' and company_id = '${company.companyId}'`,
    )
    if (!waiting) throw new Error('no history waits for its erasure')
    const journal = path.join(folder, 'erasures-known')
    await createErasureJournal(journal).append({ ...waiting, at: '2026-11-22T10:00:00.000000Z' })
    const { summary, place } = await restore('first', { erasures: journal })
    expect(summary.erasures.done).toBe(1)
    const states = `select state from history_erasures where number_id = '${waiting.numberId}'`
    expect(await ask(place.database.connection, states)).toEqual([{ state: 'done' }])
  })
})

describe('a restore', () => {
  it('brings an older schema up to this version', async () => {
    const newer = await changesWith(
      '9001-newer.sql',
      "alter table members add column shoe_size text default '42'",
    )
    const { summary, place } = await restore('first', { changesDirectory: newer })
    expect(summary.rows).toBe(taken.rows)
    const [row] = await ask<{ size: string }>(
      place.database.connection,
      'select min(shoe_size) as size from members',
    )
    expect(row).toEqual({ size: '42' })
    expect(await applyChanges(await poolOf(place.database.connection), newer)).toEqual([])
  })

  it('refuses a backup of a newer Baton, naming the version, and one whose schema came from other files', async () => {
    const older = await changesWith()
    const names = (await readdir(older)).sort()
    await rm(path.join(older, names.at(-1) ?? ''))
    const verified = await verifyArchive(fileOf('first'), noProgress)
    await expect(requireKnownChanges(verified, older)).rejects.toThrow('of Baton test, which is newer')
    const other = await changesWith(names[0], 'select 1')
    await expect(requireKnownChanges(verified, other)).rejects.toThrow('came from other files')
    await requireKnownChanges(verified, changesDirectory)
  })

  it('refuses an installation that holds something, and leaves it as it is', async () => {
    const before = await ask(world.connection, 'select count(*) from audit_entries')
    const place = { connection: world.connection, dataDirectory: path.join(folder, 'fresh') }
    await expect(restore('first', place)).rejects.toThrow('There is something in this installation already')
    expect(await ask(world.connection, 'select count(*) from audit_entries')).toEqual(before)
    await expect(restore('first', { dataDirectory: world.dataFolder })).rejects.toThrow(
      'holds checkpoints/ and media/',
    )
  })

  it('refuses a database that others work in', async () => {
    const place = await emptyPlace()
    const other = new pg.Client({ ...place.database.connection })
    await other.connect()
    const into = { connection: place.database.connection, dataDirectory: place.dataFolder }
    await expect(restore('first', into)).rejects.toThrow('Others are at work in this database: 1 connection.')
    await other.end()
  })

  it('that is broken off leaves nothing to start on or to restore into', async () => {
    const place = await emptyPlace()
    const into = { connection: place.database.connection, dataDirectory: place.dataFolder }
    const verified = await verifyArchive(fileOf('first'), noProgress)
    const other = { ...into, verified: { ...verified, sha256: '0'.repeat(64) } }
    await expect(restore('first', other)).rejects.toThrow('is cut off or damaged')
    expect(await ask(into.connection, 'select count(*)::int as rows from members')).toEqual([{ rows: 0 }])
    await expect(restore('first', into)).rejects.toThrow('begun and not finished')
    const pool = await poolOf(into.connection)
    await expect(applyChanges(pool, changesDirectory)).rejects.toThrow('begun and not finished')
    await expect(backUp({ ...into, dataFolder: place.dataFolder }, 'unfinished')).rejects.toThrow(
      'was not finished',
    )
  })

  it('ALL-2 says when the ledger had been changed before the backup', async () => {
    const { place } = await restore('first')
    const changed = await openWorld(place)
    worlds.push(changed)
    await changed.tamper("update audit_entries set action = 'number.parked' where seq = 0")
    await backUp(changed, 'changed')
    const { summary } = await restore('changed')
    expect(summary.ledgersChanged).toHaveLength(2)
    expect(summary.ledgersChanged[0]?.says).toContain('is not what was sealed')
  })
})

describe('a backup', () => {
  it('refuses a database that is none of Baton’s, one with foreign tables, and a file that is there', async () => {
    const { database, dataFolder } = await emptyPlace()
    const empty = { connection: database.connection, dataFolder }
    await expect(backUp(empty, 'empty')).rejects.toThrow('There is no installation of Baton in this database')
    await expect(backUp(world, 'first')).rejects.toThrow('is there already')
    await world.tamper('create table neighbours (id integer)')
    await expect(backUp(world, 'foreign')).rejects.toThrow("tables that are not Baton's: neighbours")
    await world.tamper('drop table neighbours')
    expect(await readdir(folder)).not.toContain('foreign.baton-backup')
  })

  it('leaves out media whose file is not what was received, and says how many', async () => {
    const { mediaId } = await createFullCompany(world)
    await world.tamper("update record_media set sha256 = '\\x00' where media_id = $1", [mediaId])
    expect(await backUp(world, 'missing')).toMatchObject({ mediaMissing: 1 })
    expect((await restore('missing')).summary).toMatchObject({ mediaMissing: 1 })
  })

  it('that is stopped or cannot be written leaves no file', async () => {
    const parts = {
      connection: world.connection,
      dataDirectory: world.dataFolder,
      force: false,
      batonVersion: 'test',
    }
    const stop = new AbortController()
    const stopped = takeBackup({
      ...parts,
      target: fileOf('stopped'),
      signal: stop.signal,
      onProgress: () => stop.abort(),
    })
    await expect(stopped).rejects.toThrow('The backup was stopped')
    const nowhere = {
      ...parts,
      target: path.join(folder, 'nowhere/x'),
      signal: nobodyStops,
      onProgress: noProgress,
    }
    await expect(takeBackup(nowhere)).rejects.toThrow('cannot be written: its folder is not there')
    expect((await readdir(folder)).filter((name) => /stopped|unfinished/.test(name))).toEqual([])
  })
})

async function changesWith(name?: string, sql = ''): Promise<string> {
  const copy = await mkdtemp(path.join(folder, 'changes-'))
  await cp(changesDirectory, copy, { recursive: true })
  if (name !== undefined) await writeFile(path.join(copy, name), sql)
  return copy
}

async function poolOf(connection: Connection): Promise<pg.Pool> {
  const pool = ownerPool(connection, 2)
  pools.push(pool)
  return pool
}
