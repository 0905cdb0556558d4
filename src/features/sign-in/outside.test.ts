import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addAuthenticator, appCode, personPassword, signedInPerson } from '../../../test/builders/factors.ts'
import { bodyOf } from '../../../test/builders.ts'
import { type OauthServer, startOauthServer } from '../../../test/oauth-server.ts'
import { type Visitor, visitorOf } from '../../../test/visitor.ts'
import { type Answer, openWorld, type World } from '../../../test/world.ts'
import { systemClock } from '../../platform/clock/clock.ts'
import { createOauthProviders } from '../../platform/oauth/create-providers.ts'
import { type OauthKind, oauthKinds } from '../../platform/oauth/providers.ts'

let server: OauthServer
let world: World
beforeAll(async () => {
  server = await startOauthServer()
  world = await openWorld(undefined, { oauth: createOauthProviders(server.config, systemClock) })
})
afterAll(async () => {
  await world.close()
  await server.close()
})

/** Somebody whose account has an outside account bound to it. */
async function boundTo(kind: OauthKind, subject: string) {
  const person = await signedInPerson(world)
  await world.tamper(
    `insert into identifiers (kind, value, account_id, can_login, can_verify, bound_at, proven_how)
     values ($1, $2, $3, true, true, now(), 'oauth')`,
    [kind, subject, person.accountId],
  )
  return person
}

async function begin(browser: Visitor, by: OauthKind) {
  const { signInId, authorizeUrl } = bodyOf(await browser.post('/v1/sign-in', { by }), 201)
  const back = await server.visit(authorizeUrl)
  const given = {
    authorizationCode: back.searchParams.get('code') ?? '',
    state: back.searchParams.get('state') ?? '',
  }
  return { signInId, back, given }
}

async function signIn(browser: Visitor, by: OauthKind): Promise<Answer> {
  const { signInId, given } = await begin(browser, by)
  return browser.post(`/v1/sign-in/${signInId}/verify`, given)
}

describe('signing in with an outside account', () => {
  it('ACC-1 by WeCom asks for more in a new browser: its corporation could have given the name to somebody else', async () => {
    server.signInAs('wecom', { openid: 'o-lent', unionid: 'u-lent' })
    const { accountId } = await boundTo('wecom', await subjectOf('wecom'))
    const browser = visitorOf(world)
    const asked = bodyOf(await signIn(browser, 'wecom'), 200)
    expect(asked).toMatchObject({ outcome: 'another_proof', isLent: true, waysOut: [] })
    expect(browser.cookies.size).toBe(0)
    const path = `/v1/sign-in/${asked.signInId}/verify`
    expect(bodyOf(await browser.post(path, { password: personPassword }), 200)).toMatchObject({
      outcome: 'signed_in',
      accountId,
    })
    bodyOf(await browser.delete('/v1/sessions/current'), 204)
    expect(bodyOf(await signIn(browser, 'wecom'), 200)).toMatchObject({ outcome: 'signed_in', accountId })
  })

  it.each(oauthKinds.filter((kind) => kind !== 'wecom'))(
    'works by %s, which sends the person back to the console',
    async (kind) => {
      server.signInAs(kind, { openid: `o-${kind}`, unionid: `u-${kind}`, name: 'Somebody' })
      const { accountId } = await boundTo(kind, await subjectOf(kind))
      const browser = visitorOf(world)
      const { signInId, given, back } = await begin(browser, kind)
      expect(`${back.origin}${back.pathname}`).toBe('https://baton.test/sign-in/return')
      const done = await browser.post(`/v1/sign-in/${signInId}/verify`, given)
      expect(bodyOf(done, 200)).toMatchObject({ outcome: 'signed_in', accountId })
      const again = await browser.post(`/v1/sign-in/${signInId}/verify`, given)
      expect(again.body.code).toBe('sign_in.ended')
    },
  )

  it('says that nobody has an account with it', async () => {
    server.signInAs('qq', { openid: 'o-stranger', unionid: 'u-stranger' })
    const answer = await signIn(visitorOf(world), 'qq')
    expect(bodyOf(answer, 200)).toMatchObject({ outcome: 'no_account', kind: 'qq' })
  })

  it('asks for a second factor as every first one', async () => {
    server.signInAs('wechat', { openid: 'o-secured', unionid: 'u-secured' })
    const { client } = await boundTo('wechat', await subjectOf('wechat'))
    const { secret } = await addAuthenticator(world, client)
    const browser = visitorOf(world)
    const asked = bodyOf(await signIn(browser, 'wechat'), 200)
    expect(asked.outcome).toBe('second_factor')
    const given = { authenticatorCode: await appCode(world, secret) }
    expect((await browser.post(`/v1/sign-in/${asked.signInId}/verify`, given)).status).toBe(200)
  })

  it('ALL-4 keeps no state of it in the clear for a repeated request', async () => {
    const keyed = world.anonymous.with({ 'idempotency-key': 'outside-once' })
    const first = bodyOf(await keyed.post('/v1/sign-in', { by: 'qq' }), 201)
    const again = bodyOf(await keyed.post('/v1/sign-in', { by: 'qq' }), 201)
    expect(again).toEqual({ ...first, authorizeUrl: undefined })
    const state = new URL(first.authorizeUrl).searchParams.get('state') ?? ''
    const { rows } = await world.tamper('select answer::text from idempotency_keys')
    expect(state.length).toBeGreaterThan(20)
    expect(JSON.stringify(rows)).not.toContain(state)
  })

  it('takes no answer with the state of another sign-in', async () => {
    server.signInAs('wechat', { openid: 'o-forged', unionid: 'u-forged' })
    const own = await begin(visitorOf(world), 'wechat')
    const forged = await begin(visitorOf(world), 'wechat')
    const browser = visitorOf(world)
    for (const state of [forged.given.state, 'x']) {
      const given = { ...forged.given, state }
      const refused = await browser.post(`/v1/sign-in/${own.signInId}/verify`, given)
      expect(refused).toMatchObject({ status: 403, body: { code: 'sign_in.outside_refused' } })
    }
  })

  it('tells a provider that refuses from one that is away', async () => {
    server.signInAs('wechat', { openid: 'o-away', unionid: 'u-away' })
    const browser = visitorOf(world)
    const { signInId, given } = await begin(browser, 'wechat')
    const refused = await browser.post(`/v1/sign-in/${signInId}/verify`, {
      ...given,
      authorizationCode: 'made-up',
    })
    expect(refused.body.code).toBe('sign_in.outside_refused')
    server.answerNext('/wechat/token', { status: 500, text: 'down' })
    const away = await browser.post(`/v1/sign-in/${signInId}/verify`, given)
    expect(away).toMatchObject({ status: 503, body: { code: 'sign_in.outside_away' } })
  })
})

/** What the provider calls the person in the end: asked of Baton itself, which is told who has no account. */
async function subjectOf(kind: OauthKind): Promise<string> {
  const proved = bodyOf(await signIn(visitorOf(world), kind), 200)
  const { rows } = await world.tamper('select value from challenges where challenge_id = $1', [
    proved.signInId,
  ])
  return rows[0].value
}
