import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addNumber, heldNumber, hire } from '../../../test/builders/numbers.ts'
import { sheetsOf } from '../../../test/builders/spreadsheets.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from '../../../test/builders.ts'
import { type Client, openWorld, type World } from '../../../test/world.ts'

let world: World
let company: TestCompany

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  company = await createCompany(world)
})

async function lines(query: string, by: Client = company.owner): Promise<string[]> {
  const text: string = bodyOf(await by.get(`/v1/audit/export?${query}`), 200)
  return text.split(/\r?\n/).filter((line) => line !== '')
}

async function entries(query: string, by?: Client) {
  return (await lines(`format=ndjson&${query}`, by)).map((line) => JSON.parse(line))
}

describe('an export of the ledger', () => {
  it('as NDJSON has what the list has, newest first', async () => {
    await heldNumber(company, await hire(company, 'Anna'))
    const listed = bodyOf(await company.owner.get('/v1/audit?limit=200'), 200).items
    const written = await entries('')
    const ids = (all: { id: string }[]) => all.map(({ id }) => id)
    expect(ids(written)).toEqual(ids(listed))
    expect(Object.keys(written[0]).sort()).toEqual(Object.keys(listed[0]).sort())
  })

  it('as a workbook has the cells of CSV', async () => {
    await heldNumber(company, await hire(company, '=Anna'))
    const { bytes, headers } = await company.owner.download('/v1/audit/export?format=xlsx&subjectKind=number')
    expect(String(headers['content-disposition'])).toMatch(/ledger-.+[.]xlsx"$/)
    const [header, ...rows] = sheetsOf(bytes)['Baton'] ?? []
    const listed = bodyOf(await company.owner.get('/v1/audit?limit=200&subjectKind=number'), 200).items
    expect(header?.slice(0, 4)).toEqual(['id', 'seq', 'at', 'action'])
    expect(rows.map(([id, , , action]) => [id, action])).toEqual(
      listed.map(({ id, action }: { id: string; action: string }) => [id, action]),
    )
  })

  it('ALL-2 leaves an entry that says what was taken, without it being in the file itself', async () => {
    const query = 'action=number.added&subjectKind=number&from=2026-01-01T00:00:00%2B01:00'
    await entries(query)
    const [entry] = await entries('action=ledger.exported')
    expect(entry).toMatchObject({
      action: 'ledger.exported',
      subjectKind: 'company',
      subjectId: company.companyId,
      actor: { kind: 'token' },
      effect: {
        format: 'ndjson',
        action: 'number.added',
        subjectKind: 'number',
        from: '2025-12-31T23:00:00.000000Z',
        to: null,
      },
    })
    expect(await entries('action=ledger.exported')).toHaveLength(2)
  })

  it('is narrowed as the list is', async () => {
    const { numberId } = await heldNumber(company, await hire(company, 'Anna'))
    const actions = (await entries(`subjectId=${numberId}`)).map(({ action }) => action)
    expect(actions).toEqual(['number.assigned', 'number.added'])
    expect(await entries('actorId=nobody')).toEqual([])
  })

  it('as CSV has a header and no cell that a spreadsheet would run (ASVS 1.2.10)', async () => {
    await company.owner.post('/v1/members', { staffCode: 'X1', name: '=HYPERLINK("http://evil")' })
    const { e164 } = await addNumber(company)
    const answer = await company.owner.get('/v1/audit/export')
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(answer.headers['content-disposition']).toMatch(
      /^attachment; filename="ledger-\d{4}-\d\d-\d\d\.csv"$/,
    )
    const [head, newest] = answer.body.split('\r\n')
    expect(head).toBe(
      '\ufeffid,seq,at,action,actorKind,actorId,actorName,onBehalfOf,subjectKind,subjectId,reason,effect,details,detailsErased',
    )
    expect(newest).toContain(',number.added,')
    expect(newest).toContain(`""e164"":""${e164}""`)
    for (const line of answer.body.split('\r\n')) expect(line).not.toMatch(/(^|,)"?[=@]/)
  })

  it('is whole also over thousands of entries', async () => {
    await world.tamper(
      `insert into audit_entries (company_id, entry_id, at, action, actor, subject_kind, subject_id, effect, leaf_hash)
       select $1, ('0e000000-0000-7000-8000-' || lpad(i::text, 12, '0'))::uuid, now(), 'test.made', '{"kind":"system","id":"test"}',
         'number', i::text, '{}', sha256(i::text::bytea) from generate_series(1, 2500) i`,
      [company.companyId],
    )
    const written = await entries('action=test.made')
    expect(new Set(written.map(({ id }) => id)).size).toBe(2500)
    expect(written).toHaveLength(2500)
    expect(await lines('action=test.made')).toHaveLength(2501)
  })

  it.each([
    ['admin', 200],
    ['auditor', 200],
    ['lead', 403],
    ['member', 403],
  ])('ALL-7 the role %s gets %i', async (role, status) => {
    const by = await tokenFor(world, company, await hire(company, `The ${role}`, { role }))
    expect((await by.get('/v1/audit/export')).status).toBe(status)
  })
})
