import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { csvOf, draftOf, sendFile } from '../../../test/builders/imports.ts'
import { addNumber, heldNumber } from '../../../test/builders/numbers.ts'
import { addMember } from '../../../test/builders/people.ts'
import { bodyOf, createCompany, type TestCompany } from '../../../test/builders.ts'
import { openWorld, type World } from '../../../test/world.ts'
import { templateNames } from './model/template.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

async function change(company: TestCompany, { importId }: { importId: string }, body: object) {
  return bodyOf(await company.owner.patch(`/v1/imports/${importId}`, body), 200)
}

async function apply(company: TestCompany, { importId }: { importId: string }) {
  bodyOf(await company.owner.post(`/v1/imports/${importId}/apply`), 202)
  await world.runDueWork()
  return bodyOf(await company.owner.get(`/v1/imports/${importId}`), 200)
}

async function undo(company: TestCompany, { importId }: { importId: string }) {
  bodyOf(await company.owner.post(`/v1/imports/${importId}/undo`), 202)
  await world.runDueWork()
  return bodyOf(await company.owner.get(`/v1/imports/${importId}`), 200)
}

async function failures(company: TestCompany, { operation }: { operation: { operationId: string } }) {
  const found = await company.owner.get(`/v1/operations/${operation.operationId}?items=failed`)
  return bodyOf(found, 200).items.map((one: { code: string }) => one.code)
}

describe('members', () => {
  it('are the same person where their staff code differs in capital letters alone, once somebody says so', async () => {
    const company = await createCompany(world)
    await addMember(company, { staffCode: 'Chen.Jia', name: '陈佳' })
    const draft = await draftOf(company, [
      ['工号', '姓名', '上级'],
      ['chen.jia', '陈佳', ''],
      ['new.one', 'New One', 'CHEN.JIA'],
    ])
    const codesOf = (one: typeof draft) => one.problems.map(({ code }: { code: string }) => code).sort()
    expect(codesOf(draft)).toEqual(['member_code_case', 'staff_code_case'])
    const fixes = [
      { code: 'staff_code_case', column: 'staffCode' },
      { code: 'member_code_case', column: 'managerStaffCode' },
    ]
    const fixed = await change(company, draft, { fixes, options: { existing: 'skip' } })
    expect(fixed).toMatchObject({ problems: [], counts: { new: 1, skipped: 1 } })
    expect(await apply(company, draft)).toMatchObject({ operation: { state: 'done', failed: 0 } })
    const { items } = bodyOf(await company.owner.get('/v1/members?search=chen.jia'), 200)
    expect(items).toHaveLength(1)
    const asTwo = await draftOf(company, [
      ['工号', '姓名'],
      ['CHEN.jia', '陈加'],
    ])
    const kept = await change(company, asTwo, {
      fixes: [{ code: 'staff_code_case', column: 'staffCode', fix: 'keep_anyway' }],
    })
    expect(kept).toMatchObject({ problems: [], counts: { new: 1 } })
  })
})

describe('numbers', () => {
  it('NUM-3 NUM-10 are added and given to their holders; undo parks and releases them', async () => {
    const company = await createCompany(world)
    await addMember(company, { staffCode: 'A1', name: 'Anna' })
    const draft = await draftOf(company, [
      ['Number', 'Label', 'Holder', 'PUK'],
      ['+4930111001', 'Desk', 'A1', '1234'],
      ['+4930111002', 'Spare', '', ''],
      ['+8613800138011', 'Waits for its check', 'A1', ''],
    ])
    expect(draft).toMatchObject({ template: 'numbers', counts: { new: 3 }, licencesNeeded: 2 })
    const done = await apply(company, draft)
    expect(done.operation).toMatchObject({ done: 2, waiting: 1, failed: 0 })
    const { items } = bodyOf(await company.owner.get('/v1/numbers?sort=e164'), 200)
    expect(items).toMatchObject([
      { e164: '+4930111001', holder: { name: 'Anna' }, fields: { PUK: '1234' } },
      { e164: '+4930111002', state: 'parked' },
      { e164: '+8613800138011', state: 'parked', waiting: [{ waitsFor: 'check' }] },
    ])
    const gone = await undo(company, draft)
    expect(gone).toMatchObject({ state: 'undone', undoOperation: { done: 3, failed: 0 } })
    const after = bodyOf(await company.owner.get('/v1/numbers?state=released'), 200)
    expect(after.items.map((one: { state: string }) => one.state)).toEqual([
      'released',
      'released',
      'released',
    ])
    expect(bodyOf(await company.owner.get('/v1/company/licences'), 200)).toMatchObject({ used: 0 })
  })

  it('change those that are there, and undo gives them back what they had', async () => {
    const company = await createCompany(world)
    await addMember(company, { staffCode: 'A1', name: 'Anna' })
    const { numberId, e164 } = await addNumber(company)
    bodyOf(await company.owner.patch(`/v1/numbers/${numberId}`, { label: 'Old', fields: { PUK: '1' } }), 200)
    const draft = await draftOf(company, [
      ['Number', 'Label', 'Holder', 'PUK'],
      [e164, 'New', 'A1', '2'],
    ])
    await change(company, draft, { options: { existing: 'overwrite' } })
    await apply(company, draft)
    const now = async () => bodyOf(await company.owner.get(`/v1/numbers/${numberId}`), 200)
    expect(await now()).toMatchObject({ label: 'New', fields: { PUK: '2' }, holder: { name: 'Anna' } })
    await undo(company, draft)
    expect(await now()).toMatchObject({ label: 'Old', fields: { PUK: '1' }, state: 'parked' })
  })

  it('ALL-1 fail alone where another company has them (number.not_available)', async () => {
    const company = await createCompany(world)
    const foreign = await createCompany(world)
    await addNumber(foreign, '+4930111900')
    const draft = await draftOf(company, [
      ['Number', 'Label'],
      ['+4930111900', 'x'],
      ['+4930111901', 'y'],
    ])
    const done = await apply(company, draft)
    expect(done.operation).toMatchObject({ done: 1, failed: 1 })
    expect(await failures(company, done)).toEqual(['number.not_available'])
  })

  it('fail alone where the holder is gone by then (import.holder_missing)', async () => {
    const company = await createCompany(world)
    const anna = await addMember(company, { staffCode: 'A1', name: 'Anna' })
    const draft = await draftOf(company, [
      ['Number', 'Holder'],
      ['+4930111701', 'A1'],
    ])
    bodyOf(await company.owner.post(`/v1/imports/${draft.importId}/apply`), 202)
    expect((await company.owner.delete(`/v1/members/${anna.memberId}`)).status).toBe(204)
    await world.runDueWork()
    const done = bodyOf(await company.owner.get(`/v1/imports/${draft.importId}`), 200)
    expect(await failures(company, done)).toEqual(['import.holder_missing'])
  })
})

describe('moves', () => {
  it('NUM-5 NUM-9 are made row by row, and undo moves the numbers back', async () => {
    const company = await createCompany(world, { policies: { cooldownMinutes: 0 } })
    const anna = await addMember(company, { staffCode: 'A1', name: 'Anna' })
    await addMember(company, { staffCode: 'A2', name: 'Bela' })
    const [one, two] = [await heldNumber(company, anna.memberId), await addNumber(company)]
    const draft = await draftOf(company, [
      ['Number', 'To', 'Expected', 'History', 'Reason'],
      [one.e164, 'A2', 'A1', 'hide', 'left'],
      [two.e164, 'A2', '', '', ''],
      ['+4930999888', 'A2', '', '', ''],
    ])
    expect(draft).toMatchObject({ template: 'moves', counts: { changed: 2, error: 1 } })
    const done = await apply(company, draft)
    expect(done.operation).toMatchObject({ done: 2, failed: 0 })
    const holders = async () =>
      Promise.all(
        [one, two].map(
          async ({ numberId }) =>
            bodyOf(await company.owner.get(`/v1/numbers/${numberId}`), 200).holder?.name,
        ),
      )
    expect(await holders()).toEqual(['Bela', 'Bela'])
    await undo(company, done)
    expect(await holders()).toEqual(['Anna', undefined])
  })

  it('HAN-10 above the limit wait for a second person', async () => {
    const company = await createCompany(world, {
      policies: { cooldownMinutes: 0, moveLimitPerDay: 1, moveLimitPercent: 1 },
    })
    await addMember(company, { staffCode: 'A1', name: 'Anna' })
    const numbers = [await addNumber(company), await addNumber(company), await addNumber(company)]
    const draft = await draftOf(company, [['Number', 'To'], ...numbers.map(({ e164 }) => [e164, 'A1'])])
    expect(draft.needsApproval).toBe(true)
    const waiting = await apply(company, draft)
    expect(waiting).toMatchObject({ state: 'applying', operation: { state: 'pending_approval' } })
    const { requestId } = waiting.operation
    bodyOf(await company.operator.post(`/v1/requests/${requestId}/approve`, { reason: 'fine' }), 200)
    await world.runDueWork()
    const done = bodyOf(await company.owner.get(`/v1/imports/${draft.importId}`), 200)
    expect(done).toMatchObject({ state: 'applied', operation: { done: 3 } })
  })
})

describe('records', () => {
  it('NUM-12 are taken in, and stay: undo is refused (import.cannot_undo)', async () => {
    const company = await createCompany(world)
    const { numberId, e164 } = await addNumber(company)
    world.clock.advance({ hours: 1 })
    const at = world.clock.now().toISOString()
    const draft = await draftOf(company, [
      ['Number', 'Kind', 'Direction', 'Other side', 'Time', 'Answered', 'Source', 'Source id'],
      [e164, 'call', 'inbound', '+4930555', at, 'yes', 'pbx', 'r1'],
      [e164, 'message', 'outbound', '+4930555', at, '', 'pbx', 'r2'],
      [e164, 'call', 'inbound', '+4930555', '1901-01-01T00:00:00Z', 'yes', 'pbx', 'r3'],
    ])
    expect(draft).toMatchObject({ template: 'records', canUndo: false })
    const done = await apply(company, draft)
    expect(done.operation.done).toBe(2)
    const { items } = bodyOf(await company.owner.get(`/v1/numbers/${numberId}/records?reason=x`), 200)
    expect(items).toHaveLength(2)
    const refused = await company.owner.post(`/v1/imports/${draft.importId}/undo`)
    expect(refused).toMatchObject({ status: 409, body: { code: 'import.cannot_undo' } })
  })
})

describe('other systems', () => {
  it('WRK-6 are added with accounts and what hangs on them, and undo removes them', async () => {
    const company = await createCompany(world)
    await addMember(company, { staffCode: 'A1', name: 'Anna' })
    const { e164 } = await addNumber(company)
    const draft = await draftOf(company, [
      ['System', 'Account', 'Holder', 'Number', 'Used for'],
      ['Payroll', 'anna@pay', 'A1', e164, 'login'],
      ['Payroll', 'spare@pay', '', '', ''],
    ])
    expect(draft).toMatchObject({ template: 'other-systems', counts: { new: 2 } })
    const done = await apply(company, draft)
    expect(done.operation).toMatchObject({ done: 2, failed: 0 })
    const accounts = async () => bodyOf(await company.owner.get('/v1/work-accounts'), 200).items
    expect(await accounts()).toHaveLength(2)
    const again = await draftOf(company, [
      ['System', 'Account'],
      ['payroll', 'ANNA@pay'],
    ])
    expect(again.counts).toMatchObject({ unchanged: 1 })
    expect(await undo(company, done)).toMatchObject({ state: 'undone', undoOperation: { failed: 0 } })
    expect(await accounts()).toEqual([])
    expect(bodyOf(await company.owner.get('/v1/systems'), 200).items).toEqual([])
  })
})

describe('templates', () => {
  it.each(templateNames)(
    '%s comes as a workbook and as CSV, whose example is left out when it comes back',
    async (name) => {
      const company = await createCompany(world)
      for (const format of ['xlsx', 'csv']) {
        const file = await company.owner.download(`/v1/templates/${name}?format=${format}`)
        expect(file.status).toBe(200)
        const draft = bodyOf(await sendFile(company.owner, `${name}.${format}`, file.bytes), 201)
        expect(draft).toMatchObject({ template: name, counts: { new: 0, changed: 0, error: 0, conflict: 0 } })
      }
      const blank = await company.owner.download(`/v1/templates/${name}?blank=true`)
      const draft = bodyOf(await sendFile(company.owner, 'blank.xlsx', blank.bytes), 201)
      expect(draft).toMatchObject({ template: name, counts: { rows: 0 } })
    },
  )

  it('are listed with their columns in the reader’s language', async () => {
    const company = await createCompany(world)
    const { items } = bodyOf(
      await company.owner.with({ 'accept-language': 'zh-CN' }).get('/v1/templates'),
      200,
    )
    expect(items.map((one: { name: string }) => one.name)).toEqual([...templateNames])
    expect(items[0].columns[0]).toMatchObject({ key: 'staffCode', header: '工号', required: true })
  })

  it('have no layout that nobody knows (import.no_such_layout)', async () => {
    const company = await createCompany(world)
    const answer = await company.owner.get('/v1/templates/members?layout=nonsense')
    expect(answer).toMatchObject({ status: 422, body: { code: 'import.no_such_layout' } })
  })
})

it('a member who lost the right to import hands the rest to a second person', async () => {
  const company = await createCompany(world)
  const draft = bodyOf(
    await sendFile(
      company.owner,
      'x.csv',
      csvOf([
        ['Staff code', 'Name'],
        ['A1', 'Anna'],
      ]),
    ),
    201,
  )
  bodyOf(await company.owner.post(`/v1/imports/${draft.importId}/apply`), 202)
  await world.tamper(`update members set role = 'member' where company_id = $1 and member_id = $2`, [
    company.companyId,
    company.ownerMemberId,
  ])
  await world.runDueWork()
  const found = bodyOf(await company.operator.get(`/v1/imports/${draft.importId}`), 200)
  expect(found.operation.state).toBe('pending_approval')
})
