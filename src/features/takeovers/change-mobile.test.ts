import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addNumber } from '../../../test/builders/numbers.ts'
import { ledgerOf } from '../../../test/builders/people.ts'
import {
  accountState,
  accountsWith,
  bindOwn,
  confirmLosses,
  joined,
  linkedNumber,
  linkTo,
  ownPhone,
  passOn,
  provePhone,
  removeEmail,
} from '../../../test/builders/takeovers.ts'
import { bodyOf, createCompany, type TestCompany } from '../../../test/builders.ts'
import { codeTo } from '../../../test/messages.ts'
import { openWorld, type World } from '../../../test/world.ts'

let world: World
let company: TestCompany
beforeAll(async () => {
  world = await openWorld()
  company = await createCompany(world, { tier: 'max' })
})
afterAll(() => world.close())

let lines = 0
function privatePhone(): string {
  lines += 1
  return `+49151${String(20_000_000 + lines)}`
}

/** The former holder has left, the new one is signed in; the number is still the former account's. */
async function scene() {
  const former = await joined(world, company, 'Fiona Former')
  const holder = await joined(world, company, 'Nora New')
  const number = await linkedNumber(world, company, { former, holder })
  return { former, holder, number, client: await holder.signIn() }
}

async function moveWaiting() {
  await world.runDueWork()
}

describe('ACC-5 Change mobile to a number that nobody else has', () => {
  it('binds it by a code, tells the other channels, and shows it in the ledger', async () => {
    const anna = await joined(world, company)
    const phone = privatePhone()
    const bound = bodyOf(await provePhone(world, anna.client, { phone }), 200)
    expect(bound).toMatchObject({ outcome: 'bound' })
    expect(await accountsWith(world, phone)).toEqual([anna.accountId])
    await world.runDueWork()
    expect(world.sent.findLast((message) => message.to === anna.email)?.text).toContain('/objection#')
    expect(await ledgerOf(company, anna.memberId)).toContain('account.identifier_bound')
    const again = await provePhone(world, anna.client, { phone })
    expect(again).toMatchObject({ status: 409, body: { code: 'takeover.own_already' } })
  })

  it('answers the same to every phone before the code, and refuses what is none', async () => {
    const { former, client, number } = await scene()
    const free = bodyOf(await client.post('/v1/account/change-mobile', { phone: privatePhone() }), 201)
    const taken = bodyOf(await client.post('/v1/account/change-mobile', { phone: number.e164 }), 201)
    expect(Object.keys(taken)).toEqual(Object.keys(free))
    expect(JSON.stringify(taken)).not.toContain(former.name)
    expect(await client.post('/v1/account/change-mobile', { phone: '12345' })).toMatchObject({
      status: 422,
      body: { code: 'takeover.phone_invalid' },
    })
  })

  it('is only for a person who proved lately who they are', async () => {
    const anna = await joined(world, company)
    expect(await company.owner.post('/v1/account/change-mobile', { phone: privatePhone() })).toMatchObject({
      status: 403,
      body: { code: 'account.person_only' },
    })
    world.clock.advance({ minutes: 11 })
    expect(await anna.client.post('/v1/account/change-mobile', { phone: privatePhone() })).toMatchObject({
      status: 401,
      body: { code: 'session.not_fresh' },
    })
  })

  it('replaces an own phone in the same step, with the session going on, or leaves it', async () => {
    const anna = await joined(world, company)
    const [old, next, third] = [privatePhone(), privatePhone(), privatePhone()]
    const { identifierId } = bodyOf(await provePhone(world, anna.client, { phone: old }), 200)
    await world.tamper('update sessions set identifier_id = $1 where account_id = $2', [
      identifierId,
      anna.accountId,
    ])
    bodyOf(await provePhone(world, anna.client, { phone: next, replaces: identifierId }), 200)
    expect(await accountsWith(world, old)).toEqual([])
    const { rows } = await world.tamper('select ended_how from identifier_history where identifier_id = $1', [
      identifierId,
    ])
    expect(rows).toEqual([{ ended_how: 'changed' }])
    bodyOf(await provePhone(world, anna.client, { phone: third }), 200)
    expect((await accountState(world, anna.accountId)).kinds).toEqual(['email', 'phone', 'phone'])
    const other = await joined(world, company)
    const foreign = { phone: privatePhone(), replaces: identifierId }
    expect(await other.client.post('/v1/account/change-mobile', foreign)).toMatchObject({
      status: 422,
      body: { code: 'takeover.replaced_missing' },
    })
  })
})

describe("ACC-5 Change mobile to the company's number that an earlier account has", () => {
  it('shows the losses without anything personal, then moves it and ends the sessions by it', async () => {
    const { former, holder, number, client } = await scene()
    await world.tamper(
      'update sessions set identifier_id = (select identifier_id from identifiers where value = $1) where account_id = $2',
      [number.e164, former.accountId],
    )
    const shown = bodyOf(await provePhone(world, client, { phone: number.e164 }), 200)
    expect(shown).toMatchObject({ outcome: 'confirm', numberId: number.numberId })
    expect(shown.losses.map(({ code }: { code: string }) => code)).toEqual([
      'takeover.sign_in_lost',
      'takeover.account_may_be_lost',
    ])
    const text = JSON.stringify([shown, bodyOf(await client.get('/v1/account/change-mobile'), 200)])
    for (const personal of [former.name, former.email, former.accountId]) {
      expect(text).not.toContain(personal)
    }
    expect(await accountsWith(world, number.e164)).toEqual([former.accountId])
    expect(bodyOf(await confirmLosses(client, shown), 200)).toMatchObject({ outcome: 'bound' })
    expect(await accountsWith(world, number.e164)).toEqual([holder.accountId])
    expect(await accountState(world, former.accountId)).toEqual({
      state: 'active',
      kinds: ['email'],
      sessions: 0,
    })
    expect(bodyOf(await client.get('/v1/account/change-mobile'), 200).items).toEqual([])
    expect(await ledgerOf(company, number.numberId)).toContain('takeover.done')
    await world.runDueWork()
    expect(world.sent.findLast((message) => message.to === former.email)?.text).toContain('/takeover#')
    expect(await confirmLosses(client, shown)).toMatchObject({
      status: 409,
      body: { code: 'takeover.not_open' },
    })
  })

  it('says whom to ask while the number is not assigned, and tells the Admins once', async () => {
    const { number } = await scene()
    const other = await joined(world, company, 'Otto Other')
    for (const _ of [1, 2]) {
      const refused = await provePhone(world, other.client, { phone: number.e164 })
      expect(refused).toMatchObject({ status: 409, body: { code: 'takeover.not_assigned' } })
      expect(JSON.stringify(refused.body)).toContain('Olivia Owner')
    }
    const asked = (await ledgerOf(company, number.numberId)).filter((action) => action === 'takeover.asked')
    expect(asked).toHaveLength(1)
    const { rows } = await world.tamper(
      `select kind from notices where member_id = $1 and particulars ->> 'numberId' = $2 and kind like 'takeover%'`,
      [company.ownerMemberId, number.numberId],
    )
    expect(rows).toEqual([{ kind: 'takeover.asked' }])
  })

  it('refuses the number of a company in which the person does not work', async () => {
    const { number } = await scene()
    const elsewhere = await createCompany(world)
    const stranger = await joined(world, elsewhere)
    const refused = await provePhone(world, stranger.client, { phone: number.e164 })
    expect(refused).toMatchObject({ status: 409, body: { code: 'takeover.not_your_company' } })
    expect(JSON.stringify(refused.body)).not.toContain(company.companyId)
  })

  it.each(['active', 'leaving'])('refuses while the former person works here (%s)', async (status) => {
    const former = await joined(world, company)
    const holder = await joined(world, company)
    const number = await bindOwn(world, company, former)
    await passOn(world, company, { number, holder })
    if (status !== 'active') {
      bodyOf(await company.owner.patch(`/v1/members/${former.memberId}`, { status }), 200)
    }
    const client = await holder.signIn()
    const refused = await provePhone(world, client, { phone: number.e164 })
    expect(refused).toMatchObject({ status: 409, body: { code: 'takeover.person_active' } })
    expect(JSON.stringify(refused.body)).not.toContain(former.name)
  })

  it.each([
    [
      'the number is reassigned',
      'takeover.not_assigned',
      async (one: Awaited<ReturnType<typeof scene>>) => {
        const { memberId: toMemberId } = await joined(world, company)
        const order = { toMemberId, overrideCooldown: { reason: 'today' } }
        bodyOf(await company.owner.post(`/v1/numbers/${one.number.numberId}/reassign`, order), 200)
      },
    ],
    [
      'it is parked',
      'takeover.not_assigned',
      async ({ number }: Awaited<ReturnType<typeof scene>>) => {
        bodyOf(await company.owner.post(`/v1/numbers/${number.numberId}/park`), 200)
      },
    ],
    [
      'the former person is rehired',
      'takeover.person_active',
      async ({ former }: Awaited<ReturnType<typeof scene>>) => {
        const rehire = { status: 'active', reason: 'rehired' }
        bodyOf(await company.owner.patch(`/v1/members/${former.memberId}`, rehire), 200)
      },
    ],
    [
      'it took too long',
      'takeover.not_open',
      async () => {
        world.clock.advance({ minutes: 31 })
      },
    ],
  ])('checks all again at the confirmation: %s (%s)', async (_what, code, change) => {
    const one = await scene()
    const shown = bodyOf(await provePhone(world, one.client, { phone: one.number.e164 }), 200)
    await change(one)
    const refused = await confirmLosses(await one.holder.signIn(), shown)
    expect(refused).toMatchObject({ status: 409, body: { code } })
    expect(await accountsWith(world, one.number.e164)).toEqual([one.former.accountId])
  })

  it('asks again when the losses are not those that were seen, and can be given up', async () => {
    const { number, client } = await scene()
    const shown = bodyOf(await provePhone(world, client, { phone: number.e164 }), 200)
    const wrong = await confirmLosses(client, { ...shown, lossesHash: '0'.repeat(64) })
    expect(wrong).toMatchObject({ status: 409, body: { code: 'takeover.losses_changed' } })
    expect(wrong.body.lossesHash).toBe(shown.lossesHash)
    const path = `/v1/account/change-mobile/${shown.changeId}`
    expect((await client.delete(path)).status).toBe(204)
    expect(await client.delete(path)).toMatchObject({ status: 409, body: { code: 'takeover.not_open' } })
    expect(await confirmLosses(client, shown)).toMatchObject({ body: { code: 'takeover.not_open' } })
  })

  it('needs custody at or after the binding: a phone that was bound after the number had gone waits (ACC-6)', async () => {
    const former = await joined(world, company)
    const holder = await joined(world, company)
    const number = await addNumber(company)
    bodyOf(
      await company.owner.post(`/v1/numbers/${number.numberId}/assign`, { toMemberId: former.memberId }),
      200,
    )
    await passOn(world, company, { number, holder })
    bodyOf(await company.owner.patch(`/v1/members/${former.memberId}`, { status: 'left' }), 200)
    await ownPhone(world, former, number.e164)
    const client = await holder.signIn()
    const shown = bodyOf(await provePhone(world, client, { phone: number.e164 }), 200)
    expect(shown).toMatchObject({ outcome: 'waiting' })
    expect(await ledgerOf(company, number.numberId)).toContain('takeover.waited')
  })

  it('lets the former person dispute it: the move stands, the Admins hear of it', async () => {
    const { former, holder, number, client } = await scene()
    const shown = bodyOf(await provePhone(world, client, { phone: number.e164 }), 200)
    bodyOf(await confirmLosses(client, shown), 200)
    await world.runDueWork()
    const token = linkTo(world, former.email)
    expect(bodyOf(await world.anonymous.post('/v1/takeover-vetoes', { token }), 200)).toEqual({
      outcome: 'disputed',
    })
    expect(await accountsWith(world, number.e164)).toEqual([holder.accountId])
    expect(await ledgerOf(company, number.numberId)).toContain('takeover.disputed')
    const again = await world.anonymous.post('/v1/takeover-vetoes', { token })
    expect(again).toMatchObject({ status: 410, body: { code: 'takeover.link_invalid' } })
  })
})

describe('ACC-6 a phone that another account has and no company of the person owns', () => {
  async function claimed() {
    const former = await joined(world, company, 'Paula Private')
    const taker = await joined(world, company, 'Tom Taker')
    const phone = privatePhone()
    await ownPhone(world, former, phone)
    const shown = bodyOf(await provePhone(world, taker.client, { phone }), 200)
    await world.runDueWork()
    return { former, taker, phone, shown }
  }

  it('waits 3 days with notice to every channel, the phone too, then moves', async () => {
    const { former, taker, phone, shown } = await claimed()
    expect(shown).toMatchObject({ outcome: 'waiting' })
    linkTo(world, former.email)
    expect(linkTo(world, phone), 'its person may still have the SIM').toBe(linkTo(world, former.email))
    const again = bodyOf(await provePhone(world, taker.client, { phone }), 200)
    expect(again, 'the same wait').toMatchObject({ changeId: shown.changeId, dueAt: shown.dueAt })
    world.clock.advance({ hours: 71 })
    await moveWaiting()
    expect(await accountsWith(world, phone)).toEqual([former.accountId])
    world.clock.advance({ hours: 2 })
    await moveWaiting()
    expect(await accountsWith(world, phone)).toEqual([taker.accountId])
    expect(await ledgerOf(company, former.memberId)).toContain('account.identifier_recycled')
    const token = linkTo(world, former.email)
    expect(await world.anonymous.post('/v1/takeover-vetoes', { token })).toMatchObject({
      status: 410,
      body: { code: 'takeover.link_invalid' },
    })
  })

  it('stays when its person objects by the link, once', async () => {
    const { former, taker, phone } = await claimed()
    const token = linkTo(world, former.email)
    expect(bodyOf(await world.anonymous.post('/v1/takeover-vetoes', { token }), 200)).toEqual({
      outcome: 'vetoed',
    })
    expect((await world.anonymous.post('/v1/takeover-vetoes', { token })).status).toBe(410)
    expect((await world.anonymous.post('/v1/takeover-vetoes', { token: 'x'.repeat(43) })).status).toBe(410)
    world.clock.advance({ days: 4 })
    await moveWaiting()
    expect(await accountsWith(world, phone)).toEqual([former.accountId])
    expect(
      world.sent.some(({ to, template }) => to === taker.email && template === 'takeover.phone_stays'),
    ).toBe(true)
  })

  it('is not asked for again by whom its person refused it, for 90 days (takeover.vetoed_lately)', async () => {
    const { former, taker, phone } = await claimed()
    const token = linkTo(world, former.email)
    bodyOf(await world.anonymous.post('/v1/takeover-vetoes', { token }), 200)
    world.clock.advance({ days: 89 })
    expect(await provePhone(world, await taker.signIn(), { phone })).toMatchObject({
      status: 409,
      body: { code: 'takeover.vetoed_lately', days: 90 },
    })
    world.clock.advance({ days: 2 })
    expect(bodyOf(await provePhone(world, await taker.signIn(), { phone }), 200).outcome).toBe('waiting')
  })

  it('does not pass by time where nobody ever proved the other address of its account', async () => {
    const former = await joined(world, company)
    const taker = await joined(world, company)
    const phone = privatePhone()
    await ownPhone(world, former, phone)
    await world.tamper("update identifiers set proven_how = 'unproven' where value = $1", [former.email])
    expect(await provePhone(world, taker.client, { phone })).toMatchObject({
      body: { code: 'takeover.still_used' },
    })
  })

  it('stays when its person objects signed in, seeing nothing of who asks', async () => {
    const { former, taker, phone, shown } = await claimed()
    const { claims } = bodyOf(await former.client.get('/v1/account/change-mobile'), 200)
    expect(claims).toEqual([{ claimId: shown.changeId, phone, dueAt: shown.dueAt }])
    const path = `/v1/account/phone-claims/${shown.changeId}`
    expect((await taker.client.delete(path)).status).toBe(404)
    expect((await former.client.delete(path)).status).toBe(204)
    expect((await former.client.delete(path)).status).toBe(404)
    expect(await accountsWith(world, phone)).toEqual([former.accountId])
  })

  it('moves where nobody can be told once its account was not used for 90 days, and seals what has no way in then', async () => {
    const former = await joined(world, company)
    const taker = await joined(world, company)
    const phone = privatePhone()
    await ownPhone(world, former, phone)
    await removeEmail(world, former)
    expect(await provePhone(world, taker.client, { phone })).toMatchObject({
      status: 409,
      body: { code: 'takeover.still_used', days: 90 },
    })
    world.clock.advance({ days: 91 })
    bodyOf(await provePhone(world, await taker.signIn(), { phone }), 200)
    world.clock.advance({ days: 3, minutes: 1 })
    await moveWaiting()
    expect(await accountsWith(world, phone)).toEqual([taker.accountId])
    expect((await accountState(world, former.accountId)).state).toBe('sealed')
  })

  it('stays where the person was here while it waited and no other channel is left', async () => {
    const { former, phone } = await claimed()
    await removeEmail(world, former)
    world.clock.advance({ days: 3, minutes: 1 })
    await moveWaiting()
    expect(await accountsWith(world, phone)).toEqual([former.accountId])
  })

  it('goes to nobody when the phone went another way meanwhile', async () => {
    const { former, taker, phone } = await claimed()
    const third = await joined(world, company)
    await world.tamper("delete from identifiers where kind = 'phone' and value = $1", [phone])
    await ownPhone(world, third, phone)
    world.clock.advance({ days: 4 })
    await moveWaiting()
    expect(await accountsWith(world, phone)).toEqual([third.accountId])
    expect((await accountState(world, former.accountId)).kinds).toEqual(['email'])
    expect((await accountState(world, taker.accountId)).kinds).toEqual(['email'])
  })
})

describe('A code for Change mobile', () => {
  it('works once, in its own flow and in its own session (code.wrong)', async () => {
    const anna = await joined(world, company)
    const phone = privatePhone()
    const { changeId } = bodyOf(await anna.client.post('/v1/account/change-mobile', { phone }), 201)
    const code = await codeTo(world, phone)
    const path = `/v1/account/change-mobile/${changeId}/verify`
    const wrong = { status: 403, body: { code: 'code.wrong' } }
    expect(await (await anna.signIn()).post(path, { code }), 'another session').toMatchObject(wrong)
    const otherFlow = `/v1/account/identifiers/${changeId}/verify`
    expect((await anna.client.post(otherFlow, { code })).status, 'another flow').toBe(403)
    bodyOf(await anna.client.post(path, { code }), 200)
    expect(await anna.client.post(path, { code }), 'used').toMatchObject(wrong)
    const { changeId: later } = bodyOf(
      await anna.client.post('/v1/account/change-mobile', { phone: privatePhone() }),
      201,
    )
    world.clock.advance({ minutes: 11 })
    const late = await anna.client.post(`/v1/account/change-mobile/${later}/verify`, { code })
    expect(late, 'too old').toMatchObject(wrong)
  })
})
