import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { acceptAnew, invite } from '../../../test/builders/invitations.ts'
import { hire } from '../../../test/builders/numbers.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from '../../../test/builders.ts'
import { openWorld, type World } from '../../../test/world.ts'
import { systemCaller } from '../../kernel/caller.ts'

let world: World
let company: TestCompany
let mara: string
let people = 0
beforeAll(async () => {
  world = await openWorld()
})
beforeEach(async () => {
  company = await createCompany(world)
  mara = await hire(company, 'Mara Lind')
})
afterAll(() => world.close())

function freshEmail(): { by: 'email'; value: string } {
  people += 1
  return { by: 'email', value: `kept${people}@example.com` }
}

describe('a link that was kept back', () => {
  it('ends when its member becomes something else, or its maker may not invite any more', async () => {
    const adminId = await hire(company, 'Adam Admin', { role: 'admin' })
    const admin = await tokenFor(world, company, adminId)
    const later = await hire(company, 'Later')
    const [kept, other] = await Promise.all(
      [mara, later].map(async (memberId) =>
        String(bodyOf(await admin.post('/v1/invitations', { memberId }), 201).token),
      ),
    )
    bodyOf(await company.owner.patch(`/v1/members/${mara}`, { role: 'owner' }), 200)
    const stranger = () => acceptAnew(world, String(kept), { address: freshEmail() })
    expect(await stranger()).toMatchObject({ status: 404, body: { code: 'invitation.invalid' } })
    expect((await world.anonymous.get(`/v1/invitations/${other}`)).status).toBe(200)
    bodyOf(await company.owner.patch(`/v1/members/${adminId}`, { role: 'member' }), 200)
    const refused = await acceptAnew(world, String(other), { address: freshEmail() })
    expect(refused.body.code).toBe('invitation.invalid')
  })

  it('is expired in the list as soon as it lets nobody in, and open in none', async () => {
    const adminId = await hire(company, 'Ada Admin', { role: 'admin' })
    const admin = await tokenFor(world, company, adminId)
    const invitee = await hire(company, 'Ines Invited')
    const { token: link } = bodyOf(await admin.post('/v1/invitations', { memberId: invitee }), 201)
    const member = `/v1/members/${invitee}`
    const changes: readonly (readonly [string, object, boolean])[] = [
      [member, { role: 'auditor' }, false],
      [member, { role: 'member' }, true],
      [member, { status: 'suspended' }, false],
      [member, { status: 'active' }, true],
      [`/v1/members/${adminId}`, { role: 'lead' }, false],
      [`/v1/members/${adminId}`, { role: 'admin' }, true],
      [`/v1/members/${adminId}`, { status: 'suspended' }, false],
    ]
    for (const [path, change, works] of changes) {
      bodyOf(await company.owner.patch(path, change), 200)
      const looked = await world.anonymous.get(`/v1/invitations/${link}`)
      expect(looked.status).toBe(works ? 200 : 404)
      const states: string[] = []
      for (const state of ['open', 'expired', 'pending']) {
        const query = `?memberId=${invitee}&state=${state}`
        for (const item of bodyOf(await company.owner.get(`/v1/invitations${query}`), 200).items)
          states.push(`${state}: ${item.state}`)
      }
      const state = works ? 'open' : 'expired'
      expect(states).toEqual([`${state}: ${state}`, `pending: ${state}`])
    }
  })

  it('is not made by a token for a member who may do more than the token', async () => {
    const maker = await hire(company, 'Adam Admin', { role: 'admin' })
    const target = await hire(company, 'Future Admin', { role: 'admin' })
    const script = await tokenFor(world, company, maker, ['members:write'])
    const refused = await script.post('/v1/invitations', { memberId: target })
    expect(refused).toMatchObject({ status: 403, body: { code: 'sign_in_link.beyond_scopes' } })
    expect(refused.body.title).toContain('numbers:write')
  })
})

describe('ACC-1 the door by which an account joins a company', () => {
  const system = () => systemCaller(company.companyId, 'test')
  const join = (accountId: string, memberId: string) =>
    world.parts.database.inRealmOf(system(), (tx) =>
      tx.query({ text: 'select baton_join_company($1, $2, $3)', values: [accountId, memberId, tx.now] }),
    )

  it('asks for the membership, and for the right to it, whoever calls it', async () => {
    const { token } = await invite(company, mara)
    const joined = bodyOf(await acceptAnew(world, token, { address: freshEmail() }), 200)
    const elsewhere = await createCompany(world)
    const there = await hire(elsewhere, 'Somebody')
    const link = (await invite(elsewhere, there)).token
    const stranger = bodyOf(await acceptAnew(world, link, { address: freshEmail() }), 200)
    const unused = await hire(company, 'Nobody yet')
    // A member of nobody, of another company, and of another account.
    for (const memberId of [unused, there, mara])
      await expect(join(stranger.accountId, memberId)).rejects.toThrow('without a right')
    // The membership alone is no right: the invitation was used at another time.
    world.clock.advance({ minutes: 1 })
    await expect(join(joined.accountId, mara)).rejects.toThrow('without a right')
    // A row that names another account's member shows nothing of the company to it.
    await world.tamper(
      'insert into account_memberships (account_id, company_id, member_id, joined_at) values ($1, $2, $3, now())',
      [stranger.accountId, company.companyId, mara],
    )
    const { rows } = await world.tamper('select company_id from baton_memberships($1)', [stranger.accountId])
    expect(rows).toEqual([{ company_id: elsewhere.companyId }])
  })
})
