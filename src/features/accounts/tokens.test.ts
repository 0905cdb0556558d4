import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { bodyOf, createCompany, type TestCompany, tokenFor, withToken } from '../../../test/builders.ts'
import { openWorld, type World } from '../../../test/world.ts'
import type { Announcement } from '../../platform/db/announce.ts'

let world: World
let company: TestCompany
beforeAll(async () => {
  world = await openWorld()
  company = await createCompany(world)
})
afterAll(() => world.close())

async function addMember(role: string): Promise<string> {
  const code = `m-${Math.floor(performance.now() * 1000)}`
  const made = await company.owner.post('/v1/members', { staffCode: code, name: 'Mara', role })
  return bodyOf(made, 201).memberId
}

describe('an API token', () => {
  it('is shown once, and listed without its secret and with its last use', async () => {
    const made = bodyOf(
      await company.owner.post('/v1/api-tokens', { name: 'Sync', scopes: ['company:read'] }),
      201,
    )
    expect(made.token).toMatch(/^baton_[0-9a-f]{32}_[\w-]{43}$/)
    expect((await withToken(world, made.token).get('/v1/company')).status).toBe(200)
    await vi.waitFor(async () => {
      const { items } = bodyOf(await company.owner.get('/v1/api-tokens'), 200)
      const listed = items.find((item: { tokenId: string }) => item.tokenId === made.tokenId)
      expect(listed).toMatchObject({ name: 'Sync', scopes: ['company:read'], revokedAt: null })
      expect(listed.lastUsedAt).not.toBeNull()
      expect(JSON.stringify(items)).not.toContain(made.token.slice(-20))
    })
  })

  it('ALL-4 is not shown again when the request is repeated', async () => {
    const keyed = company.owner.with({ 'idempotency-key': 'token-once' })
    const first = bodyOf(await keyed.post('/v1/api-tokens', { name: 'Once', scopes: ['company:read'] }), 201)
    const second = bodyOf(await keyed.post('/v1/api-tokens', { name: 'Once', scopes: ['company:read'] }), 201)
    expect(first.token).toBeDefined()
    expect(second).toMatchObject({ tokenId: first.tokenId })
    expect(second.token).toBeUndefined()
  })

  it('is refused at the very next request once revoked; revoking again changes nothing', async () => {
    const made = bodyOf(
      await company.owner.post('/v1/api-tokens', { name: 'Short', scopes: ['company:read'] }),
      201,
    )
    const client = withToken(world, made.token)
    expect((await client.get('/v1/company')).status).toBe(200)
    const told: Announcement[] = []
    const stop = world.parts.announcer.listen((announcement) => told.push(announcement))
    expect((await company.owner.delete(`/v1/api-tokens/${made.tokenId}`)).status).toBe(204)
    stop()
    expect(told).toContainEqual({
      kind: 'access-ended',
      companyId: company.companyId,
      memberId: company.ownerMemberId,
    })
    expect(await client.get('/v1/company')).toMatchObject({ status: 401, body: { code: 'session.required' } })
    expect((await company.owner.delete(`/v1/api-tokens/${made.tokenId}`)).status).toBe(204)
  })

  it('ends at its time, which must be to come', async () => {
    const expiresAt = new Date(world.clock.now().getTime() + 3_600_000).toISOString()
    const made = bodyOf(
      await company.owner.post('/v1/api-tokens', { name: 'Hour', scopes: ['company:read'], expiresAt }),
      201,
    )
    expect((await withToken(world, made.token).get('/v1/company')).status).toBe(200)
    world.clock.advance({ hours: 1, seconds: 1 })
    expect((await withToken(world, made.token).get('/v1/company')).status).toBe(401)
    const past = await company.owner.post('/v1/api-tokens', {
      name: 'Past',
      scopes: ['company:read'],
      expiresAt,
    })
    expect(past).toMatchObject({ status: 422, body: { code: 'token.expiry_past' } })
  })

  it('does what its scopes name and no more', async () => {
    const narrow = await tokenFor(world, company, company.ownerMemberId, ['company:read'])
    expect((await narrow.get('/v1/company')).status).toBe(200)
    const refused = await narrow.get('/v1/company/subscription')
    expect(refused).toMatchObject({
      status: 403,
      body: { code: 'token.scope_missing', permission: 'subscription:read' },
    })
    const maker = await tokenFor(world, company, company.ownerMemberId, ['tokens:write'])
    const wider = await maker.post('/v1/api-tokens', { name: 'Wider', scopes: ['members:write'] })
    expect(wider).toMatchObject({ status: 403, body: { code: 'token.scope_above_role' } })
  })

  it('never has more rights than its maker', async () => {
    const admin = await tokenFor(world, company, await addMember('admin'))
    const refused = await admin.post('/v1/api-tokens', {
      name: 'More',
      scopes: ['company:read', 'subscription:write'],
    })
    expect(refused).toMatchObject({
      status: 403,
      body: { code: 'token.scope_above_role', scopes: 'subscription:write' },
    })
    const others = await admin.post('/v1/api-tokens', {
      name: 'As the Owner',
      scopes: ['company:read'],
      memberId: company.ownerMemberId,
    })
    expect(others).toMatchObject({ status: 403, body: { code: 'token.own_only' } })
  })

  it('never works longer than the token that made it', async () => {
    const inHours = (hours: number) => new Date(world.clock.now().getTime() + hours * 3_600_000).toISOString()
    const scopes = ['tokens:write']
    const short = { name: 'Short', scopes, expiresAt: inHours(2) }
    const maker = withToken(world, bodyOf(await company.owner.post('/v1/api-tokens', short), 201).token)
    for (const expiresAt of [undefined, inHours(3)]) {
      expect(await maker.post('/v1/api-tokens', { name: 'Longer', scopes, expiresAt })).toMatchObject({
        status: 403,
        body: { code: 'token.outlives_maker' },
      })
    }
    bodyOf(await maker.post('/v1/api-tokens', { name: 'Shorter', scopes, expiresAt: inHours(1) }), 201)
    bodyOf(await maker.post('/v1/api-tokens', { name: 'As long', scopes, expiresAt: short.expiresAt }), 201)
  })

  it('loses rights with the role of its member, and everything when the member is suspended', async () => {
    const memberId = await addMember('admin')
    const admin = await tokenFor(world, company, memberId)
    expect((await admin.get('/v1/api-tokens')).status).toBe(200)
    bodyOf(await company.owner.patch(`/v1/members/${memberId}`, { role: 'member' }), 200)
    expect((await admin.get('/v1/api-tokens')).body.code).toBe('permission.missing')
    bodyOf(await company.owner.patch(`/v1/members/${memberId}`, { status: 'suspended' }), 200)
    expect(await admin.get('/v1/company')).toMatchObject({ status: 401, body: { code: 'member.suspended' } })
  })

  it('ALL-1 of another company is not there', async () => {
    const other = await createCompany(world)
    const { items } = bodyOf(await other.owner.get('/v1/api-tokens'), 200)
    const refused = await company.owner.delete(`/v1/api-tokens/${items[0].tokenId}`)
    expect(refused).toMatchObject({ status: 404, body: { code: 'thing.not_found', thing: 'token' } })
    const foreign = await company.operator.post('/v1/api-tokens', {
      name: 'Foreign',
      scopes: ['company:read'],
      memberId: other.ownerMemberId,
    })
    expect(foreign).toMatchObject({ status: 404, body: { thing: 'member' } })
  })

  it('made by the operator of the machine needs a member', async () => {
    const refused = await company.operator.post('/v1/api-tokens', {
      name: 'Nobody',
      scopes: ['company:read'],
    })
    expect(refused).toMatchObject({ status: 422, body: { code: 'token.member_missing' } })
  })

  it('is listed page by page, each once', async () => {
    const own = await createCompany(world)
    for (let count = 0; count < 4; count++) {
      bodyOf(await own.owner.post('/v1/api-tokens', { name: `T${count}`, scopes: ['company:read'] }), 201)
    }
    const seen: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const url: string = `/v1/api-tokens?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`
      const page = bodyOf(await own.owner.get(url), 200)
      seen.push(...page.items.map((item: { tokenId: string }) => item.tokenId))
      cursor = page.nextCursor
    }
    expect(seen).toHaveLength(5)
    expect([...new Set(seen)].sort().reverse()).toEqual(seen)
    const strange = await own.owner.get('/v1/api-tokens?cursor=bm90aGluZw')
    expect(strange).toMatchObject({ status: 400, body: { code: 'page.cursor_invalid' } })
  })
})
