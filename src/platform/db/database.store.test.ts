import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCompany, type TestCompany } from '../../../test/builders.ts'
import { openWorld, type World } from '../../../test/world.ts'
import { type AnonymousCaller, type CompanyCaller, systemCaller } from '../../kernel/caller.ts'
import { createDatabase, type Database, installationRealm, UnknownOutcome } from './database.ts'
import { ownerPool, servingPool } from './pool.ts'
import type { Tx } from './tx.ts'

const stranger: AnonymousCaller = { kind: 'anonymous', id: 'anonymous' }

let world: World
let one: TestCompany
let other: TestCompany
let database: Database
let pool: pg.Pool
beforeAll(async () => {
  world = await openWorld()
  ;[one, other] = [await createCompany(world), await createCompany(world)]
  // One connection, so that each transaction gets the one that the last has left.
  pool = servingPool(world.connection, 1)
  database = databaseOn(pool)
})
afterAll(async () => {
  await pool.end()
  await world.close()
})

function databaseOn(connections: pg.Pool): Database {
  const { clock, announcer } = world.parts
  return createDatabase({
    pool: connections,
    clock,
    announcer,
    enqueue: () => ({ sent: Promise.resolve(), done: Promise.resolve() }),
  })
}

function taskIn(company: TestCompany): CompanyCaller {
  return systemCaller(company.companyId, 'test')
}

async function realmOf(tx: Tx): Promise<string | undefined> {
  const [row] = await tx.query<{ company: string }>({
    text: `select current_setting('baton.company', true) as company`,
  })
  return row?.company
}

async function companiesSeen(tx: Tx): Promise<string[]> {
  const rows = await tx.query<{ company_id: string }>({ text: 'select company_id from companies' })
  return rows.map((row) => row.company_id)
}

describe('ALL-1 a transaction of a company', () => {
  it('takes the role that sees one company only, whatever role its connection has', async () => {
    const owners = ownerPool(world.connection, 1)
    const [row] = await databaseOn(owners).inRealmOf(taskIn(one), (tx) =>
      tx.query<{ role: string }>({ text: 'select current_user::text as role' }),
    )
    await owners.end()
    expect(row?.role).toBe('baton_serve')
  })

  it('is back in its own realm after the work inside another one was refused', async () => {
    const realms = await database.inRealmOf(stranger, async (tx) => {
      const inside = tx.inCompany(taskIn(one), async (entered) => {
        expect(await companiesSeen(entered)).toEqual([one.companyId])
        throw new Error('refused')
      })
      await expect(inside).rejects.toThrow('refused')
      return [await realmOf(tx), ...(await companiesSeen(tx))]
    })
    expect(realms).toEqual([installationRealm])
  })

  it('says why the work inside another realm failed in the database', async () => {
    const failing = database.inRealmOf(stranger, (tx) =>
      tx.inCompany(taskIn(one), (inside) => inside.query({ text: 'select 1 / 0' })),
    )
    await expect(failing).rejects.toThrow('division by zero')
  })

  it.each(['refused', 'done'])('that is %s sends nothing more into the next one', async (outcome) => {
    const left: Tx[] = []
    const first = database.inRealmOf(taskIn(one), async (tx) => {
      left.push(tx)
      if (outcome === 'refused') throw new Error('refused')
    })
    await first.catch(() => {})
    const [late] = left
    if (!late) throw new Error('the transaction was never open')
    await database.inRealmOf(taskIn(other), async (tx) => {
      await expect(companiesSeen(late)).rejects.toThrow('after the end of its transaction')
      expect(() => late.send({ text: `set local baton.company = '${one.companyId}'` })).toThrow(
        'after the end',
      )
      expect(() => late.db).toThrow('after the end')
      expect(await companiesSeen(tx)).toEqual([other.companyId])
    })
  })

  it.each([
    ['a statement that failed unawaited', (tx: Tx) => tx.send({ text: 'select 1 / 0' })],
    [
      'a refusal while statements were under way',
      (tx: Tx) => {
        tx.query({ text: 'select pg_sleep(0.05)' }).catch(() => {})
        throw new Error('refused')
      },
    ],
  ])('leaves its connection without a company after %s', async (_what, work) => {
    await expect(database.inRealmOf(taskIn(one), async (tx) => work(tx))).rejects.toThrow()
    const { rows } = await pool.query(`select nullif(current_setting('baton.company', true), '') as company`)
    expect(rows).toEqual([{ company: null }])
    expect(await database.inRealmOf(stranger, companiesSeen)).toEqual([])
  })
})

describe('a connection that is lost', () => {
  async function failureOf(when: 'work' | 'commit'): Promise<unknown> {
    const lone = servingPool(world.connection, 1)
    const cut = () => lone.emit('cut')
    lone.on('acquire', (client: pg.PoolClient & Pick<pg.Client, 'connection'>) => {
      lone.once('cut', () => client.connection.stream.destroy())
    })
    const failure = await databaseOn(lone)
      .inRealmOf(taskIn(one), async (tx) => {
        await companiesSeen(tx)
        if (when === 'work') {
          cut()
          await companiesSeen(tx)
        }
        // The commit leaves in this turn of the event loop, its answer would be read in the next.
        setImmediate(cut)
      })
      .catch((error: unknown) => error)
    await lone.end()
    return failure
  }

  it('ALL-3 while work goes on has changed nothing', async () => {
    const failure = await failureOf('work')
    expect(failure).toBeInstanceOf(Error)
    expect(failure).not.toBeInstanceOf(UnknownOutcome)
  })

  it('ALL-3 during the commit leaves the outcome unknown, and Baton does not claim otherwise', async () => {
    expect(await failureOf('commit')).toBeInstanceOf(UnknownOutcome)
  })
})
