import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addDepartment, addMember, ledgerOf } from '../../../test/builders/people.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from '../../../test/builders.ts'
import { openWorld, type World } from '../../../test/world.ts'

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

describe('a new department', () => {
  it('stands at the top or below another, and in the ledger', async () => {
    const sales = await addDepartment(company, { name: '销售部' })
    const north = await addDepartment(company, { name: 'North', parentId: sales.departmentId, position: 3 })
    expect(sales).toMatchObject({ name: '销售部', parentId: null, position: 0, memberCount: 0, version: 1 })
    expect(north).toMatchObject({ parentId: sales.departmentId, position: 3 })
    expect(await ledgerOf(company, north.departmentId)).toEqual(['department.created'])
  })

  it('is refused under a name that the same place has already, at the top too', async () => {
    const sales = await addDepartment(company, { name: 'Sales' })
    const again = await company.owner.post('/v1/departments', { name: 'Sales' })
    expect(again.status).toBe(409)
    expect(again.body).toMatchObject({ code: 'department.name_taken', name: 'Sales' })
    await addDepartment(company, { name: 'Sales', parentId: sales.departmentId })
    const below = await company.owner.post('/v1/departments', { name: 'Sales', parentId: sales.departmentId })
    expect(below.body.code).toBe('department.name_taken')
  })

  it('is refused below a department that is not there, or is of another company', async () => {
    const other = await createCompany(world)
    const foreign = await addDepartment(other)
    for (const parentId of [nowhere, foreign.departmentId]) {
      const refused = await company.owner.post('/v1/departments', { name: 'Lost', parentId })
      expect(refused.status).toBe(404)
      expect(refused.body.code).toBe('thing.not_found')
    }
  })

  it('may have the name that another company uses', async () => {
    const other = await createCompany(world)
    await addDepartment(other, { name: 'Sales' })
    await addDepartment(company, { name: 'Sales' })
  })

  it.each(['lead', 'auditor', 'member'])('is not for a %s to make', async (role) => {
    const member = await addMember(company, { role })
    const client = await tokenFor(world, company, member.memberId)
    expect((await client.post('/v1/departments', { name: 'Mine' })).status).toBe(403)
  })
})

describe('a department that changes', () => {
  it('gets another name and order, with the next version', async () => {
    const sales = await addDepartment(company)
    const changed = await company.owner
      .with({ 'if-match': '"1"' })
      .patch(`/v1/departments/${sales.departmentId}`, { name: 'Vertrieb', position: 7 })
    expect(changed.status).toBe(200)
    expect(changed.body).toMatchObject({ name: 'Vertrieb', position: 7, version: 2 })
    expect(changed.headers['etag']).toBe('"2"')
    expect((await ledgerOf(company, sales.departmentId)).sort()).toEqual([
      'department.created',
      'department.updated',
    ])
  })

  it('is refused when someone else changed it since', async () => {
    const sales = await addDepartment(company)
    const url = `/v1/departments/${sales.departmentId}`
    bodyOf(await company.owner.patch(url, { position: 1 }), 200)
    const refused = await company.owner.with({ 'if-match': '"1"' }).patch(url, { position: 2 })
    expect(refused.status).toBe(412)
    expect(refused.body).toMatchObject({ code: 'version.changed', version: 2 })
  })

  it('moves with everything below it', async () => {
    const [north, sales] = [await addDepartment(company), await addDepartment(company)]
    const inner = await addDepartment(company, { parentId: sales.departmentId })
    const moved = await company.owner.patch(`/v1/departments/${sales.departmentId}`, {
      parentId: north.departmentId,
    })
    expect(moved.body).toMatchObject({ parentId: north.departmentId, version: 2 })
    const below = await company.owner.get(`/v1/departments?parentId=${sales.departmentId}`)
    expect(below.body.items).toMatchObject([{ departmentId: inner.departmentId }])
    const top = await company.owner.get('/v1/departments?parentId=none')
    expect(top.body.items).toMatchObject([{ departmentId: north.departmentId }])
    expect(await ledgerOf(company, sales.departmentId)).toContain('department.moved')
  })

  it('is refused below itself and below what is below it', async () => {
    const sales = await addDepartment(company)
    const north = await addDepartment(company, { parentId: sales.departmentId })
    const inner = await addDepartment(company, { parentId: north.departmentId })
    for (const { departmentId: parentId } of [sales, north, inner]) {
      const refused = await company.owner.patch(`/v1/departments/${sales.departmentId}`, { parentId })
      expect(refused.status).toBe(409)
      expect(refused.body.code).toBe('department.cycle')
    }
  })

  it('never ends in a circle when two move below each other at once', async () => {
    for (let round = 0; round < 5; round++) {
      const [one, two] = [await addDepartment(company), await addDepartment(company)]
      const answers = await Promise.all([
        company.owner.patch(`/v1/departments/${one.departmentId}`, { parentId: two.departmentId }),
        company.owner.patch(`/v1/departments/${two.departmentId}`, { parentId: one.departmentId }),
      ])
      expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409])
    }
  })

  it('is refused under a sibling’s name, also when it would move to it', async () => {
    const [sales, north] = [await addDepartment(company, { name: 'Sales' }), await addDepartment(company)]
    const renamed = await company.owner.patch(`/v1/departments/${north.departmentId}`, { name: 'Sales' })
    expect(renamed.body.code).toBe('department.name_taken')
    const inner = await addDepartment(company, { name: 'Sales', parentId: north.departmentId })
    const moved = await company.owner.patch(`/v1/departments/${inner.departmentId}`, { parentId: null })
    expect(moved.body.code).toBe('department.name_taken')
    expect(sales.name).toBe('Sales')
  })

  it('is refused when it, or its new parent, is not there', async () => {
    const sales = await addDepartment(company)
    expect((await company.owner.patch(`/v1/departments/${nowhere}`, { name: 'X' })).status).toBe(404)
    const lost = await company.owner.patch(`/v1/departments/${sales.departmentId}`, { parentId: nowhere })
    expect(lost.status).toBe(404)
  })

  it('is refused when the change names nothing, or something unknown', async () => {
    const sales = await addDepartment(company)
    for (const body of [{}, { colour: 'red' }, { name: '' }, { name: 'x'.repeat(101) }]) {
      expect((await company.owner.patch(`/v1/departments/${sales.departmentId}`, body)).status).toBe(400)
    }
  })
})

describe('a department that goes', () => {
  it('goes when it is empty, and its name is free again', async () => {
    const sales = await addDepartment(company, { name: 'Sales' })
    expect((await company.owner.delete(`/v1/departments/${sales.departmentId}`)).status).toBe(204)
    expect(await ledgerOf(company, sales.departmentId)).toContain('department.removed')
    expect((await company.owner.delete(`/v1/departments/${sales.departmentId}`)).status).toBe(404)
    await addDepartment(company, { name: 'Sales' })
  })

  it('is refused while someone or something is in it, with both counts', async () => {
    const sales = await addDepartment(company, { name: 'Sales' })
    await addDepartment(company, { parentId: sales.departmentId })
    await addMember(company, { departments: [{ departmentId: sales.departmentId }] })
    await addMember(company, { departments: [{ departmentId: sales.departmentId, isLead: true }] })
    const refused = await company.owner.delete(`/v1/departments/${sales.departmentId}`)
    expect(refused.status).toBe(409)
    expect(refused.body).toMatchObject({ code: 'department.not_empty', members: 2, departments: 1 })
    expect(refused.body.next).toContain('Move the members')
    const shown = await company.owner.get('/v1/departments?parentId=none')
    expect(shown.body.items).toMatchObject([{ departmentId: sales.departmentId, memberCount: 2 }])
  })
})

describe('the list of departments', () => {
  it('comes in pages, oldest first, each department once', async () => {
    const made: string[] = []
    for (let n = 0; n < 5; n++) made.push((await addDepartment(company)).departmentId)
    const seen: string[] = []
    let cursor = ''
    do {
      const page = bodyOf(await company.owner.get(`/v1/departments?limit=2${cursor}`), 200)
      seen.push(...page.items.map((item: { departmentId: string }) => item.departmentId))
      cursor = page.nextCursor ? `&cursor=${page.nextCursor}` : ''
    } while (cursor)
    expect(seen).toEqual(made)
  })

  it('refuses a cursor of another list', async () => {
    const refused = await company.owner.get('/v1/departments?cursor=abc')
    expect(refused.status).toBe(400)
    expect(refused.body.code).toBe('page.cursor_invalid')
  })

  it('shows a lead the own departments with those below, and a member the own ones', async () => {
    const [sales, other] = [await addDepartment(company), await addDepartment(company)]
    const inner = await addDepartment(company, { parentId: sales.departmentId })
    const lead = await addMember(company, {
      role: 'lead',
      departments: [
        { departmentId: sales.departmentId, isLead: true },
        { departmentId: other.departmentId, isLead: false },
      ],
    })
    const member = await addMember(company, { departments: [{ departmentId: inner.departmentId }] })
    const idsFor = async (memberId: string) => {
      const client = await tokenFor(world, company, memberId)
      const page = bodyOf(await client.get('/v1/departments'), 200)
      return page.items.map((item: { departmentId: string }) => item.departmentId)
    }
    expect(await idsFor(lead.memberId)).toEqual([sales.departmentId, inner.departmentId])
    expect(await idsFor(member.memberId)).toEqual([inner.departmentId])
  })
})
