import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { heldNumber, hire } from '../../../test/builders/numbers.ts'
import { ledgerOf } from '../../../test/builders/people.ts'
import { putRecord, type RecordWish } from '../../../test/builders/records.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from '../../../test/builders.ts'
import { type Client, openWorld, type World } from '../../../test/world.ts'

let world: World
let company: TestCompany
let anna: string
let hers: Client
let numberId: string
const reason = 'reason=complaint'

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  company = await createCompany(world)
  anna = await hire(company, 'Anna Alt')
  hers = await tokenFor(world, company, anna)
  ;({ numberId } = await heldNumber(company, anna))
})

// Records of long ago, one a day, so that months and pages are crossed.
function day(number: number): Date {
  return new Date(Date.UTC(2026, 0, number))
}

function put(wish: Partial<RecordWish> & { at: Date | string }, on = numberId): Promise<string> {
  return putRecord(world, { company, numberId: on }, wish)
}

async function allPages(client: Client, path: string): Promise<{ text: string }[]> {
  const items: { text: string }[] = []
  let cursor = ''
  for (let pages = 0; pages < 50; pages++) {
    const page = bodyOf(await client.get(`${path}${path.includes('?') ? '&' : '?'}limit=3${cursor}`), 200)
    items.push(...page.items)
    if (page.nextCursor === null) return items
    cursor = `&cursor=${page.nextCursor}`
  }
  throw new Error('the pages have no end')
}

async function textsOf(client: Client, path: string): Promise<string[]> {
  return (await allPages(client, path)).map((item) => item.text)
}

describe('the records of a number', () => {
  it('come newest first, page by page, each once, also those of one moment', async () => {
    for (let number = 40; number > 0; number -= 10) await put({ at: day(number), text: `day ${number}` })
    for (let index = 0; index < 7; index++) await put({ at: day(25), text: `same ${index}` })
    const texts = await textsOf(hers, `/v1/numbers/${numberId}/records`)
    expect(texts.map((text) => text.replace(/same \d/, 'same'))).toEqual([
      'day 40',
      'day 30',
      ...Array.from({ length: 7 }, () => 'same'),
      'day 20',
      'day 10',
    ])
    expect(new Set(texts).size).toBe(11)
    expect(await textsOf(company.owner, `/v1/records?${reason}`)).toEqual(texts)
  })

  it('are found by kind, direction, time and other side', async () => {
    await put({ at: day(1), text: 'in' })
    await put({ at: day(2), text: 'out', direction: 'outbound' })
    await put({ at: day(3), text: 'call', kind: 'call', otherParty: '10086' })
    const seen = (query: string) => textsOf(hers, `/v1/numbers/${numberId}/records?${query}`)
    expect(await seen('kind=call')).toEqual(['call'])
    expect(await seen('direction=inbound')).toEqual(['call', 'in'])
    expect(await seen('from=2026-01-02T00:00:00Z&to=2026-01-03T00:00:00Z')).toEqual(['out'])
    expect(await seen('from=2026-01-02T08:00:00%2B08:00')).toEqual(['call', 'out'])
    expect(await seen('otherParty=10086')).toEqual(['call'])
    expect(await seen('kind=message&direction=inbound&to=2026-01-02T00:00:00Z')).toEqual(['in'])
  })

  it('are found by words of the text or name, whatever their case, and by digits of the other side', async () => {
    await put({ at: day(1), text: 'Invoice 100% paid_now', otherName: 'Zoë Ünal' })
    await put({ at: day(2), text: '发票已付', otherName: '韩梅梅', otherParty: '+4930123456' })
    await put({ at: day(3), text: 'Invoice 1000', otherParty: '10086' })
    const seen = (search: string) =>
      textsOf(hers, `/v1/numbers/${numberId}/records?search=${encodeURIComponent(search)}`)
    expect(await seen('INVOICE')).toEqual(['Invoice 1000', 'Invoice 100% paid_now'])
    expect(await seen('zoë invoice')).toEqual(['Invoice 100% paid_now'])
    expect(await seen('100%')).toEqual(['Invoice 100% paid_now'])
    expect(await seen('d_n')).toEqual(['Invoice 100% paid_now'])
    expect(await seen('\\')).toEqual([])
    expect(await seen('梅梅')).toEqual(['发票已付'])
    expect(await seen('30 12-34')).toEqual(['发票已付'])
    expect(await seen('+86 (138) 0013')).toEqual(['Invoice 100% paid_now'])
    expect(await seen(' ')).toHaveLength(3)
  })

  it('are looked through 20,000 at a time: a page may be empty and still go on', async () => {
    await put({ at: '2025-03-01T00:00:00Z', text: 'needle' })
    await world.tamper('select baton_open_record_month($1)', ['2025-04-01T00:00:00Z'])
    await world.tamper(
      `insert into records (company_id, number_id, occurred_at, record_id, kind, direction, other_party, body, source, source_id, received_at)
       select $1, $2, timestamptz '2025-04-01T00:00:00Z' + i * interval '1 second', gen_random_uuid(), 'message', 'inbound', '10086', 'hay', 'test', 'h' || i, now()
       from generate_series(1, 20000) i`,
      [company.companyId, numberId],
    )
    for (const [client, path] of [
      [hers, `/v1/numbers/${numberId}/records?search=needle`],
      [hers, '/v1/records?search=needle'],
      [company.owner, `/v1/records?search=needle&${reason}`],
    ] as const) {
      const first = bodyOf(await client.get(path), 200)
      expect(first).toMatchObject({ items: [], nextCursor: expect.any(String) })
      const second = bodyOf(await client.get(`${path}&cursor=${first.nextCursor}`), 200)
      expect(second.items.map((item: { text: string }) => item.text)).toEqual(['needle'])
      expect(second.nextCursor).toBeNull()
    }
  })

  it('wait for an answer until somebody gave one', async () => {
    const answered = { otherParty: '+4930111111' }
    await put({ at: day(1), text: 'asked', ...answered })
    await put({ at: day(2), text: 'reply', direction: 'outbound', ...answered })
    await put({ at: day(3), text: 'asked again', ...answered })
    await put({ at: day(4), kind: 'call', answered: false, text: 'missed', otherParty: '+4930222222' })
    await put({ at: day(5), kind: 'call', answered: true, text: 'taken', otherParty: '+4930333333' })
    const path = `/v1/numbers/${numberId}/records`
    const waiting = (await allPages(hers, path)).filter((item) => 'awaitsAnswer' in item && item.awaitsAnswer)
    expect(waiting.map((item) => item.text)).toEqual(['missed', 'asked again'])
    expect(await textsOf(hers, `${path}?awaitsAnswer=true`)).toEqual(['missed', 'asked again'])
    expect(await textsOf(hers, '/v1/records?awaitsAnswer=true&kind=call')).toEqual(['missed'])
    expect(await textsOf(company.owner, `/v1/records?awaitsAnswer=true&${reason}`)).toEqual([
      'missed',
      'asked again',
    ])
  })

  it('wait for an answer also where more conversations are open than are looked through one by one', async () => {
    for (const [place, text] of ['old', 'new'].entries()) await put({ at: day(1 + place), text })
    await world.tamper(
      `insert into conversations (company_id, number_id, other_party, last_at, last_asked_at)
       select $1, $2, 'p' || i, now(), now() from generate_series(1, 1001) i`,
      [company.companyId, numberId],
    )
    expect(await textsOf(hers, '/v1/records?awaitsAnswer=true')).toEqual(['new', 'old'])
    expect(await textsOf(company.owner, `/v1/records?awaitsAnswer=true&${reason}`)).toEqual(['new', 'old'])
  })

  it('NUM-12 name who held the number when they happened, also parked and before it was known', async () => {
    await put({ at: day(1), text: 'before Baton' })
    await put({ at: world.clock.now(), text: 'Anna' })
    world.clock.advance({ hours: 1 })
    await company.owner.post(`/v1/numbers/${numberId}/park`)
    await put({ at: world.clock.now(), text: 'nobody' })
    const { items } = bodyOf(await company.owner.get(`/v1/numbers/${numberId}/records?${reason}`), 200)
    expect(
      items.map((item: { text: string; holderThen: object | null }) => [item.text, item.holderThen]),
    ).toEqual([
      ['nobody', null],
      ['Anna', { memberId: anna, name: 'Anna Alt' }],
      ['before Baton', null],
    ])
  })

  it('come with their files, which are as secret as they are', async () => {
    const recordId = await put({ at: day(1), kind: 'voicemail' })
    await world.tamper(
      `insert into record_media (company_id, media_id, record_id, number_id, occurred_at, content_type, byte_count, sha256, received_at)
       values ($1, gen_random_uuid(), $2, $3, $4, 'audio/mpeg', 1234, '\\x01', now())`,
      [company.companyId, recordId, numberId, day(1)],
    )
    const file = { contentType: 'audio/mpeg', byteCount: 1234, fileName: null }
    expect(bodyOf(await hers.get(`/v1/records/${recordId}`), 200).media).toMatchObject([file])
    expect(bodyOf(await company.owner.get(`/v1/records/${recordId}`), 200).media).toEqual([])
    expect(bodyOf(await company.owner.get(`/v1/records/${recordId}?${reason}`), 200).media).toHaveLength(1)
  })

  it('refuse a cursor of another list, and ids that no record has', async () => {
    for (let index = 1; index < 4; index++) await put({ at: day(index) })
    const { nextCursor } = bodyOf(await hers.get(`/v1/numbers/${numberId}/records?limit=1`), 200)
    expect((await hers.get(`/v1/records?cursor=${nextCursor}`)).body.code).toBe('page.cursor_invalid')
    expect((await hers.get('/v1/records?cursor=x')).body.code).toBe('page.cursor_invalid')
    for (const id of ['ffffffff-ffff-7fff-8fff-ffffffffffff', '0190a000-0000-7000-8000-00000000dead'])
      expect((await hers.get(`/v1/records/${id}`)).body.code).toBe('thing.not_found')
  })
})

describe('filters that look into contents (ALL-7)', () => {
  it('find nothing out for those who may not read', async () => {
    await put({ at: day(1), text: 'secret', otherParty: '+4930111111' })
    const auditor = await tokenFor(world, company, await hire(company, 'Udo', { role: 'auditor' }))
    for (const query of ['search=secret', 'otherParty=%2B4930111111']) {
      const path = `/v1/numbers/${numberId}/records?${query}`
      expect((await company.owner.get(path)).body.code).toBe('record.reason_needed')
      expect((await auditor.get(`${path}&${reason}`)).body.code).toBe('record.not_granted')
      expect((await company.owner.get(`/v1/records?${query}`)).body.code).toBe('record.reason_needed')
      expect(bodyOf(await auditor.get(`/v1/records?${query}&${reason}`), 200).items).toEqual([])
      expect(await textsOf(company.owner, `${path}&${reason}`)).toEqual(['secret'])
      expect(await textsOf(hers, path)).toEqual(['secret'])
    }
  })

  it('look no further back than the holder does', async () => {
    await put({ at: day(1), text: 'secret' })
    world.clock.advance({ hours: 1 })
    const bela = await hire(company, 'Béla Bauer')
    const order = { toMemberId: bela, history: 'hide' }
    bodyOf(await company.owner.post(`/v1/numbers/${numberId}/reassign`, order), 200)
    const his = await tokenFor(world, company, bela)
    expect(await textsOf(his, `/v1/numbers/${numberId}/records?search=secret`)).toEqual([])
    expect(await textsOf(his, '/v1/records?otherParty=%2B8613800138034')).toEqual([])
    expect(await textsOf(his, '/v1/records?awaitsAnswer=true')).toEqual([])
  })
})

interface Listed {
  readonly otherParty: string
  readonly otherName: string | null
  readonly isOpen: boolean
}

describe('the conversations of a number', () => {
  const path = () => `/v1/numbers/${numberId}/conversations`

  it('come by their latest record, open ones marked, or only those by the latest asking', async () => {
    await put({ at: day(1), otherParty: 'asked', otherName: 'Zoe' })
    await put({ at: day(2), otherParty: 'answered' })
    await put({ at: day(3), otherParty: 'answered', direction: 'outbound' })
    for (const name of ['tie1', 'tie2', 'tie3', 'tie4', 'tie5']) await put({ at: day(4), otherParty: name })
    await put({ at: day(5), otherParty: 'asked', kind: 'call', answered: false, direction: 'outbound' })
    const shown = (await allPages(hers, path())) as unknown as Listed[]
    expect(shown.map((one) => [one.otherParty, one.isOpen])).toEqual([
      ['asked', true],
      ...['tie5', 'tie4', 'tie3', 'tie2', 'tie1'].map((name) => [name, true]),
      ['answered', false],
    ])
    expect(shown[0]).toMatchObject({
      otherName: 'Zoe',
      lastAt: '2026-01-05T00:00:00.000000Z',
      openSince: '2026-01-01T00:00:00.000000Z',
      withheld: null,
    })
    const open = (await allPages(hers, `${path()}?open=true`)) as unknown as Listed[]
    expect(open.map((one) => one.otherParty)).toEqual(['tie5', 'tie4', 'tie3', 'tie2', 'tie1', 'asked'])
  })

  it('are masked where they are withheld, their cursors included', async () => {
    await put({ at: day(1), otherParty: '+4930111122', otherName: 'Zoe' })
    await put({ at: day(2), otherParty: 'Chemist' })
    const page = bodyOf(await company.owner.get(`${path()}?limit=1`), 200)
    expect(page.items).toMatchObject([{ otherParty: 'C…', otherName: null, withheld: 'reason_needed' }])
    expect(Buffer.from(page.nextCursor, 'base64url').toString()).not.toContain('Chemist')
    const next = bodyOf(await company.owner.get(`${path()}?limit=1&cursor=${page.nextCursor}`), 200)
    expect(next.items).toMatchObject([{ otherParty: '+49 … 22', otherName: null }])
    const read = bodyOf(await company.owner.get(`${path()}?${reason}`), 200)
    expect(read.items[1]).toMatchObject({ otherParty: '+4930111122', otherName: 'Zoe', withheld: null })
  })

  it('NUM-5 are hidden with their history: one goes on without the name from before', async () => {
    await put({ at: day(1), otherParty: 'gone' })
    await put({ at: day(1), otherParty: 'goes on', otherName: 'Zoe' })
    world.clock.advance({ hours: 1 })
    const bela = await hire(company, 'Béla Bauer')
    const order = { toMemberId: bela, history: 'hide' }
    bodyOf(await company.owner.post(`/v1/numbers/${numberId}/reassign`, order), 200)
    world.clock.advance({ minutes: 1 })
    await put({ at: world.clock.now(), otherParty: 'goes on', direction: 'outbound' })
    const his = await tokenFor(world, company, bela)
    const shown = (await allPages(his, path())) as unknown as Listed[]
    expect(shown).toMatchObject([{ otherParty: 'goes on', otherName: null, isOpen: false }])
    expect((await allPages(company.owner, path())).length).toBe(2)
  })

  it('ALL-7 show an Admin the name from before they held the number for a reason that the ledger has', async () => {
    await put({ at: day(1), otherParty: 'goes on', otherName: 'Zoe' })
    world.clock.advance({ hours: 1 })
    const ada = await hire(company, 'Ada', { role: 'admin' })
    const order = { toMemberId: ada, history: 'hide' }
    bodyOf(await company.owner.post(`/v1/numbers/${numberId}/reassign`, order), 200)
    world.clock.advance({ minutes: 1 })
    await put({ at: world.clock.now(), otherParty: 'goes on', direction: 'outbound' })
    const client = await tokenFor(world, company, ada)
    const shown = async (query: string) => bodyOf(await client.get(`${path()}${query}`), 200).items
    expect(await shown('')).toMatchObject([{ otherParty: 'goes on', otherName: null }])
    expect(await ledgerOf(company, numberId)).not.toContain('records.read')
    expect(await shown(`?${reason}`)).toMatchObject([{ otherParty: 'goes on', otherName: 'Zoe' }])
    expect(await ledgerOf(company, numberId)).toContain('records.read')
  })

  it('refuse a cursor that was made up', async () => {
    for (const cursor of ['x', Buffer.from('["conversations"]').toString('base64url')])
      expect((await hers.get(`${path()}?cursor=${cursor}`)).body.code).toBe('page.cursor_invalid')
  })
})
