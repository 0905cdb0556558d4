import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addPasskey } from '../../../test/builders/factors.ts'
import { addNumber } from '../../../test/builders/numbers.ts'
import { ledgerOf } from '../../../test/builders/people.ts'
import {
  accountState,
  accountsWith,
  bindOwn,
  confirmLosses,
  joined,
  linkedNumber,
  ownPhone,
  type Person,
  passOn,
  provePhone,
  removeEmail,
} from '../../../test/builders/takeovers.ts'
import { addWorkAccount } from '../../../test/builders/tasks.ts'
import { bodyOf, createCompany, type TestCompany } from '../../../test/builders.ts'
import { codeTo, newestTo } from '../../../test/messages.ts'
import { visitorOf } from '../../../test/visitor.ts'
import { type Answer, openWorld, type World } from '../../../test/world.ts'
import { codesPerHourNearby, freeAttempts, mostFailuresOfStrangers } from '../accounts/rules.ts'

let world: World
let company: TestCompany
beforeAll(async () => {
  world = await openWorld()
  company = await createCompany(world, { tier: 'max' })
})
afterAll(() => world.close())

/** A takeover after which the former person has nothing but what `keeps` leaves them. */
async function takenOver(keeps: (former: Person) => Promise<unknown> = async () => {}) {
  const former = await joined(world, company, 'Fiona Former')
  const holder = await joined(world, company, 'Nora New')
  await keeps(former)
  const number = await linkedNumber(world, company, { former, holder })
  await removeEmail(world, former)
  const client = await holder.signIn()
  const shown = bodyOf(await provePhone(world, client, { phone: number.e164 }), 200)
  bodyOf(await confirmLosses(client, shown), 200)
  return { former, holder, number }
}

async function recover(email: string, password?: string): Promise<Answer> {
  const { recoveryId } = bodyOf(await world.anonymous.post('/v1/account-recoveries', { email }), 201)
  const code = await codeTo(world, email)
  const given = password === undefined ? { code } : { code, password }
  return world.anonymous.post(`/v1/account-recoveries/${recoveryId}/verify`, given)
}

const password = 'seven green lamps 41'

async function deletionsOf({ accountId }: Person): Promise<unknown[]> {
  const sql = 'select cause, state, due_at > now() as waits from account_deletions where account_id = $1'
  return (await world.tamper(sql, [accountId])).rows
}

describe('ACC-5 an account whose last way in was taken over', () => {
  it('is sealed: no session lets in, nobody signs in, and its end is on its way', async () => {
    const { former } = await takenOver()
    expect(await accountState(world, former.accountId)).toEqual({ state: 'sealed', kinds: [], sessions: 0 })
    expect((await former.client.get('/v1/me')).status).toBe(401)
    expect(await deletionsOf(former)).toMatchObject([{ cause: 'sealed', state: 'waiting' }])
    expect(await ledgerOf(company, former.memberId)).not.toContain('account.disabled')
  })

  it('is not sealed while a passkey opens it', async () => {
    const { former } = await takenOver((one) => addPasskey(one.client))
    expect((await accountState(world, former.accountId)).state).toBe('active')
  })

  it('comes back to its person by an address that it once had, with its password', async () => {
    const { former, number, holder } = await takenOver()
    expect(await recover(former.email)).toMatchObject({
      status: 403,
      body: { code: 'recovery.password_wrong' },
    })
    expect((await recover(former.email, 'not the password 9')).status).toBe(403)
    expect(bodyOf(await recover(former.email, password), 200)).toEqual({ outcome: 'recovered' })
    expect(await accountState(world, former.accountId)).toEqual({
      state: 'active',
      kinds: ['email'],
      sessions: 0,
    })
    expect(await deletionsOf(former)).toMatchObject([{ state: 'cancelled' }])
    await former.signIn()
    expect(await accountsWith(world, number.e164), 'the number stays where it went').toEqual([
      holder.accountId,
    ])
    expect(await recover(former.email, password)).toMatchObject({
      status: 409,
      body: { code: 'recovery.nothing' },
    })
  })

  it('comes back once of 64 at once with the right code and password', async () => {
    const { former } = await takenOver()
    const { recoveryId } = bodyOf(
      await world.anonymous.post('/v1/account-recoveries', { email: former.email }),
      201,
    )
    const body = { code: await codeTo(world, former.email), password }
    const path = `/v1/account-recoveries/${recoveryId}/verify`
    const answers = await Promise.all(Array.from({ length: 64 }, () => world.anonymous.post(path, body)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(await accountState(world, former.accountId)).toMatchObject({ state: 'active', kinds: ['email'] })
  })

  it('ACC-1 is not sealed while its person has an own phone that an Admin entered and parked', async () => {
    const former = await joined(world, company, 'Fiona Former')
    const holder = await joined(world, company, 'Nora New')
    const own = '+4915130000902'
    await ownPhone(world, former, own)
    world.clock.advance({ minutes: 1 })
    const entered = await addNumber(company, own)
    const order = { toMemberId: former.memberId }
    bodyOf(await company.owner.post(`/v1/numbers/${entered.numberId}/assign`, order), 200)
    const number = await bindOwn(world, company, former)
    await removeEmail(world, former)
    await passOn(world, company, { number, holder })
    bodyOf(await company.owner.post(`/v1/numbers/${entered.numberId}/park`), 200)
    bodyOf(await company.owner.patch(`/v1/members/${former.memberId}`, { status: 'left' }), 200)
    const client = await holder.signIn()
    const shown = bodyOf(await provePhone(world, client, { phone: number.e164 }), 200)
    bodyOf(await confirmLosses(client, shown), 200)
    expect(await accountState(world, former.accountId)).toMatchObject({ state: 'active', kinds: ['phone'] })
    expect(await deletionsOf(former)).toEqual([])
  })

  it('does not come back by what was taken over, by a used code, or to somebody else (recovery.nothing)', async () => {
    const { former } = await takenOver()
    await world.tamper("update identifier_history set ended_how = 'taken_over' where account_id = $1", [
      former.accountId,
    ])
    expect((await recover(former.email, password)).body.code).toBe('recovery.nothing')
    expect((await recover('nobody@people.example')).body.code).toBe('recovery.nothing')
    const { recoveryId } = bodyOf(
      await world.anonymous.post('/v1/account-recoveries', { email: former.email }),
      201,
    )
    const path = `/v1/account-recoveries/${recoveryId}/verify`
    expect((await world.anonymous.post(path, { code: '000000' })).body.code).toBe('code.wrong')
    await codeTo(world, former.email)
    const answers = [former.email, 'nobody@people.example'].map(async (email) =>
      Object.keys(bodyOf(await world.anonymous.post('/v1/account-recoveries', { email }), 201)),
    )
    const [known, unknown] = await Promise.all(answers)
    expect(known).toEqual(unknown)
  })

  it('counts guesses at its password with all others at the account, however many codes are asked for', async () => {
    const { former } = await takenOver()
    const codes: string[] = []
    for (let made = 0; made <= freeAttempts; made++) {
      codes.push((await recover(former.email, 'not the password 9')).body.code)
    }
    const wrong = Array.from({ length: freeAttempts }, () => 'recovery.password_wrong')
    expect(codes).toEqual([...wrong, 'session.too_many_attempts'])
    const subject = world.parts.vault.digest('sign-in account', former.accountId)
    const sql = 'select failures from sign_in_failures where subject_hash = $1'
    const { rows } = await world.tamper(sql, [subject])
    expect(rows).toEqual([{ failures: freeAttempts }])
    const failures = mostFailuresOfStrangers
    await world.tamper('update sign_in_failures set failures = $2 where subject_hash = $1', [
      subject,
      failures,
    ])
    world.clock.advance({ minutes: 2 })
    expect((await recover(former.email, password)).body.code).toBe('code.wrong')
  })

  it('takes no second password with a code that was used for a wrong one', async () => {
    const { former } = await takenOver()
    const { email } = former
    const { recoveryId } = bodyOf(await world.anonymous.post('/v1/account-recoveries', { email }), 201)
    const code = await codeTo(world, email)
    const path = `/v1/account-recoveries/${recoveryId}/verify`
    const tries = [{ code }, { code, password: 'not the password 9' }, { code, password }]
    const codes: string[] = []
    for (const given of tries) codes.push((await world.anonymous.post(path, given)).body.code)
    expect(codes).toEqual(['recovery.password_wrong', 'recovery.password_wrong', 'code.wrong'])
  })

  it('is asked for with a limit for each network (code.too_many_nearby)', async () => {
    const network = '203.0.113.91'
    for (let asked = 0; asked < codesPerHourNearby; asked++) {
      const email = `nobody${asked}@recovery.example`
      bodyOf(await visitorOf(world, network).post('/v1/account-recoveries', { email }), 201)
    }
    const email = 'one-more@recovery.example'
    expect(await visitorOf(world, network).post('/v1/account-recoveries', { email })).toMatchObject({
      status: 429,
      body: { code: 'code.too_many_nearby' },
    })
    expect((await visitorOf(world).post('/v1/account-recoveries', { email })).status).toBe(201)
  })

  it('tells of the recovery with a link to object (ACC-9)', async () => {
    const { former } = await takenOver()
    bodyOf(await recover(former.email, password), 200)
    expect(await newestTo(world, former.email)).toContain('/objection#')
    const client = await former.signIn()
    const { items } = bodyOf(await client.get('/v1/account/changes'), 200)
    expect(items[0]).toMatchObject({ kind: 'identifier_bound', value: former.email, state: 'open' })
  })

  it('keeps the end that its person asked for before, and its time', async () => {
    const former = await joined(world, company)
    const holder = await joined(world, company)
    const number = await linkedNumber(world, company, { former, holder })
    await removeEmail(world, former)
    await world.tamper(
      `insert into account_deletions (account_id, deletion_id, cause, asked_at, due_at)
       values ($1, gen_random_uuid(), 'asked', now(), '2100-01-01')`,
      [former.accountId],
    )
    const client = await holder.signIn()
    const shown = bodyOf(await provePhone(world, client, { phone: number.e164 }), 200)
    bodyOf(await confirmLosses(client, shown), 200)
    const { rows } = await world.tamper(
      'select cause, extract(year from due_at)::int as year from account_deletions where account_id = $1',
      [former.accountId],
    )
    expect(rows).toEqual([{ cause: 'sealed', year: 2100 }])
    expect((await accountState(world, former.accountId)).state).toBe('sealed')
  })
})

describe('NUM-15 a number that the company gives up', () => {
  async function release({ numberId, e164 }: { numberId: string; e164: string }): Promise<Answer> {
    return company.owner.post(`/v1/numbers/${numberId}/release`, { confirm: e164, reason: 'gone' })
  }

  /** Somebody who had a number of the company in the own account, and has left. */
  async function leaverWithNumber() {
    const anna = await joined(world, company)
    const number = await bindOwn(world, company, anna)
    bodyOf(await company.owner.post(`/v1/numbers/${number.numberId}/park`), 200)
    bodyOf(await company.owner.patch(`/v1/members/${anna.memberId}`, { status: 'left' }), 200)
    return { anna, number }
  }

  async function blocksRelease({ numberId }: { numberId: string }): Promise<boolean> {
    return bodyOf(await company.owner.get(`/v1/numbers/${numberId}/bindings`), 200).blocksRelease
  }

  it('leaves the own account that had it as the company’s, with notice; the account keeps its other ways', async () => {
    const { anna, number } = await leaverWithNumber()
    expect(await blocksRelease(number)).toBe(false)
    bodyOf(await release(number), 200)
    await world.runDueWork()
    expect(await accountState(world, anna.accountId)).toMatchObject({ state: 'active', kinds: ['email'] })
    expect(world.sent.findLast(({ to }) => to === anna.email)?.template).toBe('takeover.phone_recycled')
  })

  it('ACC-1 stays with the company while somebody who works here has it in the own account', async () => {
    const anna = await joined(world, company)
    const number = await bindOwn(world, company, anna)
    await removeEmail(world, anna)
    bodyOf(await company.owner.post(`/v1/numbers/${number.numberId}/park`), 200)
    expect(await blocksRelease(number)).toBe(true)
    for (const status of ['active', 'leaving']) {
      if (status !== 'active') {
        bodyOf(await company.owner.patch(`/v1/members/${anna.memberId}`, { status }), 200)
      }
      expect(await release(number)).toMatchObject({ status: 409, body: { code: 'number.account_bound' } })
    }
    await world.runDueWork()
    expect(await accountState(world, anna.accountId)).toMatchObject({ state: 'active', kinds: ['phone'] })
  })

  it('ACC-7 stays with the company while it is the last way into an account', async () => {
    const { anna, number } = await leaverWithNumber()
    await removeEmail(world, anna)
    expect(await blocksRelease(number)).toBe(true)
    expect((await release(number)).body.code).toBe('number.account_bound')
  })

  it('seals no account whose person gave up the other ways meanwhile', async () => {
    const { anna, number } = await leaverWithNumber()
    bodyOf(await release(number), 200)
    await removeEmail(world, anna)
    await world.runDueWork()
    expect(await accountState(world, anna.accountId)).toMatchObject({ state: 'active', kinds: ['phone'] })
  })

  it('ACC-1 takes no private phone that an Admin entered, assigned and released', async () => {
    const anna = await joined(world, company)
    const phone = '+4915130000901'
    await ownPhone(world, anna, phone)
    await removeEmail(world, anna)
    const number = await addNumber(company, phone)
    const order = { toMemberId: anna.memberId }
    bodyOf(await company.owner.post(`/v1/numbers/${number.numberId}/assign`, order), 200)
    world.clock.advance({ minutes: 31 })
    bodyOf(await company.owner.post(`/v1/numbers/${number.numberId}/park`), 200)
    bodyOf(await release(number), 200)
    await world.runDueWork()
    expect(await accountState(world, anna.accountId)).toMatchObject({ state: 'active', kinds: ['phone'] })
    expect(await accountsWith(world, phone)).toEqual([anna.accountId])
  })

  it('does not touch a phone that the ledger does not show as held here (ACC-1)', async () => {
    const anna = await joined(world, company)
    const number = await addNumber(company)
    await ownPhone(world, anna, number.e164)
    bodyOf(await release(number), 200)
    await world.runDueWork()
    expect(await accountsWith(world, number.e164)).toEqual([anna.accountId])
  })

  it('is refused while something outside hangs on it', async () => {
    const anna = await joined(world, company)
    const number = await bindOwn(world, company, anna)
    await addWorkAccount(company, {
      holderId: anna.memberId,
      numberId: number.numberId,
      numberUse: 'login',
    })
    bodyOf(await company.owner.post(`/v1/numbers/${number.numberId}/park`), 200)
    const refused = await release(number)
    expect(refused).toMatchObject({ status: 409, body: { code: 'number.has_dependents' } })
    expect(refused.body.dependents).toHaveLength(1)
    await world.runDueWork()
    expect(await accountsWith(world, number.e164)).toEqual([anna.accountId])
  })
})
