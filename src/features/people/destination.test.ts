import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hire } from '../../../test/builders/numbers.ts'
import { addDepartment, ledgerOf } from '../../../test/builders/people.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from '../../../test/builders.ts'
import { openWorld, type World } from '../../../test/world.ts'
import { maskDestination } from './rules.ts'
import { normaliseDestination } from './service/particulars.ts'

let world: World
let company: TestCompany
beforeAll(async () => {
  world = await openWorld()
  company = await createCompany(world)
})
afterAll(() => world.close())

const sip = 'sip:li@pbx.example.com'

describe('a destination', () => {
  it.each([
    ['+49 30 123456', '+4930123456'],
    ['13800001000', '+8613800001000'],
    ['0086 138 0000 1000', '+8613800001000'],
    [sip, sip],
    ['  SIP:Li.Lei@PBX.example.com ', 'sip:Li.Lei@PBX.example.com'],
    ['sips:+8613800001000@10.0.0.7:5061;transport=tls', 'sips:+8613800001000@10.0.0.7:5061;transport=tls'],
    ['sip:li%20lei@[2001:db8::7]:5060', 'sip:li%20lei@[2001:db8::7]:5060'],
    ['sip:pbx.example.com', 'sip:pbx.example.com'],
    ['sip:100@pbx;user=phone;lr', 'sip:100@pbx;user=phone;lr'],
  ])('%s is kept as %s', (given, kept) => {
    expect(normaliseDestination(given)).toBe(kept)
  })

  it.each([
    'li@pbx.example.com',
    'tel:+8613800001000',
    'sip:',
    'sip:@pbx.example.com',
    'sip:li:secret@pbx.example.com',
    'sip:li@pbx.example.com?Subject=x',
    'sip:li@pbx.example.com\r\nVia: x',
    'sip:li@pbx example.com',
    'sip:li@pbx.example.com>',
    'sip:li%2@pbx.example.com',
    'sip:li%0D%0AVia:x@pbx.example.com',
    'sip:li%7F@pbx.example.com',
    'sip:li@-pbx.example.com',
    'sip:li@pbx.example.com:123456',
    'http://pbx.example.com',
    '12',
    `sip:${'a'.repeat(150)}@`,
  ])('is not %s', (given) => {
    expect(() => normaliseDestination(given)).toThrow('member.destination_invalid')
  })

  it('is read in no time, however it is written', () => {
    const before = performance.now()
    for (const text of ['a', ';a', '%41', 'a.', 'a;='].map((part) => `sip:${part.repeat(60)}!!\n`)) {
      expect(() => normaliseDestination(text.slice(0, 200))).toThrow()
    }
    expect(performance.now() - before).toBeLessThan(200)
  })

  it.each([
    ['+8613800001000', '+86138****1000'],
    [sip, 'sip:***@pbx.example.com'],
    ['sip:pbx.example.com', 'sip:pbx.example.com'],
  ])('%s is masked as %s', (destination, masked) => {
    expect(maskDestination(destination)).toBe(masked)
  })
})

describe('the destination of a member', () => {
  it('is given, changed and taken away by an Admin, and the ledger tells each change', async () => {
    const memberId = await hire(company, 'Li Lei', { destination: '+4930123456' })
    const url = `/v1/members/${memberId}`
    expect((await company.owner.get(url)).body.destination).toBe('+4930123456')
    expect((await company.owner.patch(url, { destination: sip })).body).toMatchObject({
      destination: sip,
      version: 2,
    })
    expect((await company.owner.patch(url, { title: 'Clerk' })).body.destination).toBe(sip)
    expect((await company.owner.patch(url, { destination: null })).body.destination).toBeNull()
    expect(await ledgerOf(company, memberId)).toEqual([
      'member.destination_changed',
      'member.updated',
      'member.destination_changed',
      'member.created',
    ])
    const { items } = bodyOf(await company.owner.get(`/v1/audit?subjectId=${memberId}`), 200)
    expect(items[2]).toMatchObject({
      effect: { from: 'phone', to: 'sip', version: 2 },
      details: { name: 'Li Lei', before: '+4930123456', after: sip },
    })
    expect(JSON.stringify(items.map((entry: { effect: unknown }) => entry.effect))).not.toContain('4930')
  })

  it('is refused where it is neither number nor SIP address, and nothing else of the change happens', async () => {
    const memberId = await hire(company, 'Li Lei')
    const refused = await company.owner.patch(`/v1/members/${memberId}`, {
      destination: 'mailto:li@example.com',
      title: 'Clerk',
    })
    expect(refused).toMatchObject({
      status: 422,
      body: { code: 'member.destination_invalid', destination: 'mailto:li@example.com' },
    })
    expect((await company.owner.get(`/v1/members/${memberId}`)).body).toMatchObject({
      title: null,
      version: 1,
    })
  })

  it('is masked for leads and auditors, whole for the person', async () => {
    const { departmentId } = await addDepartment(company)
    const place = { departments: [{ departmentId }], destination: sip }
    const memberId = await hire(company, 'Li Lei', place)
    const lead = await hire(company, 'Lena', {
      role: 'lead',
      departments: [{ departmentId, isLead: true }],
    })
    const seen = async (who: string) =>
      (await (await tokenFor(world, company, who)).get(`/v1/members/${memberId}`)).body.destination
    expect(await seen(lead)).toBe('sip:***@pbx.example.com')
    expect(await seen(await hire(company, 'Aud', { role: 'auditor' }))).toBe('sip:***@pbx.example.com')
    expect(await seen(memberId)).toBe(sip)
  })
})

describe('the own destination', () => {
  it('is changed by the person, whatever their role, with an entry in the ledger', async () => {
    const memberId = await hire(company, 'Mia')
    const mia = await tokenFor(world, company, memberId)
    const changed = await mia.patch('/v1/me/destination', { destination: '138 0000 1000' })
    expect(bodyOf(changed, 200)).toEqual({ memberId, destination: '+8613800001000', version: 2 })
    expect(changed.headers['etag']).toBe('"2"')
    expect((await company.owner.get(`/v1/members/${memberId}`)).body.destination).toBe('+8613800001000')
    expect((await mia.patch('/v1/me/destination', { destination: null })).body.destination).toBeNull()
    expect((await ledgerOf(company, memberId)).slice(0, 2)).toEqual([
      'member.destination_changed',
      'member.destination_changed',
    ])
  })

  it("is not changed over someone else's change", async () => {
    const memberId = await hire(company, 'Mia')
    const mia = await tokenFor(world, company, memberId)
    bodyOf(await company.owner.patch(`/v1/members/${memberId}`, { destination: sip }), 200)
    const stale = await mia.with({ 'if-match': '"1"' }).patch('/v1/me/destination', { destination: null })
    expect(stale).toMatchObject({ status: 412, body: { code: 'version.changed', version: 2 } })
  })

  it('is no business of a token that may only read, nor of whoever is no member', async () => {
    const memberId = await hire(company, 'Mia')
    const reader = await tokenFor(world, company, memberId, ['members:read'])
    const wish = { destination: sip }
    expect((await reader.patch('/v1/me/destination', wish)).body.code).toBe('token.scope_missing')
    expect(await company.operator.patch('/v1/me/destination', wish)).toMatchObject({
      status: 404,
      body: { code: 'thing.not_found', thing: 'member' },
    })
  })
})
