import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { locateBinaries } from './binaries.ts'
import { DataFolderError } from './data-folder-error.ts'
import { type EmbeddedDatabase, startEmbeddedDatabase } from './launcher.ts'
import { chooseOsUser } from './os-user.ts'
import { findProcess, hasProcessTable, postgresProcessesOf } from './process-table.ts'
import { readPostmasterFile } from './running-server.ts'

const isRoot = process.getuid?.() === 0
const started: EmbeddedDatabase[] = []
const children: ChildProcess[] = []
let root = ''

beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'embedded-test-')))
  await chmod(root, 0o755)
})
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  for (const database of started) await database.stop()
  await rm(root, { recursive: true, force: true })
})

async function start(dataDirectory: string, durable = false): Promise<EmbeddedDatabase> {
  const database = await startEmbeddedDatabase({ dataDirectory, log: () => undefined, durable })
  started.push(database)
  return database
}

async function refusalOf(dataDirectory: string): Promise<DataFolderError> {
  const outcome = await start(dataDirectory).catch((error: unknown) => error)
  if (!(outcome instanceof DataFolderError)) throw new Error(`expected a refusal, got ${String(outcome)}`)
  return outcome
}

async function ask(database: EmbeddedDatabase, sql: string): Promise<unknown> {
  const client = new pg.Client(database.connection)
  client.on('error', () => undefined)
  await client.connect()
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql)
    return Object.values(rows[0] ?? {})[0]
  } finally {
    await client.end()
  }
}

const launcherUrl = new URL('./launcher.ts', import.meta.url).href
const startProgram = `
  const { startEmbeddedDatabase } = await import(${JSON.stringify(launcherUrl)})
  const options = { dataDirectory: process.argv[1], durable: false, log: () => undefined }
  const answer = await startEmbeddedDatabase(options).then(() => 'ready', (error) => error.code)
  process.stdout.write(answer + '\\n')
  if (answer === 'ready') setInterval(() => undefined, 1000)
`

/** A Baton in a process of its own. */
function startElsewhere(dataDirectory: string): { child: ChildProcess; answer: Promise<string> } {
  const argv = ['--import', 'tsx', '--input-type=module', '-e', startProgram, dataDirectory]
  const child = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  return { child, answer: once(child.stdout, 'data').then(([text]) => String(text).trim()) }
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

// The shell starts a child and turns into a program that never reaps it. The child lives until then: as long as the
// shell is one, it reaps what ends.
async function startZombie(user: { uid: number; gid: number }) {
  const script = 'cat <&3 >&2 & echo $!; exec sleep 60'
  const stdio = ['ignore', 'pipe', 'ignore', 'pipe'] as const
  const parent = spawn('/bin/sh', ['-c', script], { ...user, cwd: '/', stdio: [...stdio] })
  children.push(parent)
  const [, said, , held] = parent.stdio
  if (!said || !(held instanceof Writable)) throw new Error('the shell has no pipes')
  const [line] = await once(said, 'data')
  const zombie = Number(String(line))
  while ((await readFile(`/proc/${parent.pid}/comm`, 'utf8')).trim() !== 'sleep') await sleep(5)
  held.end()
  while (!/\) Z /.test(await readFile(`/proc/${zombie}/stat`, 'utf8'))) await sleep(5)
  return { parent, zombie }
}

describe('the embedded database, first start and next start', () => {
  it('is made at the first start and keeps what was written for the next one', async () => {
    const folder = join(root, 'first')
    const first = await start(folder, true)
    expect(first.adopted).toBe(false)
    expect(first.serverVersion).toMatch(/^18\./)
    await ask(first, `create table kept as select '王小明' as name`)
    expect(await ask(first, `select current_setting('fsync') || current_setting('synchronous_commit')`)).toBe(
      'onon',
    )
    await first.stop()
    await first.stop()
    expect(await readPostmasterFile(join(folder, 'postgres'))).toBeUndefined()

    const second = await start(folder, true)
    expect(second.adopted).toBe(false)
    expect(await ask(second, 'select name from kept')).toBe('王小明')
    await second.stop()
  })

  it('works as the owner role, which may make roles but is no superuser, and finds Chinese words', async () => {
    const database = await start(join(root, 'owner'))
    const rights =
      'select rolcreaterole and not rolsuper and not rolbypassrls from pg_roles where rolname = current_user'
    expect(await ask(database, rights)).toBe(true)
    await ask(database, 'create extension pg_trgm')
    expect(await ask(database, `select show_trgm('王小明') <> '{}'`)).toBe(true)
    expect(await ask(database, `select current_setting('listen_addresses')`)).toBe('')
    await database.stop()
  })

  it.each([
    ['with spaces, commas, quotes and Chinese', `数据, "of" Ann's\\ folder`],
    ['too long for a socket', 'long-'.repeat(30)],
  ])('starts in a folder whose path is %s', async (_case, name) => {
    const database = await start(join(root, name))
    expect(await ask(database, 'select 1')).toBe(1)
    expect(((await stat(database.connection.host)).mode & 0o777).toString(8)).toBe('700')
    await database.stop()
    if (!database.connection.host.startsWith(root)) await rm(database.connection.host, { recursive: true })
  })
})

describe('after Baton was killed', () => {
  it('adopts the server that outlived it, and stops it in the end', async () => {
    const folder = join(root, 'survivor')
    const killed = startElsewhere(folder)
    expect(await killed.answer).toBe('ready')
    await kill(killed.child)
    const server = await readPostmasterFile(join(folder, 'postgres'))
    const database = await start(folder)
    expect(database.adopted).toBe(true)
    expect((await readPostmasterFile(join(folder, 'postgres')))?.pid).toBe(server?.pid)
    expect(await ask(database, 'select 1')).toBe(1)
    await database.stop()
    expect(await findProcess(server?.pid ?? 0)).toBeUndefined()
  })

  it('does not keep a survivor that ran without durability, or whose socket was swept away', async () => {
    const folder = join(root, 'changed')
    const killed = startElsewhere(folder)
    await killed.answer
    await kill(killed.child)
    const durable = await start(folder, true)
    expect(durable.adopted).toBe(false)
    expect(await ask(durable, `select current_setting('fsync')`)).toBe('on')
    await durable.stop()

    const again = startElsewhere(folder)
    await again.answer
    await kill(again.child)
    await rm(join(folder, 'socket', '.s.PGSQL.5432'))
    const database = await start(folder)
    expect(database.adopted).toBe(false)
    expect(await ask(database, 'select 1')).toBe(1)
    await database.stop()
  })

  it.runIf(hasProcessTable)('starts over what a killed server left', async () => {
    const folder = join(root, 'crashed')
    const crashed = startElsewhere(folder)
    await crashed.answer
    const cluster = join(folder, 'postgres')
    const server = await readPostmasterFile(cluster)
    await kill(crashed.child)
    process.kill(server?.pid ?? 0, 'SIGKILL')
    const database = await start(folder)
    expect(database.adopted).toBe(false)
    expect(await ask(database, 'select 1')).toBe(1)
    await database.stop()
    expect(await postgresProcessesOf(cluster)).toEqual([])
  })

  it.runIf(hasProcessTable)(
    'is not stopped by a dead server that nobody reaped, nor by a reused process id',
    async () => {
      const folder = join(root, 'zombie')
      await (await start(folder)).stop()
      const cluster = join(folder, 'postgres')
      const { uid, gid } = await stat(cluster)
      const { parent, zombie } = await startZombie({ uid, gid })
      for (const pid of [zombie, parent.pid]) {
        const socket = join(folder, 'socket')
        const left = `${pid}\n${cluster}\n1700000000\n5432\n${socket}\n\n  5432001         1\nready   \n`
        await writeFile(join(cluster, 'postmaster.pid'), left, { mode: 0o600 })
        await writeFile(join(socket, '.s.PGSQL.5432.lock'), left, { mode: 0o600 })
        const database = await start(folder)
        expect(database.adopted).toBe(false)
        await database.stop()
      }
    },
  )

  it('starts after the making of the database was interrupted', async () => {
    const folder = join(root, 'interrupted')
    const { child } = startElsewhere(folder)
    const begun = async () =>
      (await readdir(folder).catch(() => [])).some((name) => name.startsWith('postgres.initdb-'))
    while (!(await begun())) await sleep(5)
    await sleep(100)
    await kill(child)
    expect(await begun()).toBe(true)
    const database = await start(folder)
    expect(await ask(database, 'select 1')).toBe(1)
    await database.stop()
    expect(await begun()).toBe(false)
  })
})

describe('refusals', () => {
  it('lets exactly one of two Batons that start at once have the folder, and tells the other why', async () => {
    const folder = join(root, 'race')
    const both = [startElsewhere(folder), startElsewhere(folder)]
    expect((await Promise.all(both.map(({ answer }) => answer))).sort()).toEqual([
      'data-folder.in-use',
      'ready',
    ])
    expect((await refusalOf(folder)).code).toBe('data-folder.in-use')
    await Promise.all(both.map(({ child }) => (child.exitCode === null ? kill(child) : undefined)))
    await (await start(folder)).stop()
  })

  it.each([
    ['19', 'data-folder.newer-version'],
    ['17', 'data-folder.older-version'],
  ])('names both versions when PostgreSQL %s wrote the data', async (version, code) => {
    const folder = join(root, `version-${version}`)
    await mkdir(join(folder, 'postgres'), { recursive: true })
    await writeFile(join(folder, 'postgres', 'PG_VERSION'), `${version}\n`)
    const refusal = await refusalOf(folder)
    expect(refusal.code).toBe(code)
    expect(refusal.message).toMatch(new RegExp(`PostgreSQL ${version}, this Baton brings PostgreSQL 18`))
  })

  it('never overwrites a folder that is not an empty one', async () => {
    const folder = join(root, 'foreign')
    await mkdir(join(folder, 'postgres'), { recursive: true })
    await writeFile(join(folder, 'postgres', 'thesis.txt'), 'mine')
    expect((await refusalOf(folder)).code).toBe('data-folder.damaged')
    expect(await readFile(join(folder, 'postgres', 'thesis.txt'), 'utf8')).toBe('mine')
  })

  it.runIf(isRoot)('says that the disk is full, and starts when there is room again', async (context) => {
    const folder = join(root, 'full')
    await mkdir(folder)
    const mount = ['-t', 'tmpfs', '-o', 'size=12m,mode=755', 'tmpfs', folder]
    if (spawnSync('mount', mount).status !== 0) context.skip('this machine allows no mounts')
    try {
      const refusal = await refusalOf(folder)
      expect(refusal.code).toBe('data-folder.no-space')
      expect(refusal.message).toContain(folder)
      spawnSync('mount', ['-o', 'remount,size=400m', folder])
      await (await start(folder)).stop()
    } finally {
      spawnSync('umount', [folder])
    }
  })
})

describe.runIf(isRoot)('started by root', () => {
  it('runs PostgreSQL as another user', async () => {
    const folder = join(root, 'as-root')
    const database = await start(folder)
    const server = await readPostmasterFile(join(folder, 'postgres'))
    expect((await stat(`/proc/${server?.pid}`)).uid).not.toBe(0)
    await database.stop()
  })

  it('works below a folder that only root may enter, also when it moves there later', async (context) => {
    if (spawnSync('unshare', ['--user', '--map-user=65534', 'true']).status !== 0)
      context.skip('no user namespaces')
    const closed = join(root, 'closed')
    await mkdir(closed, { mode: 0o700 })
    const database = await start(join(closed, 'data'))
    expect(await ask(database, 'select 1')).toBe(1)
    await database.stop()
    await chmod(closed, 0o755)
    const opened = await start(join(closed, 'data'))
    expect((await stat(join(closed, 'data', 'postgres'))).uid).not.toBe(0)
    await opened.stop()
    await chmod(closed, 0o700)
    const closedAgain = await start(join(closed, 'data'))
    expect(await ask(closedAgain, 'select 1')).toBe(1)
    await closedAgain.stop()
  })

  it('names the closed folder and a BATON_DATA that works where there are no user namespaces', async () => {
    const closed = join(root, 'no-namespace')
    const dataDirectory = join(closed, 'data')
    await mkdir(dataDirectory, { recursive: true })
    await chmod(closed, 0o700)
    const program = (await locateBinaries()).postgres
    const path = process.env['PATH']
    process.env['PATH'] = '/nonexistent'
    try {
      const choose = () =>
        chooseOsUser({ program, dataDirectory, socketParent: '/tmp' }, join(dataDirectory, 'postgres'))
      expect(choose).toThrow(DataFolderError)
      expect(choose).toThrow(`because ${closed} is closed to other users`)
      const next = await Promise.resolve()
        .then(choose)
        .catch((error: unknown) => error)
      expect(next).toMatchObject({
        code: 'data-folder.unreachable',
        next: expect.stringContaining('BATON_DATA=/var/lib/baton'),
      })
    } finally {
      process.env['PATH'] = path
    }
  })
})
