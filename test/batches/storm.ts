import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type pg from 'pg'
import { type App, createApp, jobNames } from '../../src/app.ts'
import { createKeyRing } from '../../src/platform/crypto/key-ring.ts'
import { createAnnouncer } from '../../src/platform/db/announce.ts'
import { createDatabase, isCollision } from '../../src/platform/db/database.ts'
import { ownerPool, servingPool } from '../../src/platform/db/pool.ts'
import { startQueue } from '../../src/platform/jobs/queue.ts'
import { addNumber, hire } from '../builders/numbers.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from '../builders.ts'
import type { Answer, Client, World } from '../world.ts'

export interface StormSize {
  readonly seconds: number
  readonly callers: number
  readonly numbers: number
  readonly members: number
}

/** What a storm left behind. */
export interface StormEnd {
  readonly companyId: string
  /** Answers and failures that no user and no log should ever see. */
  readonly bugs: readonly unknown[]
  /** Deadlocks and serialisation failures that connections reported, also those that were repeated unseen. */
  readonly collisions: number
  readonly outcomes: ReadonlyMap<string, number>
  /** Where the operations ended, with how many. */
  readonly states: ReadonlyMap<string, number>
}

/** A second Baton on the same database, with connections of its own. */
async function openSecond(world: World): Promise<{ app: App; pool: pg.Pool; close(): Promise<void> }> {
  const owner = ownerPool(world.connection, 2)
  const queue = await startQueue({ pool: owner, names: jobNames, onError: () => {} })
  const pool = servingPool(world.connection, 8)
  const announcer = createAnnouncer()
  const database = createDatabase({ pool, clock: world.clock, announcer, enqueue: queue.enqueue })
  const folder = await mkdtemp(path.join(tmpdir(), 'baton-second-'))
  const app = await createApp({
    ...world.parts,
    database,
    announcer,
    keys: createKeyRing(path.join(folder, 'keys')),
  })
  return {
    app,
    pool,
    async close() {
      await app.http.close()
      await app.localHttp.close()
      await queue.stop()
      await pool.end()
      await owner.end()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Counts what the database tells connections of a pool about transactions in each other's way. */
function countCollisions(pool: pg.Pool, tell: (error: unknown) => void): void {
  const known = new WeakSet<pg.PoolClient>()
  pool.on('acquire', (client) => {
    if (known.has(client)) return
    known.add(client)
    const { connection } = client as pg.PoolClient & Pick<pg.Client, 'connection'>
    connection.on('errorMessage', (error: unknown) => {
      if (isCollision(error)) tell(error)
    })
  })
}

interface Parts {
  readonly world: World
  readonly company: TestCompany
  readonly admins: readonly Client[]
  readonly members: readonly string[]
  readonly numbers: readonly string[]
  readonly operations: string[]
}

function dice(below: number): number {
  return Math.floor(Math.random() * below)
}

function oneOf<T>(list: readonly T[]): T {
  return list[dice(list.length)] as T
}

function shuffled<T>(list: readonly T[]): T[] {
  return list
    .map((one) => ({ one, key: Math.random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ one }) => one)
}

async function prepare(world: World, size: StormSize): Promise<Parts> {
  const policies = { cooldownMinutes: 0, maxBatchSize: 3, moveLimitPerDay: null }
  const company = await createCompany(world, { licences: size.numbers, policies })
  const capOverride = Math.ceil((size.numbers * 1.25) / size.members)
  bodyOf(await company.owner.patch('/v1/company/subscription', { capOverride }), 200)
  const admins = [company.owner]
  for (const name of ['Ada', 'Ben', 'Cleo'])
    admins.push(await tokenFor(world, company, await hire(company, name, { role: 'admin' })))
  const members: string[] = []
  for (let index = 0; index < size.members; index++) members.push(await hire(company, `Member ${index}`))
  const numbers: string[] = []
  for (let index = 0; index < size.numbers; index++) {
    const { numberId } = await addNumber(company)
    const toMemberId = members[index % size.members]
    bodyOf(await company.owner.post(`/v1/numbers/${numberId}/assign`, { toMemberId }), 200)
    numbers.push(numberId)
  }
  return { world, company, admins, members, numbers, operations: [] }
}

async function beginBatch({ numbers, members, operations }: Parts, admin: Client): Promise<Answer> {
  const some = shuffled(numbers).slice(0, 2 + dice(10))
  const moves = some.map((numberId) => ({ numberId, toMemberId: oneOf(members) }))
  const answer = await admin.post('/v1/number-moves', { moves, history: oneOf(['keep', 'keep', 'hide']) })
  if (answer.status === 202) operations.push(answer.body.operation.operationId)
  return answer
}

// Everyone's number to the next one: what no order of single moves could do at the cap.
async function beginRing(parts: Parts, admin: Client): Promise<Answer> {
  const { items } = bodyOf(await admin.get('/v1/numbers?limit=200'), 200)
  const held = shuffled(items.filter((item: Answer['body']) => item.holder !== null)).slice(0, 3)
  const moves = held.map((item: Answer['body'], place) => ({
    numberId: item.numberId,
    toMemberId: (held[(place + 1) % held.length] as Answer['body']).holder.memberId,
  }))
  const answer = await admin.post('/v1/number-moves', { moves })
  if (answer.status === 202) parts.operations.push(answer.body.operation.operationId)
  return answer
}

async function steer({ operations }: Parts, admin: Client): Promise<Answer | undefined> {
  const operationId = oneOf(operations.slice(-8))
  if (operationId === undefined) return undefined
  const verb = oneOf(['pause', 'pause', 'resume', 'resume', 'cancel', 'retry', 'undo', 'undo', 'undo'])
  const answer = await admin.post(`/v1/operations/${operationId}/${verb}`)
  if (verb === 'undo' && answer.status === 202) operations.push(answer.body.operationId)
  return answer
}

type Deed = (parts: Parts, admin: Client) => Promise<Answer | undefined>

const deeds: readonly Deed[] = [
  beginBatch,
  beginBatch,
  beginBatch,
  beginRing,
  steer,
  steer,
  steer,
  ({ numbers, members }, admin) =>
    admin.post(`/v1/numbers/${oneOf(numbers)}/${oneOf(['reassign', 'reassign', 'assign'])}`, {
      toMemberId: oneOf(members),
    }),
  ({ numbers, members, world }, admin) =>
    admin.post(`/v1/numbers/${oneOf(numbers)}/reassign`, {
      toMemberId: oneOf(members),
      [oneOf(['at', 'returnAt'])]: new Date(world.clock.now().getTime() + 200 + dice(800)).toISOString(),
    }),
  ({ numbers }, admin) => admin.post(`/v1/numbers/${oneOf(numbers)}/undo`),
  ({ numbers }, admin) => admin.post(`/v1/numbers/${oneOf(numbers)}/park`),
  ({ members }, admin) =>
    admin.patch(`/v1/members/${oneOf(members)}`, {
      status: oneOf(['active', 'active', 'active', 'suspended']),
    }),
]

/** Overlapping batches, single moves, undos and steering by several callers, and two processes that run what is due. */
export async function storm(world: World, size: StormSize): Promise<StormEnd> {
  const parts = await prepare(world, size)
  const second = await openSecond(world)
  const bugs: unknown[] = []
  let collisions = 0
  for (const pool of [world.parts.database.pool, second.pool]) countCollisions(pool, () => (collisions += 1))
  const outcomes = new Map<string, number>()
  const end = Date.now() + size.seconds * 1000
  async function act(caller: number): Promise<void> {
    while (Date.now() < end) {
      const answer = await oneOf(deeds)(parts, parts.admins[caller % parts.admins.length] as Client)
      if (!answer) continue
      if (answer.status >= 500) bugs.push(answer.body)
      const outcome = `${answer.status} ${answer.body?.code ?? ''}`
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
    }
  }
  async function sweep(app: App): Promise<void> {
    const tasks = app.dueTasks.filter(({ name }) => name === 'operations.run' || name === 'numbers.due-moves')
    while (Date.now() < end) {
      for (const task of tasks) await task.run().catch((error: unknown) => bugs.push(error))
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
  const { app } = world
  const acting = Array.from({ length: size.callers }, (_, caller) => act(caller))
  await Promise.all([...acting, sweep(app), sweep(app), sweep(second.app), sweep(second.app)])
  const states = await finish(parts)
  await second.close()
  return { companyId: parts.company.companyId, bugs, collisions, outcomes, states }
}

/** Lets everything that was begun come to its end. */
async function finish({ company, world, operations }: Parts): Promise<Map<string, number>> {
  const states = new Map<string, number>()
  for (const operationId of operations) await company.owner.post(`/v1/operations/${operationId}/resume`)
  await world.runDueWork()
  for (const operationId of operations) {
    const { state } = bodyOf(await company.owner.get(`/v1/operations/${operationId}?limit=0`), 200)
    states.set(state, (states.get(state) ?? 0) + 1)
  }
  return states
}
