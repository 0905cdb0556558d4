import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addNumber } from '../../../test/builders/numbers.ts'
import { addMember, ledgerOf } from '../../../test/builders/people.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from '../../../test/builders.ts'
import { type Client, openWorld, type World } from '../../../test/world.ts'
import { systemCaller } from '../../kernel/caller.ts'
import { activeHoldsOn } from './index.ts'

let world: World
let company: TestCompany
let auditor: Client
let auditorId: string
beforeAll(async () => {
  world = await openWorld()
})
beforeEach(async () => {
  company = await createCompany(world)
  auditorId = (await addMember(company, { role: 'auditor', name: 'Anna Auditor' })).memberId
  auditor = await tokenFor(world, company, auditorId)
})
afterAll(() => world.close())

async function place(by: Client = auditor, wish: object = {}) {
  const number = await addNumber(company)
  const answer = await by.post('/v1/legal-holds', {
    subjectKind: 'number',
    subjectId: number.numberId,
    reason: 'Court order 12/26',
    ...wish,
  })
  return { ...bodyOf(answer, 201), e164: number.e164 }
}

function lift(by: Client, holdId: string) {
  return by.post(`/v1/legal-holds/${holdId}/lift`, { reason: 'Case closed' })
}

function active(subjectId: string) {
  return world.parts.database.inRealmOf(systemCaller(company.companyId, 'test'), (tx) =>
    activeHoldsOn(tx, 'number', subjectId),
  )
}

describe('placing a hold', () => {
  it('ALL-7 is for Auditor and Owner, on a member, number or customer', async () => {
    const hold = await place()
    expect(hold).toMatchObject({
      state: 'placed',
      subjectKind: 'number',
      subjectLabel: hold.e164,
      reason: 'Court order 12/26',
      placedBy: auditorId,
      secondPersons: [],
    })
    expect(await active(hold.subjectId)).toMatchObject([{ holdId: hold.holdId, reason: 'Court order 12/26' }])
    expect(await place(company.owner, { subjectKind: 'member', subjectId: auditorId })).toMatchObject({
      subjectLabel: 'Anna Auditor',
    })
    await place(auditor, { subjectKind: 'customer', subjectId: company.companyId })
    expect(await ledgerOf(company, hold.holdId)).toEqual(['hold.placed'])
  })

  it('is not for Admin, lead and member', async () => {
    const number = await addNumber(company)
    for (const role of ['admin', 'lead', 'member']) {
      const { memberId } = await addMember(company, { role })
      const caller = await tokenFor(world, company, memberId)
      const answer = await caller.post('/v1/legal-holds', {
        subjectKind: 'number',
        subjectId: number.numberId,
        reason: 'x',
      })
      expect(answer.body.code).toBe('permission.missing')
      expect((await caller.get('/v1/legal-holds')).body.code).toBe('permission.missing')
    }
  })

  it('ALL-1 is answered 404 for what this company does not have', async () => {
    const other = await createCompany(world)
    const theirs = await addNumber(other)
    for (const [subjectKind, subjectId] of [
      ['number', theirs.numberId],
      ['member', other.ownerMemberId],
    ]) {
      const answer = await auditor.post('/v1/legal-holds', { subjectKind, subjectId, reason: 'x' })
      expect(answer).toMatchObject({ status: 404, body: { code: 'thing.not_found' } })
    }
    const hold = await place()
    expect((await lift(other.owner, hold.holdId)).status).toBe(404)
  })
})

describe('lifting a hold', () => {
  it('ALL-7 takes two different people, whoever placed it; until then it holds and says who is needed', async () => {
    const hold = await place()
    const first = bodyOf(await lift(auditor, hold.holdId), 200)
    expect(first).toMatchObject({
      state: 'lifting',
      firstLiftedBy: auditorId,
      firstLiftReason: 'Case closed',
      liftedBy: null,
    })
    expect(first.secondPersons).toEqual([
      { memberId: company.ownerMemberId, name: 'Olivia Owner', role: 'owner' },
    ])
    expect(await active(hold.subjectId)).toHaveLength(1)
    const second = bodyOf(await lift(company.owner, hold.holdId), 200)
    expect(second).toMatchObject({ state: 'lifted', liftedBy: company.ownerMemberId, secondPersons: [] })
    expect(await active(hold.subjectId)).toEqual([])
    expect((await ledgerOf(company, hold.holdId)).sort()).toEqual([
      'hold.lift_started',
      'hold.lifted',
      'hold.placed',
    ])
  })

  it('ALL-7 is refused to the same person twice, also by another token', async () => {
    const hold = await place()
    bodyOf(await lift(auditor, hold.holdId), 200)
    const again = await tokenFor(world, company, auditorId)
    for (const caller of [auditor, again]) {
      expect(await lift(caller, hold.holdId)).toMatchObject({
        status: 409,
        body: { code: 'hold.second_person', others: 'Olivia Owner' },
      })
    }
    expect(await active(hold.subjectId)).toHaveLength(1)
  })

  it('of two people at once both count, and a third is told that it has ended', async () => {
    const hold = await place()
    const answers = await Promise.all([lift(auditor, hold.holdId), lift(company.owner, hold.holdId)])
    expect(answers.map((answer) => answer.body.state).sort()).toEqual(['lifted', 'lifting'])
    expect(await lift(auditor, hold.holdId)).toMatchObject({ status: 409, body: { code: 'hold.lifted' } })
  })

  it('of one person twice at once one lift counts', async () => {
    const hold = await place()
    const answers = await Promise.all([lift(auditor, hold.holdId), lift(auditor, hold.holdId)])
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409])
    expect(await active(hold.subjectId)).toHaveLength(1)
  })
})

describe('the list of holds', () => {
  it('is newest first, by state and subject, page by page', async () => {
    const holds = [await place(), await place(), await place()]
    bodyOf(await lift(auditor, holds[0].holdId), 200)
    bodyOf(await lift(company.owner, holds[0].holdId), 200)
    bodyOf(await lift(auditor, holds[1].holdId), 200)
    const first = bodyOf(await auditor.get('/v1/legal-holds?limit=2'), 200)
    const second = bodyOf(await auditor.get(`/v1/legal-holds?limit=2&cursor=${first.nextCursor}`), 200)
    const listed = [...first.items, ...second.items].map((hold) => hold.holdId)
    expect(listed).toEqual(holds.map((hold) => hold.holdId).reverse())
    const states = async (state: string) =>
      bodyOf(await auditor.get(`/v1/legal-holds?state=${state}`), 200).items.map(
        (hold: { holdId: string }) => hold.holdId,
      )
    expect(await states('lifted')).toEqual([holds[0].holdId])
    expect(await states('lifting')).toEqual([holds[1].holdId])
    expect(await states('placed')).toEqual([holds[2].holdId])
    const ofSubject = bodyOf(
      await auditor.get(`/v1/legal-holds?subjectKind=number&subjectId=${holds[1].subjectId}`),
      200,
    )
    expect(ofSubject.items).toHaveLength(1)
    expect(ofSubject.items[0].secondPersons).toHaveLength(1)
  })
})
