import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addNumber, heldNumber, hire } from '../../../test/builders/numbers.ts'
import { createCompany, type TestCompany, tokenFor } from '../../../test/builders.ts'
import { openWorld, type World } from '../../../test/world.ts'

let world: World
let company: TestCompany
let anna: string
let bela: string

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  company = await createCompany(world)
  anna = await hire(company, 'Anna Alt')
  bela = await hire(company, 'Béla Bauer')
})

function pathOf(numberId: string, verb: string) {
  return `/v1/numbers/${numberId}/${verb}`
}

function move(numberId: string, verb: string, body: object = {}) {
  return company.owner.post(pathOf(numberId, verb), body)
}

/** A number that Anna has held for an hour. */
async function annasNumber(): Promise<{ numberId: string; e164: string }> {
  const number = await heldNumber(company, anna)
  world.clock.advance({ hours: 1 })
  return number
}

describe('adding a number', () => {
  it.each(['+86 138 0013 8001', '0086-138-0013-8001', '１３８００１３８００１', '+8613800138001'])(
    'NUM-1 %s is one row however it is written',
    async (written) => {
      const first = await company.owner.post('/v1/numbers', { number: written })
      expect(first.body).toMatchObject({
        e164: '+8613800138001',
        country: 'CN',
        type: 'mobile',
        state: 'parked',
      })
      const again = await company.owner.post('/v1/numbers', { number: '138 0013 8001' })
      expect(again.status).toBe(409)
      expect(again.body).toMatchObject({ code: 'number.already_owned', numberId: first.body.numberId })
      await company.owner.post(pathOf(first.body.numberId, 'release'), {
        confirm: '+8613800138001',
        reason: 'test',
      })
    },
  )

  it('ALL-1 a number of another company is not available, whoever owns it', async () => {
    const number = await addNumber(company)
    const other = await createCompany(world)
    const refused = await other.owner.post('/v1/numbers', { number: number.e164 })
    expect(refused.status).toBe(409)
    expect(refused.body.code).toBe('number.not_available')
    expect(JSON.stringify(refused.body)).not.toContain(number.numberId)
  })

  it.each(['hello', '+86 1', '999999999999999999', '+1 555'])('%s is no phone number', async (written) => {
    const refused = await company.owner.post('/v1/numbers', { number: written })
    expect(refused.status).toBe(422)
    expect(refused.body.code).toBe('number.invalid')
  })

  it('notes label and fields, and finds the number by any of its digits and words', async () => {
    const added = await company.owner.post('/v1/numbers', {
      number: '+49 30 7654321',
      label: 'Hotline Berlin',
      fields: { carrier: 'Telekom' },
    })
    for (const search of ['7654', '321', 'berlin', '+49 30 76', 'hot 4321']) {
      const found = await company.owner.get(`/v1/numbers?search=${encodeURIComponent(search)}`)
      expect(found.body.items.map((item: { numberId: string }) => item.numberId)).toEqual([
        added.body.numberId,
      ])
    }
    const changed = await company.owner
      .with({ 'if-match': `"${added.body.version}"` })
      .patch(`/v1/numbers/${added.body.numberId}`, { label: 'Zentrale' })
    expect(changed.body).toMatchObject({ label: 'Zentrale', fields: { carrier: 'Telekom' } })
    const stale = await company.owner
      .with({ 'if-match': `"${added.body.version}"` })
      .patch(`/v1/numbers/${added.body.numberId}`, { label: 'X' })
    expect(stale.status).toBe(412)
    expect((await company.owner.get('/v1/numbers?search=berlin')).body.items).toEqual([])
  })
})

describe('assigning and reassigning', () => {
  it('R4 NUM-6 the new holder has it at once, the old one no more', async () => {
    const number = await annasNumber()
    const annasClient = await tokenFor(world, company, anna)
    const belasClient = await tokenFor(world, company, bela)
    expect((await annasClient.get(`/v1/numbers/${number.numberId}`)).status).toBe(200)
    expect((await belasClient.get(`/v1/numbers/${number.numberId}`)).status).toBe(404)
    const moved = await move(number.numberId, 'reassign', { toMemberId: bela, expectedHolderId: anna })
    expect(moved.status).toBe(200)
    expect(moved.body).toMatchObject({
      outcome: 'done',
      number: { holder: { memberId: bela, name: 'Béla Bauer' } },
    })
    expect((await annasClient.get(`/v1/numbers/${number.numberId}`)).status).toBe(404)
    expect((await belasClient.get(`/v1/numbers/${number.numberId}`)).status).toBe(200)
  })

  it('NUM-3 R2 the sixth number of a Connect member is refused with the list and the ways out', async () => {
    for (let count = 0; count < 5; count++) await heldNumber(company, bela)
    const number = await annasNumber()
    const refused = await move(number.numberId, 'reassign', { toMemberId: bela })
    expect(refused.status).toBe(409)
    expect(refused.body).toMatchObject({ code: 'recipient.at_cap', cap: 5, ways: ['remove_one', 'upgrade'] })
    expect(refused.body.heldNumbers).toHaveLength(5)
    await company.owner.patch('/v1/company/subscription', { tier: 'advanced' })
    expect((await move(number.numberId, 'reassign', { toMemberId: bela })).status).toBe(200)
  })

  it('NUM-3 scheduled moves count against the cap', async () => {
    for (let count = 0; count < 4; count++) await heldNumber(company, bela)
    const [first, second] = [await annasNumber(), await annasNumber()]
    const at = new Date(world.clock.now().getTime() + 3_600_000).toISOString()
    expect((await move(first.numberId, 'reassign', { toMemberId: bela, at })).status).toBe(202)
    expect((await move(second.numberId, 'reassign', { toMemberId: bela })).body.code).toBe('recipient.at_cap')
  })

  it('NUM-9 is refused when the holder is not the expected one', async () => {
    const number = await annasNumber()
    const refused = await move(number.numberId, 'reassign', { toMemberId: bela, expectedHolderId: bela })
    expect(refused.body).toMatchObject({ code: 'number.holder_changed', holderId: anna })
  })

  it('NUM-4 R7 a number assigned just now can wait for its time, and moves by itself', async () => {
    const number = await heldNumber(company, anna)
    const refused = await move(number.numberId, 'reassign', { toMemberId: bela })
    expect(refused.body).toMatchObject({
      code: 'number.cooling_down',
      ways: ['wait', 'earliest', 'override'],
    })
    const waits = await move(number.numberId, 'reassign', { toMemberId: bela, when: 'earliest' })
    expect(waits.status).toBe(202)
    expect(waits.body).toMatchObject({
      outcome: 'scheduled',
      move: { dueAt: refused.body.availableAt, waitsFor: 'time' },
    })
    await world.runDueWork()
    expect((await company.owner.get(`/v1/numbers/${number.numberId}`)).body.holder.memberId).toBe(anna)
    world.clock.advance({ minutes: 31 })
    await world.runDueWork()
    expect((await company.owner.get(`/v1/numbers/${number.numberId}`)).body.holder.memberId).toBe(bela)
  })

  it('NUM-4 an Owner may override with a reason, an Admin may not', async () => {
    const number = await heldNumber(company, anna)
    const admin = await tokenFor(world, company, await hire(company, 'Ada Admin', { role: 'admin' }))
    const overrideCooldown = { reason: 'she leaves today' }
    const refused = await admin.post(pathOf(number.numberId, 'reassign'), {
      toMemberId: bela,
      overrideCooldown,
    })
    expect(refused.body.code).toBe('number.override_owner_only')
    expect((await move(number.numberId, 'reassign', { toMemberId: bela, overrideCooldown })).status).toBe(200)
  })

  it('NUM-10 R9 only the first assignment takes a licence, only release gives it back', async () => {
    const used = async () => (await company.owner.get('/v1/company/licences')).body.used
    const number = await annasNumber()
    expect(await used()).toBe(1)
    await move(number.numberId, 'reassign', { toMemberId: bela })
    await move(number.numberId, 'park')
    expect(await used()).toBe(1)
    const released = await move(number.numberId, 'release', {
      confirm: number.e164,
      reason: 'contract ended',
    })
    expect(released.body).toMatchObject({ state: 'released', licensed: false })
    expect(await used()).toBe(0)
  })

  it('NUM-10 is refused without a free licence', async () => {
    const poor = await createCompany(world, { licences: 0 })
    const number = await addNumber(poor)
    const refused = await poor.owner.post(pathOf(number.numberId, 'assign'), {
      toMemberId: await hire(poor, 'Paul Poor'),
    })
    expect(refused.body.code).toBe('licences.none_free')
  })

  it('ALL-1 a recipient of another company is not found', async () => {
    const number = await annasNumber()
    const stranger = await hire(await createCompany(world), 'Sam Stranger')
    const refused = await move(number.numberId, 'reassign', { toMemberId: stranger })
    expect(refused.status).toBe(404)
  })

  it.each([
    [{ at: '2020-01-01T00:00:00Z' }, 'move.in_the_past'],
    [{ returnAt: '2020-01-01T00:00:00Z' }, 'move.return_before_start'],
    [{ at: 'when it suits' }, 'move.time_unreadable'],
    [{ at: '2099-03-29T02:30', timeZone: 'Europe/Paris' }, 'move.time_unreadable'],
    [{ history: 'delete' }, 'history.reason_needed'],
  ])('ALL-3 %j is refused with %s', async (extra, code) => {
    const number = await annasNumber()
    const refused = await move(number.numberId, 'reassign', { toMemberId: bela, ...extra })
    expect(refused.status).toBe(422)
    expect(refused.body.code).toBe(code)
    expect(refused.body.next).not.toBe('')
  })

  it('ALL-4 the same key moves once, another body with it is refused', async () => {
    const number = await annasNumber()
    const once = company.owner.with({ 'idempotency-key': 'move-1' })
    const first = await once.post(pathOf(number.numberId, 'reassign'), { toMemberId: bela })
    const again = await once.post(pathOf(number.numberId, 'reassign'), { toMemberId: bela })
    expect(again.body).toEqual(first.body)
    expect(again.headers['idempotency-replayed']).toBe('true')
    expect((await once.post(pathOf(number.numberId, 'reassign'), { toMemberId: anna })).status).toBe(422)
  })
})

describe('custody', () => {
  it('NUM-12 NUM-1 is answered for any time, without overlap or gap', async () => {
    const number = await annasNumber()
    await move(number.numberId, 'reassign', { toMemberId: bela })
    world.clock.advance({ hours: 1 })
    await move(number.numberId, 'park')
    const { items } = (await company.owner.get(pathOf(number.numberId, 'custody'))).body
    expect(items.map((item: { cause: string }) => item.cause)).toEqual([
      'parked',
      'reassigned',
      'assigned',
      'added',
    ])
    for (const [index, later] of items.slice(0, -1).entries()) expect(items[index + 1].to).toBe(later.from)
    for (const stretch of items) {
      const at = await company.owner.get(`${pathOf(number.numberId, 'custody')}?at=${stretch.from}`)
      expect(at.body.items).toEqual([stretch])
    }
    const before = await company.owner.get(`${pathOf(number.numberId, 'custody')}?at=2001-01-01T00:00:00Z`)
    expect(before.body.items).toEqual([])
  })
})

describe('undo (NUM-11)', () => {
  it('restores the holder, the cool-down and the licence', async () => {
    const number = await annasNumber()
    const before = (await company.owner.get(`/v1/numbers/${number.numberId}`)).body
    await move(number.numberId, 'reassign', { toMemberId: bela, history: 'hide' })
    const undone = await move(number.numberId, 'undo')
    expect(undone.status).toBe(200)
    expect(undone.body).toMatchObject({
      holder: before.holder,
      availableAt: null,
      licensed: true,
      undoUntil: null,
    })
    expect((await move(number.numberId, 'undo')).body.code).toBe('undo.nothing')
  })

  it('is over after 72 hours', async () => {
    const number = await annasNumber()
    await move(number.numberId, 'reassign', { toMemberId: bela })
    world.clock.advance({ hours: 73 })
    expect((await move(number.numberId, 'undo')).body.code).toBe('undo.window_over')
  })
})

describe('a loan (NUM-11)', () => {
  const inHours = (hours: number) => new Date(world.clock.now().getTime() + hours * 3_600_000).toISOString()

  it('comes back by itself, and counts for both meanwhile', async () => {
    const number = await annasNumber()
    const lent = await move(number.numberId, 'reassign', { toMemberId: bela, returnAt: inHours(10) })
    expect(lent.body.number).toMatchObject({
      holder: { memberId: bela },
      waiting: [{ kind: 'return', to: { memberId: anna } }],
    })
    const third = await hire(company, 'Cora')
    expect((await move(number.numberId, 'reassign', { toMemberId: third })).body.code).toBe('number.on_loan')
    world.clock.advance({ hours: 11 })
    await world.runDueWork()
    expect((await company.owner.get(`/v1/numbers/${number.numberId}`)).body).toMatchObject({
      holder: { memberId: anna },
      waiting: [],
    })
  })

  it('ends early by reassigning to the lender', async () => {
    const number = await annasNumber()
    await move(number.numberId, 'reassign', { toMemberId: bela, returnAt: inHours(10) })
    const back = await move(number.numberId, 'reassign', { toMemberId: anna })
    expect(back.body).toMatchObject({ outcome: 'done', number: { holder: { memberId: anna }, waiting: [] } })
  })

  it('is undone with its return', async () => {
    const number = await annasNumber()
    await move(number.numberId, 'reassign', { toMemberId: bela, returnAt: inHours(10) })
    expect((await move(number.numberId, 'undo')).body).toMatchObject({
      holder: { memberId: anna },
      waiting: [],
    })
  })

  it('stays with the borrower when its return is cancelled', async () => {
    const number = await annasNumber()
    const lent = await move(number.numberId, 'reassign', { toMemberId: bela, returnAt: inHours(10) })
    const cancelled = await company.owner.delete(`/v1/scheduled-moves/${lent.body.number.waiting[0].moveId}`)
    expect(cancelled.body.state).toBe('cancelled')
    world.clock.advance({ hours: 11 })
    await world.runDueWork()
    expect((await company.owner.get(`/v1/numbers/${number.numberId}`)).body.holder.memberId).toBe(bela)
  })

  it('cannot delete history, and needs a lender', async () => {
    const number = await annasNumber()
    const deleting = { toMemberId: bela, returnAt: inHours(10), history: 'delete', reason: 'x' }
    expect((await move(number.numberId, 'reassign', deleting)).body.code).toBe('move.loan_cannot_delete')
    const parked = await addNumber(company)
    const fromPark = await move(parked.numberId, 'assign', { toMemberId: bela, returnAt: inHours(10) })
    expect(fromPark.body.code).toBe('move.loan_needs_lender')
  })
})

describe('a scheduled move', () => {
  it('NUM-11 is the only one for its number, can be cancelled once, and is listed meanwhile', async () => {
    const number = await annasNumber()
    const at = { at: '2099-12-01T09:00', timeZone: 'Asia/Shanghai' }
    const waits = await move(number.numberId, 'reassign', { toMemberId: bela, ...at })
    expect(waits.body.move).toMatchObject({ dueAt: '2099-12-01T01:00:00.000000Z', timeZone: 'Asia/Shanghai' })
    expect((await move(number.numberId, 'reassign', { toMemberId: bela, ...at })).body.code).toBe(
      'number.already_scheduled',
    )
    const { moveId } = waits.body.move
    expect(
      (await company.owner.get(`/v1/scheduled-moves?numberId=${number.numberId}`)).body.items,
    ).toHaveLength(1)
    expect((await company.owner.get(`/v1/scheduled-moves/${moveId}`)).body.state).toBe('scheduled')
    expect((await company.owner.delete(`/v1/scheduled-moves/${moveId}`)).status).toBe(200)
    expect((await company.owner.delete(`/v1/scheduled-moves/${moveId}`)).body.code).toBe('move.not_waiting')
  })

  it('NUM-16 fails with its reason when the recipient can no longer take it', async () => {
    const number = await annasNumber()
    const waits = await move(number.numberId, 'reassign', { toMemberId: bela, at: '2099-12-01T09:00Z' })
    await company.owner.patch(`/v1/members/${bela}`, { status: 'suspended' })
    world.clock.advance({ days: 366 * 80 })
    await world.runDueWork()
    const failed = await company.owner.get(`/v1/scheduled-moves/${waits.body.move.moveId}`)
    expect(failed.body).toMatchObject({ state: 'failed', refusalCode: 'recipient.not_active' })
    const [notice] = (await company.owner.get('/v1/notices')).body.items
    expect(notice).toMatchObject({ kind: 'move.failed', e164: number.e164, cause: 'recipient.not_active' })
    expect((await company.owner.get(`/v1/numbers/${number.numberId}`)).body.holder.memberId).toBe(anna)
    world.clock.advance({ days: -366 * 80 })
  })

  it('NUM-11 waits for an admin when its scheduler may no longer move numbers', async () => {
    const number = await annasNumber()
    const adminId = await hire(company, 'Ada Admin', { role: 'admin' })
    const admin = await tokenFor(world, company, adminId)
    const at = new Date(world.clock.now().getTime() + 3_600_000).toISOString()
    const waits = await admin.post(pathOf(number.numberId, 'reassign'), { toMemberId: bela, at })
    await company.owner.patch(`/v1/members/${adminId}`, { role: 'member' })
    world.clock.advance({ hours: 2 })
    await world.runDueWork()
    const pending = await company.owner.get(`/v1/scheduled-moves/${waits.body.move.moveId}`)
    expect(pending.body).toMatchObject({ state: 'pending_approval', waitsFor: 'approval' })
    expect((await company.owner.post(`/v1/requests/${pending.body.requestId}/approve`, {})).status).toBe(200)
    expect((await company.owner.get(`/v1/numbers/${number.numberId}`)).body.holder.memberId).toBe(bela)
  })
})

describe('release (NUM-15)', () => {
  it('needs the number typed, and then another company may add it', async () => {
    const number = await addNumber(company)
    const wrong = await move(number.numberId, 'release', { confirm: '+49301', reason: 'x' })
    expect(wrong.body.code).toBe('number.confirmation_wrong')
    expect((await move(number.numberId, 'release', { confirm: number.e164, reason: 'x' })).status).toBe(200)
    expect((await move(number.numberId, 'assign', { toMemberId: anna })).body.code).toBe('number.released')
    expect((await company.owner.patch(`/v1/numbers/${number.numberId}`, { label: 'x' })).body.code).toBe(
      'number.released',
    )
    expect((await company.owner.get(pathOf(number.numberId, 'custody'))).body.items[0].cause).toBe('released')
    const other = await createCompany(world)
    expect((await other.owner.post('/v1/numbers', { number: number.e164 })).status).toBe(201)
  })

  it('is refused while someone holds it', async () => {
    const number = await annasNumber()
    expect((await move(number.numberId, 'release', { confirm: number.e164, reason: 'x' })).body.code).toBe(
      'number.held',
    )
  })
})
