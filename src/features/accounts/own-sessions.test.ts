import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hire } from '../../../test/builders/numbers.ts'
import { joinAsPerson } from '../../../test/builders/persons.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from '../../../test/builders.ts'
import { type Client, openWorld, type World } from '../../../test/world.ts'

const password = 'seven green lamps 41'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

let people = 0

/** An Owner with an account, and a way to sign them in on a device. */
async function person() {
  people += 1
  const email = `person${people}@example.com`
  const company = await createCompany(world, { ownerEmail: email, password })
  async function signInOn(device: string): Promise<Client> {
    const door = world.anonymous.with({ 'user-agent': device })
    const answer = await door.post('/v1/sessions', { email, password })
    bodyOf(answer, 201)
    world.clock.advance({ seconds: 1 })
    return world.client({ cookie: String(answer.headers['set-cookie']).split(';')[0] ?? '' })
  }
  return { company, signInOn }
}

interface Shown {
  readonly sessionId: string
  readonly device: string
  readonly current: boolean
}

async function sessionsOf(client: Client): Promise<Shown[]> {
  return bodyOf(await client.get('/v1/account/sessions'), 200).items
}

async function endedIn(company: TestCompany): Promise<number> {
  const entries = bodyOf(await company.owner.get('/v1/audit?action=session.ended'), 200)
  return entries.items.length
}

describe('ACC-1 the own sessions', () => {
  it('are listed with device and network, the newest first, and say which one is this', async () => {
    const { signInOn } = await person()
    await signInOn('Firefox on a laptop')
    const phone = await signInOn('Safari on a phone')
    expect(bodyOf(await phone.get('/v1/account/sessions'), 200)).toMatchObject({
      items: [
        { device: 'Safari on a phone', network: '127.0.0.1', current: true },
        { device: 'Firefox on a laptop', network: '127.0.0.1', current: false },
      ],
      nextCursor: null,
    })
  })

  it('come in pages', async () => {
    const { signInOn } = await person()
    await signInOn('one')
    const two = await signInOn('two')
    const page = bodyOf(await two.get('/v1/account/sessions?limit=1'), 200)
    expect(page.items).toMatchObject([{ device: 'two' }])
    const rest = bodyOf(await two.get(`/v1/account/sessions?limit=1&cursor=${page.nextCursor}`), 200)
    expect(rest).toMatchObject({ items: [{ device: 'one' }], nextCursor: null })
    expect(await two.get('/v1/account/sessions?cursor=nonsense')).toMatchObject({
      status: 400,
      body: { code: 'page.cursor_invalid' },
    })
  })

  it('end one by one, from that device’s next request on', async () => {
    const { company, signInOn } = await person()
    const laptop = await signInOn('laptop')
    const phone = await signInOn('phone')
    const lost = (await sessionsOf(phone)).find(({ device }) => device === 'laptop')
    const ended = await phone.delete(`/v1/account/sessions/${lost?.sessionId}`)
    expect(ended.status).toBe(204)
    expect(ended.headers['set-cookie']).toBeUndefined()
    expect((await laptop.get('/v1/me')).status).toBe(401)
    expect(await sessionsOf(phone)).toMatchObject([{ device: 'phone', current: true }])
    expect(await endedIn(company)).toBe(1)
    expect(await phone.delete(`/v1/account/sessions/${lost?.sessionId}`)).toMatchObject({
      status: 404,
      body: { code: 'thing.not_found' },
    })
  })

  it('may be ended from here, too, which takes the cookie away', async () => {
    const { signInOn } = await person()
    const here = await signInOn('here')
    const [own] = await sessionsOf(here)
    const ended = await here.delete(`/v1/account/sessions/${own?.sessionId}`)
    expect(String(ended.headers['set-cookie'])).toContain('Max-Age=0')
    expect((await here.get('/v1/me')).status).toBe(401)
  })

  it('all end but this one', async () => {
    const { company, signInOn } = await person()
    const others = [await signInOn('one'), await signInOn('two')]
    const here = await signInOn('three')
    expect(bodyOf(await here.delete('/v1/account/sessions'), 200)).toEqual({ endedSessions: 2 })
    for (const other of others) expect((await other.get('/v1/me')).status).toBe(401)
    expect(await sessionsOf(here)).toHaveLength(1)
    expect(bodyOf(await here.delete('/v1/account/sessions'), 200)).toEqual({ endedSessions: 0 })
    expect(await endedIn(company)).toBe(1)
  })

  it('are nobody else’s', async () => {
    const [one, other] = [await person(), await person()]
    const [mine, theirs] = [await one.signInOn('mine'), await other.signInOn('theirs')]
    const [session] = await sessionsOf(theirs)
    expect((await mine.delete(`/v1/account/sessions/${session?.sessionId}`)).status).toBe(404)
    expect((await theirs.get('/v1/me')).status).toBe(200)
  })

  it('are left out once they let nobody in any more', async () => {
    const { signInOn } = await person()
    await signInOn('idle')
    world.clock.advance({ hours: 3 })
    expect(await sessionsOf(await signInOn('fresh'))).toMatchObject([{ device: 'fresh' }])
  })

  it('are a person’s, so that a token neither sees nor ends any', async () => {
    const { company } = await person()
    const refused = { status: 403, body: { code: 'account.person_only' } }
    expect(await company.owner.get('/v1/account/sessions')).toMatchObject(refused)
    expect(await company.owner.delete('/v1/account/sessions')).toMatchObject(refused)
  })
})

describe('ACC-1 the sessions of a member', () => {
  it('show an Admin device and times, but neither network nor anything to end them by', async () => {
    const { company, signInOn } = await person()
    await signInOn('Firefox')
    const admin = await tokenFor(world, company, await hire(company, 'Ada', { role: 'admin' }))
    const path = `/v1/members/${company.ownerMemberId}/sessions`
    expect(bodyOf(await admin.get(path), 200)).toEqual({
      items: [{ device: 'Firefox', createdAt: expect.any(String), lastUsedAt: expect.any(String) }],
      nextCursor: null,
    })
    const member = await tokenFor(world, company, await hire(company, 'Mia'))
    expect(await member.get(path)).toMatchObject({ status: 403, body: { code: 'permission.missing' } })
  })

  it('are those by which the member can act here: of whoever left, or is signed out here, there are none', async () => {
    const company = await createCompany(world)
    const { memberId, signIn } = await joinAsPerson(world, company, { name: 'Lea Leaver' })
    const path = `/v1/members/${memberId}`
    const shown = async () => bodyOf(await company.owner.get(`${path}/sessions`), 200).items.length
    await signIn()
    expect(await shown()).toBe(2)
    world.clock.advance({ seconds: 1 })
    bodyOf(await company.owner.post(`${path}/end-sessions`), 200)
    expect(await shown()).toBe(0)
    world.clock.advance({ seconds: 1 })
    await signIn()
    expect(await shown()).toBe(1)
    for (const [status, count] of [
      ['leaving', 1],
      ['suspended', 0],
      ['left', 0],
    ]) {
      bodyOf(await company.owner.patch(path, { status }), 200)
      expect([status, await shown()]).toEqual([status, count])
    }
  })

  it('ALL-1 are not found in another company', async () => {
    const [one, other] = [await person(), await person()]
    await one.signInOn('Firefox')
    const path = `/v1/members/${one.company.ownerMemberId}/sessions`
    expect(await other.company.owner.get(path)).toMatchObject({ status: 404 })
  })
})
