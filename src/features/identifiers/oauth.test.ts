import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signedInPerson } from '../../../test/builders/factors.ts'
import { bodyOf } from '../../../test/builders.ts'
import { type OauthServer, startOauthServer } from '../../../test/oauth-server.ts'
import { type Answer, Client, openWorld, type World } from '../../../test/world.ts'
import { createApp } from '../../app.ts'
import { systemClock } from '../../platform/clock/clock.ts'
import { createOauthProviders } from '../../platform/oauth/create-providers.ts'

let world: World
let server: OauthServer
let door: Awaited<ReturnType<typeof createApp>>

beforeAll(async () => {
  world = await openWorld()
  server = await startOauthServer()
  const oauth = createOauthProviders(server.config, systemClock)
  door = await createApp({ ...world.parts, oauth })
})
afterAll(async () => {
  await door.http.close()
  await door.localHttp.close()
  await server.close()
  await world.close()
})

/** A person signed in to a Baton that is connected to the providers. */
async function connected() {
  const person = await signedInPerson(world)
  const answer = await door.http.inject({
    method: 'POST',
    url: '/v1/sessions',
    payload: { email: person.email, password: 'seven green lamps 41' },
  })
  const cookie = [answer.headers['set-cookie']]
    .flat()
    .map((one) => String(one).split(';')[0])
    .join('; ')
  return { ...person, client: new Client(door.http, { cookie }) }
}

async function begin(client: Client, kind = 'wechat') {
  const started = bodyOf(await client.post('/v1/account/identifiers', { kind }), 201)
  const back = await server.visit(started.authorizeUrl)
  const given = {
    authorizationCode: back.searchParams.get('code') ?? '',
    state: back.searchParams.get('state') ?? '',
  }
  return { path: `/v1/account/identifiers/${started.challengeId}/verify`, given, back }
}

function refusal(answer: Answer) {
  return { status: answer.status, code: answer.body?.code }
}

const denied = { status: 403, code: 'identifier.provider_refused' }

describe('binding an account of another service', () => {
  it('binds what the provider calls its person, for signing in and, where the kind verifies, for verification', async () => {
    const { client } = await connected()
    for (const kind of ['wechat', 'wecom', 'qq', 'wechat_official'] as const) {
      server.signInAs(kind, { openid: `open-${kind}`, unionid: `union-${kind}` })
      const { path, given, back } = await begin(client, kind)
      expect(back.href.startsWith('https://baton.test/sign-in/return')).toBe(true)
      expect(bodyOf(await client.post(path, given), 201)).toMatchObject({
        kind,
        canLogin: true,
        canVerify: kind === 'wechat' || kind === 'qq',
        provenHow: 'oauth',
      })
      expect(refusal(await client.post(path, given))).toEqual(denied)
    }
  })

  it('refuses another state, another session, and a code that the provider does not know', async () => {
    server.signInAs('wechat', { openid: 'open-2', unionid: 'union-2' })
    const [one, other] = [await connected(), await connected()]
    const { path, given } = await begin(one.client)
    expect(refusal(await one.client.post(path, { ...given, state: 'x'.repeat(43) }))).toEqual(denied)
    expect(refusal(await other.client.post(path, given))).toEqual(denied)
    expect(refusal(await one.client.post(path, { ...given, authorizationCode: 'made up' }))).toEqual(denied)
    bodyOf(await one.client.post(path, given), 201)
  })

  it('refuses one that another account has, and says so when the provider does not answer', async () => {
    server.signInAs('wechat', { openid: 'open-3', unionid: 'union-3' })
    const [one, other] = [await connected(), await connected()]
    const first = await begin(one.client)
    bodyOf(await one.client.post(first.path, first.given), 201)
    const second = await begin(other.client)
    expect(refusal(await other.client.post(second.path, second.given))).toEqual({
      status: 409,
      code: 'identifier.elsewhere',
    })
    const third = await begin(other.client, 'qq')
    server.answerNext('/qq/token', { status: 500, text: 'down' })
    expect(refusal(await other.client.post(third.path, third.given))).toEqual({
      status: 503,
      code: 'identifier.provider_down',
    })
  })
})
