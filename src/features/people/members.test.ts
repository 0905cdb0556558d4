import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addNumber, heldNumber } from '../../../test/builders/numbers.ts'
import { addDepartment, addMember, ledgerOf } from '../../../test/builders/people.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from '../../../test/builders.ts'
import { openWorld, type World } from '../../../test/world.ts'
import { systemCaller } from '../../kernel/caller.ts'
import type { Announcement } from '../../platform/db/announce.ts'

let world: World
let company: TestCompany
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  company = await createCompany(world)
})

const nowhere = '00000000-0000-7000-8000-000000000000'

function patch(memberId: string, body: object) {
  return company.owner.patch(`/v1/members/${memberId}`, body)
}

describe('a new member', () => {
  it('has everything that was said, with the mobile in E.164', async () => {
    const sales = await addDepartment(company, { name: 'Sales' })
    const boss = await addMember(company, { name: '李四' })
    const made = await company.owner.post('/v1/members', {
      staffCode: 'S-0042',
      name: ' 张三 ',
      alias: 'San Zhang',
      email: 'Zhang.San@Example.com',
      mobile: '＋８６ 138-0000 1000',
      title: '客户经理',
      managerId: boss.memberId,
      departments: [{ departmentId: sales.departmentId, isLead: true }],
      role: 'lead',
    })
    expect(made.status).toBe(201)
    expect(made.headers['etag']).toBe('"1"')
    expect(made.body).toMatchObject({
      staffCode: 'S-0042',
      name: '张三',
      alias: 'San Zhang',
      email: 'zhang.san@example.com',
      mobile: '+8613800001000',
      contactMasked: false,
      title: '客户经理',
      managerId: boss.memberId,
      managerName: '李四',
      departments: [{ departmentId: sales.departmentId, name: 'Sales', isLead: true }],
      role: 'lead',
      status: 'active',
      account: 'none',
      leftAt: null,
      holdings: [{ kind: 'department_lead', id: sales.departmentId, label: 'Sales' }],
    })
    expect(await ledgerOf(company, made.body.memberId)).toEqual(['member.created'])
  })

  it('needs a staff code of its own, also beside those who have left', async () => {
    const first = await addMember(company, { staffCode: 'A1', name: 'Ada' })
    bodyOf(await patch(first.memberId, { status: 'left' }), 200)
    const refused = await company.owner.post('/v1/members', { staffCode: 'A1', name: 'Bo' })
    expect(refused.status).toBe(409)
    expect(refused.body).toMatchObject({
      code: 'member.staff_code_taken',
      staffCode: 'A1',
      name: 'Ada',
      memberId: first.memberId,
    })
    const other = await createCompany(world)
    await addMember(other, { staffCode: 'A1' })
  })

  it.each([['010-88880000'], ['12345'], ['call me']])('is refused with the mobile %j', async (mobile) => {
    const refused = await company.owner.post('/v1/members', { staffCode: 'A1', name: 'Ada', mobile })
    expect(refused.status).toBe(422)
    expect(refused.body).toMatchObject({ code: 'member.mobile_invalid', mobile })
  })

  it('is refused with a manager who has left, and with one who is not there', async () => {
    const gone = await addMember(company, { name: 'Gone' })
    bodyOf(await patch(gone.memberId, { status: 'left' }), 200)
    const wish = { staffCode: 'A1', name: 'Ada' }
    const left = await company.owner.post('/v1/members', { ...wish, managerId: gone.memberId })
    expect(left.body).toMatchObject({ status: 409, code: 'member.manager_has_left', manager: 'Gone' })
    const missing = await company.owner.post('/v1/members', { ...wish, managerId: nowhere })
    expect(missing.body).toMatchObject({ status: 404, code: 'thing.not_found', thing: 'member' })
  })

  it('is refused in a department that is not there, and twice in the same one', async () => {
    const sales = await addDepartment(company)
    const wish = { staffCode: 'A1', name: 'Ada' }
    const missing = await company.owner.post('/v1/members', {
      ...wish,
      departments: [{ departmentId: sales.departmentId }, { departmentId: nowhere }],
    })
    expect(missing.body).toMatchObject({ status: 404, thing: 'department', departmentId: nowhere })
    const twice = { departmentId: sales.departmentId }
    expect((await company.owner.post('/v1/members', { ...wish, departments: [twice, twice] })).status).toBe(
      400,
    )
  })

  it('becomes Owner only by an Owner', async () => {
    const admin = await addMember(company, { role: 'admin' })
    const client = await tokenFor(world, company, admin.memberId)
    const refused = await client.post('/v1/members', { staffCode: 'A1', name: 'Ada', role: 'owner' })
    expect(refused.body).toMatchObject({ status: 403, code: 'member.owner_only' })
    expect((await client.post('/v1/members', { staffCode: 'A1', name: 'Ada', role: 'admin' })).status).toBe(
      201,
    )
  })

  it('ALL-4 is made once, however often the request is repeated', async () => {
    const repeating = company.owner.with({ 'idempotency-key': 'new-ada' })
    const wish = { staffCode: 'A1', name: 'Ada' }
    const [first, second] = [
      await repeating.post('/v1/members', wish),
      await repeating.post('/v1/members', wish),
    ]
    expect([first.status, second.status]).toEqual([201, 201])
    expect(second.body.memberId).toBe(first.body.memberId)
  })
})

describe('a member who changes', () => {
  it('gets other particulars, and loses those set to null', async () => {
    const ada = await addMember(company, {
      mobile: '13800001000',
      email: 'a@b.cn',
      title: 'Clerk',
      alias: 'A.',
    })
    const changed = await patch(ada.memberId, {
      name: 'Ada B.',
      mobile: null,
      email: null,
      title: null,
      alias: null,
    })
    expect(changed.status).toBe(200)
    expect(changed.body).toMatchObject({
      name: 'Ada B.',
      mobile: null,
      email: null,
      title: null,
      alias: null,
      version: 2,
      offersHandover: false,
    })
    const page = bodyOf(
      await company.owner.get(`/v1/audit?subjectId=${ada.memberId}&action=member.updated`),
      200,
    )
    expect(page.items[0].effect.changed).toEqual(['name', 'alias', 'email', 'mobile', 'title'])
    expect(JSON.stringify(page.items[0].effect)).not.toContain('Ada')
    expect(page.items[0].details.before).toMatchObject({ mobile: '+8613800001000' })
  })

  it('is refused when someone else changed it since', async () => {
    const ada = await addMember(company)
    bodyOf(await patch(ada.memberId, { title: 'Clerk' }), 200)
    const refused = await company.owner
      .with({ 'if-match': '"1"' })
      .patch(`/v1/members/${ada.memberId}`, { title: 'Chief' })
    expect(refused.body).toMatchObject({ status: 412, code: 'version.changed', version: 2 })
  })

  it('is refused when the change names nothing, or the member is not there', async () => {
    const ada = await addMember(company)
    expect((await patch(ada.memberId, {})).status).toBe(400)
    expect((await patch(ada.memberId, { reason: 'why not' })).status).toBe(400)
    expect((await patch(nowhere, { title: 'Clerk' })).status).toBe(404)
  })

  it('keeps a staff code that is someone else’s away', async () => {
    const [ada, bo] = [await addMember(company, { staffCode: 'A1' }), await addMember(company)]
    const refused = await patch(bo.memberId, { staffCode: 'A1' })
    expect(refused.body).toMatchObject({
      status: 409,
      code: 'member.staff_code_taken',
      memberId: ada.memberId,
    })
    expect((await patch(ada.memberId, { staffCode: 'A1' })).status).toBe(200)
  })

  it('is refused with a mobile that is none', async () => {
    const ada = await addMember(company)
    expect((await patch(ada.memberId, { mobile: '4008208820' })).body.code).toBe('member.mobile_invalid')
  })

  it('is never the own manager, directly or through others', async () => {
    const ada = await addMember(company, { name: 'Ada' })
    const bo = await addMember(company, { name: 'Bo', managerId: ada.memberId })
    const cy = await addMember(company, { name: 'Cy', managerId: bo.memberId })
    const self = await patch(ada.memberId, { managerId: ada.memberId })
    expect(self.body).toMatchObject({ status: 422, code: 'member.manager_is_self' })
    const circle = await patch(ada.memberId, { managerId: cy.memberId })
    expect(circle.body).toMatchObject({
      status: 409,
      code: 'member.manager_cycle',
      manager: 'Cy',
      name: 'Ada',
    })
    expect((await patch(cy.memberId, { managerId: ada.memberId })).status).toBe(200)
  })

  it('never reports in a circle when two become each other’s manager at once', async () => {
    const [ada, bo] = [await addMember(company), await addMember(company)]
    const answers = await Promise.all([
      patch(ada.memberId, { managerId: bo.memberId }),
      patch(bo.memberId, { managerId: ada.memberId }),
    ])
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409])
  })
})

describe('a member whose role or departments change', () => {
  it('NUM-17 is offered a handover of what was held before', async () => {
    const [sales, north] = [await addDepartment(company, { name: 'Sales' }), await addDepartment(company)]
    const lead = await addMember(company, {
      role: 'lead',
      departments: [{ departmentId: sales.departmentId, isLead: true }],
    })
    const moved = await patch(lead.memberId, { departments: [{ departmentId: north.departmentId }] })
    expect(moved.body).toMatchObject({
      offersHandover: true,
      holdings: [{ kind: 'department_lead', id: sales.departmentId, label: 'Sales' }],
      departments: [{ departmentId: north.departmentId, isLead: false }],
    })
    expect((await company.owner.get(`/v1/members/${lead.memberId}`)).body.holdings).toEqual([])
  })

  it('NUM-17 is offered a handover after a change of role too', async () => {
    const sales = await addDepartment(company)
    const lead = await addMember(company, {
      role: 'lead',
      departments: [{ departmentId: sales.departmentId, isLead: true }],
    })
    const demoted = await patch(lead.memberId, { role: 'member' })
    expect(demoted.body).toMatchObject({ role: 'member', offersHandover: true })
    expect(demoted.body.holdings).toHaveLength(1)
    expect((await ledgerOf(company, lead.memberId)).sort()).toEqual(['member.created', 'member.role_changed'])
  })

  it('NUM-17 is offered none when nothing was held, or departments stay as they are', async () => {
    const sales = await addDepartment(company)
    const places = [{ departmentId: sales.departmentId, isLead: true }]
    const lead = await addMember(company, { role: 'lead', departments: places })
    expect((await patch(lead.memberId, { departments: places })).body.offersHandover).toBe(false)
    const clerk = await addMember(company)
    expect((await patch(clerk.memberId, { role: 'auditor' })).body.offersHandover).toBe(false)
  })
})

describe('a member who is suspended', () => {
  it('is let in no more, from the commit on, and open streams hear of it', async () => {
    const ada = await addMember(company)
    const client = await tokenFor(world, company, ada.memberId)
    const heard: Announcement[] = []
    const stop = world.parts.announcer.listen((announcement) => heard.push(announcement))
    expect((await client.get(`/v1/members/${ada.memberId}`)).status).toBe(200)
    bodyOf(await patch(ada.memberId, { status: 'suspended', reason: 'lost badge' }), 200)
    stop()
    expect(heard).toContainEqual({
      kind: 'access-ended',
      companyId: company.companyId,
      memberId: ada.memberId,
    })
    expect((await client.get(`/v1/members/${ada.memberId}`)).status).toBeGreaterThanOrEqual(401)
    bodyOf(await patch(ada.memberId, { status: 'active' }), 200)
    expect((await client.get(`/v1/members/${ada.memberId}`)).status).toBe(200)
    expect((await ledgerOf(company, ada.memberId)).sort()).toEqual(
      expect.arrayContaining(['member.created', 'member.reactivated', 'member.suspended']),
    )
  })

  it('keeps everything held', async () => {
    const sales = await addDepartment(company)
    const lead = await addMember(company, {
      departments: [{ departmentId: sales.departmentId, isLead: true }],
    })
    expect((await patch(lead.memberId, { status: 'suspended' })).body.holdings).toHaveLength(1)
  })
})

describe('a member who leaves', () => {
  it('NUM-13 still shows what is held while leaving, and cannot have left before it is passed on', async () => {
    const sales = await addDepartment(company, { name: 'Sales' })
    const ada = await addMember(company, {
      name: 'Ada',
      departments: [{ departmentId: sales.departmentId, isLead: true }],
    })
    bodyOf(await patch(ada.memberId, { status: 'leaving' }), 200)
    const held = [{ kind: 'department_lead', id: sales.departmentId, label: 'Sales' }]
    expect((await company.owner.get(`/v1/members/${ada.memberId}`)).body).toMatchObject({
      status: 'leaving',
      holdings: held,
    })
    const refused = await patch(ada.memberId, { status: 'left' })
    expect(refused.status).toBe(409)
    expect(refused.body).toMatchObject({ code: 'member.holds', name: 'Ada', count: 1, holdings: held })
    expect(refused.body.next).toContain('departments')
    const left = await patch(ada.memberId, { status: 'left', departments: [] })
    expect(left.body).toMatchObject({ status: 'left', departments: [] })
    expect(left.body.leftAt).not.toBeNull()
    expect(await ledgerOf(company, ada.memberId)).toContain('member.left')
  })

  it('NUM-13 cannot have left, nor be removed, with a number: the number is named', async () => {
    const ada = await addMember(company)
    const number = await heldNumber(company, ada.memberId)
    const held = [{ kind: 'number', id: number.numberId, label: number.e164 }]
    const left = await patch(ada.memberId, { status: 'left', departments: [] })
    expect(left.body).toMatchObject({ status: 409, code: 'member.holds', holdings: held })
    const removed = await company.owner.delete(`/v1/members/${ada.memberId}`)
    expect(removed.body).toMatchObject({ status: 409, code: 'member.holds', holdings: held })
    expect((await company.owner.get(`/v1/members/${ada.memberId}`)).body).toMatchObject({
      status: 'active',
      holdings: held,
    })
    bodyOf(await company.owner.post(`/v1/numbers/${number.numberId}/park`), 200)
    expect((await patch(ada.memberId, { status: 'left' })).body).toMatchObject({
      status: 'left',
      holdings: [],
    })
  })

  it('NUM-13 never has left with a number that was assigned at the same moment', async () => {
    for (let round = 0; round < 6; round++) {
      const ada = await addMember(company)
      const number = await addNumber(company)
      await Promise.all([
        company.owner.post(`/v1/numbers/${number.numberId}/assign`, { toMemberId: ada.memberId }),
        patch(ada.memberId, { status: 'left' }),
      ])
      const { status, holdings } = bodyOf(await company.owner.get(`/v1/members/${ada.memberId}`), 200)
      expect([status, holdings.length]).toEqual(status === 'left' ? ['left', 0] : ['active', 1])
    }
  })

  it('has left for good, except as a rehire with a reason', async () => {
    const ada = await addMember(company)
    bodyOf(await patch(ada.memberId, { status: 'left' }), 200)
    const suspended = await patch(ada.memberId, { status: 'suspended' })
    expect(suspended.body).toMatchObject({
      status: 409,
      code: 'member.status_impossible',
      possible: 'active',
    })
    const silent = await patch(ada.memberId, { status: 'active' })
    expect(silent.body).toMatchObject({ status: 422, code: 'member.reason_required' })
    const back = await patch(ada.memberId, { status: 'active', reason: 'hired again' })
    expect(back.body).toMatchObject({ status: 'active', leftAt: null })
  })

  it('is told apart from others in the refusal in Chinese', async () => {
    const sales = await addDepartment(company)
    const ada = await addMember(company, {
      name: '艾达',
      departments: [{ departmentId: sales.departmentId, isLead: true }],
    })
    const refused = await company.owner
      .with({ 'accept-language': 'zh-CN' })
      .patch(`/v1/members/${ada.memberId}`, { status: 'left' })
    expect(refused.body.title).toBe('艾达 名下仍有 1 项。')
  })
})

describe('a member who is removed', () => {
  it('is gone when added by mistake', async () => {
    const ada = await addMember(company, { staffCode: 'A1', name: 'Ada' })
    expect((await company.owner.delete(`/v1/members/${ada.memberId}`)).status).toBe(204)
    expect((await company.owner.get(`/v1/members/${ada.memberId}`)).status).toBe(404)
    expect((await company.owner.get('/v1/members?search=Ada')).body.items).toEqual([])
    expect(await ledgerOf(company, ada.memberId)).toContain('member.removed')
    expect((await company.owner.delete(`/v1/members/${ada.memberId}`)).status).toBe(404)
    await addMember(company, { staffCode: 'A1' })
  })

  it('NUM-13 is refused while anything is held, with the list', async () => {
    const sales = await addDepartment(company)
    const lead = await addMember(company, {
      departments: [{ departmentId: sales.departmentId, isLead: true }],
    })
    const refused = await company.owner.delete(`/v1/members/${lead.memberId}`)
    expect(refused.body).toMatchObject({ status: 409, code: 'member.holds', count: 1 })
    expect(refused.body.holdings).toHaveLength(1)
  })

  it('is refused after having acted or held a number here: the ledger needs the name', async () => {
    const acted = await addMember(company)
    await tokenFor(world, company, acted.memberId)
    const held = await addMember(company)
    await lendOnce(held.memberId)
    for (const { memberId } of [acted, held]) {
      const refused = await company.owner.delete(`/v1/members/${memberId}`)
      expect(refused.body).toMatchObject({ status: 409, code: 'member.has_history' })
      expect(refused.body.next).toContain('`left`')
    }
  })

  it('ALL-7 is refused while a legal hold is on them', async () => {
    const ada = await addMember(company)
    const hold = bodyOf(
      await company.owner.post('/v1/legal-holds', {
        subjectKind: 'member',
        subjectId: ada.memberId,
        reason: 'case 7',
      }),
      201,
    )
    const refused = await company.owner.delete(`/v1/members/${ada.memberId}`)
    expect(refused.body).toMatchObject({ status: 409, code: 'member.on_hold', holdIds: [hold.holdId] })
  })

  it('is refused while others report to them, with the list', async () => {
    const boss = await addMember(company)
    const clerk = await addMember(company, { name: 'Clerk', managerId: boss.memberId })
    const refused = await company.owner.delete(`/v1/members/${boss.memberId}`)
    expect(refused.body).toMatchObject({
      status: 409,
      code: 'member.has_reports',
      count: 1,
      reports: [{ memberId: clerk.memberId, name: 'Clerk' }],
    })
  })

  it('is refused when someone else changed them since', async () => {
    const ada = await addMember(company)
    bodyOf(await patch(ada.memberId, { title: 'Clerk' }), 200)
    const refused = await company.owner.with({ 'if-match': '"1"' }).delete(`/v1/members/${ada.memberId}`)
    expect(refused.body.code).toBe('version.changed')
  })
})

describe('Owners', () => {
  it('are changed, suspended and removed by Owners only', async () => {
    const admin = await addMember(company, { role: 'admin' })
    const client = await tokenFor(world, company, admin.memberId)
    const url = `/v1/members/${company.ownerMemberId}`
    for (const body of [{ title: 'Chief' }, { role: 'member' }, { status: 'suspended' }]) {
      expect((await client.patch(url, body)).body).toMatchObject({ status: 403, code: 'member.owner_only' })
    }
    expect((await client.delete(url)).body.code).toBe('member.owner_only')
    const self = await client.patch(`/v1/members/${admin.memberId}`, { role: 'owner' })
    expect(self.body.code).toBe('member.owner_only')
  })

  it.each([[{ role: 'admin' }], [{ status: 'suspended' }], [{ status: 'leaving' }], [{ status: 'left' }]])(
    'keep at least one of them: the last is refused %j',
    async (body) => {
      const suspended = await addMember(company, { role: 'owner' })
      bodyOf(await patch(suspended.memberId, { status: 'suspended' }), 200)
      const refused = await patch(company.ownerMemberId, body)
      expect(refused.body).toMatchObject({ status: 409, code: 'member.last_owner', name: 'Olivia Owner' })
    },
  )

  it('keep at least one of them: the last is not removed', async () => {
    const refused = await company.owner.delete(`/v1/members/${company.ownerMemberId}`)
    expect(refused.body.code).toBe('member.last_owner')
  })

  it('keep one of them when two demote each other at the same moment', async () => {
    const other = await addMember(company, { role: 'owner' })
    const otherClient = await tokenFor(world, company, other.memberId)
    const answers = await whileStructureIsHeld(() => [
      company.owner.patch(`/v1/members/${other.memberId}`, { role: 'member' }),
      otherClient.patch(`/v1/members/${company.ownerMemberId}`, { role: 'member' }),
    ])
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409])
    expect(answers.find((answer) => answer.status === 409)?.body.code).toBe('member.last_owner')
    const owners = bodyOf(await company.operator.get('/v1/members?role=owner&status=active'), 200)
    expect(owners.items).toHaveLength(1)
  })
})

/** Sends requests that all come to wait for the structure of the company, then lets them go. */
async function whileStructureIsHeld<T>(send: () => Promise<T>[]): Promise<T[]> {
  let answers: Promise<T>[] = []
  await world.parts.database.asSteward(systemCaller(company.companyId, 'test'), async (tx) => {
    await tx.query({
      text: 'select 1 from companies where company_id = $1 for no key update',
      values: [company.companyId],
    })
    answers = send()
    for (;;) {
      const waiting = await world.tamper(
        "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
      )
      if (waiting.rowCount === answers.length) return
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  })
  return Promise.all(answers)
}

/** Custody of a number that came and went. */
async function lendOnce(memberId: string): Promise<void> {
  const [numberId, first, second] = [world.clock.newId(), '2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z']
  await world.tamper(
    `with line as (
      insert into numbers (company_id, number_id, e164, country, type, state, held_from, visible_from, created_at)
      values ($1, $2, '+8613900002000', 'CN', 'mobile', 'parked', $5, $5, $4))
    insert into assignments (company_id, number_id, held_from, held_to, state, holder_id, visible_from, cause, moved_by)
    values ($1, $2, $4, $5, 'held', $3, $4, 'added', 'test'), ($1, $2, $5, null, 'parked', null, $5, 'parked', 'test')`,
    [company.companyId, numberId, memberId, first, second],
  )
}
