import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addNumber, heldNumber, hire } from '../../../test/builders/numbers.ts'
import { addDepartment } from '../../../test/builders/people.ts'
import { createCompany, type TestCompany, tokenFor } from '../../../test/builders.ts'
import { type Client, openWorld, type World } from '../../../test/world.ts'

let world: World
let company: TestCompany
let anna: string
let bela: string
let admin: Client

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  company = await createCompany(world)
  anna = await hire(company, 'Anna Alt')
  bela = await hire(company, 'Béla Bauer')
  admin = await tokenFor(world, company, await hire(company, 'Ada Admin', { role: 'admin' }))
})

async function holderOf(numberId: string) {
  return (await company.owner.get(`/v1/numbers/${numberId}`)).body.holder?.memberId ?? null
}

function decide(client: Client, requestId: string, verb: 'approve' | 'reject', body: object = {}) {
  return client.post(`/v1/requests/${requestId}/${verb}`, body)
}

describe('a number whose country asks for a check (NUM-14)', () => {
  let numberId: string
  let requestId: string
  beforeEach(async () => {
    const number = await addNumber(
      company,
      `+86139${String(10_000_000 + Math.floor(Math.random() * 89_999_999))}`,
    )
    numberId = number.numberId
    const waits = await company.owner.post(`/v1/numbers/${numberId}/assign`, { toMemberId: anna })
    expect(waits.status).toBe(202)
    expect(waits.body).toMatchObject({ outcome: 'pending_check', move: { waitsFor: 'check' } })
    requestId = waits.body.move.requestId
  })

  it('stays where it is, says for what it waits, and moves when the check is cleared with evidence', async () => {
    expect(await holderOf(numberId)).toBeNull()
    const shown = (await company.owner.get(`/v1/requests/${requestId}`)).body
    expect((await company.owner.get('/v1/requests?state=open')).body.items).toHaveLength(1)
    expect(shown.kind ?? 'country_check').toBe('country_check')
    expect((await decide(admin, requestId, 'approve')).status).toBe(422)
    const cleared = await decide(admin, requestId, 'approve', { evidence: 'carrier form 12 of 22 November' })
    expect(cleared.status).toBe(200)
    expect(await holderOf(numberId)).toBe(anna)
  })

  it('is cancelled with the check', async () => {
    expect((await decide(admin, requestId, 'reject', { reason: 'not her papers' })).status).toBe(200)
    expect((await company.owner.get(`/v1/numbers/${numberId}`)).body).toMatchObject({
      state: 'parked',
      waiting: [],
    })
  })

  it('goes on to its recipient even when it was parked meanwhile', async () => {
    await decide(admin, requestId, 'approve', { evidence: 'form' })
    world.clock.advance({ hours: 1 })
    const waits = await company.owner.post(`/v1/numbers/${numberId}/reassign`, { toMemberId: bela })
    await company.owner.post(`/v1/numbers/${numberId}/park`, { reason: 'her last day' })
    await decide(admin, waits.body.move.requestId, 'approve', { evidence: 'form' })
    expect(await holderOf(numberId)).toBe(bela)
  })

  it('withdraws the request when the move is cancelled', async () => {
    const [move] = (await company.owner.get(`/v1/scheduled-moves?state=pending_check&numberId=${numberId}`))
      .body.items
    await company.owner.delete(`/v1/scheduled-moves/${move.moveId}`)
    const refused = await decide(admin, requestId, 'approve', { evidence: 'form' })
    expect(refused.status).toBe(409)
  })
})

describe('deleting history at a move (NUM-5)', () => {
  async function deletingMove(): Promise<{ numberId: string; requestId: string }> {
    const { numberId } = await heldNumber(company, anna)
    world.clock.advance({ hours: 1 })
    const moved = await company.owner.post(`/v1/numbers/${numberId}/reassign`, {
      toMemberId: bela,
      history: 'delete',
      reason: 'private calls',
    })
    expect(moved.body).toMatchObject({ outcome: 'done', deleteRequestId: expect.any(String) })
    return { numberId, requestId: moved.body.deleteRequestId }
  }
  const erasureOf = async (numberId: string) =>
    (await world.tamper('select state from history_erasures where number_id = $1', [numberId])).rows[0].state

  it('moves at once, needs a second person, and erases only after the undo window', async () => {
    const { numberId, requestId } = await deletingMove()
    expect(await holderOf(numberId)).toBe(bela)
    expect((await decide(company.owner, requestId, 'approve')).body.code).toBe('request.own')
    expect((await decide(admin, requestId, 'approve')).status).toBe(200)
    await world.runDueWork()
    expect(await erasureOf(numberId)).toBe('approved')
    world.clock.advance({ hours: 73 })
    await world.runDueWork()
    expect(await erasureOf(numberId)).toBe('done')
    const { items } = (await company.owner.get(`/v1/audit?subjectId=${numberId}&action=history.erased`)).body
    expect(items).toHaveLength(1)
  })

  it('is off when the move is undone, or the request rejected', async () => {
    const undone = await deletingMove()
    await decide(admin, undone.requestId, 'approve')
    expect((await company.owner.post(`/v1/numbers/${undone.numberId}/undo`)).status).toBe(200)
    const rejected = await deletingMove()
    await decide(admin, rejected.requestId, 'reject', { reason: 'keep it' })
    world.clock.advance({ hours: 80 })
    await world.runDueWork()
    expect([await erasureOf(undone.numberId), await erasureOf(rejected.numberId)]).toEqual([
      'cancelled',
      'rejected',
    ])
  })

  it('ALL-7 a legal hold refuses it, and postpones what was approved', async () => {
    const { numberId, requestId } = await deletingMove()
    await decide(admin, requestId, 'approve')
    const held = await company.owner.post('/v1/legal-holds', {
      subjectKind: 'number',
      subjectId: numberId,
      reason: 'case 7',
    })
    expect(held.status).toBe(201)
    world.clock.advance({ hours: 80 })
    await world.runDueWork()
    expect(await erasureOf(numberId)).toBe('approved')
    const again = await company.owner.post(`/v1/numbers/${numberId}/reassign`, {
      toMemberId: anna,
      history: 'delete',
      reason: 'x',
    })
    expect(again.body.code).toBe('number.on_hold')
  })

  it("ALL-7 the company's retention refuses it", async () => {
    await company.owner.patch('/v1/company', { policies: { minimumRetentionDays: 30 } })
    const { numberId } = await heldNumber(company, anna)
    world.clock.advance({ hours: 1 })
    const order = { toMemberId: bela, history: 'delete', reason: 'x' }
    expect((await company.owner.post(`/v1/numbers/${numberId}/reassign`, order)).body.code).toBe(
      'history.retained',
    )
  })
})

describe('more moves than one person may make alone (ADR 0012)', () => {
  it('wait for a second person', async () => {
    await company.owner.patch('/v1/company', { policies: { cooldownMinutes: 0, moveLimitPerDay: 11 } })
    const { numberId } = await addNumber(company)
    await company.owner.post(`/v1/numbers/${numberId}/assign`, { toMemberId: anna })
    for (let count = 0; count < 10; count++) {
      const toMemberId = count % 2 === 0 ? bela : anna
      expect((await company.owner.post(`/v1/numbers/${numberId}/reassign`, { toMemberId })).status).toBe(200)
    }
    const waits = await company.owner.post(`/v1/numbers/${numberId}/reassign`, { toMemberId: bela })
    expect(waits.body).toMatchObject({ outcome: 'pending_approval', move: { waitsFor: 'approval' } })
    expect((await decide(company.owner, waits.body.move.requestId, 'approve')).body.code).toBe('request.own')
    expect((await decide(admin, waits.body.move.requestId, 'approve')).status).toBe(200)
    expect(await holderOf(numberId)).toBe(bela)
  })
})

describe('a proposal of a department lead (NUM-2)', () => {
  it('moves the number when an Admin approves it; the lead cannot move it alone', async () => {
    const department = await addDepartment(company, { name: 'Sales' })
    const places = { departments: [{ departmentId: department.departmentId, isLead: true }] }
    const lead = await tokenFor(world, company, await hire(company, 'Lena Lead', { role: 'lead', ...places }))
    const seller = await hire(company, 'Sven Seller', {
      departments: [{ departmentId: department.departmentId }],
    })
    const next = await hire(company, 'Nora Next', {
      departments: [{ departmentId: department.departmentId }],
    })
    const { numberId } = await heldNumber(company, seller)
    world.clock.advance({ hours: 1 })
    expect((await lead.get(`/v1/numbers/${numberId}`)).status).toBe(200)
    expect((await lead.post(`/v1/numbers/${numberId}/reassign`, { toMemberId: next })).status).toBe(403)
    const proposal = await lead.post('/v1/requests', {
      kind: 'proposal',
      numberId,
      toMemberId: next,
      reason: 'Sven leaves',
    })
    expect(proposal.status).toBe(201)
    expect(await holderOf(numberId)).toBe(seller)
    expect((await decide(admin, proposal.body.requestId, 'approve')).status).toBe(200)
    expect(await holderOf(numberId)).toBe(next)
  })
})

describe('a member who holds something (NUM-13)', () => {
  it('cannot be marked as left; the refusal lists numbers and rights of return', async () => {
    const { numberId, e164 } = await heldNumber(company, anna)
    const refused = await company.owner.patch(`/v1/members/${anna}`, { status: 'left' })
    expect(refused.status).toBe(409)
    expect(refused.body.holdings).toMatchObject([{ kind: 'number', id: numberId, label: e164 }])
    world.clock.advance({ hours: 1 })
    const returnAt = new Date(world.clock.now().getTime() + 3_600_000).toISOString()
    await company.owner.post(`/v1/numbers/${numberId}/reassign`, { toMemberId: bela, returnAt })
    const still = await company.owner.patch(`/v1/members/${anna}`, { status: 'left' })
    expect(still.body.holdings).toMatchObject([{ kind: 'loan_return', label: e164 }])
  })
})
