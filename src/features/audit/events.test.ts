import { type ClientRequest, get, type IncomingMessage } from 'node:http'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addNumber, heldNumber } from '../../../test/builders/numbers.ts'
import { addDepartment, addMember } from '../../../test/builders/people.ts'
import { joinAsPerson } from '../../../test/builders/persons.ts'
import { bodyOf, createCompany, type TestCompany } from '../../../test/builders.ts'
import { openWorld, type World } from '../../../test/world.ts'
import { permissionNames } from '../../kernel/permission.ts'
import { createServer } from '../../platform/http/server.ts'
import { createDoorkeeper } from '../accounts/index.ts'
import { auditRoutes } from './routes.ts'

interface StreamEvent {
  readonly id: string | null
  readonly event: string
  // biome-ignore lint/suspicious/noExplicitAny: a test reads the parts it names
  readonly data: any
}

/** A client of the live stream, on a real socket. */
class Stream {
  readonly events: StreamEvent[] = []
  status = 0
  isOver = false
  readonly #request: ClientRequest
  #text = ''

  constructor(url: string, headers: Record<string, string>) {
    this.#request = get(url, { headers, agent: false }, (answer) => this.#read(answer))
    this.#request.on('error', () => {
      this.isOver = true
    })
  }

  #read(answer: IncomingMessage): void {
    this.status = answer.statusCode ?? 0
    answer.setEncoding('utf8')
    answer.on('data', (text: string) => {
      const parts = (this.#text + text).split('\n\n')
      this.#text = parts.pop() ?? ''
      for (const part of parts) this.#take(part)
    })
    answer.on('close', () => {
      this.isOver = true
    })
  }

  #take(part: string): void {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(part)?.[1] ?? null
    const event = field('event')
    if (event !== null)
      this.events.push({ id: field('id'), event, data: JSON.parse(field('data') ?? 'null') })
  }

  /** Waits until `found` gives something, at most two seconds. */
  async until<T>(found: (stream: Stream) => T | undefined | false): Promise<T> {
    for (let tries = 0; tries < 400; tries++) {
      const answer = found(this)
      if (answer) return answer
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    throw new Error(`not within two seconds; seen: ${JSON.stringify(this.events)}, over: ${this.isOver}`)
  }

  opened = () => this.until(({ events }) => events.find(({ event }) => event === 'open'))
  closed = () => this.until(({ events, isOver }) => isOver && events.find(({ event }) => event === 'closed'))
  decision = (action: string) => this.until(({ events }) => events.find(({ data }) => data.action === action))
  actions = () => this.events.filter(({ event }) => event === 'decision').map(({ data }) => data.action)
  leave = () => this.#request.destroy()
}

let world: World
let company: TestCompany
let address: string
const streams: Stream[] = []

beforeAll(async () => {
  world = await openWorld()
  address = await world.app.http.listen({ host: '127.0.0.1', port: 0 })
})
beforeEach(async () => {
  company = await createCompany(world)
})
afterEach(() => {
  for (const stream of streams.splice(0)) stream.leave()
})
afterAll(() => world.close())

function follow(token: string, query = '', headers: Record<string, string> = {}): Stream {
  const stream = new Stream(`${address}/v1/events${query}`, { authorization: `Bearer ${token}`, ...headers })
  streams.push(stream)
  return stream
}

async function hire(wish: object): Promise<{ memberId: string; token: string; tokenId: string }> {
  const { memberId, role } = await addMember(company, wish)
  const scopes = permissionNames.filter((name) => name === 'events:read')
  const made = await company.operator.post('/v1/api-tokens', { name: `Token of ${role}`, scopes, memberId })
  return { memberId, ...bodyOf(made, 201) }
}

async function moveOn(numberId: string, toMemberId: string): Promise<void> {
  world.clock.advance({ hours: 1 })
  bodyOf(await company.owner.post(`/v1/numbers/${numberId}/reassign`, { toMemberId }), 200)
}

describe('following the ledger', () => {
  it('tells the Owner each sealed decision with its place, ids and states only', async () => {
    await world.runDueWork()
    const stream = follow(company.token)
    await stream.opened()
    const member = await addMember(company, { name: '韩梅梅' })
    await world.runDueWork()
    const { id, data } = await stream.decision('member.created')
    expect(stream.status).toBe(200)
    expect(id).toBe(String(data.seq))
    expect(data).toMatchObject({
      subjectKind: 'member',
      subjectId: member.memberId,
      actor: { kind: 'token' },
    })
    expect(JSON.stringify(stream.events)).not.toContain('韩梅梅')
  })

  it('calls what becomes of an account what RISC and CAEP call it, with ids only', async () => {
    bodyOf(await company.owner.patch('/v1/company', { policies: { deletionCoolingDays: 0 } }), 200)
    const person = await joinAsPerson(world, company, { name: '注销者', mobile: '+8613911110031' })
    await world.runDueWork()
    const stream = follow(company.token)
    await stream.opened()
    const client = await person.signIn()
    bodyOf(await client.post('/v1/account/deletion', { typed: 'delete my account' }), 201)
    await world.runDueWork()
    const revoked = await stream.decision('account.sessions_revoked')
    const subject = { format: 'opaque', id: person.memberId }
    expect(revoked.data.signal).toEqual({
      type: 'https://schemas.openid.net/secevent/caep/event-type/session-revoked',
      subject,
    })
    const deleted = await stream.decision('account.deleted')
    expect(deleted.data.signal).toEqual({
      type: 'https://schemas.openid.net/secevent/risc/event-type/account-purged',
      subject,
    })
    expect((await stream.decision('session.opened')).data.signal).toBeUndefined()
    for (const secret of [person.email, '注销者', '+8613911110031'])
      expect(JSON.stringify(stream.events)).not.toContain(secret)
  })

  it('goes on after Last-Event-ID without gap or repetition', async () => {
    await world.runDueWork()
    const first = follow(company.token)
    await first.opened()
    await addMember(company)
    await world.runDueWork()
    const { id } = await first.decision('member.created')
    first.leave()
    await addMember(company)
    await addMember(company)
    await world.runDueWork()
    const second = follow(company.token, '', { 'last-event-id': String(id) })
    await second.until(() => second.actions().length >= 2)
    const places = second.events.filter(({ event }) => event === 'decision').map((event) => Number(event.id))
    expect(places).toEqual([Number(id) + 1, Number(id) + 2])
  })

  it('begins at the very first decision with ?after=-1, and at 450 of them sends every one once', async () => {
    await world.tamper(
      `insert into audit_entries (company_id, entry_id, at, action, actor, subject_kind, subject_id, effect, leaf_hash)
       select $1, gen_random_uuid(), now(), 'test.many', '{"id":"x","kind":"system"}', 't', 't', '{}', decode(repeat('00', 32), 'hex')
       from generate_series(1, 450)`,
      [company.companyId],
    )
    await world.runDueWork()
    const stream = follow(company.token, '?after=-1')
    await stream.until(() => stream.actions().length >= 450)
    const places = stream.events.filter(({ event }) => event === 'decision').map((event) => Number(event.id))
    expect(places).toEqual(places.map((_, place) => place))
  })

  it('is refused before the first byte without a session, with a problem that says so', async () => {
    const stream = follow('baton_nothing')
    await stream.until(() => stream.isOver)
    expect(stream.status).toBe(401)
  })

  it('ALL-1 never tells of another company', async () => {
    await world.runDueWork()
    const stream = follow(company.token)
    await stream.opened()
    const other = await createCompany(world)
    await addMember(other)
    await addMember(company)
    await world.runDueWork()
    await stream.decision('member.created')
    await world.runDueWork()
    expect(stream.actions()).toEqual(['member.created'])
  })
})

describe('a member', () => {
  it('NUM-6 sees decisions about the own numbers, from the instant of holding them, and about the own person', async () => {
    const one = await hire({ name: 'One' })
    const two = await hire({ name: 'Two' })
    const number = await heldNumber(company, one.memberId)
    await moveOn(number.numberId, two.memberId)
    await heldNumber(company, one.memberId)
    await world.runDueWork()
    const stream = follow(two.token, '?after=-1')
    await stream.decision('number.reassigned')
    await stream.decision('member.created')
    expect(stream.actions()).not.toContain('number.assigned')
    expect(stream.actions()).not.toContain('number.created')
    expect(new Set(stream.events.map(({ data }) => data.subjectId).filter(Boolean))).toEqual(
      new Set([number.numberId, two.memberId]),
    )
  })

  it('NUM-6 loses the stream of a number at the moment it passes on, and does not see the move', async () => {
    const one = await hire({ name: 'One' })
    const two = await hire({ name: 'Two' })
    const number = await heldNumber(company, one.memberId)
    await world.runDueWork()
    const before = follow(one.token, `?numberId=${number.numberId}`)
    const all = follow(one.token)
    await Promise.all([before.opened(), all.opened()])
    const started = performance.now()
    await moveOn(number.numberId, two.memberId)
    for (const stream of [before, all]) {
      expect((await stream.closed()).data).toMatchObject({
        code: 'events.custody_lost',
        says: 'A number you followed has passed on to someone else.',
      })
      expect(stream.events.at(-1)?.event).toBe('closed')
    }
    expect(performance.now() - started).toBeLessThan(1_000)
    await world.runDueWork()
    expect([...before.actions(), ...all.actions()]).toEqual([])
    const again = follow(one.token, `?numberId=${number.numberId}&after=-1`)
    expect((await again.closed()).data.code).toBe('events.out_of_reach')
    const heir = follow(two.token, `?numberId=${number.numberId}&after=-1`)
    await heir.decision('number.reassigned')
    expect(heir.actions()).toEqual(['number.reassigned'])
  })

  it('NUM-6 loses them as well when the number passes on in a batch', async () => {
    const one = await hire({ name: 'One' })
    const two = await hire({ name: 'Two' })
    const number = await heldNumber(company, one.memberId)
    await world.runDueWork()
    const streams = [follow(one.token, `?numberId=${number.numberId}`), follow(one.token)]
    await Promise.all(streams.map((stream) => stream.opened()))
    world.clock.advance({ hours: 1 })
    const moves = [{ numberId: number.numberId, toMemberId: two.memberId }]
    bodyOf(await company.owner.post('/v1/number-moves', { moves }), 202)
    await world.runDueWork()
    const ends = await Promise.all(streams.map((stream) => stream.closed()))
    expect(ends.map(({ data }) => data.code)).toEqual(['events.out_of_reach', 'events.custody_lost'])
    expect(streams.flatMap((stream) => stream.actions())).toEqual([])
  })

  it('NUM-6 without any announcement still gets nothing after the loss', async () => {
    const one = await hire({ name: 'One' })
    const number = await heldNumber(company, one.memberId)
    await world.runDueWork()
    const stream = follow(one.token, `?numberId=${number.numberId}`)
    await stream.opened()
    await world.tamper(
      `update numbers set state = 'parked', holder_id = null where company_id = $1 and number_id = $2`,
      [company.companyId, number.numberId],
    )
    await company.owner.patch(`/v1/numbers/${number.numberId}`, { label: 'Front desk' })
    await world.runDueWork()
    expect((await stream.closed()).data.code).toBe('events.out_of_reach')
    expect(stream.actions()).toEqual([])
  })

  it('is told of nothing of a number that others hold, and cannot follow it', async () => {
    const one = await hire({ name: 'One' })
    const parked = await addNumber(company)
    expect((await follow(one.token, `?numberId=${parked.numberId}`).closed()).data.code).toBe(
      'events.out_of_reach',
    )
    const unknown = company.companyId
    expect((await follow(company.token, `?numberId=${unknown}`).closed()).data.code).toBe(
      'events.out_of_reach',
    )
  })
})

describe('a lead', () => {
  it('follows numbers and members of the own departments and of those below them only', async () => {
    const sales = await addDepartment(company)
    const north = await addDepartment(company, { parentId: sales.departmentId })
    const far = await addDepartment(company)
    const lead = await hire({
      role: 'lead',
      departments: [{ departmentId: sales.departmentId, isLead: true }],
    })
    const near = await addMember(company, { departments: [{ departmentId: north.departmentId }] })
    const other = await addMember(company, { departments: [{ departmentId: far.departmentId }] })
    const number = await heldNumber(company, near.memberId)
    const foreign = await heldNumber(company, other.memberId)
    await world.runDueWork()
    const stream = follow(lead.token, '?after=-1')
    await stream.decision('number.assigned')
    const subjects = new Set(stream.events.map(({ data }) => data.subjectId).filter(Boolean))
    expect(subjects).toContain(number.numberId)
    expect(subjects).toContain(near.memberId)
    expect(subjects).not.toContain(other.memberId)
    expect(subjects).not.toContain(foreign.numberId)
    const filtered = follow(lead.token, `?numberId=${number.numberId}`)
    await filtered.opened()
    await moveOn(number.numberId, other.memberId)
    expect((await filtered.closed()).data.code).toBe('events.out_of_reach')
  })
})

describe('access that ends', () => {
  it('closes the stream of a member who is suspended, at once', async () => {
    const one = await hire({ name: 'One' })
    const stream = follow(one.token)
    await stream.opened()
    bodyOf(await company.owner.patch(`/v1/members/${one.memberId}`, { status: 'suspended' }), 200)
    expect((await stream.closed()).data.code).toMatch(/^(member|session|account)\./)
  })

  it('NUM-6 is found out by a silent stream at its next heartbeat', async () => {
    const one = await hire({ name: 'One' })
    const impatient = await createServer({
      ...world.parts,
      routes: auditRoutes({ ...world.parts, heartbeatMs: 30 }),
      doorkeeper: createDoorkeeper(world.parts.database),
      isLocalSocket: false,
    })
    const url = await impatient.listen({ host: '127.0.0.1', port: 0 })
    const stream = new Stream(`${url}/v1/events`, { authorization: `Bearer ${one.token}` })
    streams.push(stream)
    const beat = await stream.until(({ events }) => events.find(({ event }) => event === 'heartbeat'))
    expect(beat.id).toMatch(/^-?\d+$/)
    await world.tamper('update api_tokens set revoked_at = now() where token_id = $1', [one.tokenId])
    expect((await stream.closed()).data.code).toBe('session.required')
    await impatient.close()
  })

  it('closes the stream of a revoked token as soon as its revocation is sealed', async () => {
    const one = await hire({ name: 'One' })
    const stream = follow(one.token)
    await stream.opened()
    const answer = await company.operator.delete(`/v1/api-tokens/${one.tokenId}`)
    expect([200, 204]).toContain(answer.status)
    await world.runDueWork()
    expect((await stream.closed()).data.code).toBe('session.required')
  })
})
