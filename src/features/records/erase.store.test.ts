import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aRecord, asLines, ingest, stream } from '../../../test/builders/ingest.ts'
import { samples } from '../../../test/builders/media.ts'
import { heldNumber, hire } from '../../../test/builders/numbers.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from '../../../test/builders.ts'
import { type Client, openWorld, type World } from '../../../test/world.ts'
import { systemCaller } from '../../kernel/caller.ts'
import { beginErasure, eraseSome } from '../numbers/service/erase.ts'

let world: World
let company: TestCompany
let admin: Client
let anna: string
let bela: string
beforeAll(async () => {
  world = await openWorld()
  company = await createCompany(world, { tier: 'max', policies: { moveLimitPerDay: null } })
  anna = await hire(company, 'Anna')
  bela = await hire(company, 'Béla')
  admin = await tokenFor(world, company, await hire(company, 'Ada', { role: 'admin' }))
})
afterAll(() => world.close())

interface Doomed {
  readonly numberId: string
  readonly e164: string
  readonly requestId: string
  readonly cutOff: string
}

/** Béla takes over a number of Anna's whose history is deleted, as a second person has approved. */
async function approvedDeletion(prepare: (e164: string) => Promise<unknown>): Promise<Doomed> {
  const { numberId, e164 } = await heldNumber(company, anna)
  await prepare(e164)
  world.clock.advance({ hours: 1 })
  const order = { toMemberId: bela, history: 'delete', reason: 'private calls' }
  const moved = bodyOf(await company.owner.post(`/v1/numbers/${numberId}/reassign`, order), 200)
  bodyOf(await admin.post(`/v1/requests/${moved.deleteRequestId}/approve`), 200)
  const { rows } = await world.tamper(
    `select to_char(cut_off at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as cut_off from history_erasures where number_id = $1`,
    [numberId],
  )
  return { numberId, e164, requestId: moved.deleteRequestId, cutOff: rows[0].cut_off }
}

function lots(e164: string, count: number): Record<string, unknown>[] {
  return Array.from({ length: count }, (_, index) =>
    aRecord(e164, {
      otherParty: `+4930${1_000 + (index % 300)}`,
      occurredAt: new Date(Date.UTC(2025, index % 12, 3, 0, 0, index)).toISOString(),
    }),
  )
}

async function count(table: string, where: string, values: unknown[]): Promise<number> {
  return Number((await world.tamper(`select count(*) from ${table} where ${where}`, values)).rows[0].count)
}

async function left(numberId: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const table of ['records', 'conversations', 'record_media'])
    counts[table] = await count(table, 'number_id = $1', [numberId])
  return counts
}

async function erasureOf(numberId: string): Promise<{ state: string; erased_records: string }> {
  const found = await world.tamper(
    'select state, erased_records from history_erasures where number_id = $1',
    [numberId],
  )
  return found.rows[0]
}

async function runMediaJobs(): Promise<void> {
  const { rows } = await world.tamper(`select data from pgboss.job where name = 'records.remove-media'`)
  const job = world.app.jobs.find(({ name }) => name === 'records.remove-media')
  for (const { data } of rows) await job?.run(data)
}

async function mediaFilesThere(): Promise<string[]> {
  const names = await readdir(path.join(world.dataFolder, 'media'), { recursive: true }).catch(() => [])
  return names
    .map((name) => path.basename(name))
    .filter((name) => name.length === 36 && name !== company.companyId)
}

describe('a deletion of history', () => {
  it('NUM-5 takes records, their source ids, their files and what conversations know, and nothing else', async () => {
    const sent: Record<string, unknown>[] = []
    const doomed = await approvedDeletion(async (e164) => {
      sent.push(...lots(e164, 2_500).map((one) => ({ ...one, otherName: 'Zoe' })))
      expect(bodyOf(await stream(company, asLines(sent)), 200).accepted).toBe(2_500)
    })
    const { rows } = await world.tamper('select record_id from records where number_id = $1 limit 1', [
      doomed.numberId,
    ])
    const { mediaId } = bodyOf(
      await company.owner.upload(`/v1/records/${rows[0].record_id}/media`, samples.mp3),
      201,
    )
    const later = new Date(Date.parse(doomed.cutOff) + 1_000).toISOString()
    world.clock.advance({ minutes: 5 })
    const kept = aRecord(doomed.e164, { occurredAt: later, direction: 'outbound', otherParty: '+49301000' })
    await ingest(company, [kept, aRecord(doomed.e164, { occurredAt: doomed.cutOff, otherParty: '+4930777' })])
    world.clock.advance({ hours: 73 })
    // Not all that is due: the sweep of the media folder would find the file as well.
    const erasures = world.app.dueTasks.filter(({ name }) => name.startsWith('numbers.'))
    for (const task of erasures) while ((await task.run()) > 0) {}
    expect(await erasureOf(doomed.numberId)).toEqual({ state: 'done', erased_records: '2500' })
    expect(await left(doomed.numberId)).toEqual({ records: 2, conversations: 2, record_media: 0 })
    const sources = await count('record_sources', 'source_id = any($1)', [sent.map((one) => one['sourceId'])])
    expect(sources).toBe(0)
    const thread = await world.tamper(
      `select * from conversations where number_id = $1 and other_party = '+49301000'`,
      [doomed.numberId],
    )
    expect(thread.rows[0]).toMatchObject({
      other_name: null,
      named_at: null,
      last_asked_at: null,
      last_answered_at: new Date(later),
    })
    expect(await mediaFilesThere()).toContain(mediaId)
    await runMediaJobs()
    expect(await mediaFilesThere()).not.toContain(mediaId)
  })

  it('NUM-5 is in the ledger at its beginning and its end, and in the journal outside the database', async () => {
    const doomed = await approvedDeletion(async (e164) => ingest(company, [aRecord(e164)]))
    world.clock.advance({ hours: 73 })
    await world.runDueWork()
    const { items } = (await company.owner.get(`/v1/audit?subjectId=${doomed.numberId}`)).body
    const entries = items.filter((entry: { action: string }) => /^history[.]eras/.test(entry.action))
    expect(entries.map((entry: { action: string }) => entry.action)).toEqual([
      'history.erased',
      'history.erasure_begun',
    ])
    expect(entries[0].effect).toEqual({ cutOff: doomed.cutOff, requestId: doomed.requestId, records: 1 })
    const journal = await world.parts.erasureJournal.read(company.companyId)
    expect(journal.filter(({ numberId }) => numberId === doomed.numberId)).toEqual([
      {
        companyId: company.companyId,
        numberId: doomed.numberId,
        cutOff: doomed.cutOff,
        at: expect.any(String),
      },
    ])
    expect(await world.parts.erasureJournal.read()).toEqual(journal)
  })

  it('NUM-5 lets nothing from before come back; what comes later is taken', async () => {
    const old = aRecord('', {})
    const doomed = await approvedDeletion(async (e164) => ingest(company, [{ ...old, number: e164 }]))
    world.clock.advance({ hours: 73 })
    await world.runDueWork()
    const outcome = await ingest(company, [
      { ...old, number: doomed.e164 },
      aRecord(doomed.e164, { occurredAt: doomed.cutOff }),
      aRecord(doomed.e164, { occurredAt: new Date(Date.parse(doomed.cutOff) - 1).toISOString() }),
    ])
    expect(outcome).toMatchObject({ accepted: 1, duplicates: 0, refused: 2 })
    expect(outcome.problems.map((one: { code: string }) => one.code)).toEqual([
      'record.erased',
      'record.erased',
    ])
  })

  it('goes on where it was interrupted, and shows nobody anything meanwhile', async () => {
    const doomed = await approvedDeletion(async (e164) => stream(company, asLines(lots(e164, 2_100))))
    world.clock.advance({ hours: 73 })
    const caller = systemCaller(company.companyId, 'test')
    const inRealm = world.parts.database.inRealmOf
    expect(await inRealm(caller, (tx) => beginErasure(tx, doomed))).toBe(true)
    expect(await inRealm(caller, (tx) => eraseSome(tx, doomed))).toEqual({ state: 'erased', records: 2_000 })
    await expect(
      inRealm(caller, async (tx) => {
        await eraseSome(tx, doomed)
        throw new Error('the process dies here')
      }),
    ).rejects.toThrow('dies')
    expect((await left(doomed.numberId))['records']).toBe(100)
    const { rows } = await world.tamper('select record_id from records where number_id = $1 limit 1', [
      doomed.numberId,
    ])
    const place = `/v1/records/${rows[0].record_id}/media`
    expect((await company.owner.upload(place, samples.mp3)).status).toBe(404)
    expect((await company.owner.get(`/v1/records/${rows[0].record_id}?reason=look`)).status).toBe(404)
    await world.runDueWork()
    expect(await erasureOf(doomed.numberId)).toEqual({ state: 'done', erased_records: '2100' })
    expect(await left(doomed.numberId)).toMatchObject({ records: 0, conversations: 0 })
  })

  it('ALL-7 stops at a hold that is placed while it runs, and goes on when two people have lifted it', async () => {
    const doomed = await approvedDeletion(async (e164) => stream(company, asLines(lots(e164, 2_100))))
    world.clock.advance({ hours: 73 })
    const caller = systemCaller(company.companyId, 'test')
    await world.parts.database.inRealmOf(caller, (tx) => beginErasure(tx, doomed))
    await world.parts.database.inRealmOf(caller, (tx) => eraseSome(tx, doomed))
    const hold = { subjectKind: 'member', subjectId: anna, reason: 'case 7' }
    const { holdId } = bodyOf(await company.owner.post('/v1/legal-holds', hold), 201)
    await world.runDueWork()
    expect(await world.parts.database.inRealmOf(caller, (tx) => eraseSome(tx, doomed))).toEqual({
      state: 'held',
    })
    expect(await erasureOf(doomed.numberId)).toEqual({ state: 'erasing', erased_records: '2000' })
    expect((await left(doomed.numberId))['records']).toBe(100)
    for (const lifter of [company.owner, company.operator]) {
      bodyOf(await lifter.post(`/v1/legal-holds/${holdId}/lift`, { reason: 'over' }), 200)
    }
    await world.runDueWork()
    expect(await erasureOf(doomed.numberId)).toEqual({ state: 'done', erased_records: '2100' })
  })

  it('of a number without records is done all the same', async () => {
    const doomed = await approvedDeletion(async () => {})
    world.clock.advance({ hours: 73 })
    await world.runDueWork()
    expect(await erasureOf(doomed.numberId)).toEqual({ state: 'done', erased_records: '0' })
  })
})
