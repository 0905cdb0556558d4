import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bindAddress, objectionTo, signInBy } from '../../../test/builders/identifiers.ts'
import { accountOf, joinAsPerson } from '../../../test/builders/persons.ts'
import { bodyOf, createCompany, type TestCompany } from '../../../test/builders.ts'
import { openWorld, type World } from '../../../test/world.ts'
import { createApp } from '../../app.ts'
import { phrases } from './model.ts'

const typed = phrases.en
let world: World
let company: TestCompany
beforeAll(async () => {
  world = await openWorld()
  company = await createCompany(world, { policies: { deletionCoolingDays: 0 } })
})
afterAll(() => world.close())

async function stateOf(accountId: string): Promise<string> {
  const { rows } = await world.tamper('select state from accounts where account_id = $1', [accountId])
  return rows[0].state
}

/** A person to whose account an address was added lately, and the link by which they can object. */
async function withChange(name: string, address: string) {
  const person = await joinAsPerson(world, company, { name })
  const client = await person.signIn()
  world.clock.advance({ minutes: 1 })
  await bindAddress(world, client, { kind: 'email', value: address })
  const token = await objectionTo(world, person.email)
  return { ...person, client, token, accountId: await accountOf(world, person.memberId) }
}

describe('ACC-9 the end of an account and an objection', () => {
  it('is not asked for while the objection is open (account.frozen)', async () => {
    const person = await withChange('Frozen', 'frozen@putting-off.example')
    bodyOf(await world.anonymous.post('/v1/objections', { token: person.token }), 201)
    const client = await signInBy(world, { kind: 'email', value: person.email })
    expect(await client.post('/v1/account/deletion', { typed })).toMatchObject({
      status: 409,
      body: { code: 'account.frozen' },
    })
  })

  it('waits for the decision where it was asked for before', async () => {
    const person = await withChange('Hijacked', 'hijacker@putting-off.example')
    bodyOf(await person.client.post('/v1/account/deletion', { typed }), 201)
    bodyOf(await world.anonymous.post('/v1/objections', { token: person.token }), 201)
    world.clock.advance({ days: 2 })
    await world.runDueWork()
    expect(await stateOf(person.accountId)).toBe('active')
    const { rows } = await world.tamper(
      'select state, due_at > $2 as is_later from account_deletions where account_id = $1',
      [person.accountId, world.clock.now().toISOString()],
    )
    expect(rows).toEqual([{ state: 'waiting', is_later: true }])
    await world.tamper(
      "update account_changes set settled_at = now(), outcome = 'kept', parked_password = null where account_id = $1",
      [person.accountId],
    )
    world.clock.advance({ days: 2 })
    await world.runDueWork()
    expect(await stateOf(person.accountId)).toBe('erased')
  })
})

describe('CMP two Owners whose accounts are due at once', () => {
  it('leave one of them: of two processes one waits for the other, and puts it off', async () => {
    const own = await createCompany(world, { policies: { deletionCoolingDays: 0 } })
    const owners = await Promise.all(
      ['One', 'Other'].map(async (name) => {
        const person = await joinAsPerson(world, own, { name, role: 'owner' })
        return { client: await person.signIn(), accountId: await accountOf(world, person.memberId) }
      }),
    )
    await world.tamper("update members set status = 'left' where member_id = $1", [own.ownerMemberId])
    const second = await createApp(world.parts)
    try {
      for (const { accountId } of owners) {
        await world.tamper(
          `insert into account_deletions (account_id, deletion_id, cause, asked_at, due_at)
           values ($1, gen_random_uuid(), 'asked', now(), '2000-01-01')`,
          [accountId],
        )
      }
      const run = (app: typeof second) => app.dueTasks.find(({ name }) => name === 'deletions.due')?.run()
      await Promise.all([run(world.app), run(second)])
      await Promise.all([run(world.app), run(second)])
    } finally {
      await second.http.close()
      await second.localHttp.close()
    }
    const states = await Promise.all(owners.map(({ accountId }) => stateOf(accountId)))
    expect(states.toSorted()).toEqual(['active', 'erased'])
  })

  it('keeps the only Owner who is leaving, where nobody else is one', async () => {
    const own = await createCompany(world, { policies: { deletionCoolingDays: 0 } })
    const person = await joinAsPerson(world, own, { name: 'Leaving', role: 'owner' })
    const client = await person.signIn()
    await world.tamper("update members set status = 'left' where member_id = $1", [own.ownerMemberId])
    await world.tamper("update members set status = 'leaving' where member_id = $1", [person.memberId])
    expect(await client.post('/v1/account/deletion', { typed })).toMatchObject({
      status: 409,
      body: { code: 'deletion.last_owner' },
    })
  })
})
