import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { draftOf } from '../../../test/builders/imports.ts'
import { addMember } from '../../../test/builders/people.ts'
import { bodyOf, createCompany, type TestCompany } from '../../../test/builders.ts'
import { openWorld, type World } from '../../../test/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

async function applied(company: TestCompany, rows: readonly (readonly string[])[]) {
  const draft = await draftOf(company, rows)
  bodyOf(await company.owner.post(`/v1/imports/${draft.importId}/apply`), 202)
  await world.runDueWork()
  return bodyOf(await company.owner.get(`/v1/imports/${draft.importId}`), 200)
}

let lines = 0

async function undone(company: TestCompany, { importId }: { importId: string }) {
  bodyOf(await company.owner.post(`/v1/imports/${importId}/undo`), 202)
  await world.runDueWork()
  return bodyOf(await company.owner.get(`/v1/imports/${importId}`), 200)
}

async function numberOf(company: TestCompany) {
  const { items } = bodyOf(await company.owner.get('/v1/numbers'), 200)
  return items[0]
}

describe('an import of a number whose move waited for a check', () => {
  async function decided(company: TestCompany, decision: 'approve' | 'reject') {
    await addMember(company, { staffCode: 'A1', name: 'Anna' })
    lines += 1
    const done = await applied(company, [
      ['Number', 'Holder'],
      [`+861380013802${lines}`, 'A1'],
    ])
    const { items } = bodyOf(await company.owner.get('/v1/requests?state=open'), 200)
    const body = { reason: 'seen', ...(decision === 'approve' ? { evidence: 'checked at the carrier' } : {}) }
    bodyOf(await company.operator.post(`/v1/requests/${items[0].requestId}/${decision}`, body), 200)
    await world.runDueWork()
    const state = decision === 'approve' ? 'held' : 'parked'
    expect(await numberOf(company)).toMatchObject({ state })
    return done
  }

  it.each(['approve', 'reject'] as const)(
    'NUM-11 is undone after %s, as long as nobody touched the number',
    async (decision) => {
      const company = await createCompany(world)
      const done = await decided(company, decision)
      const gone = await undone(company, done)
      expect(gone).toMatchObject({ state: 'undone', undoOperation: { done: 1, failed: 0 } })
    },
  )

  it('is not undone once somebody has parked the number (import.built_on)', async () => {
    const company = await createCompany(world)
    const done = await decided(company, 'approve')
    const { numberId } = await numberOf(company)
    bodyOf(await company.owner.post(`/v1/numbers/${numberId}/park`, { reason: 'mine' }), 200)
    const refused = await company.owner.post(`/v1/imports/${done.importId}/undo`)
    expect(refused).toMatchObject({ status: 409, body: { code: 'import.built_on' } })
  })

  it('is not undone once its label was changed (import.built_on)', async () => {
    const company = await createCompany(world)
    const done = await decided(company, 'approve')
    const { numberId } = await numberOf(company)
    bodyOf(await company.owner.patch(`/v1/numbers/${numberId}`, { label: 'mine' }), 200)
    const refused = await company.owner.post(`/v1/imports/${done.importId}/undo`)
    expect(refused).toMatchObject({ status: 409, body: { code: 'import.built_on' } })
  })
})

describe('an undo of an import', () => {
  it('is refused as a whole when a member holds an account of another system (import.built_on)', async () => {
    const company = await createCompany(world)
    const people = await applied(company, [
      ['Staff code', 'Name'],
      ['A1', 'Anna'],
    ])
    await applied(company, [
      ['System', 'Account', 'Holder'],
      ['Payroll', 'anna@pay', 'A1'],
    ])
    const refused = await company.owner.post(`/v1/imports/${people.importId}/undo`)
    expect(refused).toMatchObject({ status: 409, body: { code: 'import.built_on' } })
  })

  it('is refused as a whole when another account was added to a system it made (import.built_on)', async () => {
    const company = await createCompany(world)
    const first = await applied(company, [
      ['System', 'Account'],
      ['Payroll', 'anna@pay'],
    ])
    await applied(company, [
      ['System', 'Account'],
      ['Payroll', 'bela@pay'],
    ])
    const refused = await company.owner.post(`/v1/imports/${first.importId}/undo`)
    expect(refused).toMatchObject({ status: 409, body: { code: 'import.built_on' } })
  })

  it('NUM-11 is refused as a whole after the time in which moves can be undone (import.undo_too_late)', async () => {
    const company = await createCompany(world)
    await addMember(company, { staffCode: 'A1', name: 'Anna' })
    const done = await applied(company, [
      ['Number', 'Holder'],
      ['+4930111812', 'A1'],
      ['+4930111813', ''],
    ])
    world.clock.advance({ hours: 73 })
    const refused = await company.owner.post(`/v1/imports/${done.importId}/undo`)
    expect(refused).toMatchObject({ status: 409, body: { code: 'import.undo_too_late' } })
  })

  it('passes over what somebody has removed by hand', async () => {
    const company = await createCompany(world)
    const done = await applied(company, [
      ['Staff code', 'Name', 'Departments'],
      ['A1', 'Anna', 'Sales'],
      ['A2', 'Bela', 'Sales'],
    ])
    const { items } = bodyOf(await company.owner.get('/v1/members?search=Anna'), 200)
    expect((await company.owner.delete(`/v1/members/${items[0].memberId}`)).status).toBe(204)
    expect(await undone(company, done)).toMatchObject({ state: 'undone', undoOperation: { failed: 0 } })
    expect(bodyOf(await company.owner.get('/v1/members'), 200).items).toHaveLength(1)
    expect(bodyOf(await company.owner.get('/v1/departments'), 200).items).toEqual([])
  })

  it('leaves alone a number whose label somebody changes while it runs (import.row_changed)', async () => {
    const company = await createCompany(world)
    const done = await applied(company, [['Number'], ['+4930111814']])
    bodyOf(await company.owner.post(`/v1/imports/${done.importId}/undo`), 202)
    const { numberId } = await numberOf(company)
    bodyOf(await company.owner.patch(`/v1/numbers/${numberId}`, { label: 'mine' }), 200)
    await world.runDueWork()
    const { undoOperation } = bodyOf(await company.owner.get(`/v1/imports/${done.importId}`), 200)
    const path = `/v1/operations/${undoOperation.operationId}?items=failed`
    expect(bodyOf(await company.owner.get(path), 200)).toMatchObject({
      failed: 1,
      items: [{ code: 'import.row_changed' }],
    })
    expect(await numberOf(company)).toMatchObject({ state: 'parked', label: 'mine' })
  })
})

describe('the rows of an import', () => {
  it('are deleted 30 days after its end; counts stay, and no undo or retry asks for them (import.rows_cleared)', async () => {
    const company = await createCompany(world)
    const people = [
      ['Staff code', 'Name', 'E-mail'],
      ['A1', 'Anna', 'anna@example.com'],
      ['A2', 'Bela', 'nonsense'],
      ['A3', 'Cleo', 'cleo@example.com'],
    ]
    const kept = await draftOf(company, people)
    const draft = await draftOf(company, people)
    bodyOf(await company.owner.post(`/v1/imports/${draft.importId}/apply`), 202)
    bodyOf(await company.owner.post('/v1/members', { staffCode: 'A3', name: 'Another' }), 201)
    await world.runDueWork()
    const read = async ({ importId }: { importId: string }) =>
      bodyOf(await company.owner.get(`/v1/imports/${importId}`), 200)
    const rows = async ({ importId }: { importId: string }) =>
      bodyOf(await company.owner.get(`/v1/imports/${importId}/rows`), 200).items.length
    world.clock.advance({ hours: 29 * 24 })
    await world.runDueWork()
    expect(await rows(draft)).toBe(3)
    world.clock.advance({ hours: 25 })
    await world.runDueWork()
    expect([await rows(draft), await rows(kept)]).toEqual([0, 3])
    const ended = await read(draft)
    expect(ended).toMatchObject({ state: 'applied', counts: { new: 2, error: 1 }, problems: [] })
    expect(JSON.stringify(ended.recognition)).not.toContain('anna@')
    const refused = await company.owner.post(`/v1/imports/${draft.importId}/undo`)
    expect(refused).toMatchObject({ status: 409, body: { code: 'import.rows_cleared' } })
    const path = `/v1/operations/${ended.operation.operationId}`
    bodyOf(await company.owner.post(`${path}/retry`), 200)
    await world.runDueWork()
    const { items } = bodyOf(await company.owner.get(`${path}?items=failed`), 200)
    expect(items).toMatchObject([{ code: 'import.rows_cleared' }])
  })
})
