import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { codesOf, doneItems, handOver } from '../../../test/builders/handed.ts'
import { hire } from '../../../test/builders/numbers.ts'
import { addDepartment, addMember, ledgerOf } from '../../../test/builders/people.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from '../../../test/builders.ts'
import { canonicalState } from '../../../test/canonical-state.ts'
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
  anna = await hire(company, 'Anna')
  bela = await hire(company, 'Bela')
})

async function member(memberId: string) {
  return bodyOf(await company.operator.get(`/v1/members/${memberId}`), 200)
}

async function change(memberId: string, wish: object) {
  return bodyOf(await company.owner.patch(`/v1/members/${memberId}`, wish), 200)
}

function state() {
  return canonicalState(world, company.companyId)
}

describe("a leaver's access", () => {
  it('HAN-3 ends: no token lets in any more, open streams hear of it, and the undo lets in again', async () => {
    const client = await tokenFor(world, company, anna)
    await change(anna, { status: 'leaving' })
    const before = await state()
    const handed = handOver(world, company, { leaverId: anna })
    const [forecast] = await handed.plan('access', await handed.items('access'))
    expect(forecast).toMatchObject({
      before: { status: 'leaving' },
      after: { status: 'suspended' },
      isReversible: true,
      blockers: [],
      warnings: [{ rule: { code: 'access.ends' }, values: { name: 'Anna' } }],
    })
    expect(await state(), 'a plan writes nothing').toEqual(before)
    const heard: object[] = []
    const stop = world.parts.announcer.listen((announcement) => heard.push(announcement))
    const done = await handed.run('access')
    stop()
    expect(heard).toContainEqual({ kind: 'access-ended', companyId: company.companyId, memberId: anna })
    expect((await client.get('/v1/company')).status).toBe(401)
    expect(await handed.observe('access', done)).toMatchObject([
      { isThere: true, seen: { status: 'suspended' } },
    ])
    expect(await handed.holdings('access')).toEqual([])
    expect(await ledgerOf(company, anna)).toContain('member.suspended')
    expect((await handed.undo('access', done))[0]).toMatchObject({ state: 'attempted' })
    expect((await client.get('/v1/company')).status).toBe(200)
    expect(await state()).toEqual(before)
  })

  it('HAN-4 ends once: the same step again finds it done', async () => {
    const handed = handOver(world, company, { leaverId: anna })
    const items = await handed.items('access')
    const first = await handed.carryOut('access', items)
    expect(await handed.carryOut('access', items)).toEqual(first)
    expect((await ledgerOf(company, anna)).filter((action) => action === 'member.suspended')).toHaveLength(1)
  })

  it('HAN-5 is left alone where somebody else has changed the status (member.status_drifted)', async () => {
    const handed = handOver(world, company, { leaverId: anna })
    const items = await handed.items('access')
    await change(anna, { status: 'suspended' })
    expect(codesOf(await handed.carryOut('access', items))).toEqual(['member.status_drifted'])
    await change(anna, { status: 'active' })
    const done = doneItems(items, await handed.carryOut('access', items))
    await change(anna, { status: 'active' })
    await change(anna, { status: 'left' })
    expect(codesOf(await handed.undo('access', done))).toEqual(['holding.changed_since'])
  })

  it('stays where somebody only moves or lends', async () => {
    const handed = handOver(world, company, { leaverId: anna, kind: 'move' })
    const [done] = await handed.run('access')
    expect([done?.way, (await member(anna)).status]).toEqual(['leave', 'active'])
    expect((await handed.undo('access', done ? [done] : []))[0]).toMatchObject({ state: 'attempted' })
  })

  it('is not taken from the last Owner, nor from an Owner by an Admin (member.last_owner, member.owner_only)', async () => {
    const owner = company.ownerMemberId
    const handed = handOver(world, company, { leaverId: owner })
    const items = await handed.items('access')
    const [forecast] = await handed.plan('access', items)
    expect(forecast?.blockers).toMatchObject([{ rule: { code: 'member.last_owner' } }])
    expect(forecast?.blockers[0]?.rule.en.next).toContain('Make another active member Owner')
    expect(codesOf(await handed.carryOut('access', items))).toEqual(['member.last_owner'])
    await change(bela, { role: 'owner' })
    await change(anna, { role: 'admin' })
    const byAdmin = handOver(world, company, { leaverId: owner, decidedBy: anna })
    expect((await byAdmin.plan('access', items))[0]?.blockers).toMatchObject([
      { rule: { code: 'member.owner_only' } },
    ])
    expect(codesOf(await byAdmin.carryOut('access', items))).toEqual(['member.owner_only'])
    const byOwner = handOver(world, company, { leaverId: owner, decidedBy: bela })
    expect(codesOf(await byOwner.carryOut('access', items))).toEqual([null])
  })
})

describe('the departments that a leaver leads', () => {
  it('pass on to the successor, who comes into them, and come back as they were', async () => {
    const sales = await addDepartment(company, { name: 'Sales' })
    const north = await addDepartment(company, { name: 'North' })
    const places = [sales, north].map(({ departmentId }) => ({ departmentId, isLead: true }))
    await change(anna, { role: 'lead', departments: places })
    await change(bela, { departments: [{ departmentId: north.departmentId }] })
    const before = await state()
    const handed = handOver(world, company, { leaverId: anna })
    const items = await handed.items('department_lead', { to: bela })
    const forecasts = await handed.plan('department_lead', items)
    expect(forecasts.map(({ warnings }) => warnings[0]?.rule.code)).toEqual([
      'lead.role_missing',
      'lead.role_missing',
    ])
    await change(bela, { role: 'lead' })
    const seen = await handed.plan('department_lead', items)
    expect(seen.map(({ becomesVisible }) => becomesVisible[0]?.rule.code)).toEqual([
      'lead.sees_department',
      'lead.sees_department',
    ])
    await change(bela, { role: 'member' })
    const done = doneItems(items, await handed.carryOut('department_lead', items))
    expect((await member(bela)).departments.map((one: { isLead: boolean }) => one.isLead)).toEqual([
      true,
      true,
    ])
    expect((await member(anna)).departments.map((one: { isLead: boolean }) => one.isLead)).toEqual([
      false,
      false,
    ])
    expect((await handed.observe('department_lead', done)).every(({ isThere }) => isThere)).toBe(true)
    expect(await handed.carryOut('department_lead', items)).toMatchObject([
      { state: 'attempted' },
      { state: 'attempted' },
    ])
    expect(codesOf(await handed.undo('department_lead', done))).toEqual([null, null])
    expect(await state()).toEqual(before)
  })

  it('are left alone where somebody else changed them, before or since', async () => {
    const sales = await addDepartment(company)
    const departments = [{ departmentId: sales.departmentId, isLead: true }]
    await change(anna, { departments })
    const handed = handOver(world, company, { leaverId: anna })
    const items = await handed.items('department_lead', { to: bela })
    await change(anna, { departments: [] })
    expect(codesOf(await handed.carryOut('department_lead', items))).toEqual(['holding.passed_on'])
    await change(anna, { departments })
    const done = doneItems(items, await handed.carryOut('department_lead', items))
    await change(bela, { departments: [] })
    expect(codesOf(await handed.undo('department_lead', done))).toEqual(['holding.changed_since'])
    await change(anna, { departments: [] })
    bodyOf(await company.owner.delete(`/v1/departments/${sales.departmentId}`), 204)
    expect(codesOf(await handed.undo('department_lead', done))).toEqual(['holding.changed_since'])
  })

  it('need a successor who is here (successor.missing, successor.not_active)', async () => {
    const sales = await addDepartment(company)
    await change(anna, { departments: [{ departmentId: sales.departmentId, isLead: true }] })
    await change(bela, { status: 'suspended' })
    const handed = handOver(world, company, { leaverId: anna })
    for (const [to, code] of [
      [null, 'successor.missing'],
      [bela, 'successor.not_active'],
    ] as const) {
      const items = await handed.items('department_lead', { to })
      expect((await handed.plan('department_lead', items))[0]?.blockers[0]?.rule.code).toBe(code)
      expect(codesOf(await handed.carryOut('department_lead', items))).toEqual([code])
    }
    await handed.run('department_lead', { way: 'end' })
    expect(await handed.holdings('department_lead')).toEqual([])
  })
})

describe("a leaver's reports", () => {
  it("go to the successor, and the successor's own line to the leaver's manager", async () => {
    const boss = await hire(company, 'Boss')
    await change(anna, { managerId: boss })
    await change(bela, { managerId: anna })
    const cleo = await hire(company, 'Cleo', { managerId: anna })
    const before = await state()
    const handed = handOver(world, company, { leaverId: anna })
    const done = await handed.run('report', { to: bela })
    expect([(await member(bela)).managerId, (await member(cleo)).managerId]).toEqual([boss, bela])
    expect((await handed.observe('report', done)).every(({ isThere }) => isThere)).toBe(true)
    expect(await handed.carryOut('report', done)).toMatchObject([
      { state: 'attempted' },
      { state: 'attempted' },
    ])
    expect(codesOf(await handed.undo('report', done))).toEqual([null, null])
    expect(await state()).toEqual(before)
  })

  it("go to the leaver's manager where nobody is named, and to nobody where it ends", async () => {
    const boss = await hire(company, 'Boss')
    const cleo = await hire(company, 'Cleo', { managerId: anna })
    const handed = handOver(world, company, { leaverId: anna })
    const items = await handed.items('report')
    expect((await handed.plan('report', items))[0]?.blockers[0]?.rule.code).toBe('successor.missing')
    await change(anna, { managerId: boss })
    expect((await handed.plan('report', items))[0]).toMatchObject({
      blockers: [],
      after: { managerId: boss },
    })
    await handed.run('report', { way: 'end' })
    expect((await member(cleo)).managerId).toBeNull()
  })

  it('never come to report in a ring, and stay where somebody else put them (member.manager_cycle)', async () => {
    const cleo = await hire(company, 'Cleo', { managerId: anna })
    await change(bela, { managerId: cleo })
    const handed = handOver(world, company, { leaverId: anna })
    const items = await handed.items('report', { to: bela })
    expect((await handed.plan('report', items))[0]?.blockers[0]?.rule.code).toBe('member.manager_cycle')
    expect(codesOf(await handed.carryOut('report', items))).toEqual(['member.manager_cycle'])
    await change(bela, { managerId: null })
    const done = doneItems(items, await handed.carryOut('report', items))
    await change(cleo, { managerId: null })
    expect(codesOf(await handed.undo('report', done))).toEqual(['holding.changed_since'])
    expect(codesOf(await handed.carryOut('report', items))).toEqual(['holding.passed_on'])
  })
})

describe("a leaver's role", () => {
  it('ends, and comes back', async () => {
    await change(anna, { role: 'admin' })
    const before = await state()
    const handed = handOver(world, company, { leaverId: anna })
    const done = await handed.run('role')
    expect((await member(anna)).role).toBe('member')
    expect(await handed.observe('role', done)).toMatchObject([{ isThere: true }])
    expect(await handed.carryOut('role', done)).toMatchObject([{ state: 'attempted' }])
    expect(codesOf(await handed.undo('role', done))).toEqual([null])
    expect(await state()).toEqual(before)
  })

  it('passes on with a warning, unless the successor may as much already', async () => {
    await change(anna, { role: 'admin' })
    const handed = handOver(world, company, { leaverId: anna })
    const items = await handed.items('role', { way: 'pass_on', to: bela })
    expect((await handed.plan('role', items))[0]?.warnings[0]?.rule.code).toBe('role.passes_on')
    await change(bela, { role: 'owner' })
    expect((await handed.plan('role', items))[0]).toMatchObject({
      warnings: [{ rule: { code: 'role.successor_keeps' } }],
      after: { leaver: 'member', successor: 'owner' },
    })
    await change(bela, { role: 'auditor' })
    const done = doneItems(items, await handed.carryOut('role', items))
    expect([(await member(anna)).role, (await member(bela)).role]).toEqual(['member', 'admin'])
    await change(bela, { role: 'member' })
    expect(codesOf(await handed.undo('role', done))).toEqual(['holding.changed_since'])
  })

  it('of Owner passes from the last Owner to the next, decided by an Owner, and back once they are active', async () => {
    const owner = company.ownerMemberId
    const handed = handOver(world, company, { leaverId: owner })
    const items = await handed.items('role', { way: 'pass_on', to: bela })
    expect((await handed.plan('role', items))[0]?.blockers).toEqual([])
    const ended = await handed.items('role')
    expect((await handed.plan('role', ended))[0]?.blockers[0]?.rule.code).toBe('member.last_owner')
    const byAdmin = handOver(world, company, { leaverId: owner, decidedBy: anna })
    expect(codesOf(await byAdmin.carryOut('role', items))).toEqual(['member.owner_only'])
    const done = doneItems(items, await handed.carryOut('role', items))
    expect([(await member(bela)).role]).toEqual(['owner'])
    const back = handOver(world, company, { ...handed.facts, decidedBy: bela })
    expect(codesOf(await back.undo('role', done))).toEqual([null])
    expect((await member(bela)).role).toBe('member')
  })
})

describe("a leaver's membership", () => {
  it('HAN-9 ends when nothing is held any more, until then it waits; the undo brings it back as it was', async () => {
    const sales = await addDepartment(company)
    await change(anna, { departments: [{ departmentId: sales.departmentId, isLead: true }] })
    const before = await state()
    const handed = handOver(world, company, { leaverId: anna })
    const access = await handed.run('access')
    const items = await handed.items('membership')
    expect(await handed.carryOut('membership', items)).toMatchObject([
      { state: 'waiting', waitsFor: 'rest', before: { status: 'suspended' } },
    ])
    const lead = await handed.run('department_lead', { way: 'end' })
    const done = doneItems(items, await handed.carryOut('membership', items))
    expect((await member(anna)).status).toBe('left')
    expect(await handed.observe('membership', done)).toMatchObject([{ isThere: true }])
    expect(await handed.carryOut('membership', items)).toMatchObject([{ state: 'attempted' }])
    const { total } = bodyOf(await company.owner.get(`/v1/members/${anna}/holdings`), 200)
    expect(total).toBe(0)
    expect(codesOf(await handed.undo('membership', done))).toEqual([null])
    expect((await member(anna)).status).toBe('suspended')
    await handed.undo('department_lead', lead)
    await handed.undo('access', access)
    expect(await state()).toEqual(before)
  })

  it('HAN-5 stays with who was taken back meanwhile', async () => {
    const handed = handOver(world, company, { leaverId: anna })
    await handed.run('access')
    const items = await handed.items('membership')
    await change(anna, { status: 'active' })
    expect(codesOf(await handed.carryOut('membership', items))).toEqual(['member.status_drifted'])
    await change(anna, { status: 'left' })
    expect(codesOf(await handed.carryOut('membership', items))).toEqual(['member.status_drifted'])
  })

  it('is not ended again by an undo of somebody who was taken back', async () => {
    const handed = handOver(world, company, { leaverId: anna })
    await handed.run('access')
    const done = await handed.run('membership')
    await change(anna, { status: 'active', reason: 'rehired' })
    expect(codesOf(await handed.undo('membership', done))).toEqual(['holding.changed_since'])
    expect((await member(anna)).status).toBe('active')
  })
})

describe('what a member holds (HAN-1)', () => {
  it('is told with its kind and since when; what comes with being a member is nothing to pass on', async () => {
    const lead = await addMember(company, { name: 'Lea', role: 'lead' })
    await hire(company, 'Cleo', { managerId: lead.memberId })
    await tokenFor(world, company, lead.memberId)
    const { items, total, toPassOn } = bodyOf(
      await company.owner.get(`/v1/members/${lead.memberId}/holdings`),
      200,
    )
    expect(items.map((one: { kind: string; label: string }) => `${one.kind} ${one.label}`)).toEqual([
      'access Lea',
      'api_token Test',
      'report Cleo',
      'role lead',
      'membership Lea',
    ])
    expect([total, toPassOn]).toEqual([5, 2])
    expect(items[1]).toMatchObject({ since: expect.any(String), dependents: [], availableAt: null })
    const { holdings } = await member(lead.memberId)
    expect(holdings.map((one: { kind: string }) => one.kind).sort()).toEqual(['api_token', 'report'])
    const refused = await company.owner.patch(`/v1/members/${lead.memberId}`, { status: 'left' })
    expect(refused.body).toMatchObject({ code: 'member.holds', count: 2 })
  })

  it('is read by who may read the member', async () => {
    const own = await tokenFor(world, company, anna)
    expect((await own.get(`/v1/members/${anna}/holdings`)).status).toBe(200)
    expect((await own.get(`/v1/members/${bela}/holdings`)).status).toBe(404)
  })
})
