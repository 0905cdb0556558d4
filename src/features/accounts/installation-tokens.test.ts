import { Writable } from 'node:stream'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { sipProxy } from '../../../test/builders/installation.ts'
import { addNumber } from '../../../test/builders/numbers.ts'
import { bodyOf, createCompany, type TestCompany, withToken } from '../../../test/builders.ts'
import { Client, openWorld, type World } from '../../../test/world.ts'
import { createApp } from '../../app.ts'

const path = '/v1/installation/tokens'

let world: World
let company: TestCompany
let line: string
beforeAll(async () => {
  world = await openWorld()
  company = await createCompany(world)
  line = `/v1/routes/${(await addNumber(company)).e164}`
})
afterAll(() => world.close())

function inHours(hours: number): string {
  return new Date(world.clock.now().getTime() + hours * 3_600_000).toISOString()
}

async function listed(tokenId: string): Promise<Record<string, unknown> | undefined> {
  const { items } = bodyOf(await world.operator.get(path), 200)
  return items.find((item: { tokenId: string }) => item.tokenId === tokenId)
}

describe('a token of the installation', () => {
  it('is shown once, and listed with its maker and without its secret', async () => {
    const made = bodyOf(await world.operator.post(path, { name: 'SIP proxy' }), 201)
    expect(made.token).toMatch(/^baton_0{32}_[\w-]{43}$/)
    expect((await withToken(world, made.token).get(line)).status).toBe(200)
    const { token: _, ...rest } = made
    expect(rest).toMatchObject({ scopes: ['routes:read'], createdBy: 'tester', expiresAt: null })
    expect(await listed(made.tokenId)).toMatchObject({
      name: 'SIP proxy',
      createdBy: 'tester',
      revokedAt: null,
    })
    const { rows } = await world.tamper('select * from installation_tokens')
    for (const shown of [await listed(made.tokenId), rows]) {
      expect(JSON.stringify(shown)).not.toContain(made.token.slice(-20))
    }
  })

  it('ALL-4 is not shown again when the request is repeated', async () => {
    const keyed = world.operator.with({ 'idempotency-key': 'proxy-once' })
    const first = bodyOf(await keyed.post(path, { name: 'Once' }), 201)
    const second = bodyOf(await keyed.post(path, { name: 'Once' }), 201)
    expect(first.token).toBeDefined()
    expect(second).toMatchObject({ tokenId: first.tokenId })
    expect(second.token).toBeUndefined()
  })

  it('shows the day of its last use', async () => {
    const proxy = await sipProxy(world)
    expect(await listed(proxy.tokenId)).toMatchObject({ lastUsedAt: null })
    await proxy.get(line)
    const usedAt = await vi.waitFor(async () => {
      const at = (await listed(proxy.tokenId))?.['lastUsedAt']
      expect(at).not.toBeNull()
      return at
    })
    world.clock.advance({ hours: 1 })
    await proxy.get(line)
    world.clock.advance({ hours: 24 })
    await proxy.get(line)
    await vi.waitFor(async () => {
      const at = String((await listed(proxy.tokenId))?.['lastUsedAt'])
      expect(new Date(at).getTime() - new Date(String(usedAt)).getTime()).toBeGreaterThanOrEqual(86_400_000)
    })
  })

  it('is refused at the very next request once revoked; revoking again changes nothing', async () => {
    const proxy = await sipProxy(world)
    expect((await proxy.get(line)).status).toBe(200)
    expect((await world.operator.delete(`${path}/${proxy.tokenId}`)).status).toBe(204)
    expect(await proxy.get(line)).toMatchObject({ status: 401, body: { code: 'session.required' } })
    const revoked = await listed(proxy.tokenId)
    expect(revoked).toMatchObject({ revokedBy: 'tester', revokedAt: expect.any(String) })
    world.clock.advance({ minutes: 1 })
    const other = world.operator.with({ 'baton-operator': 'somebody-else' })
    expect((await other.delete(`${path}/${proxy.tokenId}`)).status).toBe(204)
    expect(await listed(proxy.tokenId)).toEqual(revoked)
  })

  it('ends at its time, which must be to come', async () => {
    const expiresAt = inHours(1)
    const proxy = await sipProxy(world, { expiresAt })
    expect((await proxy.get(line)).status).toBe(200)
    world.clock.advance({ hours: 1, seconds: 1 })
    expect((await proxy.get(line)).status).toBe(401)
    const past = await world.operator.post(path, { name: 'Past', expiresAt })
    expect(past).toMatchObject({ status: 422, body: { code: 'token.expiry_past' } })
  })

  it('with a wrong secret is answered as any wrong token', async () => {
    const wrong = withToken(world, `baton_${'0'.repeat(32)}_${'x'.repeat(43)}`)
    const known = withToken(world, `${company.token.slice(0, -5)}xxxxx`)
    for (const client of [wrong, known]) {
      expect(await client.get(line)).toMatchObject({ status: 401, body: { code: 'session.required' } })
    }
  })

  it("does not become a company's by naming it, nor does a company's become one of the installation", async () => {
    const proxy = await sipProxy(world)
    const named = await proxy.with({ 'baton-company': company.companyId }).get('/v1/company')
    expect(named).toMatchObject({ status: 403, body: { code: 'token.of_installation' } })
    const forged = company.token.replace(/_[0-9a-f]{32}_/, `_${'0'.repeat(32)}_`)
    expect((await withToken(world, forged).get(line)).status).toBe(401)
  })

  it('is made, listed and revoked by the operator alone', async () => {
    const proxy = await sipProxy(world)
    for (const client of [company.owner, proxy]) {
      expect((await client.post(path, { name: 'More' })).status).toBe(403)
      expect((await client.get(path)).status).toBe(403)
      expect((await client.delete(`${path}/${proxy.tokenId}`)).status).toBe(403)
    }
    const missing = await world.operator.delete(`${path}/${company.companyId}`)
    expect(missing).toMatchObject({ status: 404, body: { code: 'thing.not_found', thing: 'token' } })
  })

  it('is listed page by page, each once', async () => {
    const own = await openWorld()
    try {
      const made: string[] = []
      for (let count = 0; count < 5; count++) made.unshift((await sipProxy(own)).tokenId)
      const seen: string[] = []
      let cursor: string | null = ''
      while (cursor !== null) {
        const url: string = `${path}?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`
        const page = bodyOf(await own.operator.get(url), 200)
        seen.push(...page.items.map((item: { tokenId: string }) => item.tokenId))
        cursor = page.nextCursor
      }
      expect(seen).toEqual(made)
      const strange = await own.operator.get(`${path}?cursor=bm90aGluZw`)
      expect(strange).toMatchObject({ status: 400, body: { code: 'page.cursor_invalid' } })
    } finally {
      await own.close()
    }
  })

  it('leaves a line in the log when it is made and when it ends, without its secret', async () => {
    const lines: string[] = []
    const target = new Writable({
      write(chunk, _encoding, done) {
        lines.push(String(chunk))
        done()
      },
    })
    const app = await createApp({ ...world.parts, log: pino({ level: 'info' }, target) })
    const operator = new Client(app.localHttp, { 'baton-operator': 'wang' })
    const { tokenId, token } = bodyOf(await operator.post(path, { name: 'Logged' }), 201)
    expect((await operator.delete(`${path}/${tokenId}`)).status).toBe(204)
    expect((await operator.delete(`${path}/${tokenId}`)).status).toBe(204)
    await app.http.close()
    await app.localHttp.close()
    const told = lines.map((one) => JSON.parse(one)).filter((one) => one.tokenId === tokenId)
    expect(told).toMatchObject([
      { by: 'wang', name: 'Logged', msg: 'a token of the installation was made' },
      { by: 'wang', msg: 'a token of the installation was revoked' },
    ])
    expect(lines.join()).not.toContain(token)
  })
})
