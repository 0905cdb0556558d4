import { Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import pg from 'pg'
import { type Caller, type CompanyCaller, isCompanyCaller } from '../../kernel/caller.ts'
import { instantOf } from '../../kernel/instant.ts'
import type { Clock } from '../clock/clock.ts'
import type { Announcement, Announcer } from './announce.ts'
import { TxDriver } from './kysely-driver.ts'
import type { Tables } from './tables.ts'
import type { Statement, Tx } from './tx.ts'

/** The realm of what belongs to no company: set-up, sign-in, the list of companies. */
export const installationRealm = '00000000-0000-0000-0000-000000000000'

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Opens transactions, each in exactly one realm (row-level security decides what it sees). */
export interface Database {
  /** A transaction as `baton_serve` in the caller's company; callers without one get the installation's realm. */
  inRealmOf<T>(caller: Caller, work: (tx: Tx) => Promise<T>): Promise<T>
  /** The same, before the caller is known: `identify` finds it inside the realm, in the same transaction. */
  inRealm<T>(companyId: string | null, identify: Identify, work: (tx: Tx) => Promise<T>): Promise<T>
  /** A transaction of the steward, who sees every company: sweeper, sealer, operators. */
  asSteward<T>(caller: Caller, work: (tx: Tx) => Promise<T>): Promise<T>
  readonly pool: pg.Pool
  close(): Promise<void>
}

export type Identify = (ask: Ask, now: string) => Promise<Caller>
export type Ask = <Row>(statement: Statement) => Promise<Row[]>

interface Realm {
  readonly begin: string
  readonly companyId: string
  readonly accountId: string | null
}

/** Puts a job on the queue over the connection of an open transaction. */
export type Enqueue = (client: pg.ClientBase, job: string, ids: Readonly<Record<string, string>>) => Enqueued

/** A job on its way: its statement has left, and the database has taken it. */
export interface Enqueued {
  readonly sent: Promise<void>
  readonly done: Promise<void>
}

export interface DatabaseParts {
  readonly pool: pg.Pool
  readonly clock: Clock
  readonly announcer: Announcer
  readonly enqueue: Enqueue
}

/** Builds the database port on a serving pool. */
export function createDatabase({ pool, clock, announcer, enqueue }: DatabaseParts): Database {
  async function run<T>(realm: Realm, identify: Identify, work: (tx: Tx) => Promise<T>): Promise<T> {
    const client = await pool.connect()
    const now = instantOf(clock.now())
    const sent: Promise<unknown>[] = []
    const enqueued: Enqueued[] = []
    const announcements: Announcement[] = []
    const span = { isOver: false }
    let isCommitting = false
    let broken: Error | undefined
    try {
      gatherWrites(client)
      const begun = client.query(realm.begin)
      sent.push(begun)
      const ask: Ask = async (statement) => {
        gatherWrites(client)
        return (await client.query(asQuery(statement))).rows
      }
      const caller = await Promise.all([identify(ask, now), begun]).then(([found]) => found)
      const own = caller.kind === 'account' ? accountRealm(caller.accountId) : realm
      if (own !== realm) sent.push(client.query(settingsOf(own)))
      const result = await work(
        createTx({ client, span, caller, realm: own, now, clock, sent, enqueue, enqueued, announcements }),
      )
      await Promise.all(enqueued.map((job) => job.sent))
      span.isOver = true
      gatherWrites(client)
      isCommitting = true
      const commit = client.query('commit')
      const [committed] = await Promise.all([commit, ...sent, ...enqueued.map((job) => job.done)])
      isCommitting = false
      if (committed.command !== 'COMMIT') throw new Error('the transaction was rolled back by the database')
      for (const announcement of announcements) announcer.tell(announcement)
      return result
    } catch (error) {
      span.isOver = true
      const ends = await Promise.allSettled([...enqueued.map((job) => job.done), ...sent])
      await client.query('rollback').catch((failure: Error) => {
        broken = failure
      })
      throw isCommitting && isConnectionLoss(error) ? new UnknownOutcome(error) : causeOf(error, ends)
    } finally {
      client.release(broken)
    }
  }

  return {
    pool,
    inRealmOf: (caller, work) => again(() => run(serveRealm(companyOf(caller)), async () => caller, work)),
    inRealm: (companyId, identify, work) =>
      again(() => run(serveRealm(companyId ?? installationRealm), identify, work)),
    asSteward: (caller, work) =>
      run(
        { begin: 'begin; set local role baton_steward', companyId: companyOf(caller), accountId: null },
        async () => caller,
        work,
      ),
    close: () => pool.end(),
  }
}

const attempts = 4

// Deadlock and serialisation failure are the backstop of the lock order: the database has undone all of it, and the
// other side has what it waited for, so the work is simply done once more.
async function again<T>(attempt: () => Promise<T>): Promise<T> {
  for (let made = 1; ; made++) {
    try {
      return await attempt()
    } catch (error) {
      if (made === attempts || !isCollision(error)) throw error
    }
  }
}

/** Whether two transactions stood in each other's way, and this one was chosen to give way. */
export function isCollision(error: unknown): boolean {
  return codeOf(error) === '40P01' || codeOf(error) === '40001'
}

// In a failed transaction every later statement fails, too; what was sent without waiting may have been the first.
function causeOf(error: unknown, ends: readonly PromiseSettledResult<unknown>[]): unknown {
  if (!isConsequence(error)) return error
  for (const end of ends) if (end.status === 'rejected' && !isConsequence(end.reason)) return end.reason
  return error
}

function isConsequence(error: unknown): boolean {
  return codeOf(error) === '25P02'
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
}

// What is sent in one turn leaves in one write: each of its own would wake the database server for a single statement.
function gatherWrites({ connection: { stream } }: pg.PoolClient & Pick<pg.Client, 'connection'>): void {
  if (stream.writableCorked > 0) return
  stream.cork()
  process.nextTick(() => stream.uncork())
}

/** The connection broke while the commit was under way: only looking again tells whether the change was made. */
export class UnknownOutcome extends Error {
  constructor(cause: unknown) {
    super('the connection was lost during the commit', { cause })
    this.name = 'UnknownOutcome'
  }
}

// An ERROR of a statement means that the transaction was rolled back; a FATAL one, or a lost socket, tells nothing.
function isConnectionLoss(error: unknown): boolean {
  return !(error instanceof pg.DatabaseError) || error.severity !== 'ERROR'
}

function companyOf(caller: Caller): string {
  return isCompanyCaller(caller) ? caller.companyId : installationRealm
}

// `SET LOCAL` rather than set_config(): the plain statement is what a sharded cluster passes on to its workers. The role
// is taken each time, so that no connection, whatever became of its settings, serves a request as the owner.
function serveRealm(companyId: string): Realm {
  return startOf({ companyId, accountId: null })
}

function accountRealm(accountId: string): Realm {
  return startOf({ companyId: installationRealm, accountId })
}

function startOf(realm: Omit<Realm, 'begin'>): Realm {
  return { ...realm, begin: `begin; set local role baton_serve; ${settingsOf(realm)}` }
}

// A connection never carries a setting over, so that a company's realm does not have to say that it is no account's.
function settingsOf({ companyId, accountId }: Omit<Realm, 'begin'>): string {
  for (const id of [companyId, accountId ?? companyId]) {
    if (!uuidPattern.test(id)) throw new TypeError('a realm needs an id in canonical form')
  }
  const company = `set local baton.company = '${companyId}'`
  return accountId === null ? company : `${company}; set local baton.account = '${accountId}'`
}

interface TxParts {
  readonly client: pg.PoolClient
  /** Shared by all that act in one transaction. */
  readonly span: { readonly isOver: boolean }
  readonly caller: Caller
  readonly realm: Realm
  readonly now: string
  readonly clock: Clock
  readonly sent: Promise<unknown>[]
  readonly enqueue: Enqueue
  readonly enqueued: Enqueued[]
  readonly announcements: Announcement[]
}

function createTx(parts: TxParts): Tx {
  const { sent } = parts
  let builder: Kysely<Tables> | undefined
  const tx = {
    caller: parts.caller,
    companyId: parts.realm.companyId,
    accountId: parts.realm.accountId,
    now: parts.now,
    newId: () => parts.clock.newId(),
    get db() {
      const open = openClient(parts)
      builder ??= kyselyOn(open)
      return builder
    },
    async query<Row>(statement: Statement): Promise<Row[]> {
      return (await openClient(parts).query(asQuery(statement))).rows as Row[]
    },
    send(statement: Statement): void {
      const answer = openClient(parts).query(asQuery(statement))
      // Handled at the commit; this keeps an early failure from counting as unhandled before that.
      answer.catch(() => {})
      sent.push(answer)
    },
    flush: () => new Promise<void>((resolve) => setImmediate(resolve)),
    enqueue(job: string, ids: Readonly<Record<string, string>>): void {
      const queued = parts.enqueue(openClient(parts), job, ids)
      queued.sent.catch(() => {})
      queued.done.catch(() => {})
      parts.enqueued.push(queued)
    },
    async inCompany<T>(caller: CompanyCaller, work: (tx: Tx) => Promise<T>, clock?: Clock): Promise<T> {
      const time = clock === undefined ? {} : { clock, now: instantOf(clock.now()) }
      return stepInto({ ...parts, ...time, caller, realm: serveRealm(caller.companyId) }, parts.realm, work)
    },
    inAccount<T>(accountId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
      return stepInto({ ...parts, realm: accountRealm(accountId) }, parts.realm, work)
    },
    announce: (announcement: Announcement) => void parts.announcements.push(announcement),
  }
  return tx as unknown as Tx
}

// What one branch of a failed Promise.all still sends would reach the next request's transaction, in its company.
function openClient({ client, span }: TxParts): pg.PoolClient {
  if (span.isOver) throw new Error('this statement came after the end of its transaction')
  gatherWrites(client)
  return client
}

async function stepInto<T>(inside: TxParts, outside: Realm, work: (tx: Tx) => Promise<T>): Promise<T> {
  await enter(inside, inside.realm)
  try {
    return await work(createTx(inside))
  } finally {
    // Whoever catches a refusal goes on in the realm they were in; in a failed transaction nothing goes on.
    await enter(inside, outside).catch(() => {})
  }
}

async function enter(parts: TxParts, realm: Realm): Promise<void> {
  const noAccount = realm.accountId === null ? `; set local baton.account = ''` : ''
  await openClient(parts).query(`${settingsOf(realm)}${noAccount}`)
}

function asQuery(statement: Statement): pg.QueryConfig {
  return { ...statement, values: statement.values ? [...statement.values] : [] }
}

function kyselyOn(client: pg.PoolClient): Kysely<Tables> {
  return new Kysely<Tables>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new TxDriver(client),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  })
}
