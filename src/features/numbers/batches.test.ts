import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { tellHolders } from '../../../test/builders/notices.ts'
import { addNumber, heldNumber, hire } from '../../../test/builders/numbers.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from '../../../test/builders.ts'
import { type Answer, openWorld, type World } from '../../../test/world.ts'

let world: World
let company: TestCompany
let people: string[]

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

beforeEach(async () => {
  company = await createCompany(world, { policies: { cooldownMinutes: 0 } })
  people = []
  for (const name of ['Anna', 'Bela', 'Cleo', 'Dora']) people.push(await hire(company, name))
})

function person(index: number): string {
  return people[index] ?? ''
}

async function holding(index: number, count: number): Promise<string[]> {
  const ids: string[] = []
  for (let n = 0; n < count; n++) ids.push((await heldNumber(company, person(index))).numberId)
  return ids
}

function ask(moves: object[], wish: object = {}): Promise<Answer> {
  return company.owner.post('/v1/number-moves', { moves, ...wish })
}

/** Begins a batch and lets it run to its end. */
async function run(moves: object[], wish: object = {}): Promise<Answer['body']> {
  const { operation } = bodyOf(await ask(moves, wish), 202)
  await world.runDueWork()
  return show(operation.operationId)
}

async function show(operationId: string): Promise<Answer['body']> {
  return bodyOf(await company.owner.get(`/v1/operations/${operationId}?limit=1000`), 200)
}

async function holderOf(numberId: string | undefined): Promise<string | null> {
  return bodyOf(await company.owner.get(`/v1/numbers/${numberId}`), 200).holder?.memberId ?? null
}

describe('NUM-8 a batch of moves', () => {
  it('takes recipients by staff code, and shows both sides by name', async () => {
    const [one, two] = await holding(0, 2)
    const { staffCode } = bodyOf(await company.owner.get(`/v1/members/${person(1)}`), 200)
    const parked = await addNumber(company)
    const moves = [
      { numberId: one, toStaffCode: staffCode },
      { numberId: two, toStaffCode: 'nobody-7' },
      { numberId: parked.numberId, toMemberId: person(2) },
    ]
    const { plan } = bodyOf(await ask(moves, { dryRun: true }), 200)
    expect(plan.items).toMatchObject([
      { outcome: 'move', fromName: 'Anna', toName: 'Bela', toMemberId: person(1) },
      { outcome: 'refused', code: 'move.member_unknown', fromName: 'Anna', toMemberId: null, toName: null },
      { outcome: 'move', fromMemberId: null, fromName: null, toName: 'Cleo' },
    ])
    expect(plan.items[1].title).toContain('nobody-7')
    const done = await run(moves)
    expect(done.items.map((item: Answer['body']) => item.state)).toEqual(['done', 'failed', 'done'])
    expect(done.items[1].title).toContain('nobody-7')
    expect(await holderOf(one)).toBe(person(1))
  })

  it.each([
    ['two recipients', { toMemberId: '0190a000-0000-7000-8000-00000000dead', toStaffCode: 'A1' }],
    ['none', {}],
  ])('refuses a move with %s', async (_, recipient) => {
    const [numberId] = await holding(0, 1)
    const refused = await ask([{ numberId, ...recipient }])
    expect(refused).toMatchObject({ status: 400, body: { code: 'request.malformed' } })
  })

  it('makes all moves, each with its result, and tells both holders', async () => {
    const numbers = await holding(0, 3)
    const done = await run(numbers.map((numberId, index) => ({ numberId, toMemberId: person(index + 1) })))
    expect(done).toMatchObject({ state: 'done', total: 3, done: 3, failed: 0, pending: 0, finishAt: null })
    expect(done.items.map((item: Answer['body']) => [item.position, item.subjectId, item.state])).toEqual(
      numbers.map((numberId, index) => [index, numberId, 'done']),
    )
    for (const [index, numberId] of numbers.entries())
      expect(await holderOf(numberId)).toBe(person(index + 1))
    await tellHolders(world)
    const bela = await tokenFor(world, company, person(1))
    const [notice] = bodyOf(await bela.get('/v1/notices'), 200).items
    expect(notice).toMatchObject({ kind: 'number.came_to_you', numberId: numbers[0], cause: 'reassigned' })
  })

  it('turns a ring through full hands, which no order of single moves could', async () => {
    const [a, b, c] = [await holding(0, 5), await holding(1, 5), await holding(2, 5)]
    const ring = [
      { numberId: a[0], toMemberId: person(1) },
      { numberId: b[0], toMemberId: person(2) },
      { numberId: c[0], toMemberId: person(0) },
    ]
    const alone = await company.owner.post(`/v1/numbers/${a[0]}/reassign`, { toMemberId: person(1) })
    expect(alone.body.code).toBe('recipient.at_cap')
    expect(await run(ring)).toMatchObject({ done: 3, failed: 0 })
    expect(await Promise.all([a[0], b[0], c[0]].map(holderOf))).toEqual([person(1), person(2), person(0)])
  })

  it('lets the later move give way where a recipient would end above the cap, and what hangs on it', async () => {
    const [a, b] = [await holding(0, 2), await holding(1, 5)]
    const { plan } = bodyOf(
      await ask(
        [
          { numberId: b[0], toMemberId: person(0) },
          { numberId: a[0], toMemberId: person(1) },
          { numberId: a[1], toMemberId: person(1) },
        ],
        { dryRun: true },
      ),
      200,
    )
    expect(plan).toMatchObject({ total: 3, moves: 2, waits: 0, refused: 1, needsApproval: false })
    expect(plan.items.map((item: Answer['body']) => [item.outcome, item.code])).toEqual([
      ['move', null],
      ['move', null],
      ['refused', 'recipient.at_cap'],
    ])
    expect(plan.items[2]).toMatchObject({ title: expect.stringContaining('Bela'), next: expect.any(String) })
  })

  it('writes nothing on a dry run', async () => {
    const [number] = await holding(0, 1)
    const { operation } = bodyOf(
      await ask([{ numberId: number, toMemberId: person(1) }], { dryRun: true }),
      200,
    )
    expect(operation).toBeNull()
    expect(bodyOf(await company.owner.get('/v1/operations'), 200).items).toEqual([])
    await world.runDueWork()
    expect(await holderOf(number)).toBe(person(0))
  })

  it('reads numbers in any spelling, and says in both languages what is wrong with a line', async () => {
    const { e164, numberId } = await heldNumber(company, person(0))
    const spelled = `${e164.slice(0, 3)} (0)30 ${e164.slice(5, 8)}-${e164.slice(8)}`.replace('(0)', '')
    const other = await createCompany(world)
    const foreign = await addNumber(other)
    const lines = [
      { number: spelled, toMemberId: person(1) },
      { numberId: foreign.numberId, toMemberId: person(1) },
      { number: 'twelve', toMemberId: person(1) },
      { number: e164, toMemberId: other.ownerMemberId },
    ]
    const { plan } = bodyOf(await ask(lines.slice(0, 3), { dryRun: true }), 200)
    expect(plan.items.map((item: Answer['body']) => [item.outcome, item.code, item.numberId])).toEqual([
      ['move', null, numberId],
      ['refused', 'move.number_unknown', null],
      ['refused', 'move.number_unknown', null],
    ])
    const chinese = await company.owner.with({ 'accept-language': 'zh-CN' }).post('/v1/number-moves', {
      moves: [lines[3]],
      dryRun: true,
    })
    expect(bodyOf(chinese, 200).plan.items[0]).toMatchObject({
      code: 'move.member_unknown',
      title: expect.stringContaining('贵公司没有成员'),
    })
  })

  it('refuses every line of a number that is in the list twice, and does the others', async () => {
    const [one, two] = await holding(0, 2)
    const done = await run([
      { numberId: one, toMemberId: person(1) },
      { numberId: two, toMemberId: person(1) },
      { numberId: one, toMemberId: person(2) },
    ])
    expect(done).toMatchObject({ total: 3, done: 1, failed: 2, state: 'done' })
    expect(done.items[0]).toMatchObject({ state: 'failed', code: 'move.number_twice' })
    expect(done.items[2].title).toContain('position 1')
    expect(await holderOf(one)).toBe(person(0))
  })

  it('begins nothing when asked to stop on problems, or when nothing is left', async () => {
    const [one] = await holding(0, 1)
    const good = { numberId: one, toMemberId: person(1) }
    const bad = { number: '+4930999999', toMemberId: person(1) }
    const stopped = await ask([good, bad], { stopOnProblems: true })
    expect(stopped).toMatchObject({ status: 409, body: { code: 'batch.has_problems' } })
    expect(stopped.body.problems).toMatchObject([{ position: 1, code: 'move.number_unknown' }])
    expect(await ask([bad])).toMatchObject({ status: 409, body: { code: 'batch.nothing_left' } })
    expect(bodyOf(await company.owner.get('/v1/operations'), 200).items).toEqual([])
  })

  it('NUM-9 fails only the move whose holder changed after the check; retry succeeds once it fits again', async () => {
    const [one, two] = await holding(0, 2)
    const { operation } = bodyOf(
      await ask([one, two].map((numberId) => ({ numberId, toMemberId: person(1) }))),
      202,
    )
    bodyOf(await company.owner.post(`/v1/numbers/${one}/reassign`, { toMemberId: person(2) }), 200)
    await world.runDueWork()
    const first = await show(operation.operationId)
    expect(first).toMatchObject({ state: 'done', done: 1, failed: 1 })
    expect(first.items[0]).toMatchObject({ state: 'failed', code: 'number.holder_changed' })
    bodyOf(await company.owner.post(`/v1/numbers/${one}/undo`), 200)
    bodyOf(await company.owner.post(`/v1/operations/${operation.operationId}/retry`), 200)
    await world.runDueWork()
    expect(await show(operation.operationId)).toMatchObject({ state: 'done', done: 2, failed: 0 })
    expect(await holderOf(one)).toBe(person(1))
    const again = await company.owner.post(`/v1/operations/${operation.operationId}/retry`)
    expect(again).toMatchObject({ status: 409, body: { code: 'operation.nothing_failed' } })
  })

  it('refuses moves that only work together where an outside system takes fewer at once', async () => {
    bodyOf(
      await company.owner.patch('/v1/company', { policies: { maxBatchSize: 2, minBatchGapMinutes: 1 } }),
      200,
    )
    const [a, b, c] = [await holding(0, 5), await holding(1, 5), await holding(2, 5)]
    const ring = [
      { numberId: a[0], toMemberId: person(1) },
      { numberId: b[0], toMemberId: person(2) },
      { numberId: c[0], toMemberId: person(0) },
    ]
    const { plan } = bodyOf(await ask(ring, { dryRun: true }), 200)
    expect(plan).toMatchObject({ moves: 0, refused: 3 })
    expect(plan.items[0]).toMatchObject({
      code: 'move.linked_too_many',
      title: expect.stringContaining('3 moves'),
    })
  })

  it('NUM-10 takes licences in the order of the list', async () => {
    const small = await createCompany(world, { licences: 1 })
    const to = await hire(small, 'Elsa')
    const numbers = [await addNumber(small), await addNumber(small)]
    const moves = numbers.map(({ numberId }) => ({ numberId, toMemberId: to }))
    const { plan } = bodyOf(await small.owner.post('/v1/number-moves', { moves, dryRun: true }), 200)
    expect(plan.items.map((item: Answer['body']) => item.code)).toEqual([null, 'licences.none_free'])
    bodyOf(await small.owner.post('/v1/number-moves', { moves }), 202)
    await world.runDueWork()
    expect(bodyOf(await small.owner.get('/v1/company/licences'), 200)).toMatchObject({ used: 1, free: 0 })
  })
})
