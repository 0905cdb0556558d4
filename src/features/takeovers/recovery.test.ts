import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signedInPerson } from '../../../test/builders/factors.ts'
import { bindAddress, identifierIdOf, objectionTo, signInBy } from '../../../test/builders/identifiers.ts'
import { accountState, joined, linkTo, removeEmail, sealNow } from '../../../test/builders/takeovers.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from '../../../test/builders.ts'
import { codeTo } from '../../../test/messages.ts'
import { type Answer, openWorld, type World } from '../../../test/world.ts'

let world: World
let company: TestCompany
beforeAll(async () => {
  world = await openWorld()
  company = await createCompany(world)
})
afterAll(() => world.close())

const nothing = { status: 409, body: { code: 'recovery.nothing' } }
const password = 'seven green lamps 41'
let attackers = 0

async function recover(email: string, given?: string): Promise<Answer> {
  const { recoveryId } = bodyOf(await world.anonymous.post('/v1/account-recoveries', { email }), 201)
  const code = await codeTo(world, email)
  const body = given === undefined ? { code } : { code, password: given }
  return world.anonymous.post(`/v1/account-recoveries/${recoveryId}/verify`, body)
}

async function stateOf(accountId: string): Promise<string> {
  return (await accountState(world, accountId)).state
}

function attackersAddress(): { kind: 'email'; value: string } {
  attackers += 1
  return { kind: 'email', value: `attacker${attackers}@recovery.example` }
}

/** A person in whose account somebody else binds an address. */
async function attacked() {
  const person = await signedInPerson(world)
  world.clock.advance({ minutes: 1 })
  const evil = attackersAddress()
  await bindAddress(world, person.client, evil)
  return { ...person, evil }
}

async function withoutPassword(accountId: string): Promise<void> {
  await world.tamper('update accounts set password_hash = null where account_id = $1', [accountId])
}

/** A sealed account without a password, of which the person removed two addresses. */
async function sealedWithTwo() {
  const person = await joined(world, company)
  world.clock.advance({ minutes: 1 })
  const second = attackersAddress().value
  await bindAddress(world, await person.signIn(), { kind: 'email', value: second })
  world.clock.advance({ days: 8 })
  await removeEmail(world, person)
  await withoutPassword(person.accountId)
  await sealNow(world, person.accountId)
  return { ...person, second }
}

describe('ACC-9 an address that an objection was about', () => {
  it('recovers nothing after the objection undid it', async () => {
    const person = await attacked()
    const token = await objectionTo(world, person.email)
    bodyOf(await world.anonymous.post('/v1/objections', { token }), 201)
    const back = await signInBy(world, { kind: 'email', value: person.email })
    const { items } = bodyOf(await back.get('/v1/account/changes'), 200)
    const { changeId } = items.find(({ state }: { state: string }) => state === 'objected')
    bodyOf(await back.post(`/v1/account/changes/${changeId}/settle`, { decision: 'undo' }), 200)
    const { rows } = await world.tamper(
      'select ended_how from identifier_history where account_id = $1 and value = $2',
      [person.accountId, person.evil.value],
    )
    expect(rows).toEqual([{ ended_how: 'objected' }])
    world.clock.advance({ days: 30 })
    await removeEmail(world, person)
    await sealNow(world, person.accountId)
    expect(await recover(person.evil.value)).toMatchObject(nothing)
    expect(await stateOf(person.accountId)).toBe('sealed')
  })

  it('recovers nothing where whoever bound it had removed it before the objection', async () => {
    const person = await attacked()
    const token = await objectionTo(world, person.email)
    const identifierId = await identifierIdOf(person.client, person.evil.value)
    expect((await person.client.delete(`/v1/account/identifiers/${identifierId}`)).status).toBe(204)
    bodyOf(await world.anonymous.post('/v1/objections', { token }), 201)
    await removeEmail(world, person)
    await withoutPassword(person.accountId)
    await sealNow(world, person.accountId)
    expect(await recover(person.evil.value)).toMatchObject(nothing)
  })

  it('recovers nothing without a password where its person removed it soon', async () => {
    const person = await attacked()
    world.clock.advance({ days: 6 })
    await removeEmail(world, person)
    await withoutPassword(person.accountId)
    await sealNow(world, person.accountId)
    expect(await recover(person.evil.value)).toMatchObject(nothing)
  })
})

describe('ACC-5 a sealed account without a password', () => {
  it('comes back after three days in which its other addresses could object, and is not erased meanwhile', async () => {
    const person = await sealedWithTwo()
    world.clock.advance({ days: 14 })
    const shown = bodyOf(await recover(person.second), 200)
    expect(shown).toMatchObject({ outcome: 'waiting' })
    expect(bodyOf(await recover(person.second), 200), 'the same wait').toEqual(shown)
    await world.runDueWork()
    linkTo(world, person.email)
    expect(await stateOf(person.accountId)).toBe('sealed')
    world.clock.advance({ days: 3, minutes: -1 })
    await world.runDueWork()
    expect(await stateOf(person.accountId)).toBe('sealed')
    world.clock.advance({ minutes: 2 })
    await world.runDueWork()
    expect(await accountState(world, person.accountId)).toMatchObject({ state: 'active', kinds: ['email'] })
    const told = world.sent.filter(({ to }) => to === person.second).map(({ template }) => template)
    expect(told).toContain('takeover.account_recovered')
    const left = await world.tamper('select 1 from account_recoveries where account_id = $1', [
      person.accountId,
    ])
    expect(left.rows).toEqual([])
  })

  it('waits once, whoever many ask at once with the same code or other ones', async () => {
    const person = await sealedWithTwo()
    const { recoveryId } = bodyOf(
      await world.anonymous.post('/v1/account-recoveries', { email: person.second }),
      201,
    )
    const code = await codeTo(world, person.second)
    const path = `/v1/account-recoveries/${recoveryId}/verify`
    const answers = await Promise.all(Array.from({ length: 64 }, () => world.anonymous.post(path, { code })))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect((await world.anonymous.post(path, { code })).body.code).toBe('code.wrong')
    const { rows } = await world.tamper('select 1 from account_recoveries where account_id = $1', [
      person.accountId,
    ])
    expect(rows).toHaveLength(1)
  })

  it('stays sealed when another address objects, and that address asks in vain from then on', async () => {
    const person = await sealedWithTwo()
    bodyOf(await recover(person.second), 200)
    await world.runDueWork()
    const token = linkTo(world, person.email)
    expect(bodyOf(await world.anonymous.post('/v1/takeover-vetoes', { token }), 200)).toEqual({
      outcome: 'recovery_stopped',
    })
    expect(await world.anonymous.post('/v1/takeover-vetoes', { token })).toMatchObject({
      status: 410,
      body: { code: 'takeover.link_invalid' },
    })
    world.clock.advance({ days: 4 })
    await world.runDueWork()
    expect(world.sent.findLast(({ to }) => to === person.second)?.template).toBe('takeover.recovery_stopped')
    expect(await stateOf(person.accountId)).toBe('sealed')
    expect(await recover(person.second)).toMatchObject(nothing)
    expect(bodyOf(await recover(person.email), 200)).toMatchObject({ outcome: 'waiting' })
  })

  it('leaves nothing of what was asked for when it is erased', async () => {
    const person = await sealedWithTwo()
    bodyOf(await recover(person.second), 200)
    await world.tamper("update members set status = 'left' where member_id = $1", [person.memberId])
    const due = "update account_deletions set due_at = '2000-01-01' where account_id = $1"
    await world.tamper(due, [person.accountId])
    await world.runDueWork()
    expect(await stateOf(person.accountId)).toBe('erased')
    const { rows } = await world.tamper('select 1 from account_recoveries where account_id = $1', [
      person.accountId,
    ])
    expect(rows).toEqual([])
  })
})

describe('ACC-5 API tokens of a member whose account is sealed', () => {
  it('let nobody in until it is recovered (member.suspended)', async () => {
    const person = await joined(world, company)
    const robot = await tokenFor(world, company, person.memberId)
    expect((await robot.get('/v1/me')).status).toBe(200)
    await removeEmail(world, person)
    await sealNow(world, person.accountId)
    expect(await robot.get('/v1/me')).toMatchObject({
      status: 401,
      body: { code: 'member.suspended' },
    })
    expect(bodyOf(await recover(person.email, password), 200)).toEqual({ outcome: 'recovered' })
    expect((await robot.get('/v1/me')).status).toBe(200)
  })
})
