import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addNumber, heldNumber, hire } from '../../../test/builders/numbers.ts'
import { accountOf, bindPhone, joinAsPerson, personsPassword } from '../../../test/builders/persons.ts'
import { bodyOf, createCompany, type TestCompany } from '../../../test/builders.ts'
import { codeTo } from '../../../test/messages.ts'
import { visitorOf } from '../../../test/visitor.ts'
import { type Answer, openWorld, type World } from '../../../test/world.ts'

let world: World
let company: TestCompany
beforeAll(async () => {
  world = await openWorld()
  company = await createCompany(world)
})
afterAll(() => world.close())

/** A number of the company that its holder has bound to the own account, too. */
async function boundNumber(name: string) {
  const holder = await joinAsPerson(world, company, { name })
  const { numberId, e164 } = await heldNumber(company, holder.memberId)
  const accountId = await accountOf(world, holder.memberId)
  await bindPhone(world, accountId, e164)
  return { numberId, e164, accountId, memberId: holder.memberId }
}

async function reassign(numberId: string, toMemberId: string): Promise<void> {
  world.clock.advance({ hours: 25 })
  bodyOf(await company.owner.post(`/v1/numbers/${numberId}/reassign`, { toMemberId }), 200)
}

function shownIn(answer: Answer): string {
  const { requestId: _requestId, ...body } = answer.body
  return JSON.stringify([answer.status, body])
}

describe("ACC-12 a code on a company's number", () => {
  it('signs in its present holder', async () => {
    const { e164, accountId } = await boundNumber('Holder Hanna')
    const answer = await visitorOf(world).signInByCode('phone', e164)
    expect(bodyOf(answer, 200)).toMatchObject({ outcome: 'signed_in', accountId })
  })

  it('ACC-4 signs nobody in to the account of a former holder, and says nothing of it', async () => {
    const one = await boundNumber('Fiona Former')
    const other = await boundNumber('Gerda Gone')
    const successor = await joinAsPerson(world, company, { name: 'Nina Newcomer' })
    await reassign(one.numberId, successor.memberId)
    await reassign(other.numberId, successor.memberId)
    await world.tamper(`update accounts set state = 'sealed', sealed_at = now() where account_id = $1`, [
      other.accountId,
    ])
    const third = await boundNumber('Greta Given')
    await reassign(third.numberId, successor.memberId)
    await world.tamper('update identifiers set frozen_at = now(), can_login = false where account_id = $1', [
      third.accountId,
    ])
    await world.tamper('update accounts set password_hash = null where account_id = $1', [third.accountId])
    const answers: Answer[] = []
    for (const { e164 } of [one, other, third]) {
      const browser = visitorOf(world)
      const answer = await browser.signInByCode('phone', e164)
      expect(browser.cookies.size).toBe(0)
      expect(answer).toMatchObject({
        status: 409,
        body: {
          code: 'identifier.still_linked',
          ways: [{ way: 'ask_former' }, { way: 'change_mobile' }, { way: 'recycled' }],
        },
      })
      expect(JSON.stringify(answer.body)).not.toMatch(/Fiona|Gerda|Greta|own\d+@|Company/)
      answers.push(answer)
    }
    expect(new Set(answers.map(shownIn)).size).toBe(1)
  })

  it('signs nobody in while the number is parked', async () => {
    const { numberId, e164 } = await boundNumber('Paula Parked')
    world.clock.advance({ hours: 25 })
    bodyOf(await company.owner.post(`/v1/numbers/${numberId}/park`, {}), 200)
    const answer = await visitorOf(world).signInByCode('phone', e164)
    expect(answer.body.code).toBe('identifier.still_linked')
  })

  it('ACC-1 lets nobody be locked out of a private phone by a company that enters it', async () => {
    const anna = await joinAsPerson(world, company, { name: 'Anna Apart' })
    const accountId = await accountOf(world, anna.memberId)
    const phone = '+49302900001'
    await bindPhone(world, accountId, phone)
    const other = await createCompany(world)
    const { numberId } = await addNumber(other, phone)
    for (const toMemberId of [null, await hire(other, 'Otto Other')]) {
      if (toMemberId !== null) {
        bodyOf(await other.owner.post(`/v1/numbers/${numberId}/assign`, { toMemberId }), 200)
      }
      const entered = bodyOf(await visitorOf(world).signInByCode('phone', phone), 200)
      expect(entered).toMatchObject({ outcome: 'signed_in', accountId })
    }
    const browser = visitorOf(world)
    const { resetId } = bodyOf(await browser.post('/v1/password/forgot', { phone }), 201)
    const body = { resetId, code: await codeTo(world, phone), password: 'nine purple boats 17' }
    expect((await browser.post('/v1/password/reset', body)).status).toBeLessThan(300)
    bodyOf(await browser.signInByCode('phone', phone), 200)
    const { ways } = bodyOf(await browser.get('/v1/account/confirmation'), 200)
    expect(ways.map(({ kind }: { kind?: string }) => kind)).toContain('phone')
  })

  describe('that its former holder had bound before the company entered it', () => {
    /** Somebody's phone, which the company entered later, assigned to them and took away. */
    async function claimedPhone(name: string, phone: string) {
      const holder = await joinAsPerson(world, company, { name })
      const accountId = await accountOf(world, holder.memberId)
      await bindPhone(world, accountId, phone)
      const known = visitorOf(world)
      bodyOf(await known.signInByCode('phone', phone), 200)
      const { numberId } = await addNumber(company, phone)
      bodyOf(await company.owner.post(`/v1/numbers/${numberId}/assign`, { toMemberId: holder.memberId }), 200)
      return { ...holder, accountId, phone, numberId, known }
    }

    it('is not enough for whoever holds it now, in whichever browser, and says nothing of the person', async () => {
      const emil = await claimedPhone('Early Emil', '+49302900002')
      const successor = await joinAsPerson(world, company, { name: 'Late Lena' })
      await reassign(emil.numberId, successor.memberId)
      for (const browser of [visitorOf(world), emil.known]) {
        const asked = bodyOf(await browser.signInByCode('phone', emil.phone), 200)
        expect(asked).toMatchObject({
          outcome: 'another_proof',
          ways: ['email', 'password'],
          waysOut: [{ way: 'ask_former' }, { way: 'change_mobile' }, { way: 'recycled' }],
        })
        expect(JSON.stringify(asked)).not.toMatch(/Emil|own\d+@/)
      }
      const browser = visitorOf(world)
      const { resetId } = bodyOf(await browser.post('/v1/password/forgot', { phone: emil.phone }), 201)
      const body = { resetId, code: await codeTo(world, emil.phone), password: 'nine purple boats 17' }
      expect((await browser.post('/v1/password/reset', body)).body.code).toBe('password.reset_elsewhere')
    })

    it('ACC-1 keeps no person out whose own phone an Admin of theirs entered, assigned and parked', async () => {
      const anna = await claimedPhone('Anna Again', '+49302900003')
      world.clock.advance({ hours: 25 })
      bodyOf(await company.owner.post(`/v1/numbers/${anna.numberId}/park`, {}), 200)
      const browser = visitorOf(world)
      const { signInId } = bodyOf(await browser.signInByCode('phone', anna.phone), 200)
      const done = await browser.post(`/v1/sign-in/${signInId}/verify`, { password: personsPassword })
      expect(bodyOf(done, 200)).toMatchObject({ outcome: 'signed_in', accountId: anna.accountId })
      const { ways } = bodyOf(await browser.get('/v1/account/confirmation'), 200)
      expect(ways.map(({ kind }: { kind?: string }) => kind)).not.toContain('phone')
    })

    it('opens in a browser of the person where nothing else could be asked', async () => {
      const otto = await claimedPhone('Otto Only', '+49302900004')
      await world.tamper(`delete from identifiers where account_id = $1 and kind = 'email'`, [otto.accountId])
      await world.tamper('update accounts set password_hash = null where account_id = $1', [otto.accountId])
      world.clock.advance({ hours: 25 })
      bodyOf(await company.owner.post(`/v1/numbers/${otto.numberId}/park`, {}), 200)
      const stranger = await visitorOf(world).signInByCode('phone', otto.phone)
      expect(stranger.body.outcome).toBe('another_proof')
      const own = await otto.known.signInByCode('phone', otto.phone)
      expect(own.body).toMatchObject({ outcome: 'signed_in', accountId: otto.accountId })
    })
  })

  it('says the same in Chinese', async () => {
    const { numberId, e164 } = await boundNumber('Wang Fang')
    const successor = await joinAsPerson(world, company, { name: 'Li Na' })
    await reassign(numberId, successor.memberId)
    const answer = await visitorOf(world, undefined, { 'accept-language': 'zh-CN' }).signInByCode(
      'phone',
      e164,
    )
    expect(answer.body.title).toContain('该号码仍绑定在先前的账号上')
    expect(answer.body.ways.map(({ title }: { title: string }) => title)).toContain(
      '将该号码转移到您的新账号',
    )
  })

  it('sets no new password of a former holder', async () => {
    const { numberId, e164, accountId } = await boundNumber('Rita Reset')
    const before = await passwordOf(accountId)
    const successor = await joinAsPerson(world, company, { name: 'Sara Successor' })
    await reassign(numberId, successor.memberId)
    const browser = visitorOf(world)
    const { resetId } = bodyOf(await browser.post('/v1/password/forgot', { phone: e164 }), 201)
    const body = { resetId, code: await codeTo(world, e164), password: 'nine purple boats 17' }
    expect((await browser.post('/v1/password/reset', body)).body.code).toBe('identifier.still_linked')
    expect(await passwordOf(accountId)).toBe(before)
  })
})

async function passwordOf(accountId: string): Promise<string> {
  const { rows } = await world.tamper('select password_hash from accounts where account_id = $1', [accountId])
  return rows[0].password_hash
}
