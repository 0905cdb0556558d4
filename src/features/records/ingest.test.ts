import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aRecord, asLines, ingest, stream } from '../../../test/builders/ingest.ts'
import { addNumber, hire } from '../../../test/builders/numbers.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from '../../../test/builders.ts'
import { openWorld, type World } from '../../../test/world.ts'
import { millisecondsOf } from '../../kernel/ids.ts'

let world: World
let company: TestCompany
let e164: string
let numberId: string
beforeAll(async () => {
  world = await openWorld()
  company = await createCompany(world)
  ;({ e164, numberId } = await addNumber(company))
})
afterAll(() => world.close())

interface StoredRecord {
  readonly record_id: string
  readonly number_id: string
  readonly source_id: string
  readonly body: string | null
}

async function stored(sourceId: string): Promise<StoredRecord[]> {
  return (await world.tamper('select * from records where source_id = $1', [sourceId])).rows
}

function codes(outcome: { problems: { code: string }[] }): string[] {
  return outcome.problems.map(({ code }) => code)
}

describe('records as JSON', () => {
  it('are taken in, each or not, with the reason and the place of those that are not', async () => {
    const other = await addNumber(await createCompany(world))
    const inAnHour = new Date(world.clock.now().getTime() + 3_600_000).toISOString()
    const outcome = await ingest(company, [
      aRecord(e164, { sourceId: 'one', occurredAt: '2026-02-03T10:00:00.123456+01:00' }),
      aRecord('+493099999999', { sourceId: 'two' }),
      aRecord(other.e164, { sourceId: 'three' }),
      aRecord(e164, { occurredAt: inAnHour }),
      aRecord(e164, { occurredAt: '1999-12-31T23:59:59Z' }),
      aRecord('no number at all'),
    ])
    expect(outcome).toMatchObject({ accepted: 1, duplicates: 0, refused: 5 })
    expect(outcome.problems.map((one: { line: number }) => one.line)).toEqual([1, 2, 3, 4, 5])
    expect(codes(outcome)).toEqual([
      'record.number_unknown',
      'record.number_unknown',
      'record.in_future',
      'record.too_old',
      'record.number_unknown',
    ])
    expect(outcome.problems[0]).toMatchObject({ sourceId: 'two', title: expect.stringContaining('+49') })
    const [row] = await stored('one')
    expect(row?.number_id).toBe(numberId)
    expect(millisecondsOf(row?.record_id ?? '')).toBe(Date.parse('2026-02-03T09:00:00.123Z'))
  })

  it('tell their problems in the language of the caller', async () => {
    const chinese = company.owner.with({ 'accept-language': 'zh-CN' })
    const answer = await chinese.post('/v1/records', { records: [aRecord('+493099999999')] })
    expect(answer.body.problems[0].title).toContain('号码')
  })

  it('are found by the number in any usual spelling', async () => {
    const spelled = `0049 (30) ${e164.slice(5)}`
    expect(await ingest(company, [aRecord(spelled, { sourceId: 'spelled' })])).toMatchObject({ accepted: 1 })
    expect((await stored('spelled'))[0]?.number_id).toBe(numberId)
  })

  it('of a form that no record has are refused as a whole, with the place', async () => {
    const records = [
      aRecord(e164, { sourceId: 'whole' }),
      aRecord(e164, { kind: 'call', answered: undefined }),
    ]
    const answer = await company.owner.post('/v1/records', { records })
    expect(answer).toMatchObject({ status: 400, body: { code: 'request.malformed' } })
    expect(answer.body.errors[0].path).toBe('body/records/1/answered')
    expect(await stored('whole')).toEqual([])
  })

  it('that were here already are duplicates and change nothing, also inside one request', async () => {
    const twice = [aRecord(e164, { sourceId: 'twice', text: 'first' }), aRecord(e164, { sourceId: 'twice' })]
    expect(await ingest(company, twice)).toMatchObject({ accepted: 1, duplicates: 1 })
    expect(await ingest(company, twice)).toMatchObject({ accepted: 0, duplicates: 2, refused: 0 })
    expect((await stored('twice')).map((row) => row.body)).toEqual(['first'])
    const elsewhere = [aRecord(e164, { sourceId: 'twice', source: 'another' })]
    expect(await ingest(company, elsewhere)).toMatchObject({ accepted: 1 })
  })

  it('ALL-4 repeated with their key are answered from before', async () => {
    const keyed = company.owner.with({ 'idempotency-key': 'ingest-1' })
    const body = { records: [aRecord(e164)] }
    const first = bodyOf(await keyed.post('/v1/records', body), 200)
    const again = await keyed.post('/v1/records', body)
    expect(again.headers['idempotency-replayed']).toBe('true')
    expect(again.body).toEqual(first)
    expect(first.accepted).toBe(1)
  })

  it('may be 4 MB at once, and no more', async () => {
    const text = 'x'.repeat(9_000)
    const many = (count: number) => ({
      records: Array.from({ length: count }, () => aRecord(e164, { text })),
    })
    expect(bodyOf(await company.owner.post('/v1/records', many(400)), 200).accepted).toBe(400)
    const refused = await company.owner.post('/v1/records', many(500))
    expect(refused).toMatchObject({ status: 413, body: { code: 'request.too_large', limitBytes: 4_194_304 } })
  })

  it('leave one entry in the ledger, and none when nothing is new', async () => {
    const own = await createCompany(world)
    const line = await addNumber(own)
    const batch = [1, 2, 3].map((day) => aRecord(line.e164, { occurredAt: `2026-01-0${day}T00:00:00Z` }))
    await ingest(own, batch)
    await ingest(own, batch)
    const { items } = (await own.owner.get('/v1/audit?action=records.ingested')).body
    expect(items).toHaveLength(1)
    expect(items[0]).toMatchObject({
      subjectKind: 'company',
      effect: {
        count: 3,
        sources: 1,
        from: '2026-01-01T00:00:00.000000Z',
        to: '2026-01-03T00:00:00.000000Z',
      },
    })
  })

  it('are for Owners and Admins to send', async () => {
    const member = await tokenFor(world, company, await hire(company, 'Anna'))
    const answer = await member.post('/v1/records', { records: [aRecord(e164)] })
    expect(answer).toMatchObject({ status: 403, body: { code: 'permission.missing' } })
  })

  it('NUM-12 of a line that was released and added again belong to the number of their time', async () => {
    const own = await createCompany(world)
    const first = await addNumber(own, '+493055501')
    world.clock.advance({ hours: 1 })
    const inFirst = world.clock.now().toISOString()
    world.clock.advance({ hours: 1 })
    const release = { confirm: first.e164, reason: 'test' }
    bodyOf(await own.owner.post(`/v1/numbers/${first.numberId}/release`, release), 200)
    world.clock.advance({ hours: 1 })
    const between = world.clock.now().toISOString()
    world.clock.advance({ hours: 1 })
    const second = await addNumber(own, '+493055501')
    world.clock.advance({ minutes: 1 })
    const outcome = await ingest(own, [
      aRecord(first.e164, { sourceId: 'in-first', occurredAt: inFirst }),
      aRecord(first.e164, { sourceId: 'before-all', occurredAt: '2020-01-01T00:00:00Z' }),
      aRecord(first.e164, { sourceId: 'between', occurredAt: between }),
      aRecord(first.e164, { sourceId: 'in-second', occurredAt: world.clock.now().toISOString() }),
    ])
    expect(codes(outcome)).toEqual(['record.number_unknown'])
    const places = await Promise.all(['in-first', 'before-all', 'in-second'].map(stored))
    expect(places.map(([row]) => row?.number_id)).toEqual([first.numberId, first.numberId, second.numberId])
  })
})

describe('records as a stream', () => {
  it('are taken in line by line, with the line of each problem', async () => {
    const good = (sourceId: string) => JSON.stringify(aRecord(e164, { sourceId }))
    const lines = [
      `\ufeff${good('s-1')}\r`,
      '',
      'not json',
      '{"number":"+493012345","sourceId":"s-4"}',
      Buffer.from([0x22, 0xff, 0x22]),
      JSON.stringify({ ...aRecord(e164), text: 'x'.repeat(65_536) }),
      good('s-7'),
      JSON.stringify(aRecord('+493099999999', { sourceId: 's-8' })),
      '[]',
      '{"__proto__":{"number":"x"}}',
      good('s-11').slice(0, -10),
    ]
    const body = Buffer.concat(
      lines.flatMap((line, index) => [Buffer.from(line as string), Buffer.from(index === 10 ? '' : '\n')]),
    )
    const outcome = bodyOf(await stream(company, body), 200)
    expect(outcome).toMatchObject({ accepted: 2, duplicates: 0, refused: 8 })
    const shown = outcome.problems.map((one: { line: number; code: string; sourceId: string | null }) => [
      one.line,
      one.code,
      one.sourceId,
    ])
    expect(shown).toEqual([
      [3, 'record.malformed', null],
      [4, 'record.malformed', 's-4'],
      [5, 'record.wrong_encoding', null],
      [6, 'record.line_too_long', null],
      [8, 'record.number_unknown', 's-8'],
      [9, 'record.malformed', null],
      [10, 'record.malformed', null],
      [11, 'record.cut_off', null],
    ])
    expect(bodyOf(await stream(company, body), 200)).toMatchObject({ accepted: 0, duplicates: 2, refused: 8 })
  })

  it('of which nothing is there are taken, too', async () => {
    for (const body of ['\n', ' \r\n\n', '\ufeff']) {
      expect(bodyOf(await stream(company, body), 200)).toEqual({
        accepted: 0,
        duplicates: 0,
        refused: 0,
        problems: [],
      })
    }
  })

  it('come in batches of a thousand, each with its entry in the ledger', async () => {
    const own = await createCompany(world)
    const line = await addNumber(own)
    const records = Array.from({ length: 2_300 }, () => aRecord(line.e164))
    expect(bodyOf(await stream(own, asLines([...records, ...records.slice(0, 50)])), 200)).toMatchObject({
      accepted: 2_300,
      duplicates: 50,
    })
    const { items } = (await own.owner.get('/v1/audit?action=records.ingested')).body
    expect(items.map((entry: { effect: { count: number } }) => entry.effect.count)).toEqual([
      300, 1_000, 1_000,
    ])
  })

  it('name the first 1,000 problems and count all', async () => {
    const outcome = bodyOf(await stream(company, 'nothing\n'.repeat(5_000)), 200)
    expect(outcome).toMatchObject({ accepted: 0, refused: 5_000 })
    expect(outcome.problems.map((one: { line: number }) => one.line)).toEqual(
      Array.from({ length: 1_000 }, (_, index) => index + 1),
    )
  })

  it('let other requests have their turn, however many short lines they are', async () => {
    const order: string[] = []
    await Promise.all([
      stream(company, 'x\n'.repeat(50_000)).then(() => order.push('stream')),
      company.owner.get('/v1/company').then(() => order.push('other')),
    ])
    expect(order).toEqual(['other', 'stream'])
  })

  it('are taken in in smaller batches where lines are long, whatever makes them so', async () => {
    const own = await createCompany(world)
    const line = await addNumber(own)
    const otherName = `${' '.repeat(60_000)}Zoe of the long way`
    const records = Array.from({ length: 100 }, () => aRecord(line.e164, { otherName }))
    expect(bodyOf(await stream(own, asLines(records)), 200).accepted).toBe(100)
    const { items } = (await own.owner.get('/v1/audit?action=records.ingested')).body
    expect(items).toHaveLength(3)
  })

  it('take no Idempotency-Key', async () => {
    const keyed = company.owner.with({ 'idempotency-key': 'ingest-2' })
    const answer = await keyed.upload('/v1/records', asLines([aRecord(e164)]), 'application/x-ndjson')
    expect(answer).toMatchObject({ status: 400, body: { code: 'idempotency.not_for_streams' } })
  })

  it.each(['application/ndjson', 'text/plain', 'application/xml'])('are not sent as %s', async (type) => {
    const answer = await company.owner.upload('/v1/records', asLines([aRecord(e164)]), type)
    expect(answer).toMatchObject({ status: 415, body: { code: 'request.media_type' } })
  })

  it('are refused before they are read when the caller may not send them', async () => {
    const member = await tokenFor(world, company, await hire(company, 'Béla'))
    const answer = await member.upload('/v1/records', asLines([aRecord(e164)]), 'application/x-ndjson')
    expect(answer).toMatchObject({ status: 403, body: { code: 'permission.missing' } })
  })

  it('other routes take no stream', async () => {
    const answer = await company.owner.upload('/v1/numbers', '{}\n', 'application/x-ndjson')
    expect(answer).toMatchObject({ status: 415, body: { code: 'request.media_type' } })
  })
})

describe('a conversation', () => {
  const day = (of: number) => `2026-03-${String(of).padStart(2, '0')}T12:00:00.000000Z`
  const call = (answered: boolean, direction: string) => ({
    kind: 'call',
    answered,
    direction,
    text: undefined,
  })
  const events: Record<string, object> = {
    'a message in': { occurredAt: day(1), otherName: 'Li' },
    'a missed call': { occurredAt: day(2), ...call(false, 'inbound') },
    'an unanswered call out': { occurredAt: day(3), ...call(false, 'outbound') },
    'a voicemail': { occurredAt: day(4), kind: 'voicemail', otherName: 'Li Wei' },
    'an answered call in': { occurredAt: day(5), ...call(true, 'inbound') },
    'a message out': { occurredAt: day(6), direction: 'outbound', otherName: 'Mr Li' },
    'the last call': { occurredAt: day(7), ...call(false, 'outbound') },
  }

  it('is the same in whichever order and batches its records come', async () => {
    const orders = [Object.keys(events), Object.keys(events).reverse(), Object.keys(events).sort()]
    for (const [index, order] of orders.entries()) {
      const line = await addNumber(company)
      const records = order.map((name) => aRecord(line.e164, { ...events[name] }))
      if (index === 0) await ingest(company, records)
      else for (const one of records) await ingest(company, [one])
      const { rows } = await world.tamper('select * from conversations where number_id = $1', [line.numberId])
      expect(rows).toHaveLength(1)
      const [
        {
          other_name: name,
          named_at: namedAt,
          last_at: at,
          last_asked_at: asked,
          last_answered_at: answered,
        },
      ] = rows
      expect([name, ...[namedAt, at, asked, answered].map((time: Date) => time.getUTCDate())]).toEqual([
        'Mr Li',
        6,
        7,
        4,
        6,
      ])
    }
  })
})
