import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { csvOf, draftOf, sendFile } from '../../../test/builders/imports.ts'
import { addNumber, hire } from '../../../test/builders/numbers.ts'
import { addDepartment, addMember, ledgerOf } from '../../../test/builders/people.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from '../../../test/builders.ts'
import { openWorld, type World } from '../../../test/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const headers = ['Staff code', 'Name', 'Departments', 'Manager', 'Mobile', 'E-mail']

async function membersOf(company: TestCompany) {
  const { items } = bodyOf(await company.owner.get('/v1/members?limit=200&sort=name'), 200)
  return items.map((one: { staffCode: string }) => one.staffCode)
}

function path({ importId }: { importId: string }, rest = ''): string {
  return `/v1/imports/${importId}${rest}`
}

async function applied(company: TestCompany, draft: { importId: string }, order: object = {}) {
  bodyOf(await company.owner.post(path(draft, '/apply'), order), 202)
  await world.runDueWork()
  return bodyOf(await company.owner.get(path(draft)), 200)
}

async function undone(company: TestCompany, draft: { importId: string }) {
  bodyOf(await company.owner.post(path(draft, '/undo')), 202)
  await world.runDueWork()
  return bodyOf(await company.owner.get(path(draft)), 200)
}

describe('a file that is sent', () => {
  it('MIG-3 is recognised, checked row by row, and writes nothing', async () => {
    const company = await createCompany(world)
    const draft = await draftOf(company, [
      headers,
      ['A1', 'Anna', 'Sales/East', '', '13800138000', 'Anna@Example.com'],
      ['A2', 'Bela', 'Sales', 'A1', 'nonsense', ''],
    ])
    expect(draft).toMatchObject({
      state: 'draft',
      template: 'members',
      fileName: 'people.csv',
      counts: { rows: 2, new: 1, error: 1 },
      newDepartments: ['Sales', 'Sales/East'],
      recognition: { headerRow: 1, missing: [] },
    })
    const { items } = bodyOf(await company.owner.get(path(draft, '/rows?verdict=error')), 200)
    expect(items).toHaveLength(1)
    expect(items[0]).toMatchObject({
      row: 3,
      cells: ['A2', 'Bela', 'Sales', 'A1', 'nonsense'],
      problems: [{ column: 'mobile', severity: 'error' }],
    })
    expect(await membersOf(company)).toEqual(['owner'])
    expect(await ledgerOf(company, draft.importId)).toEqual(['import.created'])
  })

  it('is listed, shown again and discarded', async () => {
    const company = await createCompany(world)
    const draft = await draftOf(company, [headers, ['A1', 'Anna']])
    const { items } = bodyOf(await company.owner.get('/v1/imports?drafts=true'), 200)
    expect(items).toMatchObject([{ importId: draft.importId, state: 'draft', createdByName: 'Olivia Owner' }])
    expect(bodyOf(await company.owner.get(path(draft)), 200)).toEqual(draft)
    expect((await company.owner.delete(path(draft))).status).toBe(204)
    expect((await company.owner.get(path(draft))).status).toBe(404)
    const left = await world.tamper(
      'select count(*)::integer as rows from import_rows where import_id = $1',
      [draft.importId],
    )
    expect(left.rows[0].rows).toBe(0)
  })

  it.each([
    ['import.not_a_spreadsheet', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]), 415],
    ['import.old_format', Buffer.from('d0cf11e0a1b11ae1'.padEnd(2048, '0'), 'hex'), 415],
    ['import.empty', Buffer.from('\r\n\r\n'), 422],
    ['import.damaged', Buffer.from('504b0304'.padEnd(200, '0'), 'hex'), 422],
  ])('is refused as %s, with what to do', async (code, bytes, status) => {
    const company = await createCompany(world)
    const answer = await sendFile(company.owner, 'file.xlsx', bytes)
    expect(answer).toMatchObject({ status, body: { code } })
    expect(answer.body.next).not.toBe('')
    expect(bodyOf(await company.owner.get('/v1/imports'), 200).items).toEqual([])
  })

  it('is refused beside a second one, of which nobody would see that it was left out', async () => {
    const company = await createCompany(world)
    const part = (name: string) =>
      `--b\r\ncontent-disposition: form-data; name="${name}"; filename="${name}.csv"\r\n\r\nStaff code,Name\r\nA1,Anna\r\n\r\n`
    const form = 'multipart/form-data; boundary=b'
    const two = Buffer.from(`${part('one')}${part('two')}--b--\r\n`)
    const refused = await company.owner.upload('/v1/imports', two, form)
    expect(refused).toMatchObject({ status: 400, body: { code: 'request.malformed' } })
    const withField = `${part('one')}--b\r\ncontent-disposition: form-data; name="note"\r\n\r\nx\r\n--b--\r\n`
    expect((await company.owner.upload('/v1/imports', Buffer.from(withField), form)).status).toBe(201)
    expect(bodyOf(await company.owner.get('/v1/imports'), 200).items).toHaveLength(1)
  })

  it('is refused as import.too_large beyond 20 MB, and as import.no_file without a file', async () => {
    const company = await createCompany(world)
    const large = await sendFile(company.owner, 'large.csv', Buffer.alloc(20_000_001, 'a'))
    expect(large).toMatchObject({ status: 413, body: { code: 'import.too_large' } })
    const form = await company.owner.upload(
      '/v1/imports',
      '--b\r\ncontent-disposition: form-data; name="x"\r\n\r\ny\r\n--b--\r\n',
      'multipart/form-data; boundary=b',
    )
    expect(form).toMatchObject({ status: 400, body: { code: 'import.no_file' } })
    const json = await company.owner.post('/v1/imports', {})
    expect(json).toMatchObject({ status: 400, body: { code: 'import.no_file' } })
  })

  it('leaves no file behind, and what a crash left is taken away after an hour', async () => {
    const company = await createCompany(world)
    await sendFile(company.owner, 'x.csv', 'rubbish')
    await draftOf(company, [headers, ['A1', 'Anna']])
    const { receivedFiles } = world.parts
    async function* bytes() {
      yield Buffer.from('half')
    }
    await receivedFiles.receive(bytes())
    expect(await receivedFiles.dropLeft(new Date(Date.now() - 3_600_000))).toBe(0)
    expect(await receivedFiles.dropLeft(new Date(Date.now() + 60_000))).toBe(1)
  })
})

describe('a draft', () => {
  it('takes repairs of cells and of whole groups, and is checked again', async () => {
    const company = await createCompany(world)
    const draft = await draftOf(company, [
      headers,
      ['A1', 'Anna', '', '', '8613800138000', ''],
      ['A2', '', '', '', '8613800138001', ''],
    ])
    const [group] = draft.problems.filter((one: { automatic: boolean }) => one.automatic)
    expect(group).toMatchObject({ column: 'mobile', count: 2, fixes: [{ fix: 'add_country_code' }] })
    const fixed = bodyOf(
      await company.owner.with({ 'if-match': `"${draft.version}"` }).patch(path(draft), {
        edits: [{ row: 3, cells: { name: 'Bela' } }],
        fixes: [{ code: group.code, column: group.column }],
      }),
      200,
    )
    expect(fixed).toMatchObject({ version: draft.version + 1, problems: [], counts: { new: 2, error: 0 } })
    const { items } = bodyOf(await company.owner.get(path(draft, '/rows')), 200)
    expect(items.map((one: { values: object }) => one.values)).toEqual([
      { staffCode: 'A1', name: 'Anna', mobile: '+8613800138000' },
      { staffCode: 'A2', name: 'Bela', mobile: '+8613800138001' },
    ])
  })

  it('tells two Admins on one import apart by its version', async () => {
    const company = await createCompany(world)
    const draft = await draftOf(company, [headers, ['A1', 'Anna']])
    const seen = company.owner.with({ 'if-match': `"${draft.version}"` })
    bodyOf(await seen.patch(path(draft), { step: 'preview' }), 200)
    expect(await seen.patch(path(draft), { step: 'repair' })).toMatchObject({ status: 412 })
    expect(await seen.post(path(draft, '/apply'))).toMatchObject({ status: 412 })
  })

  it('takes columns by choice and remembers them for files with the same headers', async () => {
    const company = await createCompany(world)
    const rows = [
      ['Staff code', 'Name', 'Badge text'],
      ['A1', 'Anna', 'Clerk'],
    ]
    const draft = await draftOf(company, rows)
    expect(draft.recognition.columns[2]).toMatchObject({ key: null, why: 'unknown' })
    const chosen = bodyOf(
      await company.owner.patch(path(draft), { columns: [{ column: 2, key: 'title' }] }),
      200,
    )
    expect(chosen.recognition.columns[2]).toMatchObject({ key: 'title', why: 'chosen' })
    expect((await draftOf(company, rows)).recognition.columns[2]).toMatchObject({
      key: 'title',
      why: 'remembered',
    })
  })

  it('refuses what is not there: import.no_such_column, _row, _sheet, _fix and import.no_template', async () => {
    const company = await createCompany(world)
    const draft = await draftOf(company, [headers, ['A1', 'Anna']])
    const code = async (change: object) => (await company.owner.patch(path(draft), change)).body.code
    expect(await code({ columns: [{ column: 40, key: 'name' }] })).toBe('import.no_such_column')
    expect(await code({ columns: [{ column: 1, key: 'nonsense' }] })).toBe('import.no_such_column')
    expect(await code({ edits: [{ row: 99, cells: { name: 'x' } }] })).toBe('import.no_such_row')
    expect(await code({ edits: [{ row: 1, cells: { name: 'x' } }] })).toBe('import.no_such_row')
    expect(await code({ sheet: 7 })).toBe('import.no_such_sheet')
    expect(await code({ fixes: [{ code: 'missing', column: 'name', value: 'x' }] })).toBe(
      'import.no_such_fix',
    )
    const unknown = await draftOf(company, [
      ['colour', 'shape'],
      ['red', 'round'],
    ])
    expect(unknown).toMatchObject({ template: null, counts: null })
    const apply = await company.owner.post(path(unknown, '/apply'))
    expect(apply).toMatchObject({ status: 409, body: { code: 'import.no_template' } })
    const change = { columns: [{ column: 0, key: 'name' }] }
    expect((await company.owner.patch(path(unknown), change)).body.code).toBe('import.no_template')
  })

  it('is downloaded with what is wrong beside each row', async () => {
    const company = await createCompany(world)
    const draft = await draftOf(company, [headers, ['A1', 'Anna'], ['A2', '']])
    const file = await company.owner.download(path(draft, '/file?rows=problems'))
    expect(file.status).toBe(200)
    const again = bodyOf(await sendFile(company.owner, 'annotated.xlsx', file.bytes), 201)
    expect(again).toMatchObject({ template: 'members', counts: { rows: 1, error: 1 } })
    expect(again.recognition.unknown).toContain('Problem')
  })
})

describe('applying', () => {
  it('MIG-3 adds members with departments and managers in any order, and undo restores what was', async () => {
    const company = await createCompany(world)
    await addDepartment(company, { name: 'Sales' })
    const before = await stateOf(company)
    const draft = await draftOf(company, [
      headers,
      ['A2', 'Bela', 'Sales/East', 'A1', '', ''],
      ['A1', 'Anna', 'Sales', 'owner', '', 'anna@example.com'],
    ])
    const done = await applied(company, draft, { expected: { new: 2, error: 0 } })
    expect(done).toMatchObject({ state: 'applied', operation: { done: 2, failed: 0 } })
    const { items } = bodyOf(await company.owner.get('/v1/members?search=A2'), 200)
    expect(items[0]).toMatchObject({ managerName: 'Anna', departments: [{ name: 'East' }] })
    const gone = await undone(company, draft)
    expect(gone).toMatchObject({ state: 'undone', undoOperation: { done: 3, failed: 0 } })
    expect(await stateOf(company)).toEqual(before)
  })

  it('MIG-6 needs a choice for what exists (import.choice_needed), and overwrites or skips it', async () => {
    const company = await createCompany(world)
    const anna = await addMember(company, { staffCode: 'A1', name: 'Anna', title: 'Clerk' })
    const before = await stateOf(company)
    const draft = await draftOf(company, [headers, ['A1', 'Anne'], ['A2', 'Bela']])
    expect(draft.counts).toMatchObject({ new: 1, conflict: 1 })
    expect(await company.owner.post(path(draft, '/apply'))).toMatchObject({
      status: 409,
      body: { code: 'import.choice_needed' },
    })
    const chosen = bodyOf(await company.owner.patch(path(draft), { options: { existing: 'overwrite' } }), 200)
    expect(chosen.counts).toMatchObject({ new: 1, changed: 1 })
    await applied(company, draft)
    const changed = bodyOf(await company.owner.get(`/v1/members/${anna.memberId}`), 200)
    expect(changed).toMatchObject({ name: 'Anne', title: 'Clerk' })
    await undone(company, draft)
    expect(await stateOf(company)).toEqual(before)
    const skipping = await draftOf(company, [headers, ['A1', 'Anne']])
    bodyOf(await company.owner.patch(path(skipping), { options: { existing: 'skip' } }), 200)
    expect(await company.owner.post(path(skipping, '/apply'))).toMatchObject({
      body: { code: 'import.nothing_to_do' },
    })
  })

  it('refuses when the preview is no longer true (import.preview_changed), or a bad row is to stop it (import.has_problems)', async () => {
    const company = await createCompany(world)
    const draft = await draftOf(company, [headers, ['A1', 'Anna'], ['A2', '']])
    const options = { stopOnError: true }
    bodyOf(await company.owner.patch(path(draft), { options }), 200)
    const stopped = await company.owner.post(path(draft, '/apply'))
    expect(stopped).toMatchObject({ status: 409, body: { code: 'import.has_problems' } })
    await addMember(company, { staffCode: 'A1', name: 'Anna' })
    const changed = await company.owner.post(path(draft, '/apply'), { expected: { new: 1 } })
    expect(changed).toMatchObject({ status: 409, body: { code: 'import.preview_changed' } })
  })

  it('fails only the row whose turn finds something else: import.row_changed, member.staff_code_taken, import.manager_missing', async () => {
    const company = await createCompany(world)
    const anna = await addMember(company, { staffCode: 'A1', name: 'Anna' })
    const draft = await draftOf(company, [
      headers,
      ['A1', 'Anne', '', '', '', ''],
      ['A2', 'Bela', 'New', '', '', ''],
      ['A3', 'Carl', '', 'A2', '', ''],
      ['A4', 'Dora', '', '', '', ''],
    ])
    bodyOf(await company.owner.patch(path(draft), { options: { existing: 'overwrite' } }), 200)
    bodyOf(await company.owner.post(path(draft, '/apply')), 202)
    bodyOf(await company.owner.patch(`/v1/members/${anna.memberId}`, { title: 'Boss' }), 200)
    const taken = await addMember(company, { staffCode: 'A2', name: 'Someone' })
    bodyOf(await company.owner.patch(`/v1/members/${taken.memberId}`, { staffCode: 'A2x' }), 200)
    bodyOf(await company.owner.patch(`/v1/members/${taken.memberId}`, { staffCode: 'A2' }), 200)
    await world.runDueWork()
    const { operation } = bodyOf(await company.owner.get(path(draft)), 200)
    expect(operation).toMatchObject({ state: 'done', done: 2, failed: 2 })
    const { items } = bodyOf(
      await company.owner.get(`/v1/operations/${operation.operationId}?items=failed`),
      200,
    )
    expect(items.map((one: { code: string }) => one.code).sort()).toEqual([
      'import.row_changed',
      'member.staff_code_taken',
    ])
    // What the failed row began is gone with it.
    expect(bodyOf(await company.owner.get('/v1/departments'), 200).items).toEqual([])
  })

  it('is refused for a draft no more (import.not_now), and undo for one that is still a draft', async () => {
    const company = await createCompany(world)
    const draft = await draftOf(company, [headers, ['A1', 'Anna']])
    const early = await company.owner.post(path(draft, '/undo'))
    expect(early).toMatchObject({ status: 409, body: { code: 'import.not_now' } })
    await applied(company, draft)
    for (const answer of [
      await company.owner.post(path(draft, '/apply')),
      await company.owner.patch(path(draft), { step: 'repair' }),
      await company.owner.delete(path(draft)),
    ]) {
      expect(answer).toMatchObject({ status: 409, body: { code: 'import.not_now', state: 'applied' } })
    }
  })

  it('refuses undo as a whole when something was built on it (import.built_on)', async () => {
    const company = await createCompany(world)
    const draft = await draftOf(company, [headers, ['A1', 'Anna', 'Sales'], ['A2', 'Bela', 'Sales']])
    await applied(company, draft)
    const [anna] = bodyOf(await company.owner.get('/v1/members?search=A1'), 200).items
    const { numberId } = await addNumber(company)
    bodyOf(await company.owner.post(`/v1/numbers/${numberId}/assign`, { toMemberId: anna.memberId }), 200)
    await hire(company, 'Carl', { departments: [{ departmentId: anna.departments[0].departmentId }] })
    const refused = await company.owner.post(path(draft, '/undo'))
    expect(refused).toMatchObject({ status: 409, body: { code: 'import.built_on', count: 2 } })
    expect(refused.body.things).toMatchObject([
      { kind: 'member', label: 'Anna', why: 'used' },
      { kind: 'department', label: 'Sales', why: 'used' },
    ])
    expect(await membersOf(company)).toContain('A1')
  })

  it('is for Owners and Admins only', async () => {
    const company = await createCompany(world)
    const member = await tokenFor(world, company, await hire(company, 'Mona'))
    expect((await sendFile(member, 'x.csv', csvOf([headers, ['A1', 'Anna']]))).status).toBe(403)
    expect((await member.get('/v1/imports')).status).toBe(403)
  })

  it('gives a token nothing that it could not do without an import (token.scope_missing)', async () => {
    const company = await createCompany(world)
    const narrow = await tokenFor(world, company, company.ownerMemberId, ['imports:read', 'imports:write'])
    const { importId } = bodyOf(await sendFile(narrow, 'x.csv', csvOf([headers, ['A1', 'Anna']])), 201)
    const refused = await narrow.post(`/v1/imports/${importId}/apply`)
    expect(refused).toMatchObject({ status: 403, body: { code: 'token.scope_missing' } })
    expect(await membersOf(company)).not.toContain('A1')
  })

  it('keeps an Admin from making Owners', async () => {
    const company = await createCompany(world)
    const admin = await tokenFor(world, company, await hire(company, 'Adam', { role: 'admin' }))
    const rows = [
      ['Staff code', 'Name', 'Role'],
      ['A1', 'Anna', 'owner'],
    ]
    const byAdmin = bodyOf(await sendFile(admin, 'x.csv', csvOf(rows)), 201)
    expect(byAdmin.counts).toMatchObject({ new: 0, error: 1 })
    expect((await draftOf(company, rows)).counts).toMatchObject({ new: 1, error: 0 })
  })

  it('keeps an Admin from undoing what an Owner imported about Owners (member.owner_only)', async () => {
    const company = await createCompany(world)
    const adam = await hire(company, 'Adam', { role: 'owner' })
    const { staffCode } = bodyOf(await company.owner.get(`/v1/members/${adam}`), 200)
    const draft = await draftOf(company, [
      ['Staff code', 'Name', 'Role'],
      [staffCode, 'Adam', 'admin'],
    ])
    const choice = { options: { existing: 'overwrite' } }
    bodyOf(await company.owner.patch(`/v1/imports/${draft.importId}`, choice), 200)
    bodyOf(await company.owner.post(`/v1/imports/${draft.importId}/apply`), 202)
    await world.runDueWork()
    const admin = await tokenFor(world, company, adam)
    const refused = await admin.post(`/v1/imports/${draft.importId}/undo`)
    expect(refused).toMatchObject({ status: 403, body: { code: 'member.owner_only' } })
    bodyOf(await company.owner.post(`/v1/imports/${draft.importId}/undo`), 202)
    await world.runDueWork()
    expect(bodyOf(await company.owner.get(`/v1/members/${adam}`), 200).role).toBe('owner')
  })
})

/** Members with everything that is known of them, and departments. */
async function stateOf(company: TestCompany) {
  const members = bodyOf(await company.owner.get('/v1/members?limit=200'), 200).items
  const departments = bodyOf(await company.owner.get('/v1/departments'), 200).items
  return {
    members: members.map(({ version: _, ...member }: { version: number }) => member),
    departments,
  }
}
