import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { codesOf, doneItems, handOver } from '../../../test/builders/handed.ts'
import { addNumber, heldNumber, hire } from '../../../test/builders/numbers.ts'
import { bodyOf, createCompany, type TestCompany } from '../../../test/builders.ts'
import { canonicalState } from '../../../test/canonical-state.ts'
import { openWorld, type World } from '../../../test/world.ts'

let world: World
let company: TestCompany
let anna: string
let bela: string
let cleo: string

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  company = await createCompany(world, { policies: { moveLimitPerDay: null } })
  anna = await hire(company, 'Anna')
  bela = await hire(company, 'Bela')
  cleo = await hire(company, 'Cleo')
})

function state() {
  return canonicalState(world, company.companyId)
}

async function change(memberId: string, wish: object) {
  return bodyOf(await company.owner.patch(`/v1/members/${memberId}`, wish), 200)
}

async function number(numberId: string) {
  return bodyOf(await company.owner.get(`/v1/numbers/${numberId}`), 200)
}

async function holderOf(numberId: string): Promise<string | null> {
  return (await number(numberId)).holder?.name ?? null
}

/** Numbers that Anna holds, past their cool-down. */
async function held(count: number): Promise<{ numberId: string; e164: string }[]> {
  const numbers: { numberId: string; e164: string }[] = []
  for (let made = 0; made < count; made += 1) numbers.push(await heldNumber(company, anna))
  world.clock.advance({ hours: 1 })
  return numbers
}

function inHours(hours: number): string {
  return new Date(world.clock.now().getTime() + hours * 3_600_000).toISOString()
}

describe("a leaver's numbers", () => {
  it('HAN-2 are planned without a trace, then pass on, are seen there, and come back as they were', async () => {
    const [first] = await held(3)
    const before = await state()
    const handed = handOver(world, company, { leaverId: anna })
    const items = await handed.items('number', { to: bela })
    const forecasts = await handed.plan('number', items)
    expect(forecasts).toHaveLength(3)
    expect(forecasts[0]).toMatchObject({
      before: { state: 'held', holderId: anna },
      after: { state: 'held', holderId: bela },
      isReversible: true,
      notBefore: null,
      waitsFor: null,
      blockers: [],
      becomesVisible: [{ rule: { code: 'history.seen_whole' } }],
      lostForEver: [],
      licences: 0,
    })
    expect(await state()).toEqual(before)
    await change(anna, { status: 'suspended' })
    const results = await handed.carryOut('number', items)
    const done = doneItems(items, results)
    expect(await holderOf(first?.numberId ?? '')).toBe('Bela')
    expect((await handed.observe('number', done)).every(({ isThere }) => isThere)).toBe(true)
    expect(await handed.carryOut('number', items), 'HAN-4 nothing twice').toEqual(results)
    const custody = bodyOf(await company.owner.get(`/v1/numbers/${first?.numberId}/custody`), 200).items
    expect(custody.map(({ cause }: { cause: string }) => cause)).toEqual(['reassigned', 'assigned', 'added'])
    await change(anna, { status: 'active' })
    expect(codesOf(await handed.undo('number', done))).toEqual([null, null, null])
    expect(await state()).toEqual(before)
    expect(codesOf(await handed.undo('number', done)), 'an undo again finds it done').toEqual([
      null,
      null,
      null,
    ])
    expect((await number(first?.numberId ?? '')).availableAt, 'NUM-4 the cool-down is as it was').toBeNull()
  })

  it('NUM-16 are told to both holders, and leave their moves in the ledger with the handover', async () => {
    const [one] = await held(1)
    const handed = handOver(world, company, { leaverId: anna })
    await handed.run('number', { to: bela })
    const { rows } = await world.tamper(
      'select kind, member_id from notices where company_id = $1 order by kind',
      [company.companyId],
    )
    expect(rows).toEqual([
      { kind: 'number.came_to_you', member_id: bela },
      { kind: 'number.left_you', member_id: anna },
    ])
    const { items } = bodyOf(await company.owner.get(`/v1/audit?subjectId=${one?.numberId}`), 200)
    expect(
      items.find(({ action }: { action: string }) => action === 'number.reassigned').effect,
    ).toMatchObject({
      handoverId: handed.facts.handoverId,
      from: anna,
      to: bela,
    })
  })

  it('NUM-5 are passed on with the history hidden, and an undo shows it again', async () => {
    await held(1)
    const before = await state()
    const handed = handOver(world, company, { leaverId: anna })
    const items = await handed.items('number', { to: bela, history: 'hide' })
    expect((await handed.plan('number', items))[0]?.becomesVisible).toEqual([])
    const done = await handed.run('number', { to: bela, history: 'hide' })
    const moved = done[0]?.after ?? {}
    expect(moved['visibleFrom']).toBe(moved['heldFrom'])
    const again = handOver(world, company, { leaverId: bela })
    world.clock.advance({ hours: 1 })
    const seen = await again.plan('number', await again.items('number', { to: cleo }))
    expect(seen[0]?.becomesVisible[0]?.rule.code).toBe('history.seen_since')
    await handed.undo('number', done)
    expect(await state()).toEqual(before)
  })

  it('NUM-4 wait for the cool-down, which parking does not', async () => {
    await heldNumber(company, anna)
    const handed = handOver(world, company, { leaverId: anna })
    const items = await handed.items('number', { to: bela })
    expect((await handed.plan('number', items))[0]).toMatchObject({
      waitsFor: 'cooldown',
      notBefore: expect.any(String),
      blockers: [],
    })
    const [waits] = await handed.carryOut('number', items)
    expect(waits).toMatchObject({
      state: 'waiting',
      waitsFor: 'cooldown',
      until: expect.any(String),
      reference: null,
    })
    const parked = await handed.items('number', { way: 'park' })
    expect((await handed.plan('number', parked))[0]).toMatchObject({ notBefore: null, waitsFor: null })
    world.clock.advance({ minutes: 31 })
    expect(codesOf(await handed.carryOut('number', items))).toEqual([null])
    expect((await handed.holdings('number')).length).toBe(0)
  })

  it('NUM-4 are planned for the day on which it is done', async () => {
    await heldNumber(company, anna)
    const effectiveAt = inHours(24).replace('Z', '000Z')
    const handed = handOver(world, company, { leaverId: anna, effectiveAt })
    expect((await handed.plan('number', await handed.items('number', { to: bela })))[0]).toMatchObject({
      waitsFor: null,
      notBefore: null,
    })
  })

  it('NUM-3 stop at the cap of the successor, with what they hold and the ways out (successor.at_cap)', async () => {
    await held(4)
    await heldNumber(company, bela)
    await heldNumber(company, bela)
    const handed = handOver(world, company, { leaverId: anna })
    const items = await handed.items('number', { to: bela })
    const blocked = (await handed.plan('number', items)).map(({ blockers }) => blockers[0])
    expect(blocked.map((one) => one?.rule.code)).toEqual([
      undefined,
      undefined,
      undefined,
      'successor.at_cap',
    ])
    expect(blocked[3]).toMatchObject({
      values: { successor: 'Bela', held: 2, coming: 4, cap: 5 },
      data: { memberId: bela, ways: ['other_successor', 'park', 'upgrade'] },
    })
    expect(codesOf(await handed.carryOut('number', items))).toEqual([null, null, null, 'successor.at_cap'])
    expect(await handed.holdings('number')).toHaveLength(1)
  })

  it('are not for somebody who is suspended, and not for nobody (recipient.not_active, successor.missing)', async () => {
    await held(1)
    await change(bela, { status: 'suspended' })
    const handed = handOver(world, company, { leaverId: anna })
    for (const [to, code] of [
      [bela, 'recipient.not_active'],
      [null, 'successor.missing'],
    ] as const) {
      const items = await handed.items('number', { to })
      expect((await handed.plan('number', items))[0]?.blockers[0]?.rule.code).toBe(code)
      expect(codesOf(await handed.carryOut('number', items))).toEqual([code])
    }
  })

  it('are parked, and come back from the park', async () => {
    const [one] = await held(1)
    const before = await state()
    const handed = handOver(world, company, { leaverId: anna })
    const done = await handed.run('number', { way: 'park' })
    expect((await number(one?.numberId ?? '')).state).toBe('parked')
    expect(await handed.observe('number', done)).toMatchObject([{ isThere: true }])
    expect(codesOf(await handed.undo('number', done))).toEqual([null])
    expect(await state()).toEqual(before)
  })

  it('that stay hold the leaver back, and the plan says so', async () => {
    await held(1)
    const handed = handOver(world, company, { leaverId: anna })
    const items = await handed.items('number', { way: 'leave' })
    expect((await handed.plan('number', items))[0]?.warnings[0]?.rule.code).toBe('number.stays')
    const done = doneItems(items, await handed.carryOut('number', items))
    expect(await handed.observe('number', done)).toMatchObject([{ isThere: true }])
    expect(codesOf(await handed.undo('number', done))).toEqual([null])
  })

  it('WRK-4 on which something hangs are told of, with its name', async () => {
    const [one] = await held(1)
    const { systemId } = bodyOf(await company.owner.post('/v1/systems', { name: 'Bank portal' }), 201)
    const account = {
      systemId,
      login: 'anna',
      holderId: anna,
      numberId: one?.numberId,
      numberUse: 'verification',
    }
    bodyOf(await company.owner.post('/v1/work-accounts', account), 201)
    const handed = handOver(world, company, { leaverId: anna })
    const [forecast] = await handed.plan('number', await handed.items('number', { to: bela }))
    expect(forecast?.warnings).toMatchObject([
      {
        rule: { code: 'number.hangs' },
        values: { count: 1 },
        data: { dependents: [{ kind: 'work_account' }] },
      },
    ])
    const preview = await company.owner.post(`/v1/numbers/${one?.numberId}/reassign`, {
      toMemberId: bela,
      dryRun: true,
    })
    expect(bodyOf(preview, 200).effect.dependents).toHaveLength(1)
    bodyOf(await company.owner.post(`/v1/numbers/${one?.numberId}/park`), 200)
    const released = await company.owner.post(`/v1/numbers/${one?.numberId}/release`, {
      confirm: one?.e164,
      reason: 'no use',
    })
    expect(released.body).toMatchObject({ status: 409, code: 'number.has_dependents', count: 1 })
    expect(released.body.dependents).toHaveLength(1)
  })
})

describe('a number that is somewhere else by the time of the run', () => {
  it('HAN-5 is left where it is: moved, parked (number.moved_meanwhile, number.parked_meanwhile)', async () => {
    const [one, other] = await held(2)
    const handed = handOver(world, company, { leaverId: anna })
    const items = await handed.items('number', { to: bela })
    const order = { toMemberId: cleo, expectedHolderId: anna }
    bodyOf(await company.owner.post(`/v1/numbers/${one?.numberId}/reassign`, order), 200)
    bodyOf(await company.owner.post(`/v1/numbers/${other?.numberId}/park`), 200)
    const results = await handed.carryOut('number', items)
    expect(codesOf(results).sort()).toEqual(['number.moved_meanwhile', 'number.parked_meanwhile'])
    expect(await holderOf(one?.numberId ?? '')).toBe('Cleo')
  })

  it('HAN-7 is not taken back from whoever has it now', async () => {
    const [one, other] = await held(2)
    const handed = handOver(world, company, { leaverId: anna })
    const done = await handed.run('number', { to: bela })
    world.clock.advance({ hours: 1 })
    bodyOf(await company.owner.post(`/v1/numbers/${one?.numberId}/reassign`, { toMemberId: cleo }), 200)
    const codes = codesOf(await handed.undo('number', done))
    expect(codes.filter((code) => code !== null)).toEqual(['number.moved_meanwhile'])
    expect([await holderOf(one?.numberId ?? ''), await holderOf(other?.numberId ?? '')]).toEqual([
      'Cleo',
      'Anna',
    ])
  })

  it('HAN-7 goes back to nobody who has left, nor above the cap', async () => {
    await held(1)
    const handed = handOver(world, company, { leaverId: anna })
    const done = await handed.run('number', { to: bela })
    await change(anna, { status: 'left' })
    expect(codesOf(await handed.undo('number', done))).toEqual(['recipient.not_active'])
    await change(anna, { status: 'active', reason: 'back' })
    for (let more = 0; more < 5; more += 1) await heldNumber(company, anna)
    expect(codesOf(await handed.undo('number', done))).toEqual(['recipient.at_cap'])
  })

  it('of two handovers for one number one wins, and the other sees the drift', async () => {
    await held(1)
    const [one, other] = [bela, cleo].map((to) => ({
      to,
      handed: handOver(world, company, { leaverId: anna }),
    }))
    if (!one || !other) throw new Error('two handovers')
    const items = await Promise.all([one, other].map(({ handed, to }) => handed.items('number', { to })))
    const results = await Promise.all([
      one.handed.carryOut('number', items[0] ?? []),
      other.handed.carryOut('number', items[1] ?? []),
    ])
    expect(
      results
        .flat()
        .map(({ state: end }) => end)
        .sort(),
    ).toEqual(['attempted', 'failed'])
  })

  it('is told of when a move waits for it, or it is borrowed', async () => {
    const [waiting, borrowed] = await held(2)
    const at = inHours(48)
    bodyOf(
      await company.owner.post(`/v1/numbers/${waiting?.numberId}/reassign`, { toMemberId: cleo, at }),
      202,
    )
    bodyOf(
      await company.owner.post(`/v1/numbers/${borrowed?.numberId}/reassign`, {
        toMemberId: cleo,
        returnAt: at,
      }),
      200,
    )
    const fromAnna = handOver(world, company, { leaverId: anna })
    const [scheduled] = await fromAnna.plan('number', await fromAnna.items('number', { to: bela }))
    expect(scheduled?.blockers).toMatchObject([
      { rule: { code: 'number.already_scheduled' }, data: { ways: ['cancel_move', 'park'] } },
    ])
    const fromCleo = handOver(world, company, { leaverId: cleo })
    const [onLoan] = await fromCleo.plan('number', await fromCleo.items('number', { to: bela }))
    expect(onLoan?.blockers).toMatchObject([
      { rule: { code: 'number.on_loan' }, data: { lenderId: anna, ways: ['park', 'to_lender', 'leave'] } },
    ])
    const before = await state()
    world.clock.advance({ hours: 1 })
    const done = await fromCleo.run('number', { to: anna })
    expect(await holderOf(borrowed?.numberId ?? '')).toBe('Anna')
    expect(codesOf(await fromCleo.undo('number', done))).toEqual([null])
    expect(await state(), 'the loan goes on').toEqual(before)
  })
})

describe('a number that needs a check first (NUM-14)', () => {
  const check = { countryChecks: { DE: 'real_name' } }

  const checked = async () => bodyOf(await company.owner.patch('/v1/company', { policies: check }), 200)

  it('is parked until it is cleared, then with the successor; the undo takes it back, also on the way', async () => {
    const [one] = await held(1)
    await checked()
    const before = await state()
    const handed = handOver(world, company, { leaverId: anna })
    const items = await handed.items('number', { to: bela })
    expect((await handed.plan('number', items))[0]).toMatchObject({
      waitsFor: 'check',
      warnings: [{ rule: { code: 'check.parks_number' }, data: { requestable: true } }],
    })
    await change(anna, { status: 'suspended' })
    const results = await handed.carryOut('number', items)
    const [waits] = results
    expect(waits).toMatchObject({ state: 'waiting', waitsFor: 'check', reference: expect.any(String) })
    expect((await number(one?.numberId ?? '')).state).toBe('parked')
    expect(await handed.carryOut('number', items), 'HAN-4 nothing twice').toEqual(results)
    const done = doneItems(items, results)
    expect(await handed.observe('number', done)).toMatchObject([{ isThere: false }])

    await change(anna, { status: 'active' })
    expect(codesOf(await handed.undo('number', done))).toEqual([null])
    expect(await state()).toEqual(before)
    const requestId = waits?.state === 'waiting' ? waits.reference : null
    const { items: requests } = bodyOf(await company.owner.get('/v1/requests'), 200)
    expect(requests.find((one: { requestId: string }) => one.requestId === requestId).state).toBe('withdrawn')

    const again = handOver(world, company, { leaverId: anna })
    await change(anna, { status: 'suspended' })
    const second = await again.items('number', { to: bela })
    const [asked] = await again.carryOut('number', second)
    const reference = asked?.state === 'waiting' ? asked.reference : ''
    bodyOf(await company.owner.post(`/v1/requests/${reference}/approve`, { evidence: 'ID seen' }), 200)
    expect(await holderOf(one?.numberId ?? '')).toBe('Bela')
    const cleared = doneItems(second, asked ? [asked] : [])
    expect(await again.observe('number', cleared)).toMatchObject([{ isThere: true }])
    expect(await again.carryOut('number', second)).toMatchObject([
      { state: 'attempted', after: { holderId: bela } },
    ])
    await change(anna, { status: 'active' })
    expect(codesOf(await again.undo('number', cleared))).toEqual([null])
    expect(await state()).toEqual(before)
  })

  it('stays with somebody who still has access, and in the park where it is turned down (check.turned_down)', async () => {
    const [one] = await held(1)
    await checked()
    const moving = handOver(world, company, { leaverId: anna, kind: 'move' })
    const items = await moving.items('number', { to: bela })
    expect((await moving.plan('number', items))[0]?.warnings[0]?.rule.code).toBe('check.keeps_number')
    const before = await state()
    const [waits] = await moving.carryOut('number', items)
    expect(waits).toMatchObject({ state: 'waiting', waitsFor: 'check' })
    expect(await holderOf(one?.numberId ?? '')).toBe('Anna')
    expect(await moving.carryOut('number', items)).toMatchObject([{ state: 'waiting' }])
    await moving.undo('number', doneItems(items, waits ? [waits] : []))
    expect(await state()).toEqual(before)

    await change(anna, { status: 'suspended' })
    const handed = handOver(world, company, { leaverId: anna })
    const parked = await handed.items('number', { to: bela })
    const [asked] = await handed.carryOut('number', parked)
    const reference = asked?.state === 'waiting' ? asked.reference : ''
    bodyOf(
      await company.owner.post(`/v1/requests/${reference}/reject`, { reason: 'not the same person' }),
      200,
    )
    expect(codesOf(await handed.carryOut('number', parked))).toEqual(['check.turned_down'])
    await change(anna, { status: 'active' })
    await handed.undo('number', doneItems(parked, asked ? [asked] : []))
    expect(await state()).toEqual(before)
  })

  it('is lent once it is cleared, and taken back with its return', async () => {
    const [one] = await held(1)
    await checked()
    const before = await state()
    const lending = handOver(world, company, { leaverId: anna, kind: 'loan' })
    const items = await lending.items('number', { to: bela, returnAt: inHours(48).replace('Z', '000Z') })
    const [asked] = await lending.carryOut('number', items)
    expect(await holderOf(one?.numberId ?? ''), 'a lender is needed, so it is not parked').toBe('Anna')
    const reference = asked?.state === 'waiting' ? asked.reference : ''
    bodyOf(await company.owner.post(`/v1/requests/${reference}/approve`, { evidence: 'ID seen' }), 200)
    expect((await number(one?.numberId ?? '')).waiting).toMatchObject([{ kind: 'return' }])
    expect(codesOf(await lending.undo('number', doneItems(items, asked ? [asked] : [])))).toEqual([null])
    expect(await state()).toEqual(before)
  })
})

describe('history that a handover deletes (NUM-5)', () => {
  it('waits for one second person for all numbers, and an undo calls it off', async () => {
    await held(2)
    const before = await state()
    const handed = handOver(world, company, { leaverId: anna })
    const items = await handed.items('number', { to: bela, history: 'delete' })
    const [forecast] = await handed.plan('number', items)
    expect(forecast).toMatchObject({ blockers: [], lostForEver: [{ rule: { code: 'history.lost' } }] })
    const [first] = await handed.carryOut('number', items.slice(0, 1))
    const [second] = await handed.carryOut('number', items.slice(1))
    const { items: requests } = bodyOf(await company.owner.get('/v1/requests?kind=delete_history'), 200)
    expect(requests).toMatchObject([
      { state: 'open', subjectKind: 'handover', subjectId: handed.facts.handoverId },
    ])
    bodyOf(await company.operator.post(`/v1/requests/${requests[0].requestId}/approve`), 200)
    expect((await state())['erasures']).toMatchObject([{ state: 'approved' }, { state: 'approved' }])
    await handed.undo(
      'number',
      doneItems(
        items,
        [first, second].flatMap((one) => one ?? []),
      ),
    )
    expect(await state()).toEqual(before)
  })

  it('is refused without a reason, and under a legal hold', async () => {
    const [one] = await held(1)
    const silent = handOver(world, company, { leaverId: anna, reason: null })
    const items = await silent.items('number', { to: bela, history: 'delete' })
    expect((await silent.plan('number', items))[0]?.blockers[0]?.rule.code).toBe('history.reason_needed')
    const hold = { subjectKind: 'number', subjectId: one?.numberId, reason: 'a lawsuit' }
    bodyOf(await company.owner.post('/v1/legal-holds', hold), 201)
    const handed = handOver(world, company, { leaverId: anna })
    expect((await handed.plan('number', items))[0]?.blockers[0]?.rule.code).toBe('number.on_hold')
    expect(codesOf(await handed.carryOut('number', items))).toEqual(['number.on_hold'])
  })
})

describe('numbers that are lent for a while', () => {
  it('come back by themselves, or with the undo', async () => {
    const [one] = await held(1)
    const before = await state()
    const returnAt = inHours(48).replace('Z', '000Z')
    const lending = handOver(world, company, { leaverId: anna, kind: 'loan' })
    const done = await lending.run('number', { to: bela, returnAt })
    expect((await number(one?.numberId ?? '')).waiting).toMatchObject([
      { kind: 'return', to: { name: 'Anna' } },
    ])
    expect(await lending.observe('number', done)).toMatchObject([{ isThere: true }])
    expect(codesOf(await lending.undo('number', done))).toEqual([null])
    expect(await state()).toEqual(before)
    world.clock.advance({ hours: 1 })
    const again = handOver(world, company, { leaverId: anna, kind: 'loan' })
    const lent = await again.run('number', { to: bela, returnAt })
    world.clock.advance({ hours: 48 })
    await world.runDueWork()
    expect(await holderOf(one?.numberId ?? '')).toBe('Anna')
    expect(await again.observe('number', lent)).toMatchObject([{ isThere: true }])
    expect(codesOf(await again.undo('number', lent))).toEqual([null])
    expect(await state()).toEqual(before)
  })
})

describe('what was to come to a leaver', () => {
  it('comes to the successor instead, or to nobody, and the undo brings it back', async () => {
    const other = await heldNumber(company, cleo)
    world.clock.advance({ hours: 1 })
    const order = { toMemberId: anna, at: inHours(24) }
    bodyOf(await company.owner.post(`/v1/numbers/${other.numberId}/reassign`, order), 202)
    const before = await state()
    const handed = handOver(world, company, { leaverId: anna })
    for (const choice of [{ to: bela }, { way: 'end' }] as const) {
      const items = await handed.items('incoming_move', choice)
      expect(items).toHaveLength(1)
      expect((await handed.plan('incoming_move', items))[0]?.blockers).toEqual([])
      const results = await handed.carryOut('incoming_move', items)
      const done = doneItems(items, results)
      expect(await handed.observe('incoming_move', done)).toMatchObject([{ isThere: true }])
      expect(await handed.carryOut('incoming_move', items)).toEqual(results)
      expect(await handed.holdings('incoming_move')).toEqual([])
      expect(codesOf(await handed.undo('incoming_move', done))).toEqual([null])
      expect(await state()).toEqual(before)
    }
    const items = await handed.items('incoming_move', { to: cleo })
    expect((await handed.plan('incoming_move', items))[0]?.blockers[0]?.rule.code).toBe(
      'number.already_theirs',
    )
    await handed.run('incoming_move', { to: bela })
    world.clock.advance({ hours: 25 })
    await world.runDueWork()
    expect(await holderOf(other.numberId)).toBe('Bela')
  })

  it('asks for its check anew, since another person is to be checked', async () => {
    const chinese = await addNumber(company, '+8613800137777')
    bodyOf(await company.owner.post(`/v1/numbers/${chinese.numberId}/assign`, { toMemberId: anna }), 202)
    const before = await state()
    const handed = handOver(world, company, { leaverId: anna })
    const done = await handed.run('incoming_move', { to: bela })
    const { items } = bodyOf(await company.owner.get('/v1/requests?kind=country_check'), 200)
    expect(items.map((one: { state: string }) => one.state)).toEqual(['open', 'withdrawn'])
    expect(codesOf(await handed.undo('incoming_move', done))).toEqual([null])
    expect(await state()).toEqual(before)
  })

  it('is lent numbers too: they come back to the successor, or stay with the borrower', async () => {
    const [one] = await held(1)
    const order = { toMemberId: cleo, returnAt: inHours(24) }
    bodyOf(await company.owner.post(`/v1/numbers/${one?.numberId}/reassign`, order), 200)
    const before = await state()
    const handed = handOver(world, company, { leaverId: anna })
    const kept = await handed.run('loan_return', { way: 'end' })
    expect((await state())['schedules']).toEqual([])
    expect(codesOf(await handed.undo('loan_return', kept))).toEqual([null])
    expect(await state()).toEqual(before)
    const full = await handed.items('loan_return', { to: bela })
    for (let more = 0; more < 5; more += 1) await heldNumber(company, bela)
    expect((await handed.plan('loan_return', full))[0]?.blockers[0]?.rule.code).toBe('successor.at_cap')
    expect(codesOf(await handed.carryOut('loan_return', full))).toEqual(['successor.at_cap'])
    const dora = await hire(company, 'Dora')
    const done = await handed.run('loan_return', { to: dora })
    world.clock.advance({ hours: 25 })
    await world.runDueWork()
    expect(await holderOf(one?.numberId ?? '')).toBe('Dora')
    expect(codesOf(await handed.undo('loan_return', done))).toEqual(['holding.changed_since'])
  })
})
