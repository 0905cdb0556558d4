import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aRecord, asLines, ingest, stream } from '../../../test/builders/ingest.ts'
import { addNumber, heldNumber, hire } from '../../../test/builders/numbers.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from '../../../test/builders.ts'
import { openWorld, type World } from '../../../test/world.ts'
import { systemCaller } from '../../kernel/caller.ts'
import { beginErasure, type DueErasure } from '../numbers/service/erase.ts'
import { NewRecord } from './model.ts'
import { ingestBatch } from './service/ingest-batch.ts'
import { arrive } from './service/read-line.ts'

let world: World
let company: TestCompany
beforeAll(async () => {
  world = await openWorld()
  company = await createCompany(world, {
    tier: 'max',
    policies: { cooldownMinutes: 0, moveLimitPerDay: null },
  })
})
afterAll(() => world.close())

async function count(sql: string, values: unknown[]): Promise<number> {
  return Number((await world.tamper(`select count(*) from ${sql}`, values)).rows[0].count)
}

describe('streams at the same moment', () => {
  it('with the same records in different orders take each in once, without a deadlock', async () => {
    const lines = await Promise.all([1, 2, 3].map(() => addNumber(company)))
    const records = Array.from({ length: 3_000 }, (_, index) =>
      aRecord(lines[index % 3]?.e164 ?? '', {
        otherParty: `+4930${index % 40}00`,
        occurredAt: new Date(Date.UTC(2024, index % 20, 1, 0, 0, index)).toISOString(),
        ...(index % 2 ? { direction: 'outbound' } : {}),
      }),
    )
    const shuffled = (seed: number) =>
      [...records].sort((one, other) => hash(one['sourceId'], seed) - hash(other['sourceId'], seed))
    const orders = [records, [...records].reverse(), shuffled(3), shuffled(7)]
    const outcomes = await Promise.all(orders.map((order) => stream(company, asLines(order))))
    const bodies = outcomes.map((answer) => bodyOf(answer, 200))
    expect(bodies.map((body) => body.accepted + body.duplicates)).toEqual([3_000, 3_000, 3_000, 3_000])
    expect(bodies.reduce((sum, body) => sum + body.accepted, 0)).toBe(3_000)
    const ids = lines.map(({ numberId }) => numberId)
    expect(await count('records where number_id = any($1)', [ids])).toBe(3_000)
    const wrong = await world.tamper(
      `select c.number_id, c.other_party from conversations c
        join (select number_id, other_party, max(occurred_at) as last,
          max(occurred_at) filter (where direction = 'inbound') as asked,
          max(occurred_at) filter (where direction = 'outbound') as answered from records group by 1, 2) r using (number_id, other_party)
        where number_id = any($1) and (c.last_at, c.last_asked_at, c.last_answered_at) is distinct from (r.last, r.asked, r.answered)`,
      [ids],
    )
    expect(wrong.rows).toEqual([])
    expect(await count('pg_stat_database where datname = current_database() and deadlocks > $1', [0])).toBe(0)
  })

  it('of the first records of a month make room for it once', async () => {
    const { e164 } = await addNumber(company)
    const bodies = Array.from({ length: 6 }, (_, turn) =>
      asLines(
        [0, 1, 2].map((month) =>
          aRecord(e164, { occurredAt: `2003-0${1 + ((month + turn) % 3)}-05T00:00:00Z` }),
        ),
      ),
    )
    const answers = await Promise.all(bodies.map((body) => stream(company, body)))
    expect(answers.map(({ body }) => body.accepted)).toEqual([3, 3, 3, 3, 3, 3])
  })
})

// Any order will do, as long as it differs from the others.
function hash(text: unknown, seed: number): number {
  let mixed = seed
  for (const character of String(text)) mixed = (mixed * 31 + character.charCodeAt(0) * seed) % 10_007
  return mixed
}

describe('records whose transaction collides with another', () => {
  it('ALL-4 are taken in once and counted once', async () => {
    const { e164, numberId } = await addNumber(company)
    await world.tamper(`create sequence collisions;
      create function collide_once() returns trigger language plpgsql security definer as $$
      begin
        if nextval('public.collisions') = 1 then raise exception using errcode = '40P01'; end if;
        return null;
      end $$;
      create trigger collide_once after insert on records for each statement execute function collide_once()`)
    const records = [aRecord(e164), aRecord(e164, { number: '+49309' }), aRecord(e164, { number: '+49308' })]
    const outcome = await ingest(company, records)
    await world.tamper('drop trigger collide_once on records')
    expect(outcome).toMatchObject({ accepted: 1, duplicates: 0, refused: 2 })
    expect(outcome.problems).toHaveLength(2)
    expect(await count('records where number_id = $1', [numberId])).toBe(1)
  })
})

describe('a stream whose connection breaks', () => {
  it('keeps what was taken in; sent again, the rest is added', async () => {
    const { e164, numberId } = await addNumber(company)
    const records = Array.from({ length: 2_500 }, () => aRecord(e164))
    const body = asLines(records)
    await world.app.http.listen({ port: 0, host: '127.0.0.1' })
    const address = world.app.http.server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    const socket = connect(address.port, '127.0.0.1')
    socket.write(
      `POST /v1/records HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${company.token}\r\nContent-Type: application/x-ndjson\r\nContent-Length: ${body.length}\r\n\r\n`,
    )
    socket.write(body.slice(0, -100_000))
    const taken = () => count('records where number_id = $1', [numberId])
    while ((await taken()) === 0) await sleep(20)
    socket.destroy()
    let before = -1
    for (let now = await taken(); now !== before; now = await taken()) {
      before = now
      await sleep(200)
    }
    expect(before % 1_000).toBe(0)
    expect(bodyOf(await stream(company, body), 200)).toMatchObject({
      accepted: 2_500 - before,
      duplicates: before,
    })
    expect(await taken()).toBe(2_500)
  })
})

describe('records from before an erasure that begins at the same moment', () => {
  async function dueErasure(): Promise<DueErasure & { e164: string }> {
    const [anna, bela] = [await hire(company, 'Anna'), await hire(company, 'Béla')]
    const admin = await tokenFor(world, company, await hire(company, 'Ada', { role: 'admin' }))
    const { numberId, e164 } = await heldNumber(company, anna)
    world.clock.advance({ hours: 1 })
    const order = { toMemberId: bela, history: 'delete', reason: 'private calls' }
    const moved = bodyOf(await company.owner.post(`/v1/numbers/${numberId}/reassign`, order), 200)
    bodyOf(await admin.post(`/v1/requests/${moved.deleteRequestId}/approve`), 200)
    world.clock.advance({ hours: 73 })
    return { numberId, e164, requestId: moved.deleteRequestId }
  }
  const caller = () => systemCaller(company.companyId, 'test')

  it('NUM-5 are erased when they were first, however late they are committed', async () => {
    const due = await dueErasure()
    await stream(company, asLines([aRecord(due.e164)]))
    // Of another conversation, so that nothing but the lock keeps the two apart.
    const late = aRecord(due.e164, { otherParty: '+49302' })
    let isThere: () => void = () => {}
    const there = new Promise<void>((resolve) => {
      isThere = resolve
    })
    const slow = world.parts.database.inRealmOf(caller(), async (tx) => {
      const outcome = await ingestBatch(tx, [arrive(NewRecord.parse(late), 0)])
      isThere()
      await sleep(500)
      return outcome
    })
    await there
    await world.runDueWork()
    expect((await slow).accepted).toBe(1)
    expect(await count('records where number_id = $1', [due.numberId])).toBe(0)
    expect(
      await count(`history_erasures where number_id = $1 and state = 'done' and erased_records = 2`, [
        due.numberId,
      ]),
    ).toBe(1)
  })

  it('NUM-5 are refused when the erasure was first', async () => {
    const due = await dueErasure()
    let isHeld: () => void = () => {}
    const held = new Promise<void>((resolve) => {
      isHeld = resolve
    })
    const beginning = world.parts.database.inRealmOf(caller(), async (tx) => {
      await beginErasure(tx, due)
      isHeld()
      await sleep(300)
    })
    await held
    const [answer] = await Promise.all([stream(company, asLines([aRecord(due.e164)])), beginning])
    expect(answer.body).toMatchObject({ accepted: 0, refused: 1, problems: [{ code: 'record.erased' }] })
    await world.runDueWork()
  })

  it('NUM-5 leave nothing behind in a storm of both', async () => {
    const dues = await Promise.all([1, 2, 3, 4].map(dueErasure))
    const isOver = { yes: false }
    async function send(due: { e164: string }): Promise<void> {
      while (!isOver.yes) await stream(company, asLines([1, 2, 3].map(() => aRecord(due.e164))))
    }
    const senders = dues.flatMap((due) => [send(due), send(due)])
    await sleep(150)
    for (let turn = 0; turn < 5; turn++) {
      for (const task of world.app.dueTasks) await task.run()
      await sleep(50)
    }
    isOver.yes = true
    await Promise.all(senders)
    await world.runDueWork()
    const ids = dues.map(({ numberId }) => numberId)
    expect(await count(`history_erasures where number_id = any($1) and state = 'done'`, [ids])).toBe(4)
    for (const table of ['records', 'conversations']) {
      expect(await count(`${table} where number_id = any($1)`, [ids]), table).toBe(0)
    }
  })
})
