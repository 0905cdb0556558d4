import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sendFile } from '../../../test/builders/imports.ts'
import { addNumber, heldNumber, hire } from '../../../test/builders/numbers.ts'
import { addDepartment } from '../../../test/builders/people.ts'
import { sheetsOf } from '../../../test/builders/spreadsheets.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from '../../../test/builders.ts'
import { type Client, openWorld, type World } from '../../../test/world.ts'

let world: World
let company: TestCompany
let anna: string
let ben: string

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  company = await createCompany(world, { name: 'Acme', policies: { cooldownMinutes: 0 } })
  anna = await hire(company, 'Anna', { staffCode: 'anna' })
  ben = await hire(company, 'Ben', { staffCode: 'ben' })
})

async function sheet(path: string, by: Client = company.owner) {
  const { status, bytes } = await by.download(`/v1/exports/${path}`)
  expect(status).toBe(200)
  return Object.values(sheetsOf(bytes))[0] ?? []
}

async function lines(path: string, by: Client = company.owner): Promise<string[]> {
  const { status, bytes } = await by.download(`/v1/exports/${path}`)
  expect(status).toBe(200)
  return bytes.toString('utf8').split('\r\n').slice(1, -1)
}

describe('an export of numbers', () => {
  it('has the columns of the numbers template and one for each free field', async () => {
    const { numberId, e164 } = await heldNumber(company, anna)
    const fields = { carrier: '中国移动', sim: '89860012345678901234', PUK: '0042', constructor: 'x' }
    bodyOf(await company.owner.patch(`/v1/numbers/${numberId}`, { label: '=Sales', fields }), 200)
    const parked = await addNumber(company)
    const [head, ...rows] = await sheet('numbers?sort=e164')
    expect(head).toEqual([
      ...['号码 Number', '用途 Label', '类型 Type', '运营商 Carrier', 'SIM 卡号 SIM', '合同 Contract'],
      ...['持有人 Holder', '许可 Licence', '字段 Field: PUK', '字段 Field: constructor'],
    ])
    expect(rows).toEqual([
      [e164, '=Sales', 'landline', '中国移动', '89860012345678901234', null, 'anna', 'yes', '0042', 'x'],
      [parked.e164, null, 'landline', null, null, null, null, 'no'],
    ])
  })

  it('is narrowed as the list is, and by what its reader may see', async () => {
    const held = await heldNumber(company, anna)
    const other = await heldNumber(company, ben)
    await addNumber(company)
    const numbers = async (query: string, by?: Client) =>
      (await lines(`numbers?format=csv&sort=e164&${query}`, by)).map((line) => line.split(',')[0])
    expect(await numbers('state=held')).toEqual([held.e164, other.e164])
    expect(await numbers(`holderId=${ben}`)).toEqual([other.e164])
    expect(await numbers(`search=${held.e164.slice(-7)}`)).toEqual([held.e164])
    expect(await numbers('', await tokenFor(world, company, anna))).toEqual([held.e164])
  })

  it('tells a member no names of fields of other people’s numbers', async () => {
    await heldNumber(company, anna)
    const { numberId } = await heldNumber(company, ben)
    bodyOf(await company.owner.patch(`/v1/numbers/${numberId}`, { fields: { secret: 'x' } }), 200)
    const [head] = await sheet('numbers', await tokenFor(world, company, anna))
    expect(head?.join()).not.toContain('secret')
  })

  it('ALL-2 is in the ledger', async () => {
    await addNumber(company)
    await lines('numbers?format=csv&state=parked&search=3020')
    const { items } = bodyOf(await company.owner.get('/v1/audit?limit=2'), 200)
    expect(items.map((entry: { action: string }) => entry.action)).toEqual([
      'export.finished',
      'export.begun',
    ])
    expect(items[0].effect).toMatchObject({ kind: 'numbers', rows: 1 })
    expect(items[1]).toMatchObject({
      effect: { state: 'parked', holderId: null },
      details: { search: '3020' },
    })
  })
})

describe('an export of custody', () => {
  /** A number that Anna held for two hours and Ben holds since, and one that Ben holds. */
  async function passedOn() {
    const first = await heldNumber(company, anna)
    world.clock.advance({ hours: 2 })
    const at = world.clock.now().toISOString()
    bodyOf(await company.owner.post(`/v1/numbers/${first.numberId}/reassign`, { toMemberId: ben }), 200)
    world.clock.advance({ hours: 1 })
    const second = await heldNumber(company, ben)
    return { first, second, at }
  }

  async function stretches(query: string, by?: Client) {
    return (await lines(`custody?format=csv&${query}`, by)).map((line) => {
      const [number, state, , staffCode] = line.split(',')
      return [number, state, staffCode]
    })
  }

  it('NUM-12 has every stretch from its beginning to its end, whoever held it', async () => {
    const { first, second, at } = await passedOn()
    expect(await stretches('')).toEqual([
      [first.e164, 'parked', ''],
      [first.e164, 'held', 'anna'],
      [first.e164, 'held', 'ben'],
      [second.e164, 'parked', ''],
      [second.e164, 'held', 'ben'],
    ])
    const [, annas, bens] = await lines(`custody?format=csv&numberId=${first.numberId}`)
    const [, , , , from, to, cause, by] = annas?.split(',') ?? []
    expect([bens?.split(',')[4], cause, by]).toEqual([to, 'assigned', 'Olivia Owner'])
    expect(Date.parse(to ?? '') - Date.parse(from ?? '')).toBeGreaterThan(7_000_000)
    expect(to?.slice(0, 19)).toBe(at.slice(0, 19))
    const [note, head, , row] = await sheet(`custody?numberId=${first.numberId}`)
    expect([note?.[0], head?.[4], row?.[5]]).toEqual([
      expect.stringContaining('UTC'),
      '自 From',
      at.slice(0, 19).replace('T', ' '),
    ])
  })

  it.each(['csv', 'xlsx'])(
    'import.custody_export: is not taken for numbers when it comes back as %s',
    async (format) => {
      await passedOn()
      const { bytes } = await company.owner.download(`/v1/exports/custody?format=${format}`)
      const answer = await sendFile(company.owner, `custody.${format}`, bytes)
      expect(answer).toMatchObject({ status: 422, body: { code: 'import.custody_export' } })
    },
  )

  it('NUM-12 says who held what at a time, to the microsecond', async () => {
    const { first } = await passedOn()
    const [, annas] = await lines(`custody?format=csv&numberId=${first.numberId}`)
    const end = annas?.split(',')[5] ?? ''
    const micros = BigInt(Date.parse(end)) * 1000n + BigInt(end.slice(23, 26))
    const before = micros - 1n
    const just = `${new Date(Number(before / 1000n)).toISOString().slice(0, -1)}${String(before % 1000n).padStart(3, '0')}Z`
    expect(await stretches(`asOf=${just}`)).toEqual([[first.e164, 'held', 'anna']])
    expect(await stretches(`asOf=${end}`)).toEqual([[first.e164, 'held', 'ben']])
  })

  it('of a member has all that the member holds and has held', async () => {
    const { first, second } = await passedOn()
    expect(await stretches(`memberId=${anna}`)).toEqual([[first.e164, 'held', 'anna']])
    expect(await stretches(`memberId=${ben}&numberId=${second.numberId}`)).toEqual([
      [second.e164, 'held', 'ben'],
    ])
  })

  it('is narrowed to what its reader may see', async () => {
    const { first, second } = await passedOn()
    const annas = await tokenFor(world, company, anna)
    expect(await stretches('', annas)).toEqual([])
    expect(await stretches(`memberId=${anna}`, annas)).toEqual([[first.e164, 'held', 'anna']])
    const bens = await tokenFor(world, company, ben)
    expect(await stretches('', bens)).toEqual([
      [first.e164, 'held', 'ben'],
      [second.e164, 'held', 'ben'],
    ])
    const { departmentId } = await addDepartment(company)
    bodyOf(await company.owner.patch(`/v1/members/${ben}`, { departments: [{ departmentId }] }), 200)
    const departments = [{ departmentId, isLead: true }]
    const lead = await tokenFor(world, company, await hire(company, 'Lea', { role: 'lead', departments }))
    expect((await stretches('', lead)).map(([number]) => number)).toEqual([
      ...[first.e164, first.e164, first.e164],
      ...[second.e164, second.e164],
    ])
    for (const query of [`memberId=${anna}`, `numberId=${(await heldNumber(company, anna)).numberId}`]) {
      expect((await lead.get(`/v1/exports/custody?${query}`)).status).toBe(404)
    }
  })

  it('is whole over several pages', async () => {
    const { numberId } = await heldNumber(company, anna)
    const here = `company_id = '${company.companyId}' and number_id = '${numberId}'`
    // Each stretch needs the one that follows, which is checked at the end.
    await world.tamper(`begin;
      create temporary table last on commit drop as
        select company_id, number_id, held_from as at from assignments where ${here} and held_to is null;
      update assignments set held_to = held_from + interval '1 second' where ${here} and held_to is null;
      insert into assignments (company_id, number_id, held_from, held_to, state, visible_from, cause, moved_by)
        select company_id, number_id, at + i * interval '1 second',
          case when i < 2500 then at + (i + 1) * interval '1 second' end, 'parked', at, 'parked', 'test'
        from last, generate_series(1, 2500) i;
      commit`)
    const rows = await lines(`custody?format=csv&numberId=${numberId}`)
    expect(rows).toHaveLength(2502)
    expect(new Set(rows).size).toBe(2502)
    const beginnings = rows.map((row) => row.split(',')[4])
    expect(beginnings).toEqual(beginnings.toSorted())
  })
})
