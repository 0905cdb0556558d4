import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { heldNumber, hire } from '../../../test/builders/numbers.ts'
import { addDepartment, ledgerOf } from '../../../test/builders/people.ts'
import { addSystem, addWorkAccount } from '../../../test/builders/tasks.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from '../../../test/builders.ts'
import { type Answer, openWorld, type World } from '../../../test/world.ts'

let world: World
let company: TestCompany
let anna: string
beforeAll(async () => {
  world = await openWorld()
})
beforeEach(async () => {
  company = await createCompany(world)
  anna = await hire(company, 'Anna')
})
afterAll(() => world.close())

describe('an outside system', () => {
  it('WRK-6 is added without code, changed, and removed while nothing is in it', async () => {
    const system = await addSystem(company, { name: '网银 ICBC', link: 'https://icbc.example.com' })
    expect(system).toMatchObject({ name: '网银 ICBC', kind: 'custom', accountCount: 0, version: 1 })
    const taken = await company.owner.post('/v1/systems', { name: '网银 icbc' })
    expect(taken.body).toMatchObject({ code: 'system.name_taken', systemId: system.systemId })
    const url = `/v1/systems/${system.systemId}`
    const changed = bodyOf(
      await company.owner.patch(url, { link: null, passOnInstructions: 'Call\nAsk' }),
      200,
    )
    expect(changed).toMatchObject({ link: null, passOnInstructions: 'Call\nAsk', version: 2 })
    const stale = company.owner.with({ 'if-match': '"1"' })
    expect((await stale.patch(url, { note: 'x' })).body.code).toBe('version.changed')
    const other = await addSystem(company, { name: 'Tax' })
    expect((await company.owner.patch(url, { name: 'tax' })).body.code).toBe('system.name_taken')
    const account = await addWorkAccount(company, { systemId: other.systemId })
    expect((await company.owner.delete(`/v1/systems/${other.systemId}`)).body).toMatchObject({
      code: 'system.in_use',
      count: 1,
    })
    bodyOf(await company.owner.delete(`/v1/work-accounts/${account.workAccountId}`), 204)
    bodyOf(await company.owner.delete(`/v1/systems/${other.systemId}`), 204)
    expect(await ledgerOf(company, other.systemId)).toEqual(['system.removed', 'system.added'])
    expect(await ledgerOf(company, account.workAccountId)).toEqual([
      'work_account.removed',
      'work_account.added',
    ])
  })

  it('is listed by name, page by page', async () => {
    for (const name of ['beta', 'Alpha', 'Gamma']) await addSystem(company, { name })
    const names = (answer: Answer) => bodyOf(answer, 200).items.map((one: { name: string }) => one.name)
    expect(names(await company.owner.get('/v1/systems'))).toEqual(['Alpha', 'beta', 'Gamma'])
    const first = bodyOf(await company.owner.get('/v1/systems?limit=1'), 200)
    expect(names(await company.owner.get(`/v1/systems?cursor=${first.nextCursor}`))).toEqual([
      'beta',
      'Gamma',
    ])
    expect(names(await company.owner.get('/v1/systems?name=BETA'))).toEqual(['beta'])
  })

  it('WRK-5 WeCom is there on first use, once, also for two at once', async () => {
    const add = (login: string) =>
      company.owner.post('/v1/work-accounts', { systemKind: 'wecom', login, holderId: anna })
    const added = await Promise.all([add('one'), add('two'), add('three')])
    const systems = new Set(added.map((answer) => bodyOf(answer, 201).systemId))
    expect(systems.size).toBe(1)
    expect(bodyOf(await company.owner.get('/v1/systems'), 200).items).toMatchObject([
      { kind: 'wecom', name: 'WeCom 企业微信', accountCount: 3 },
    ])
  })

  it('WRK-5 is WeCom where it is named so, whatever the spelling, and there is only one', async () => {
    const system = await addSystem(company, { name: '企业微信', note: 'Since 2019' })
    expect(system).toMatchObject({ kind: 'wecom', name: '企业微信', note: 'Since 2019' })
    const again = await company.owner.post('/v1/systems', { name: 'WeCom' })
    expect(again.body).toMatchObject({ code: 'system.name_taken', systemId: system.systemId })
    const account = await addWorkAccount(company, { systemKind: 'wecom', holderId: anna })
    expect(account.systemId).toBe(system.systemId)
  })

  it('WRK-5 WeCom finds a name where the company has given its own to another', async () => {
    const { systemId } = await addSystem(company)
    bodyOf(await company.owner.patch(`/v1/systems/${systemId}`, { name: 'wecom 企业微信' }), 200)
    const account = await addWorkAccount(company, { systemKind: 'wecom', holderId: anna })
    expect(account).toMatchObject({ systemKind: 'wecom', systemName: 'WeCom 企业微信 (personal accounts)' })
  })
})

describe('an account in an outside system', () => {
  it('has a name of its own there, a holder, and the number that hangs on it', async () => {
    const number = await heldNumber(company, anna)
    const account = await addWorkAccount(company, {
      holderId: anna,
      numberId: number.numberId,
      numberUse: 'verification',
      heldSince: '2024-05-01T00:00:00Z',
    })
    expect(account).toMatchObject({
      holderName: 'Anna',
      state: 'held',
      e164: number.e164,
      numberUse: 'verification',
      heldSince: '2024-05-01T00:00:00.000000Z',
      holders: [{ holderName: 'Anna', from: '2024-05-01T00:00:00.000000Z', to: null }],
    })
    const again = await company.owner.post('/v1/work-accounts', {
      systemId: account.systemId,
      login: account.login.toUpperCase(),
    })
    expect(again.body).toMatchObject({
      code: 'work_account.login_taken',
      workAccountId: account.workAccountId,
    })
    const url = `/v1/work-accounts/${account.workAccountId}`
    const changed = bodyOf(await company.owner.patch(url, { login: 'new', numberId: null, note: 'Hi' }), 200)
    expect(changed).toMatchObject({ login: 'new', numberId: null, numberUse: null, note: 'Hi', version: 2 })
    expect(await ledgerOf(company, account.workAccountId)).toEqual([
      'work_account.changed',
      'work_account.added',
    ])
  })

  it('is refused for what is not there and who has left', async () => {
    const { systemId } = await addSystem(company)
    const post = (wish: object) => company.owner.post('/v1/work-accounts', { login: 'x', ...wish })
    const left = await hire(company, 'Leo')
    bodyOf(await company.owner.patch(`/v1/members/${left}`, { status: 'left' }), 200)
    expect((await post({ systemId, holderId: left })).body.code).toBe('work_account.member_left')
    for (const wish of [
      { systemId: anna },
      { systemId, holderId: systemId },
      { systemId, numberId: systemId },
    ]) {
      expect((await post(wish)).body.code).toBe('thing.not_found')
    }
    expect((await post({})).status).toBe(400)
    expect((await post({ systemId, systemKind: 'wecom' })).status).toBe(400)
  })

  it('HAN-1 is a holding, and WRK-4 hangs on its number', async () => {
    const number = await heldNumber(company, anna)
    const account = await addWorkAccount(company, { holderId: anna, numberId: number.numberId })
    const label = `${account.systemName} · ${account.login}`
    const member = bodyOf(await company.owner.get(`/v1/members/${anna}`), 200)
    expect(member.holdings).toEqual(
      expect.arrayContaining([expect.objectContaining({ kind: 'work_account', label })]),
    )
    const found = bodyOf(await company.owner.get(`/v1/numbers/${number.numberId}/dependents`), 200)
    expect(found.dependents).toMatchObject([
      { kind: 'work_account', id: account.workAccountId, label, use: 'both' },
    ])
    const bela = await tokenFor(world, company, await hire(company, 'Béla'))
    expect((await bela.get(`/v1/numbers/${number.numberId}/dependents`)).status).toBe(404)
    const refused = await company.owner.patch(`/v1/members/${anna}`, { status: 'left' })
    expect(refused.body.code).toBe('member.holds')
  })

  it('is listed by holder, system, number, state and name, and ALL-1 only to who may see it', async () => {
    const sales = await addDepartment(company)
    const place = { departments: [{ departmentId: sales.departmentId }] }
    const sam = await hire(company, 'Sam', place)
    const number = await heldNumber(company, anna)
    const annas = await addWorkAccount(company, { holderId: anna, numberId: number.numberId, login: 'Annas' })
    const sams = await addWorkAccount(company, { holderId: sam, login: 'sams' })
    const kept = await addWorkAccount(company, { login: 'kept' })
    const list = async (client: TestCompany['owner'], query = ''): Promise<string[]> =>
      bodyOf(await client.get(`/v1/work-accounts${query}`), 200).items.map(
        (one: { login: string }) => one.login,
      )
    expect(await list(company.owner)).toEqual(['kept', 'sams', 'Annas'])
    expect(await list(company.owner, `?holderId=${sam}`)).toEqual(['sams'])
    expect(await list(company.owner, '?holderId=none')).toEqual(['kept'])
    expect(await list(company.owner, `?systemId=${kept.systemId}`)).toEqual(['kept'])
    expect(await list(company.owner, `?numberId=${number.numberId}`)).toEqual(['Annas'])
    expect(await list(company.owner, '?search=ANNA')).toEqual(['Annas'])
    expect(await list(company.owner, '?state=closed')).toEqual([])
    const first = bodyOf(await company.owner.get('/v1/work-accounts?limit=2'), 200)
    expect(await list(company.owner, `?cursor=${first.nextCursor}`)).toEqual(['Annas'])
    const annasClient = await tokenFor(world, company, anna)
    expect(await list(annasClient)).toEqual(['Annas'])
    expect((await annasClient.get(`/v1/work-accounts/${sams.workAccountId}`)).status).toBe(404)
    const lead = await hire(company, 'Lena', {
      role: 'lead',
      departments: [{ departmentId: sales.departmentId, isLead: true }],
    })
    const lenasClient = await tokenFor(world, company, lead)
    expect(await list(lenasClient)).toEqual(['sams'])
    expect((await lenasClient.get(`/v1/work-accounts/${annas.workAccountId}`)).status).toBe(404)
  })
})
