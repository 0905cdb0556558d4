import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { LeaverScene } from '../../../test/builders/handovers.ts'
import { aRecord, ingest } from '../../../test/builders/ingest.ts'
import { heldNumber, hire } from '../../../test/builders/numbers.ts'
import { addDepartment } from '../../../test/builders/people.ts'
import { bodyOf } from '../../../test/builders.ts'
import { type Answer, openWorld, type World } from '../../../test/world.ts'

type Body = Answer['body']

let world: World
let scene: LeaverScene

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

beforeEach(async () => {
  scene = await LeaverScene.open(world)
})

describe('NUM-13 a member in a handover', () => {
  it('is not removed without a trace: who was to get or to give something has left, and is named', async () => {
    const gone = await hire(scene.company, 'Gone Again')
    const { handoverId } = await scene.begin({ leaverId: gone })
    const removed = await scene.owner.delete(`/v1/members/${gone}`)
    expect(removed.status).toBeLessThan(500)
    expect((await scene.show(handoverId)).leaver).toMatchObject({ memberId: gone })
  })
})

describe('several leavers at once', () => {
  it('each go to the own manager, or to the next one above who stays', async () => {
    const top = await hire(scene.company, 'Tina Top')
    const manager = await hire(scene.company, 'Max Manager', { managerId: top })
    const report = await hire(scene.company, 'Rita Report', { managerId: manager })
    const answer = bodyOf(
      await scene.owner.post('/v1/handovers/many', {
        leavers: [{ leaverId: manager }, { leaverId: report }, { leaverId: scene.leaver, successorId: top }],
      }),
      200,
    )
    expect(answer.needsApproval).toBe(false)
    for (const item of answer.items)
      expect(item).toMatchObject({
        handover: { defaultSuccessor: { memberId: top }, state: 'draft' },
        code: null,
      })
    expect(answer.items[0].planHash).toMatch(/^[0-9a-f]{64}$/)
  })

  it('handover.leaver_twice: refuse one line without the others', async () => {
    const answer = bodyOf(
      await scene.owner.post('/v1/handovers/many', {
        leavers: [
          { leaverId: scene.leaver },
          { leaverId: scene.leaver },
          { leaverId: '0190a000-0000-7000-8000-00000000dead' },
          { leaverId: scene.successor },
        ],
      }),
      200,
    )
    expect(answer.items.map((item: Body) => item.code)).toEqual([
      null,
      'handover.leaver_twice',
      'thing.not_found',
      null,
    ])
    expect(bodyOf(await scene.owner.get('/v1/handovers'), 200).items).toHaveLength(2)
  })

  it('HAN-10 say when they are together more than one person may run', async () => {
    bodyOf(await scene.owner.patch('/v1/company', { policies: { handoverLeaversPerDay: 1 } }), 200)
    const leavers = [{ leaverId: scene.leaver }, { leaverId: scene.successor }]
    const answer = bodyOf(await scene.owner.post('/v1/handovers/many', { leavers }), 200)
    expect(answer.needsApproval).toBe(true)
  })
})

describe('the list of handovers', () => {
  it('is filtered by state, leaver, kind and time, newest first, in pages', async () => {
    const first = await scene.begin({ effectiveAt: '2031-05-01T00:00:00Z' })
    const second = await scene.begin({ kind: 'move' })
    const ids = async (query: string) =>
      bodyOf(await scene.owner.get(`/v1/handovers${query}`), 200).items.map((item: Body) => item.handoverId)
    expect(await ids('')).toEqual([second.handoverId, first.handoverId])
    expect(await ids('?kind=move')).toEqual([second.handoverId])
    expect(await ids('?from=2031-01-01T00:00:00Z&to=2032-01-01T00:00:00Z')).toEqual([first.handoverId])
    expect(await ids(`?leaverId=${scene.successor}`)).toEqual([])
    bodyOf(await scene.owner.post(`/v1/handovers/${second.handoverId}/cancel`, {}), 200)
    expect(await ids('?state=cancelled')).toEqual([second.handoverId])
    const page = bodyOf(await scene.owner.get('/v1/handovers?limit=1'), 200)
    expect(await ids(`?limit=1&cursor=${page.nextCursor}`)).toEqual([first.handoverId])
  })

  it('shows a lead the handovers of the own departments, and no others', async () => {
    const { departmentId } = await addDepartment(scene.company)
    const lead = await hire(scene.company, 'Lea Lead', {
      role: 'lead',
      departments: [{ departmentId, isLead: true }],
    })
    const inside = await hire(scene.company, 'In Side', { departments: [{ departmentId }] })
    const { handoverId } = await scene.begin({ leaverId: inside })
    await scene.begin()
    const { items } = bodyOf(await (await scene.as(lead)).get('/v1/handovers'), 200)
    expect(items.map((item: Body) => item.handoverId)).toEqual([handoverId])
  })
})

describe('HAN-12 the report of leavers', () => {
  const year = '?from=2020-01-01T00:00:00Z&to=2040-01-01T00:00:00Z'

  it('says when access ended, how long that took, what is open and what went otherwise', async () => {
    const { handoverId } = await scene.runThrough()
    const [row] = bodyOf(await scene.owner.get(`/v1/handovers/report${year}`), 200).items
    expect(row).toMatchObject({
      handoverId,
      leaver: { memberId: scene.leaver, status: 'left' },
      state: 'finished',
      minutesToCutOff: 0,
      open: 0,
      exceptions: 0,
      undone: false,
    })
    expect(row.cutOffAt).not.toBeNull()
  })

  it('goes by the time of leaving, in pages, and as CSV', async () => {
    const later = await scene.begin({ effectiveAt: '2031-01-01T00:00:00Z' })
    const sooner = await scene.begin({ leaverId: scene.successor, defaultSuccessorId: null })
    const page = bodyOf(await scene.owner.get(`/v1/handovers/report${year}&limit=1`), 200)
    expect(page.items[0].handoverId).toBe(sooner.handoverId)
    const next = `/v1/handovers/report${year}&limit=1&cursor=${encodeURIComponent(page.nextCursor)}`
    expect(bodyOf(await scene.owner.get(next), 200).items[0].handoverId).toBe(later.handoverId)
    const file = await scene.owner.get(`/v1/handovers/report/export${year}`)
    const lines = String(file.body).trim().split('\r\n')
    expect(lines).toHaveLength(3)
    expect(lines[2]).toContain('Lena Leaver')
    const none = '?from=2020-01-01T00:00:00Z&to=2021-01-01T00:00:00Z'
    expect(bodyOf(await scene.owner.get(`/v1/handovers/report${none}`), 200).items).toEqual([])
  })
})

describe('suggested successors', () => {
  it('are the manager, colleagues with room, and who deals with the same other sides, with reasons', async () => {
    const { departmentId } = await addDepartment(scene.company)
    const boss = await hire(scene.company, 'Bea Boss')
    const place = { departments: [{ departmentId }] }
    const colleague = await hire(scene.company, 'Carl Colleague', place)
    const full = await hire(scene.company, 'Flo Full', place)
    for (let count = 0; count < 5; count += 1) await heldNumber(scene.company, full)
    const { numberId: shared } = await heldNumber(scene.company, scene.successor)
    bodyOf(await scene.owner.patch(`/v1/members/${scene.leaver}`, { managerId: boss, ...place }), 200)
    const own = scene.numbers[0]?.e164 ?? ''
    const line = bodyOf(await scene.owner.get(`/v1/numbers/${shared}`), 200).e164
    const met = { otherParty: '+4930555123', occurredAt: world.clock.now().toISOString() }
    await ingest(scene.company, [aRecord(own, met), aRecord(line, met)])
    const { items } = bodyOf(await scene.owner.get(`/v1/members/${scene.leaver}/successors`), 200)
    const reasons = new Map(items.map((item: Body) => [item.member.memberId, item.reasons]))
    expect(reasons.get(boss)).toEqual(['manager'])
    expect(reasons.get(colleague)).toEqual(['same_department'])
    expect(reasons.get(scene.successor)).toEqual(['same_counterparts'])
    expect(reasons.has(full)).toBe(false)
    expect(items[0]).toMatchObject({
      member: { memberId: scene.successor },
      held: 1,
      cap: 5,
      free: 4,
      fits: true,
    })
  })
})
