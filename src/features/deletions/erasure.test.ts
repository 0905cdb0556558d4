import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accountOf, bindPhone, joinAsPerson } from '../../../test/builders/persons.ts'
import { bodyOf, createCompany, type TestCompany } from '../../../test/builders.ts'
import { visitorOf } from '../../../test/visitor.ts'
import { openWorld, type World } from '../../../test/world.ts'
import { createApp } from '../../app.ts'
import type { ErasedAccount, ErasureJournal } from '../../platform/files/erasure-journal.ts'

const typed = 'delete my account'

/** A journal on a disk that is full, until it is not. */
class StubbornJournal implements ErasureJournal {
  isFull = true
  readonly accounts: ErasedAccount[] = []

  async append(): Promise<void> {}

  async read(): Promise<[]> {
    return []
  }

  async appendAccount(erased: ErasedAccount): Promise<void> {
    if (this.isFull) throw new Error('no space left on device')
    this.accounts.push(erased)
  }

  async readAccounts(): Promise<ErasedAccount[]> {
    return this.accounts
  }
}

const journal = new StubbornJournal()
let world: World
let company: TestCompany
beforeAll(async () => {
  world = await openWorld(undefined, { erasureJournal: journal })
  company = await createCompany(world, { policies: { deletionCoolingDays: 0 } })
})
afterAll(() => world.close())

async function someoneDeleting(name: string) {
  const person = await joinAsPerson(world, company, { name })
  const accountId = await accountOf(world, person.memberId)
  bodyOf(await (await person.signIn()).post('/v1/account/deletion', { typed }), 201)
  return { ...person, accountId }
}

async function run(name: string, app = world.app): Promise<number> {
  return (await app.dueTasks.find((task) => task.name === name)?.run()) ?? 0
}

async function stateOf(accountId: string): Promise<string> {
  const { rows } = await world.tamper('select state from account_deletions where account_id = $1', [
    accountId,
  ])
  return rows[0].state
}

async function countOf(action: string, memberId: string): Promise<number> {
  const { rows } = await world.tamper(
    'select count(*)::integer as count from audit_entries where action = $1 and subject_id = $2',
    [action, memberId],
  )
  return rows[0].count
}

describe('ACC-3: an erasure that is killed in the middle', () => {
  it('goes on where it was: nothing comes back, nothing is done twice, and the journal has it before it counts as done', async () => {
    journal.isFull = true
    const { accountId, memberId, email } = await someoneDeleting('Interrupted')
    await expect(run('deletions.due')).rejects.toThrow('1 of 1 erasures failed')
    expect(await stateOf(accountId)).toBe('erasing')
    expect(
      (await world.anonymous.post('/v1/sessions', { email, password: 'seven green lamps 41' })).status,
    ).toBe(401)
    expect(journal.accounts).toEqual([])
    journal.isFull = false
    world.clock.advance({ hours: 2 })
    expect(await run('deletions.due')).toBe(1)
    expect(await stateOf(accountId)).toBe('erased')
    expect(journal.accounts).toMatchObject([
      { accountId, members: [{ companyId: company.companyId, memberId }] },
    ])
    expect(await run('deletions.due')).toBe(0)
    expect(await countOf('account.deleted', memberId)).toBe(1)
    expect(await run('deletions.members')).toBe(1)
    expect(await run('deletions.members')).toBe(0)
    expect(await countOf('member.erased', memberId)).toBe(1)
  })

  it('takes what was counted of it along: guesses at its addresses, at its account, in its browsers', async () => {
    journal.isFull = false
    const person = await joinAsPerson(world, company, { name: 'Guessed at' })
    const client = await person.signIn()
    const own = visitorOf(world)
    bodyOf(await own.signInByPassword(person.email, 'seven green lamps 41'), 201)
    const counted = async () => {
      const sql = 'select count(*)::integer as count from sign_in_failures where is_lasting'
      return (await world.tamper(sql)).rows[0].count
    }
    const before = await counted()
    await own.signInByPassword(person.email, 'wrong wrong')
    await visitorOf(world).signInByPassword(person.email, 'wrong wrong')
    expect(await counted()).toBe(before + 4)
    bodyOf(await client.post('/v1/account/deletion', { typed }), 201)
    expect(await run('deletions.due')).toBe(1)
    expect(await counted()).toBe(before)
  })

  it('takes sign-ins along that were begun at its addresses, and answers that were kept for it', async () => {
    journal.isFull = false
    const person = await joinAsPerson(world, company, { name: 'Half way' })
    const accountId = await accountOf(world, person.memberId)
    const client = await person.signIn()
    const keyed = client.with({ 'idempotency-key': 'half-way-once-only' })
    bodyOf(await keyed.post('/v1/account/identifiers', { kind: 'phone', value: '+8613911110077' }), 201)
    bodyOf(await visitorOf(world).post('/v1/sign-in', { by: 'email', value: person.email }), 201)
    const kept = async () => {
      const sql = `select (select count(*)::int from challenges c where strpos(c::text, $1) > 0 or strpos(c::text, $2) > 0)
        + (select count(*)::int from idempotency_keys k where k.principal = 'account:' || $3) as count`
      return (await world.tamper(sql, [person.email, '13911110077', accountId])).rows[0].count
    }
    expect(await kept()).toBeGreaterThan(2)
    bodyOf(await client.post('/v1/account/deletion', { typed }), 201)
    expect(await run('deletions.due')).toBe(1)
    expect(await kept()).toBe(0)
  })

  it('by two processes at once is done once', async () => {
    journal.isFull = false
    const { accountId, memberId } = await someoneDeleting('Doubled')
    const second = await createApp(world.parts)
    try {
      await Promise.all([run('deletions.due'), run('deletions.due', second)])
      await Promise.all([run('deletions.members'), run('deletions.members', second)])
    } finally {
      await second.http.close()
      await second.localHttp.close()
    }
    expect(await stateOf(accountId)).toBe('erased')
    expect(await countOf('account.deleted', memberId)).toBe(1)
    expect(await countOf('member.erased', memberId)).toBe(1)
  })

  it('cannot be cancelled once it has begun', async () => {
    journal.isFull = true
    const { accountId } = await someoneDeleting('Too late')
    await expect(run('deletions.due')).rejects.toThrow('erasures failed')
    const { rows } = await world.tamper(
      `select (select count(*)::integer from identifiers where account_id = $1) as identifiers,
        (select count(*)::integer from sessions where account_id = $1) as sessions,
        (select state from accounts where account_id = $1) as state`,
      [accountId],
    )
    expect(rows).toEqual([{ identifiers: 0, sessions: 0, state: 'erased' }])
    journal.isFull = false
    world.clock.advance({ hours: 2 })
    await run('deletions.due')
  })
})

describe('ACC-3: of an erased account', () => {
  it('no table of what belongs to persons has a row that tells anything', async () => {
    journal.isFull = false
    const { accountId } = await someoneDeleting('Everything')
    await world.runDueWork()
    const { rows: tables } = await world.tamper(
      `select distinct tablename from pg_policies where schemaname = 'public' and policyname = 'serve_own_account' order by 1`,
    )
    // What is left: that there was an account, which digests were bound to it, and when it ended.
    const left = new Set(['accounts', 'account_deletions', 'identifier_history'])
    for (const { tablename } of tables) {
      const { rows } = await world.tamper(`select * from ${tablename} where account_id = $1`, [accountId])
      expect.soft([tablename, rows.length > 0]).toEqual([tablename, left.has(tablename)])
    }
    const { rows } = await world.tamper(
      'select display_name, password_hash from accounts where account_id = $1',
      [accountId],
    )
    expect(rows).toEqual([{ display_name: '', password_hash: null }])
  })

  it('the erasing door opens for accounts that are being erased, and no other', async () => {
    const person = await joinAsPerson(world, company, { name: 'Safe' })
    const accountId = await accountOf(world, person.memberId)
    await bindPhone(world, accountId, '+8613911110009')
    const anonymous = { kind: 'anonymous', id: 'anonymous' } as const
    const open = (realm: string) =>
      world.parts.database.inRealmOf(anonymous, (tx) =>
        tx.inAccount(realm, (inside) =>
          inside.query({ text: 'select baton_erase_account($1, $2)', values: [accountId, tx.now] }),
        ),
      )
    await expect(open(accountId)).rejects.toThrow('is not being erased')
    const another = await someoneDeleting('Another')
    await expect(open(another.accountId)).rejects.toThrow('in its own realm')
  })
})
