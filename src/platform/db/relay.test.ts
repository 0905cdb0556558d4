import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../test/database.ts'
import { type Announcement, createAnnouncer } from './announce.ts'
import { ownerPool } from './pool.ts'
import { startRelay } from './relay.ts'

const companyId = '01900000-0000-7000-8000-000000000001'
const numberId = '01900000-0000-7000-8000-000000000002'
const moved: Announcement = { kind: 'custody-changed', companyId, numberId, fromMemberId: null }

let own: TestDatabase
beforeAll(async () => {
  own = await createTestDatabase()
})
afterAll(() => own.drop())

/** One process: its announcer, what it heard, and its relay. */
function startProcess() {
  const announcer = createAnnouncer()
  const heard: Announcement[] = []
  const errors: Error[] = []
  announcer.listen((announcement) => heard.push(announcement))
  const relay = startRelay({
    connection: own.connection,
    announcer,
    onError: (error) => errors.push(error),
  })
  return { announcer, heard, errors, relay }
}

async function until(isTrue: () => boolean): Promise<void> {
  for (let tries = 0; tries < 1_000 && !isTrue(); tries++)
    await new Promise((resolve) => setTimeout(resolve, 5))
  expect(isTrue()).toBe(true)
}

describe('announcements between processes', () => {
  it('NUM-6 reach the other processes once, and the own one without a detour', async () => {
    const [one, two, three] = [startProcess(), startProcess(), startProcess()]
    await Promise.all([one.relay.ready, two.relay.ready, three.relay.ready])
    one.announcer.tell(moved)
    expect(one.heard).toEqual([moved])
    await until(() => two.heard.length > 0 && three.heard.length > 0)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect([one.heard, two.heard, three.heard]).toEqual([[moved], [moved], [moved]])
    await Promise.all([one, two, three].map(({ relay }) => relay.stop()))
  })

  it('come in order, more than fits into one notification, and equal ones of a burst as one', async () => {
    const [one, two] = [startProcess(), startProcess()]
    await Promise.all([one.relay.ready, two.relay.ready])
    const sealed = Array.from(
      { length: 300 },
      (_, size): Announcement => ({ kind: 'ledger-sealed', companyId, size }),
    )
    for (const announcement of sealed) one.announcer.tell(announcement)
    for (let index = 0; index < 1_000; index++) one.announcer.tell({ kind: 'ledger-grew', companyId })
    await until(() => two.heard.length >= 301)
    expect(two.heard).toEqual([...sealed, { kind: 'ledger-grew', companyId }])
    expect([...one.errors, ...two.errors]).toEqual([])
    await Promise.all([one.relay.stop(), two.relay.stop()])
  })

  it('are heard again after the connection was cut', async () => {
    const [one, two] = [startProcess(), startProcess()]
    await Promise.all([one.relay.ready, two.relay.ready])
    const pool = ownerPool(own.connection, 1)
    await pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid() and query like 'listen%'`,
    )
    await until(() => two.errors.length > 0)
    await until(() => {
      one.announcer.tell(moved)
      return two.heard.length > 0
    })
    expect(two.heard[0]).toEqual(moved)
    await Promise.all([one.relay.stop(), two.relay.stop()])
    await pool.end()
  })

  it('ignores what is no announcement of ours', async () => {
    const one = startProcess()
    await one.relay.ready
    const pool = ownerPool(own.connection, 1)
    await pool.query(`select pg_notify('baton_announcements', 'nonsense')`)
    await until(() => one.errors.length > 0)
    expect(one.heard).toEqual([])
    await one.relay.stop()
    await pool.end()
  })
})
