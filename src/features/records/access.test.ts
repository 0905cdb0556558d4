import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addNumber, heldNumber, hire } from '../../../test/builders/numbers.ts'
import { addDepartment, ledgerOf } from '../../../test/builders/people.ts'
import { putRecord, type RecordWish } from '../../../test/builders/records.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from '../../../test/builders.ts'
import { type Answer, type Client, openWorld, type World } from '../../../test/world.ts'

let world: World
let company: TestCompany
let anna: string
let bela: string
let clients: Record<'owner' | 'admin' | 'auditor' | 'lead' | 'anna' | 'bela' | 'operator', Client>

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  company = await createCompany(world)
  const { departmentId } = await addDepartment(company)
  anna = await hire(company, 'Anna Alt', { departments: [{ departmentId }] })
  bela = await hire(company, 'Béla Bauer')
  const lead = await hire(company, 'Lena Lead', {
    role: 'lead',
    departments: [{ departmentId, isLead: true }],
  })
  clients = {
    owner: company.owner,
    operator: company.operator,
    admin: await tokenFor(world, company, await hire(company, 'Ada Admin', { role: 'admin' })),
    auditor: await tokenFor(world, company, await hire(company, 'Udo Auditor', { role: 'auditor' })),
    lead: await tokenFor(world, company, lead),
    anna: await tokenFor(world, company, anna),
    bela: await tokenFor(world, company, bela),
  }
})

type Who = keyof typeof clients
const because = 'reason=complaint%2012'

/** What someone sees of a number's records: their texts, `-` where they are withheld, or the code of the refusal. */
async function seenBy(who: Who, numberId: string, query = ''): Promise<string[] | string> {
  return textsOf(await clients[who].get(`/v1/numbers/${numberId}/records?${query}`))
}

function textsOf(answer: Answer): string[] | string {
  if (answer.status !== 200) return answer.body.code
  return answer.body.items.map((item: { text: string | null }) => item.text ?? '-')
}

function minutesAgo(minutes: number): Date {
  return new Date(world.clock.now().getTime() - minutes * 60_000)
}

function put(numberId: string, text: string, wish: Partial<RecordWish> = {}): Promise<string> {
  return putRecord(world, { company, numberId }, { at: minutesAgo(0), text, ...wish })
}

async function move(numberId: string, toMemberId: string, order: object = {}): Promise<Answer['body']> {
  world.clock.advance({ hours: 1 })
  return bodyOf(await company.owner.post(`/v1/numbers/${numberId}/reassign`, { toMemberId, ...order }), 200)
}

describe('contents', () => {
  it.each<[Who, string[] | string, string[] | string]>([
    ['anna', ['mine'], ['mine']],
    ['owner', ['-'], ['mine']],
    ['operator', ['-'], ['mine']],
    ['admin', ['-'], ['mine']],
    ['lead', ['-'], ['-']],
    ['auditor', ['-'], ['-']],
    ['bela', 'thing.not_found', 'thing.not_found'],
  ])(
    'ALL-7 of a number that Anna holds are for %s %j, with a reason %j',
    async (who, without, withReason) => {
      const { numberId } = await heldNumber(company, anna)
      await put(numberId, 'mine')
      expect(await seenBy(who, numberId)).toEqual(without)
      expect(await seenBy(who, numberId, because)).toEqual(withReason)
    },
  )

  it.each<[Who, string[] | string, string[] | string]>([
    ['anna', 'thing.not_found', 'thing.not_found'],
    ['owner', ['-'], ['waits']],
    ['admin', ['-'], ['waits']],
    ['auditor', ['-'], ['-']],
    ['lead', 'thing.not_found', 'thing.not_found'],
  ])('NUM-16 of a parked number are for %s %j, with a reason %j', async (who, without, withReason) => {
    const { numberId } = await addNumber(company)
    await put(numberId, 'waits')
    expect(await seenBy(who, numberId)).toEqual(without)
    expect(await seenBy(who, numberId, because)).toEqual(withReason)
  })

  it('of a released number stay with the company (NUM-15)', async () => {
    const { numberId, e164 } = await addNumber(company)
    await put(numberId, 'stays')
    bodyOf(await company.owner.post(`/v1/numbers/${numberId}/release`, { confirm: e164, reason: 'x' }), 200)
    expect(await seenBy('admin', numberId, because)).toEqual(['stays'])
  })

  it('are masked where they are withheld, and say why', async () => {
    const { numberId } = await heldNumber(company, anna)
    await put(numberId, 'secret', { otherName: 'Zoe', kind: 'call', answered: false })
    const [forOwner] = bodyOf(await company.owner.get(`/v1/numbers/${numberId}/records`), 200).items
    expect(forOwner).toMatchObject({
      otherParty: '+86 … 34',
      otherName: null,
      text: null,
      media: [],
      withheld: 'reason_needed',
      awaitsAnswer: true,
      holderThen: { memberId: anna, name: 'Anna Alt' },
    })
    const [forAuditor] = bodyOf(await clients.auditor.get('/v1/records'), 200).items
    expect(forAuditor.withheld).toBe('not_granted')
    const [forHer] = bodyOf(await clients.anna.get('/v1/records'), 200).items
    expect(forHer).toMatchObject({
      otherParty: '+8613800138034',
      otherName: 'Zoe',
      text: 'secret',
      withheld: null,
    })
  })

  it('leave one entry in the ledger per person, number and hour that they are read with a reason', async () => {
    const { numberId } = await heldNumber(company, anna)
    await put(numberId, 'mine')
    await seenBy('anna', numberId, because)
    await seenBy('owner', numberId)
    await seenBy('auditor', numberId, because)
    expect(await ledgerOf(company, numberId)).not.toContain('records.read')
    await Promise.all([1, 2, 3].map(() => seenBy('owner', numberId, because)))
    await seenBy('owner', numberId, because)
    await seenBy('admin', numberId, because)
    const readings = async () =>
      (await ledgerOf(company, numberId)).filter((action) => action === 'records.read').length
    expect(await readings()).toBe(2)
    world.clock.advance({ hours: 1 })
    await clients.owner.get(`/v1/records?${because}`)
    expect(await readings()).toBe(3)
    const { items } = (await company.owner.get(`/v1/audit?subjectId=${numberId}&action=records.read`)).body
    expect(items[0]).toMatchObject({
      effect: { hour: expect.stringMatching(/T\d\d:00:00.000000Z$/) },
      reason: 'complaint 12',
    })
  })
})

describe('when a number moves', () => {
  it('NUM-6 the old holder sees nothing at the very next request, the new one all that was kept', async () => {
    const { numberId } = await heldNumber(company, anna)
    const recordId = await put(numberId, 'before')
    expect(await seenBy('anna', numberId)).toEqual(['before'])
    await move(numberId, bela)
    await put(numberId, 'after')
    expect(await seenBy('anna', numberId)).toBe('thing.not_found')
    expect(textsOf(await clients.anna.get('/v1/records'))).toEqual([])
    for (const path of [
      `/v1/records/${recordId}`,
      `/v1/numbers/${numberId}/conversations`,
      `/v1/numbers/${numberId}/records/export`,
    ]) {
      expect((await clients.anna.get(path)).body.code).toBe('thing.not_found')
      expect((await clients.bela.get(path)).status).toBe(200)
    }
    expect(await seenBy('bela', numberId)).toEqual(['after', 'before'])
    expect(textsOf(await clients.bela.get('/v1/records'))).toEqual(['after', 'before'])
  })

  it('NUM-5 what is hidden is hidden from the new holder, not from the company; undo gives it back', async () => {
    const { numberId } = await heldNumber(company, anna)
    const recordId = await put(numberId, 'before')
    await move(numberId, bela, { history: 'hide' })
    world.clock.advance({ minutes: 1 })
    await put(numberId, 'after')
    expect(await seenBy('bela', numberId, because)).toEqual(['after'])
    expect((await clients.bela.get(`/v1/records/${recordId}`)).status).toBe(404)
    expect(await seenBy('admin', numberId, because)).toEqual(['after', 'before'])
    expect(await seenBy('auditor', numberId)).toEqual(['-', '-'])
    bodyOf(await company.owner.post(`/v1/numbers/${numberId}/undo`), 200)
    expect(await seenBy('anna', numberId)).toEqual(['after', 'before'])
    expect(await seenBy('bela', numberId)).toBe('thing.not_found')
  })

  it('NUM-11 a loan shows the borrower all that was kept, and takes it away when it ends', async () => {
    const { numberId } = await heldNumber(company, anna)
    await put(numberId, 'before')
    const returnAt = new Date(world.clock.now().getTime() + 3 * 3_600_000).toISOString()
    await move(numberId, bela, { returnAt })
    await put(numberId, 'meanwhile')
    expect(await seenBy('bela', numberId)).toEqual(['meanwhile', 'before'])
    expect(await seenBy('anna', numberId)).toBe('thing.not_found')
    world.clock.advance({ hours: 3 })
    await world.runDueWork()
    expect(await seenBy('bela', numberId)).toBe('thing.not_found')
    expect(await seenBy('anna', numberId)).toEqual(['meanwhile', 'before'])
  })
})

describe('history that is to be deleted (NUM-5)', () => {
  let numberId: string
  let recordId: string
  let requestId: string
  beforeEach(async () => {
    ;({ numberId } = await heldNumber(company, anna))
    recordId = await put(numberId, 'old')
    requestId = (await move(numberId, bela, { history: 'delete', reason: 'private calls' })).deleteRequestId
    world.clock.advance({ minutes: 1 })
    await put(numberId, 'new')
  })
  const everybody = ['owner', 'admin', 'auditor', 'bela'] as const
  async function seenByAll(): Promise<Record<string, string[] | string>> {
    const seen = await Promise.all(everybody.map((who) => seenBy(who, numberId, because)))
    for (const [place, who] of everybody.entries()) {
      const together = textsOf(await clients[who].get(`/v1/records?${because}`))
      expect(together, `${who} in the list of all numbers`).toEqual(seen[place])
      const status = seen[place]?.length === 2 ? 200 : 404
      expect((await clients[who].get(`/v1/records/${recordId}`)).status, who).toBe(status)
    }
    return Object.fromEntries(everybody.map((who, place) => [who, seen[place] ?? []]))
  }
  const hidden = { owner: ['new', 'old'], admin: ['new'], auditor: ['-', '-'], bela: ['new'] }

  it('exists for Owner and Auditor only from the commit of the move, approved or not', async () => {
    expect(await seenByAll()).toEqual(hidden)
    bodyOf(await clients.admin.post(`/v1/requests/${requestId}/approve`), 200)
    expect(await seenByAll()).toEqual(hidden)
  })

  it('exists for nobody once it is being erased', async () => {
    for (const state of ['erasing', 'done']) {
      await world.tamper('update history_erasures set state = $2 where number_id = $1', [numberId, state])
      expect(await seenByAll()).toEqual({ owner: ['new'], admin: ['new'], auditor: ['-'], bela: ['new'] })
    }
  })

  it('comes back to the company when the deletion is rejected, not to the new holder', async () => {
    bodyOf(await clients.admin.post(`/v1/requests/${requestId}/reject`, { reason: 'keep' }), 200)
    expect(await seenByAll()).toEqual({ ...hidden, admin: ['new', 'old'] })
  })

  it('comes back to the old holder when the move is undone', async () => {
    bodyOf(await company.owner.post(`/v1/numbers/${numberId}/undo`), 200)
    expect(await seenBy('anna', numberId)).toEqual(['new', 'old'])
    expect(await seenBy('admin', numberId, because)).toEqual(['new', 'old'])
  })
})
