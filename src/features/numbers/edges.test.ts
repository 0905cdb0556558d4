import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addNumber, heldNumber, hire } from '../../../test/builders/numbers.ts'
import { addDepartment } from '../../../test/builders/people.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from '../../../test/builders.ts'
import { type Answer, type Client, openWorld, type World } from '../../../test/world.ts'
import { systemCaller } from '../../kernel/caller.ts'
import { beginErasure, eraseSome } from './service/erase.ts'

let world: World
let company: TestCompany
let admin: Client
let anna: string
let bela: string

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  company = await createCompany(world, { tier: 'max', licences: 300 })
  admin = await tokenFor(world, company, await hire(company, 'Ada Admin', { role: 'admin' }))
  anna = await hire(company, 'Anna Alt')
  bela = await hire(company, 'Béla Bauer')
})

function inHours(hours: number): string {
  return new Date(world.clock.now().getTime() + hours * 3_600_000).toISOString()
}

function change(policies: object): Promise<Answer> {
  return company.owner.patch('/v1/company', { policies })
}

function act(numberId: string, verb: string, body: object = {}): Promise<Answer> {
  return company.owner.post(`/v1/numbers/${numberId}/${verb}`, body)
}

async function annasNumber(): Promise<{ numberId: string; e164: string }> {
  const number = await heldNumber(company, anna)
  world.clock.advance({ hours: 1 })
  return number
}

async function parkedNumbers(count: number): Promise<string[]> {
  const added = await Promise.all(Array.from({ length: count }, () => addNumber(company)))
  return added.map(({ numberId }) => numberId)
}

describe('a proposal that is approved', () => {
  const propose = (numberId: string, reason: string) =>
    company.owner.post('/v1/requests', { kind: 'proposal', numberId, toMemberId: bela, reason })

  it('NUM-2 may have long reasons of several lines', async () => {
    const { numberId } = await annasNumber()
    const { requestId } = bodyOf(await propose(numberId, `She leaves.\n${'x'.repeat(900)}`), 201)
    const decision = { reason: 'Agreed.', evidence: 'Talked to both.\nOn Monday.' }
    bodyOf(await admin.post(`/v1/requests/${requestId}/approve`, decision), 200)
    const other = await annasNumber()
    const { requestId: second } = bodyOf(await propose(other.numberId, `Two\nlines ${'x'.repeat(900)}`), 201)
    expect((await admin.post(`/v1/requests/${second}/approve`)).status).toBe(200)
  })

  it('NUM-9 is refused when someone else holds the number by now', async () => {
    const { numberId } = await annasNumber()
    const { requestId } = bodyOf(await propose(numberId, 'Anna leaves'), 201)
    const cora = await hire(company, 'Cora')
    bodyOf(await act(numberId, 'reassign', { toMemberId: cora }), 200)
    world.clock.advance({ hours: 1 })
    const refused = await admin.post(`/v1/requests/${requestId}/approve`)
    expect(refused.body).toMatchObject({ code: 'number.holder_changed', holderId: cora })
    bodyOf(await act(numberId, 'park'), 200)
    expect((await admin.post(`/v1/requests/${requestId}/approve`)).status).toBe(200)
  })
})

describe('the limit of moves that one person makes alone (ADR 0012)', () => {
  const statuses = async (moves: Promise<Answer>[]) =>
    (await Promise.all(moves)).map((answer) => answer.status).sort()

  it('HAN-10 holds for moves at the same moment', async () => {
    await change({ moveLimitPerDay: 5 })
    const numbers = await parkedNumbers(8)
    const moves = numbers.map((numberId) => act(numberId, 'assign', { toMemberId: anna }))
    expect(await statuses(moves)).toEqual([200, 200, 200, 200, 200, 202, 202, 202])
  })

  it('HAN-10 counts orders for a later time when they are given', async () => {
    await change({ moveLimitPerDay: 2 })
    const outcomes: string[] = []
    for (const numberId of await parkedNumbers(4)) {
      const order = { toMemberId: anna, at: inHours(1) }
      outcomes.push(bodyOf(await act(numberId, 'assign', order), 202).outcome)
    }
    expect(outcomes).toEqual(['scheduled', 'scheduled', 'pending_approval', 'pending_approval'])
  })

  it('HAN-10 holds for the operator of the machine too', async () => {
    await change({ moveLimitPerDay: 1 })
    const outcomes: string[] = []
    for (const numberId of await parkedNumbers(2)) {
      const moved = await company.operator.post(`/v1/numbers/${numberId}/assign`, { toMemberId: anna })
      outcomes.push(moved.body.outcome)
    }
    expect(outcomes).toEqual(['done', 'pending_approval'])
  })

  it('HAN-10 is a percentage once the company has more than 100 numbers', async () => {
    await change({ moveLimitPercent: 2 })
    const numbers = await parkedNumbers(100)
    const order = { toMemberId: anna }
    for (const numberId of numbers.slice(0, 3))
      expect((await act(numberId, 'assign', order)).status).toBe(200)
    await addNumber(company)
    expect((await act(numbers[3] ?? '', 'assign', order)).body.outcome).toBe('pending_approval')
  })
})

describe('a deletion of history that was approved', () => {
  async function approvedDeletion(): Promise<string> {
    const { numberId } = await annasNumber()
    const order = { toMemberId: bela, history: 'delete', reason: 'private calls' }
    const { deleteRequestId } = bodyOf(await act(numberId, 'reassign', order), 200)
    bodyOf(await admin.post(`/v1/requests/${deleteRequestId}/approve`), 200)
    return numberId
  }

  async function erasureOf(numberId: string): Promise<string> {
    const { rows } = await world.tamper('select state from history_erasures where number_id = $1', [numberId])
    return rows[0]?.state
  }

  it('NUM-5 waits as long as the move can be undone, also when the window was made longer', async () => {
    const numberId = await approvedDeletion()
    await change({ undoWindowHours: 200 })
    world.clock.advance({ hours: 100 })
    await world.runDueWork()
    expect(await erasureOf(numberId)).toBe('approved')
    bodyOf(await act(numberId, 'undo'), 200)
    expect(await erasureOf(numberId)).toBe('cancelled')
  })

  it('NUM-5 runs at the edge of the window, when undo is refused', async () => {
    const numberId = await approvedDeletion()
    world.clock.advance({ hours: 72 })
    expect((await act(numberId, 'undo')).body.code).toBe('undo.window_over')
    await world.runDueWork()
    expect(await erasureOf(numberId)).toBe('done')
  })

  it('ALL-7 waits while someone who held the number is under a hold', async () => {
    const numberId = await approvedDeletion()
    const hold = { subjectKind: 'member', subjectId: anna, reason: 'case 7' }
    const { holdId } = bodyOf(await company.owner.post('/v1/legal-holds', hold), 201)
    world.clock.advance({ hours: 80 })
    await world.runDueWork()
    expect(await erasureOf(numberId)).toBe('approved')
    const order = { toMemberId: anna, history: 'delete', reason: 'x' }
    expect((await act(numberId, 'reassign', order)).body.code).toBe('number.on_hold')
    for (const lifter of [company.owner, company.operator]) {
      bodyOf(await lifter.post(`/v1/legal-holds/${holdId}/lift`, { reason: 'over' }), 200)
    }
    await world.runDueWork()
    expect(await erasureOf(numberId)).toBe('done')
  })

  it('ALL-7 a hold that is placed during the deletion is answered after it', async () => {
    const numberId = await approvedDeletion()
    world.clock.advance({ hours: 80 })
    const { rows } = await world.tamper('select request_id from history_erasures where number_id = $1', [
      numberId,
    ])
    const order: string[] = []
    const due = { numberId, requestId: rows[0]?.request_id }
    const caller = systemCaller(company.companyId, 'test')
    expect(await world.parts.database.inRealmOf(caller, (tx) => beginErasure(tx, due))).toBe(true)
    const erased = world.parts.database
      .inRealmOf(caller, async (tx) => {
        await eraseSome(tx, due)
        await new Promise((resolve) => setTimeout(resolve, 300))
      })
      .then(() => order.push('erased'))
    await new Promise((resolve) => setTimeout(resolve, 100))
    const hold = { subjectKind: 'number', subjectId: numberId, reason: 'case 8' }
    bodyOf(await company.owner.post('/v1/legal-holds', hold), 201)
    order.push('held')
    await erased
    expect(order).toEqual(['erased', 'held'])
  })

  it('NUM-15 runs on when the number was released meanwhile', async () => {
    const numberId = await approvedDeletion()
    const { e164 } = bodyOf(await act(numberId, 'park'), 200)
    bodyOf(await act(numberId, 'release', { confirm: e164, reason: 'given up' }), 200)
    world.clock.advance({ hours: 80 })
    await world.runDueWork()
    expect(await erasureOf(numberId)).toBe('done')
  })

  it('ALL-7 is not approved when the company began to keep records meanwhile', async () => {
    const { numberId } = await annasNumber()
    const order = { toMemberId: bela, history: 'delete', reason: 'private calls' }
    const { deleteRequestId } = bodyOf(await act(numberId, 'reassign', order), 200)
    await change({ minimumRetentionDays: 30 })
    const refused = await admin.post(`/v1/requests/${deleteRequestId}/approve`)
    expect(refused.body.code).toBe('history.retained')
  })
})

describe('a waiting move', () => {
  it('ALL-1 is shown to a lead of the holder and to no other lead', async () => {
    const [ours, theirs] = [await addDepartment(company), await addDepartment(company)]
    const leads = await Promise.all(
      [ours, theirs].map(async ({ departmentId }, index) => {
        const departments = [{ departmentId, isLead: true }]
        return tokenFor(world, company, await hire(company, `Lead ${index}`, { role: 'lead', departments }))
      }),
    )
    const holder = await hire(company, 'Hans', { departments: [{ departmentId: ours.departmentId }] })
    const { numberId } = await heldNumber(company, holder)
    const { move } = bodyOf(await act(numberId, 'reassign', { toMemberId: bela, at: inHours(2) }), 202)
    const seen = await Promise.all(leads.map((lead) => lead.get(`/v1/scheduled-moves/${move.moveId}`)))
    expect(seen.map(({ status }) => status)).toEqual([200, 404])
    const lists = await Promise.all(leads.map((lead) => lead.get('/v1/scheduled-moves')))
    expect(lists.map(({ body }) => body.items.length)).toEqual([1, 0])
  })

  it('NUM-11 a loan must come back after the cool-down that it waits for', async () => {
    const { numberId } = await heldNumber(company, anna)
    const order = { toMemberId: bela, when: 'earliest', returnAt: inHours(0.25) }
    expect((await act(numberId, 'reassign', order)).body.code).toBe('move.return_before_start')
  })

  it('NUM-4 keeps no override of someone who is no Owner', async () => {
    const { numberId } = await annasNumber()
    const order = { toMemberId: bela, at: inHours(2), overrideCooldown: { reason: 'quick' } }
    const refused = await admin.post(`/v1/numbers/${numberId}/reassign`, order)
    expect(refused.body.code).toBe('number.override_owner_only')
  })

  it('NUM-5 a loan that ends early cannot delete history', async () => {
    const { numberId } = await annasNumber()
    bodyOf(await act(numberId, 'reassign', { toMemberId: bela, returnAt: inHours(5) }), 200)
    const order = { toMemberId: anna, history: 'delete', reason: 'private' }
    expect((await act(numberId, 'reassign', order)).body.code).toBe('move.loan_cannot_delete')
  })

  it('NUM-16 has its turn however many due moves fail before it', async () => {
    const broken = await createCompany(world, { licences: 300 })
    const member = await hire(broken, 'Bob')
    await Promise.all(Array.from({ length: 210 }, () => addNumber(broken)))
    await world.tamper(
      `insert into scheduled_moves (company_id, move_id, number_id, kind, to_member_id, history, due_at, state, scheduled_by, created_at)
        select company_id, gen_random_uuid(), number_id, 'return', $2, 'keep', now() - interval '1 day', 'scheduled', 'test', now()
        from numbers where company_id = $1`,
      [broken.companyId, member],
    )
    await world.tamper('delete from subscriptions where company_id = $1', [broken.companyId])
    const { numberId } = await annasNumber()
    bodyOf(await act(numberId, 'reassign', { toMemberId: bela, at: inHours(1) }), 202)
    world.clock.advance({ hours: 2 })
    const [dueMoves] = world.app.dueTasks
    for (let turn = 0; turn < 3; turn++) await dueMoves?.run().catch(() => {})
    const { holder } = (await company.owner.get(`/v1/numbers/${numberId}`)).body
    expect(holder.memberId).toBe(bela)
    await world.tamper('delete from scheduled_moves where company_id = $1', [broken.companyId])
  })
})

describe('a loan (ADR 0013)', () => {
  async function lent(): Promise<string> {
    const { numberId } = await annasNumber()
    bodyOf(await act(numberId, 'reassign', { toMemberId: bela, returnAt: inHours(5) }), 200)
    return numberId
  }

  async function causesOf(numberId: string): Promise<string[]> {
    const { items } = (await company.owner.get(`/v1/numbers/${numberId}/custody`)).body
    return items.map((item: { cause: string }) => item.cause).reverse()
  }

  it('NUM-11 comes back to the lender also from the park', async () => {
    const numberId = await lent()
    bodyOf(await act(numberId, 'park'), 200)
    const cora = await hire(company, 'Cora')
    expect((await act(numberId, 'assign', { toMemberId: cora })).body.code).toBe('number.on_loan')
    world.clock.advance({ hours: 6 })
    await world.runDueWork()
    const { holder, waiting } = (await company.owner.get(`/v1/numbers/${numberId}`)).body
    expect([holder.memberId, waiting]).toEqual([anna, []])
    expect(await causesOf(numberId)).toEqual(['added', 'assigned', 'lent', 'parked', 'returned'])
  })

  it('NUM-11 is still a loan after its parking was undone', async () => {
    const numberId = await lent()
    bodyOf(await act(numberId, 'park'), 200)
    bodyOf(await act(numberId, 'undo'), 200)
    expect((await act(numberId, 'undo')).body.code).toBe('undo.nothing')
    world.clock.advance({ hours: 6 })
    await world.runDueWork()
    expect(await causesOf(numberId)).toEqual(['added', 'assigned', 'lent', 'parked', 'undone', 'returned'])
  })

  it.each(['suspended', 'leaving'])('NUM-11 is parked when the lender is %s by then', async (status) => {
    const numberId = await lent()
    bodyOf(await company.owner.patch(`/v1/members/${anna}`, { status }), 200)
    world.clock.advance({ hours: 6 })
    await world.runDueWork()
    const number = (await company.owner.get(`/v1/numbers/${numberId}`)).body
    expect(number).toMatchObject({ state: 'parked', holder: null, waiting: [], licensed: true })
  })

  it('NUM-11 cannot be lent on', async () => {
    const numberId = await lent()
    world.clock.advance({ hours: 1 })
    const cora = await hire(company, 'Cora')
    const onward = { toMemberId: cora, returnAt: inHours(2) }
    expect((await act(numberId, 'reassign', onward)).body.code).toBe('number.on_loan')
  })
})

describe('a move for later', () => {
  it('NUM-11 of two Admins at the same moment one schedules it', async () => {
    const { numberId } = await annasNumber()
    const order = { toMemberId: bela, at: inHours(2) }
    const answers = await Promise.all(
      [company.owner, admin].map((client) => client.post(`/v1/numbers/${numberId}/reassign`, order)),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409])
  })

  it('NUM-9 fails when the number went back to someone else meanwhile', async () => {
    const { numberId } = await annasNumber()
    bodyOf(await act(numberId, 'reassign', { toMemberId: bela }), 200)
    const cora = await hire(company, 'Cora')
    const { move } = bodyOf(await act(numberId, 'reassign', { toMemberId: cora, at: inHours(2) }), 202)
    bodyOf(await act(numberId, 'undo'), 200)
    world.clock.advance({ hours: 3 })
    await world.runDueWork()
    const ended = (await company.owner.get(`/v1/scheduled-moves/${move.moveId}`)).body
    expect(ended).toMatchObject({ state: 'failed', refusalCode: 'number.holder_changed' })
  })

  it('NUM-13 keeps its recipient from having left, and fails where they are suspended by then', async () => {
    const { numberId } = await annasNumber()
    const { move } = bodyOf(await act(numberId, 'reassign', { toMemberId: bela, at: inHours(2) }), 202)
    const refused = await company.owner.patch(`/v1/members/${bela}`, { status: 'left' })
    expect(refused.body).toMatchObject({ code: 'member.holds', holdings: [{ kind: 'incoming_move' }] })
    bodyOf(await company.owner.patch(`/v1/members/${bela}`, { status: 'suspended' }), 200)
    world.clock.advance({ hours: 3 })
    await world.runDueWork()
    const ended = (await company.owner.get(`/v1/scheduled-moves/${move.moveId}`)).body
    expect(ended).toMatchObject({ state: 'failed', refusalCode: 'recipient.not_active' })
  })
})
