// A throwaway cluster of the PostgreSQL that the machine has, for the second engine of the tests.
import { execFile } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'

const run = promisify(execFile)
const debianFolder = '/usr/lib/postgresql'
const port = 5432

interface Cluster {
  readonly url: string
  readonly version: string
  stop(): Promise<void>
}

/** Starts a cluster in a folder of its own, reached by a socket in it; null where the machine has no PostgreSQL. */
export async function startPostgres(): Promise<Cluster | null> {
  const programs = findPrograms()
  if (programs === null) return null
  const folder = mkdtempSync(path.join(tmpdir(), 'baton-pg-'))
  const server = new Server(programs, folder)
  try {
    await server.create()
    return { url: server.url('baton'), version: await server.prepare(), stop: () => server.remove() }
  } catch (error) {
    await server.remove()
    throw error
  }
}

// The oldest that Baton supports comes first: what works there is what is proven.
function findPrograms(): string | null {
  const versions = existsSync(debianFolder) ? readdirSync(debianFolder).map(Number) : []
  const debian = versions
    .filter((version) => version >= 15)
    .sort((one, other) => one - other)
    .map((version) => `${debianFolder}/${version}/bin`)
  const folders = [...debian, ...(process.env['PATH'] ?? '').split(path.delimiter)]
  const isComplete = (folder: string) =>
    ['initdb', 'pg_ctl', 'postgres'].every((name) => existsSync(path.join(folder, name)))
  return folders.find(isComplete) ?? null
}

class Server {
  readonly #programs: string
  readonly #folder: string
  readonly #data: string

  constructor(programs: string, folder: string) {
    this.#programs = programs
    this.#folder = folder
    this.#data = path.join(folder, 'data')
  }

  /** The folder of the socket stands where a host would, percent-encoded. */
  url(user: string): string {
    return `postgresql://${user}@${encodeURIComponent(this.#folder)}:${port}/${user}`
  }

  async create(): Promise<void> {
    if (isRoot()) await giveToPostgres(this.#folder)
    await this.#run('initdb', [
      '-D',
      this.#data,
      '-U',
      'postgres',
      '-A',
      'trust',
      '-E',
      'UTF8',
      '--locale=C.UTF-8',
      '-N',
    ])
    const settings = [
      `listen_addresses = ''`,
      `unix_socket_directories = '${this.#folder}'`,
      'unix_socket_permissions = 0777',
      `port = ${port}`,
      'max_connections = 200',
      'fsync = off',
      'full_page_writes = off',
      'synchronous_commit = off',
    ]
    writeFileSync(path.join(this.#data, 'postgresql.auto.conf'), `${settings.join('\n')}\n`)
    await this.#run('pg_ctl', [
      '-D',
      this.#data,
      '-l',
      path.join(this.#folder, 'log'),
      '-w',
      '-t',
      '60',
      'start',
    ])
  }

  /** Makes the role that the tests use: as in production, it is no superuser. */
  async prepare(): Promise<string> {
    const client = new pg.Client({ connectionString: this.url('postgres') })
    await client.connect()
    try {
      await client.query('create role baton login createdb createrole')
      await client.query('create database baton owner baton')
      const { rows } = await client.query<{ server_version: string }>('show server_version')
      return rows[0]?.server_version ?? ''
    } finally {
      await client.end()
    }
  }

  async remove(): Promise<void> {
    if (existsSync(path.join(this.#data, 'postmaster.pid'))) {
      await this.#run('pg_ctl', ['-D', this.#data, '-m', 'immediate', '-w', 'stop'])
    }
    rmSync(this.#folder, { recursive: true, force: true })
  }

  // PostgreSQL refuses to run as root, so its own user does.
  async #run(name: string, args: readonly string[]): Promise<void> {
    const command = [path.join(this.#programs, name), ...args]
    const [file = '', ...rest] = isRoot() ? ['runuser', '-u', 'postgres', '--', ...command] : command
    await run(file, rest, { cwd: this.#folder })
  }
}

function isRoot(): boolean {
  return process.getuid?.() === 0
}

async function giveToPostgres(folder: string): Promise<void> {
  const id = async (flag: string) => Number((await run('id', [flag, 'postgres'])).stdout)
  chownSync(folder, await id('-u'), await id('-g'))
}
