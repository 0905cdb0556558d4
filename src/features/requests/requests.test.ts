import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addNumber, heldNumber } from '../../../test/builders/numbers.ts'
import { addDepartment, addMember, ledgerOf } from '../../../test/builders/people.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from '../../../test/builders.ts'
import { type Client, openWorld, type World } from '../../../test/world.ts'
import { systemCaller } from '../../kernel/caller.ts'
import { openRequest, withdrawRequest } from './index.ts'

let world: World
let company: TestCompany
let admin: Client
let adminId: string
beforeAll(async () => {
  world = await openWorld()
})
beforeEach(async () => {
  company = await createCompany(world)
})
afterAll(() => world.close())

async function hireAdmin(): Promise<void> {
  adminId = (await addMember(company, { role: 'admin', name: 'Ada Admin' })).memberId
  admin = await tokenFor(world, company, adminId)
}

/** A number that someone holds, and someone else whom it is proposed for. */
async function proposable() {
  const holder = await addMember(company)
  const heir = await addMember(company, { name: 'Hana Heir' })
  const number = await heldNumber(company, holder.memberId)
  world.clock.advance({ hours: 1 })
  return {
    numberId: number.numberId,
    e164: number.e164,
    holderId: holder.memberId,
    toMemberId: heir.memberId,
  }
}

async function propose(by: Client, wish: object = {}) {
  const { numberId, toMemberId, e164 } = await proposable()
  const answer = await by.post('/v1/requests', {
    kind: 'proposal',
    numberId,
    toMemberId,
    reason: 'She leaves',
    ...wish,
  })
  return { ...bodyOf(answer, 201), e164 }
}

async function holderOf(numberId: string): Promise<string> {
  return bodyOf(await company.owner.get(`/v1/numbers/${numberId}`), 200).holder?.memberId
}

describe('a proposal', () => {
  it('NUM-2 moves the number when a second person approves it, in the same moment', async () => {
    await hireAdmin()
    const request = await propose(company.owner)
    expect(request).toMatchObject({
      kind: 'proposal',
      state: 'open',
      subjectKind: 'number',
      subjectLabel: request.e164,
      requestedBy: company.ownerMemberId,
      requestedByName: 'Olivia Owner',
      payload: { history: 'keep' },
    })
    const decided = bodyOf(
      await admin.post(`/v1/requests/${request.requestId}/approve`, { reason: 'Fine' }),
      200,
    )
    expect(decided).toMatchObject({
      state: 'approved',
      decidedBy: adminId,
      decidedByName: 'Ada Admin',
      decisionReason: 'Fine',
      version: 2,
    })
    expect(await holderOf(request.subjectId)).toBe(request.payload.toMemberId)
    expect((await ledgerOf(company, request.requestId)).sort()).toEqual([
      'request.approved',
      'request.opened',
    ])
  })

  it('leaves everything as it was when it is rejected', async () => {
    await hireAdmin()
    const request = await propose(company.owner)
    const before = await holderOf(request.subjectId)
    const decided = bodyOf(
      await admin.post(`/v1/requests/${request.requestId}/reject`, { reason: 'She stays' }),
      200,
    )
    expect(decided).toMatchObject({ state: 'rejected', decisionReason: 'She stays' })
    expect(await holderOf(request.subjectId)).toBe(before)
    expect(await ledgerOf(company, request.requestId)).toContain('request.rejected')
  })

  it('stays open when the move itself is refused', async () => {
    await hireAdmin()
    const request = await propose(company.owner)
    await heldNumber(company, request.payload.toMemberId)
    bodyOf(await company.owner.patch('/v1/company/subscription', { capOverride: 1 }), 200)
    const answer = await admin.post(`/v1/requests/${request.requestId}/approve`)
    expect(answer.body.code).toBe('recipient.at_cap')
    expect(bodyOf(await admin.get('/v1/requests?state=open'), 200).items).toHaveLength(1)
  })

  it('NUM-2 a lead makes only for the own departments', async () => {
    const sales = await addDepartment(company)
    const inSales = { departments: [{ departmentId: sales.departmentId }] }
    const leading = await addMember(company, {
      role: 'lead',
      departments: [{ departmentId: sales.departmentId, isLead: true }],
    })
    const lead = await tokenFor(world, company, leading.memberId)
    const holder = await addMember(company, inSales)
    const heir = await addMember(company, inSales)
    const stranger = await addMember(company)
    const own = await heldNumber(company, holder.memberId)
    const foreign = await heldNumber(company, stranger.memberId)
    const ask = (numberId: string, toMemberId: string) =>
      lead.post('/v1/requests', { kind: 'proposal', numberId, toMemberId, reason: 'Please' })
    expect((await ask(own.numberId, heir.memberId)).status).toBe(201)
    for (const [numberId, toMemberId] of [
      [foreign.numberId, heir.memberId],
      [own.numberId, stranger.memberId],
    ] as const) {
      const answer = await ask(numberId, toMemberId)
      expect(answer.status).toBe(403)
      expect(answer.body.code).toBe('request.outside_departments')
    }
    expect((await lead.post(`/v1/requests/${own.numberId}/approve`)).body.code).toBe('permission.missing')
    bodyOf(
      await company.owner.post('/v1/requests', {
        kind: 'proposal',
        numberId: foreign.numberId,
        toMemberId: heir.memberId,
        reason: 'x',
      }),
      201,
    )
    expect(bodyOf(await lead.get('/v1/requests'), 200).items).toHaveLength(1)
    expect(bodyOf(await company.owner.get('/v1/requests'), 200).items).toHaveLength(2)
  })

  it('ALL-1 is answered 404 for a number or member that is not there', async () => {
    const { numberId, toMemberId } = await proposable()
    const other = await createCompany(world)
    const theirs = await addNumber(other)
    for (const wrong of [
      { numberId: theirs.numberId, toMemberId },
      { numberId, toMemberId: other.ownerMemberId },
    ]) {
      const answer = await company.owner.post('/v1/requests', { kind: 'proposal', reason: 'x', ...wrong })
      expect(answer).toMatchObject({ status: 404, body: { code: 'thing.not_found' } })
    }
    const request = await propose(company.owner)
    expect((await other.owner.post(`/v1/requests/${request.requestId}/approve`)).status).toBe(404)
    expect((await other.owner.post(`/v1/requests/${request.requestId}/reject`, { reason: 'x' })).status).toBe(
      404,
    )
    expect(bodyOf(await other.owner.get('/v1/requests'), 200).items).toEqual([])
  })

  it('is not for members and auditors', async () => {
    const { numberId, toMemberId } = await proposable()
    for (const role of ['member', 'auditor']) {
      const { memberId } = await addMember(company, { role })
      const caller = await tokenFor(world, company, memberId)
      const answer = await caller.post('/v1/requests', {
        kind: 'proposal',
        numberId,
        toMemberId,
        reason: 'x',
      })
      expect(answer.body.code).toBe('permission.missing')
    }
  })
})

describe('the second person', () => {
  it('is not the one who asked, also not by another token of the same member', async () => {
    await hireAdmin()
    const request = await propose(company.owner)
    const again = await tokenFor(world, company, company.ownerMemberId)
    for (const caller of [company.owner, again]) {
      const answer = await caller.post(`/v1/requests/${request.requestId}/approve`)
      expect(answer).toMatchObject({ status: 403, body: { code: 'request.own', others: 'Ada Admin' } })
      expect(answer.body.next).toBe('Ask another Owner or Admin to approve it: Ada Admin.')
    }
  })

  it('HAN-10 is replaced by a wait of 24 hours where there is no other Owner or Admin', async () => {
    const request = await propose(company.owner)
    const approve = () => company.owner.post(`/v1/requests/${request.requestId}/approve`)
    const early = await approve()
    expect(early).toMatchObject({ status: 409, body: { code: 'request.own_early' } })
    expect(new Date(early.body.from).getTime() - new Date(request.createdAt).getTime()).toBe(86_400_000)
    world.clock.advance({ hours: 23, minutes: 59 })
    expect((await approve()).body.code).toBe('request.own_early')
    world.clock.advance({ minutes: 1 })
    expect(bodyOf(await approve(), 200).state).toBe('approved')
    const entries = bodyOf(await company.owner.get(`/v1/audit?subjectId=${request.requestId}`), 200).items
    expect(
      entries.find((entry: { action: string }) => entry.action === 'request.approved').effect.alone,
    ).toBe(true)
  })

  it('HAN-10 does not count a suspended Admin', async () => {
    await hireAdmin()
    const request = await propose(company.owner)
    bodyOf(await company.owner.patch(`/v1/members/${adminId}`, { status: 'suspended' }), 200)
    expect((await company.owner.post(`/v1/requests/${request.requestId}/approve`)).body.code).toBe(
      'request.own_early',
    )
  })

  it('decides once: whatever comes after is refused with the state', async () => {
    await hireAdmin()
    const request = await propose(company.owner)
    bodyOf(await admin.post(`/v1/requests/${request.requestId}/reject`, { reason: 'no' }), 200)
    for (const path of ['approve', 'reject']) {
      const answer = await admin.post(`/v1/requests/${request.requestId}/${path}`, { reason: 'x' })
      expect(answer).toMatchObject({ status: 409, body: { code: 'request.decided', state: 'rejected' } })
    }
  })

  it('of two who approve at once one is told that it is decided', async () => {
    await hireAdmin()
    const second = await addMember(company, { role: 'admin' })
    const other = await tokenFor(world, company, second.memberId)
    const request = await propose(company.owner)
    const answers = await Promise.all(
      [admin, other].map((caller) => caller.post(`/v1/requests/${request.requestId}/approve`)),
    )
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409])
    expect(answers.find((answer) => answer.status === 409)?.body.code).toBe('request.decided')
  })

  it('must know the version when the caller names one', async () => {
    await hireAdmin()
    const request = await propose(company.owner)
    const answer = await admin.with({ 'if-match': '"7"' }).post(`/v1/requests/${request.requestId}/approve`)
    expect(answer).toMatchObject({ status: 412, body: { code: 'version.changed', version: 1 } })
  })
})

describe('a country check', () => {
  async function waitingMove() {
    const holder = await addMember(company)
    const heir = await addMember(company)
    const line = `+86138${String(Math.trunc(10_000_000 + (world.clock.now().getTime() % 80_000_000))).padStart(8, '0')}`
    const number = await addNumber(company, line)
    const first = await company.owner.post(`/v1/numbers/${number.numberId}/assign`, {
      toMemberId: holder.memberId,
    })
    expect(first.status).toBeLessThan(300)
    if (first.status === 202) await clear()
    world.clock.advance({ hours: 1 })
    const answer = await company.owner.post(`/v1/numbers/${number.numberId}/reassign`, {
      toMemberId: heir.memberId,
    })
    expect(answer.status).toBe(202)
    return { numberId: number.numberId, heirId: heir.memberId }
  }
  async function openCheck() {
    const { items } = bodyOf(await company.owner.get('/v1/requests?state=open&kind=country_check'), 200)
    return items[0].requestId
  }
  async function clear() {
    bodyOf(await company.owner.post(`/v1/requests/${await openCheck()}/approve`, { evidence: 'Seen' }), 200)
  }

  it('NUM-14 is cleared by any Owner or Admin, also by the one who asked, with evidence', async () => {
    const { numberId, heirId } = await waitingMove()
    const requestId = await openCheck()
    const without = await company.owner.post(`/v1/requests/${requestId}/approve`, { reason: 'ok' })
    expect(without).toMatchObject({ status: 422, body: { code: 'request.evidence_missing' } })
    const evidence = '实名核验 2026-11-22，编号 0815'
    const cleared = bodyOf(await company.owner.post(`/v1/requests/${requestId}/approve`, { evidence }), 200)
    expect(cleared).toMatchObject({ state: 'approved', decisionReason: evidence })
    expect(await holderOf(numberId)).toBe(heirId)
    const entries = bodyOf(
      await company.owner.get(`/v1/audit?subjectId=${requestId}&action=request.approved`),
      200,
    ).items
    expect(entries[0].details).toEqual({ evidence })
  })
})

describe('requests of other features', () => {
  it('are taken back when what they were for is undone, and nobody decides them any more', async () => {
    const { numberId } = await proposable()
    const caller = systemCaller(company.companyId, 'test', company.ownerMemberId)
    const requestId = await world.parts.database.inRealmOf(caller, async (tx) =>
      openRequest(tx, {
        kind: 'over_limit',
        subjectKind: 'number',
        subjectId: numberId,
        payload: { numberId },
        reason: null,
      }),
    )
    await hireAdmin()
    const [request] = bodyOf(await admin.get('/v1/requests'), 200).items
    expect(request).toMatchObject({ requestId, requestedBy: company.ownerMemberId, reason: null })
    await world.parts.database.inRealmOf(caller, (tx) => withdrawRequest(tx, requestId, 'undone'))
    await world.parts.database.inRealmOf(caller, (tx) => withdrawRequest(tx, requestId, 'undone again'))
    expect(await ledgerOf(company, requestId)).toHaveLength(2)
    const answer = await admin.post(`/v1/requests/${requestId}/approve`)
    expect(answer.body).toMatchObject({ code: 'request.decided', state: 'withdrawn' })
  })

  it('are listed newest first, by state and kind, page by page', async () => {
    await hireAdmin()
    const ids: string[] = []
    for (let index = 0; index < 3; index++) ids.push((await propose(company.owner)).requestId)
    bodyOf(await admin.post(`/v1/requests/${ids[0]}/reject`, { reason: 'no' }), 200)
    const first = bodyOf(await company.owner.get('/v1/requests?limit=2'), 200)
    const second = bodyOf(await company.owner.get(`/v1/requests?limit=2&cursor=${first.nextCursor}`), 200)
    const listed = [...first.items, ...second.items].map((item) => item.requestId)
    expect(listed).toEqual([...ids].reverse())
    expect(second.nextCursor).toBeNull()
    const count = async (query: string) =>
      bodyOf(await company.owner.get(`/v1/requests?${query}`), 200).items.length
    expect(await count('state=open')).toBe(2)
    expect(await count('state=rejected&kind=proposal')).toBe(1)
    expect(await count('kind=country_check')).toBe(0)
    expect((await company.owner.get('/v1/requests?cursor=zzz')).body.code).toBe('page.cursor_invalid')
  })
})
