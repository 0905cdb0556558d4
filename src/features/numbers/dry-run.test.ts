import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { aRecord, ingest } from '../../../test/builders/ingest.ts'
import { addNumber, heldNumber, hire } from '../../../test/builders/numbers.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from '../../../test/builders.ts'
import { type Answer, openWorld, type World } from '../../../test/world.ts'
import { addMinutes } from '../../kernel/instant.ts'

let world: World
let company: TestCompany
let anna: string
let bela: string

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  company = await createCompany(world, { licences: 10 })
  anna = await hire(company, 'Anna Alt')
  bela = await hire(company, 'Béla Bauer')
})

async function annasNumber(records = 0): Promise<string> {
  const { numberId, e164 } = await heldNumber(company, anna)
  world.clock.advance({ hours: 1 })
  if (records > 0) await ingest(company, recordsOf(e164, records))
  return numberId
}

function recordsOf(e164: string, count: number): object[] {
  return Array.from({ length: count }, (_, second) => {
    const occurredAt = new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString()
    return aRecord(e164, { occurredAt })
  })
}

function reassign(numberId: string, wish: object = {}, by = company.owner): Promise<Answer> {
  return by.post(`/v1/numbers/${numberId}/reassign`, { toMemberId: bela, ...wish })
}

async function dryRun(numberId: string, wish: object = {}): Promise<Answer['body']> {
  return bodyOf(await reassign(numberId, { dryRun: true, ...wish }), 200)
}

async function picture(numberId: string): Promise<unknown> {
  const paths = [`/v1/numbers/${numberId}`, `/v1/numbers/${numberId}/custody`, '/v1/requests', '/v1/audit']
  const bodies: unknown[] = []
  for (const path of paths) bodies.push(bodyOf(await company.owner.get(path), 200))
  return JSON.parse(JSON.stringify(bodies, (name, value: unknown) => (name === 'seq' ? undefined : value)))
}

describe('a dry run of a move', () => {
  it('tells what the move would do, and the move then does just that', async () => {
    const numberId = await annasNumber(3)
    const told = await dryRun(numberId)
    expect(told).toMatchObject({
      outcome: 'done',
      number: { holder: { memberId: anna } },
      move: null,
      deleteRequestId: null,
      effect: {
        loses: { memberId: anna, name: 'Anna Alt' },
        gains: { memberId: bela, name: 'Béla Bauer' },
        recordsBecomeVisible: 3,
        recordsBecomeVisibleIsAtLeast: false,
        recordsHidden: 0,
        recordsDeleted: 0,
        licence: 'kept',
        licencesFreeAfter: 9,
        heldAfter: 1,
        cap: 5,
        dueAt: null,
      },
    })
    const done = bodyOf(await reassign(numberId, { expectedHolderId: anna }), 200)
    expect(done.effect).toBeNull()
    expect(done.version).toBe(told.version + 1)
    const moved = Date.parse(done.number.heldSince)
    expect(Date.parse(told.effect.coolsDownUntil) - moved).toBeLessThanOrEqual(30 * 60_000)
    expect(moved - Date.parse(addMinutes(told.effect.coolsDownUntil, -30))).toBeLessThan(60_000)
    const records = bodyOf(
      await (await tokenFor(world, company, bela)).get(`/v1/numbers/${numberId}/records`),
      200,
    )
    expect(records.items).toHaveLength(told.effect.recordsBecomeVisible)
  })

  it.each<[string, object]>([
    ['now', {}],
    ['of a deletion', { history: 'delete', reason: 'because' }],
    ['as a loan', { returnAt: '2031-05-01T09:00:00Z' }],
    ['for later', { at: '2031-05-01T09:00:00Z' }],
  ])('%s writes nothing, also not in the ledger', async (_, wish) => {
    const numberId = await annasNumber(1)
    const before = await picture(numberId)
    await dryRun(numberId, wish)
    expect(await picture(numberId)).toEqual(before)
    bodyOf(await reassign(numberId, { reason: 'x' }), 200)
    expect(await picture(numberId)).not.toEqual(before)
  })

  it('NUM-5 tells of hiding and deleting how many records it touches', async () => {
    const numberId = await annasNumber(4)
    const none = { recordsBecomeVisible: 0, recordsHidden: 0, recordsDeleted: 0 }
    expect((await dryRun(numberId, { history: 'hide' })).effect).toMatchObject({ ...none, recordsHidden: 4 })
    const asked = { history: 'delete', reason: 'because' }
    expect((await dryRun(numberId, asked)).effect).toMatchObject({ ...none, recordsDeleted: 4 })
    bodyOf(await reassign(numberId, { history: 'hide' }), 200)
    world.clock.advance({ hours: 1 })
    const kept = (await dryRun(numberId, { toMemberId: anna })).effect
    expect(kept).toMatchObject({ ...none, recordsHidden: 4 })
  })

  it('stops counting records at 10,000 and says so', async () => {
    const numberId = await annasNumber(1)
    await world.tamper(
      `insert into records (company_id, number_id, occurred_at, record_id, kind, direction, other_party, source, source_id, received_at)
       select $1, $2, timestamptz '2026-01-02T00:00:00Z' + i * interval '1 second', gen_random_uuid(), 'call', 'inbound', '+49301',
         'test', i::text, now() from generate_series(1, 10000) i`,
      [company.companyId, numberId],
    )
    const many = { recordsBecomeVisible: 10_000, recordsBecomeVisibleIsAtLeast: true }
    expect((await dryRun(numberId)).effect).toMatchObject({ ...many, recordsHiddenIsAtLeast: false })
    await world.tamper('delete from records where number_id = $1 and source_id = $2', [numberId, '1'])
    expect((await dryRun(numberId)).effect).toMatchObject({ ...many, recordsBecomeVisibleIsAtLeast: false })
    const hidden = (await dryRun(numberId, { history: 'hide' })).effect
    expect(hidden).toMatchObject({ recordsHidden: 10_000, recordsHiddenIsAtLeast: false })
  })

  it('of the first assignment says that a licence is taken', async () => {
    const { numberId } = await addNumber(company)
    const body = { toMemberId: bela, dryRun: true }
    const told = bodyOf(await company.owner.post(`/v1/numbers/${numberId}/assign`, body), 200)
    expect(told.effect).toMatchObject({ loses: null, licence: 'taken', licencesFreeAfter: 9, heldAfter: 1 })
  })

  it('NUM-4 meets the same refusals', async () => {
    const { numberId } = await heldNumber(company, anna)
    const refused = await reassign(numberId, { dryRun: true })
    expect(refused).toMatchObject({ status: 409, body: { code: 'number.cooling_down' } })
    expect((await reassign(numberId, { dryRun: true, toMemberId: anna })).body.code).toBe(
      'number.already_theirs',
    )
    const stale = await reassign(numberId, { dryRun: true }, company.owner.with({ 'if-match': '"1"' }))
    expect(stale.body.code).toBe('version.changed')
  })

  it('tells what would wait, for what and until when', async () => {
    const { numberId } = await heldNumber(company, anna)
    const { availableAt } = bodyOf(await company.owner.get(`/v1/numbers/${numberId}`), 200)
    const later = await dryRun(numberId, { when: 'earliest' })
    expect(later).toMatchObject({ outcome: 'scheduled', undoUntil: null, effect: { dueAt: availableAt } })
    expect(later.effect.coolsDownUntil).toBe(addMinutes(availableAt, 30))
    const checked = await addNumber(company, '+8613800138000')
    const body = { toMemberId: bela, dryRun: true }
    const told = bodyOf(await company.owner.post(`/v1/numbers/${checked.numberId}/assign`, body), 200)
    expect(told).toMatchObject({ outcome: 'pending_check', number: { state: 'parked', waiting: [] } })
  })

  it('NUM-11 of a loan that ends early tells what its lender will see again', async () => {
    const numberId = await annasNumber(2)
    bodyOf(await reassign(numberId, { returnAt: '2031-05-01T09:00:00Z', history: 'hide' }), 200)
    world.clock.advance({ hours: 1 })
    const { effect } = await dryRun(numberId, { toMemberId: anna })
    expect(effect).toMatchObject({ recordsBecomeVisible: 2, recordsHidden: 0, heldAfter: 1 })
  })
})
