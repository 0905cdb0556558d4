import http from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addNumber, hire } from '../../../test/builders/numbers.ts'
import { ledgerOf } from '../../../test/builders/people.ts'
import { putRecord } from '../../../test/builders/records.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from '../../../test/builders.ts'
import { type Client, openWorld, type World } from '../../../test/world.ts'
import { NewRecord } from './model.ts'

let world: World
let address: string
let company: TestCompany
let anna: string
let hers: Client
let numberId: string
let e164: string

beforeAll(async () => {
  world = await openWorld()
  address = await world.app.http.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(() => world.close())
beforeEach(async () => {
  company = await createCompany(world)
  anna = await hire(company, 'Anna Alt')
  hers = await tokenFor(world, company, anna)
  ;({ numberId, e164 } = await addNumber(company))
  bodyOf(await company.owner.post(`/v1/numbers/${numberId}/assign`, { toMemberId: anna }), 200)
})

function path(query = ''): string {
  return `/v1/numbers/${numberId}/records/export?${query}`
}

describe('an export as CSV', () => {
  it('has a header, quoted cells and no formula that a spreadsheet would run (ASVS 1.2.10)', async () => {
    const at = '2026-03-01T10:00:00Z'
    const recordId = await putRecord(
      world,
      { company, numberId },
      {
        at,
        text: '=HYPERLINK("http://evil","a,b")\nnext',
        otherName: '@SUM(1)',
        otherParty: '+8613800138034',
        sourceId: "'-1",
      },
    )
    const answer = await hers.get(path())
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(answer.headers['content-disposition']).toBe(`attachment; filename="records-${e164.slice(1)}.csv"`)
    expect(answer.body).toBe(
      '\ufeffrecordId,number,kind,direction,otherParty,otherName,occurredAt,durationSeconds,answered,text,source,sourceId,holderMemberId,holderName\r\n' +
        `${recordId},${e164},message,inbound,+8613800138034,'@SUM(1),2026-03-01T10:00:00.000000Z,,,"'=HYPERLINK(""http://evil"",""a,b"")\nnext",test,''-1,,\r\n`,
    )
  })
})

describe('an export as NDJSON', () => {
  it('has lines that can be ingested again, with who held the number', async () => {
    await putRecord(world, { company, numberId }, { at: world.clock.now(), text: 'Hi', otherName: 'Zoe' })
    await putRecord(
      world,
      { company, numberId },
      { at: '2026-03-01T10:00:00Z', kind: 'call', answered: false },
    )
    const answer = await hers.get(path('format=ndjson'))
    expect(answer.headers['content-type']).toBe('application/x-ndjson; charset=utf-8')
    const lines = String(answer.body)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.map((line) => NewRecord.parse(line).number)).toEqual([e164, e164])
    expect(lines[0]).toMatchObject({
      text: 'Hi',
      otherName: 'Zoe',
      holderThen: { memberId: anna, name: 'Anna Alt' },
    })
    expect(lines[1]).toMatchObject({ kind: 'call', answered: false, durationSeconds: 30, holderThen: null })
  })

  it('is taken in again as it was', async () => {
    const names = ['Zoë "Z", Ünal', "'=1+1", '@韩梅梅']
    for (const [place, otherName] of names.entries()) {
      const sent = {
        number: e164,
        direction: 'inbound',
        otherParty: '+8613800138034',
        otherName,
        source: 'test',
      }
      const kinds = [
        { kind: 'message', text: `=1+1\n\tline ${place}` },
        { kind: 'call', answered: place === 1, durationSeconds: place },
        { kind: 'voicemail', durationSeconds: 5 },
      ]
      const records = kinds.map((kind) => ({
        ...sent,
        ...kind,
        occurredAt: new Date(Date.UTC(2026, place, 7, 10)).toISOString(),
        sourceId: `${place} ${kind.kind}`,
      }))
      bodyOf(await company.owner.post('/v1/records', { records }), 200)
    }
    const exported = async () => String((await hers.get(path('format=ndjson'))).body)
    const file = await exported()
    for (const table of ['records', 'record_sources', 'conversations'])
      await world.tamper(`delete from ${table} where company_id = $1`, [company.companyId])
    expect(await exported()).toBe('')
    const again = await company.owner.upload('/v1/records', file, 'application/x-ndjson')
    expect(bodyOf(again, 200)).toMatchObject({ accepted: 9, duplicates: 0, refused: 0 })
    // Ids are given anew, and with them the order within one moment.
    const withoutIds = (text: string) =>
      text
        .replace(/"recordId":"[^"]*",/g, '')
        .trimEnd()
        .split('\n')
        .sort()
    expect(withoutIds(await exported())).toEqual(withoutIds(file))
  })

  it('holds all of a long history, each record once', async () => {
    await fill(2500)
    const answer = await hers.get(path('format=ndjson'))
    const ids = String(answer.body)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).sourceId)
    expect(new Set(ids).size).toBe(2500)
    const some = await hers.get(path('format=ndjson&from=2025-04-01T00:00:01Z&to=2025-04-01T00:00:03Z'))
    expect(
      String(some.body)
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).sourceId),
    ).toEqual(['h2', 'h1'])
  })
})

describe('who may export', () => {
  beforeEach(async () => {
    await putRecord(world, { company, numberId }, { at: '2026-03-01T10:00:00Z', text: 'Hi' })
  })

  it('is the holder, and Owner and Admin with a reason; the ledger has it once', async () => {
    await hers.get(path())
    expect((await company.owner.get(path())).body.code).toBe('record.reason_needed')
    expect((await company.owner.get(path('reason=case%207'))).body).toContain('Hi')
    const actions = await ledgerOf(company, numberId)
    expect(actions.filter((action) => action === 'records.exported')).toHaveLength(2)
    const { items } = (await company.owner.get(`/v1/audit?subjectId=${numberId}&action=records.exported`))
      .body
    expect(items.map((item: { reason: string | null }) => item.reason)).toContain('case 7')
  })

  it('is not the Auditor, a lead or someone else, whatever their reason', async () => {
    const auditor = await tokenFor(world, company, await hire(company, 'Udo', { role: 'auditor' }))
    expect((await auditor.get(path('reason=case'))).body.code).toBe('record.not_granted')
    for (const role of ['lead', 'member']) {
      const other = await tokenFor(world, company, await hire(company, role, { role }))
      expect((await other.get(path('reason=case'))).body.code).toBe('thing.not_found')
    }
    expect(await ledgerOf(company, numberId)).not.toContain('records.exported')
  })

  it('is not a holder as an Auditor who was not shown all of it, but for what they were', async () => {
    world.clock.advance({ hours: 1 })
    const udo = await hire(company, 'Udo', { role: 'auditor' })
    const order = { toMemberId: udo, history: 'hide' }
    bodyOf(await company.owner.post(`/v1/numbers/${numberId}/reassign`, order), 200)
    const auditor = await tokenFor(world, company, udo)
    expect((await auditor.get(path())).body.code).toBe('record.not_granted')
    const from = encodeURIComponent(new Date(world.clock.now().getTime() + 1000).toISOString())
    expect((await auditor.get(path(`from=${from}`))).status).toBe(200)
  })
})

describe('an export during which the number moves', () => {
  it.each([
    ['NUM-6 of the one who held it', 'member', '', {}],
    ['NUM-5 of an Admin to whom its history is gone', 'admin', '&reason=case', { history: 'delete' }],
  ])(
    '%s breaks off, so that nobody takes the file for whole',
    async (_, role, query, order) => {
      await fill(30_000, 'x'.repeat(2000))
      world.clock.advance({ hours: 1 })
      const bela = await hire(company, 'Béla Bauer')
      const token = await tokenOf(role === 'admin' ? await hire(company, 'Ada', { role }) : anna)
      const outcome = await new Promise<{ bytes: number; isWhole: boolean }>((resolve, reject) => {
        const headers = { authorization: `Bearer ${token}` }
        const request = http.get(`${address}${path(`format=ndjson${query}`)}`, { headers }, (response) => {
          let bytes = 0
          let hasMoved = false
          response.on('data', (chunk: Buffer) => {
            bytes += chunk.length
            if (hasMoved) return
            hasMoved = true
            response.pause()
            company.owner
              .post(`/v1/numbers/${numberId}/reassign`, { toMemberId: bela, reason: 'private', ...order })
              .then((answer) => bodyOf(answer, 200))
              .then(() => response.resume(), reject)
          })
          response.on('close', () => resolve({ bytes, isWhole: response.complete }))
          response.on('error', () => {})
        })
        request.on('error', reject)
      })
      expect(outcome.isWhole).toBe(false)
      expect(outcome.bytes).toBeLessThan(30_000 * 2000)
    },
    60_000,
  )
})

async function tokenOf(memberId: string): Promise<string> {
  const wish = { name: 'Export', scopes: ['records:read'], memberId }
  return bodyOf(await company.operator.post('/v1/api-tokens', wish), 201).token
}

async function fill(count: number, text = 'hay'): Promise<void> {
  await world.tamper('select baton_open_record_month($1)', ['2025-04-01T00:00:00Z'])
  await world.tamper(
    `insert into records (company_id, number_id, occurred_at, record_id, kind, direction, other_party, body, source, source_id, received_at)
     select $1, $2, timestamptz '2025-04-01T00:00:00Z' + i * interval '1 second', gen_random_uuid(), 'message', 'inbound', '10086', $4, 'test', 'h' || i, now()
     from generate_series(1, $3::integer) i`,
    [company.companyId, numberId, count, text],
  )
}
