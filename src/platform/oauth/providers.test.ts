import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TestClock } from '../../../test/clock.ts'
import { type OauthServer, startOauthServer } from '../../../test/oauth-server.ts'
import { OauthConfig } from './config.ts'
import { createOauthProviders } from './create-providers.ts'
import { OauthError, type OauthKind, type OauthPerson, oauthKinds } from './providers.ts'

const redirectUri = 'https://baton.test/oauth/back?where=here'
const clock = new TestClock()

let server: OauthServer
beforeAll(async () => {
  server = await startOauthServer()
})
afterAll(() => server.close())

function providers(config: Partial<OauthConfig> = {}) {
  return createOauthProviders({ ...server.config, ...config }, clock)
}

/** Sends a person to a provider and back; what came back. */
async function comeBack(kind: OauthKind): Promise<{ code: string; state: string }> {
  const back = await server.visit(providers().authorizeUrl(kind, { state: `state of ${kind}`, redirectUri }))
  return { code: back.searchParams.get('code') ?? '', state: back.searchParams.get('state') ?? '' }
}

async function whoIs(kind: OauthKind, config: Partial<OauthConfig> = {}): Promise<OauthPerson> {
  const { code } = await comeBack(kind)
  return providers(config).exchange(kind, { code, redirectUri })
}

async function reasonOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.catch((thrown: unknown) => thrown)
  if (!(error instanceof OauthError)) throw new Error(`not refused: ${String(error)}`)
  expect(`${error.message} ${String(error.cause)}`).not.toMatch(/provider secret|token-|code-\d/)
  return error.reason
}

const person = { openid: 'oPerson', unionid: 'uPerson', name: '王芳' }

describe('a person who comes back from a provider', () => {
  it.each([
    ['wechat', { subject: 'uPerson', displayName: '王芳' }],
    ['wechat_official', { subject: 'uPerson', displayName: '王芳' }],
    ['qq', { subject: 'uPerson', displayName: '王芳' }],
    ['wecom', { subject: 'app-1/operson', displayName: null }],
  ] as const)('of %s is known by the lasting id', async (kind, expected) => {
    server.signInAs(kind, person)
    expect(await whoIs(kind)).toEqual(expected)
  })

  it.each(oauthKinds)('of %s brings the state back as it was given, and the address whole', async (kind) => {
    server.signInAs(kind, person)
    const back = await server.visit(providers().authorizeUrl(kind, { state: 'a b&c=d#e', redirectUri }))
    expect(back.searchParams.get('state')).toBe('a b&c=d#e')
    expect(back.searchParams.get('where')).toBe('here')
    expect(back.origin).toBe('https://baton.test')
  })

  it.each(['wechat', 'wechat_official', 'qq'] as const)(
    'of %s without a unionid is known by the openid',
    async (kind) => {
      server.signInAs(kind, { openid: 'oAlone' })
      expect(await whoIs(kind)).toEqual({ subject: 'oAlone', displayName: null })
    },
  )

  it.each(['wechat', 'wechat_official', 'qq'] as const)(
    'of %s is known by the openid where the configuration says so, whatever comes later',
    async (kind) => {
      server.signInAs(kind, person)
      const config = server.config[kind]
      if (config === undefined) throw new Error('not configured')
      expect((await whoIs(kind, { [kind]: { ...config, subject: 'openid' } })).subject).toBe('oPerson')
    },
  )

  it('of the public platform with the base scope is not asked about further', async () => {
    server.signInAs('wechat_official', person)
    server.answerNext('/wechat_official/token', {
      text: JSON.stringify({ access_token: 'x', openid: 'oBase', scope: 'snsapi_base' }),
    })
    expect(await whoIs('wechat_official')).toEqual({ subject: 'oBase', displayName: null })
    expect(server.asked.at(-1)).toBe('/wechat_official/token')
  })
})

describe('WeChat', () => {
  it("opens only an address with WeChat's own end", () => {
    expect(providers().authorizeUrl('wechat', { state: 's', redirectUri })).toMatch(/#wechat_redirect$/)
  })

  it('that names two different people is not believed', async () => {
    server.signInAs('wechat', person)
    server.answerNext('/wechat/user', { text: JSON.stringify({ openid: 'oOther', nickname: 'x' }) })
    expect(await reasonOf(whoIs('wechat'))).toBe('unavailable')
  })
})

describe('QQ', () => {
  it('may answer in the form that older apps get', async () => {
    server.signInAs('qq', person)
    const { code } = await comeBack('qq')
    const direct = await fetch(
      `${server.config.qq?.tokenUrl}?client_id=app-1&client_secret=provider%20secret&code=${code}&redirect_uri=${encodeURIComponent(redirectUri)}`,
    )
    const form = await direct.text()
    expect(form).toMatch(/^access_token=token-\d+&/)
    server.answerNext('/qq/token', { text: form })
    server.answerNext('/qq/me', { text: 'callback( {"client_id":"app-1","openid":"oForm"} );\n' })
    expect((await whoIs('qq')).subject).toBe('oForm')
  })

  it('with a token of another app recognises nobody', async () => {
    server.signInAs('qq', person)
    server.answerNext('/qq/me', { text: '{"client_id":"other","openid":"oVictim"}' })
    expect(await reasonOf(whoIs('qq'))).toBe('denied')
  })

  it('without a name still knows the person', async () => {
    server.signInAs('qq', person)
    server.answerNext('/qq/user', { text: '{"ret":-23,"msg":"token is invalid"}' })
    expect(await whoIs('qq')).toEqual({ subject: 'uPerson', displayName: null })
  })
})

describe('WeCom', () => {
  it('is asked for its token once while that works, even by many at once', async () => {
    server.signInAs('wecom', person)
    const codes = await Promise.all([1, 2, 3, 4].map(() => comeBack('wecom')))
    const one = providers()
    const before = server.asked.length
    await Promise.all(codes.map(({ code }) => one.exchange('wecom', { code, redirectUri })))
    const { code } = await comeBack('wecom')
    await one.exchange('wecom', { code, redirectUri })
    expect(server.asked.slice(before).filter((path) => path === '/wecom/token')).toHaveLength(1)
    clock.advance({ hours: 2 })
    const later = await comeBack('wecom')
    await one.exchange('wecom', { code: later.code, redirectUri })
    expect(server.asked.slice(before).filter((path) => path === '/wecom/token')).toHaveLength(2)
  })

  it('that ended a token early is asked for a new one', async () => {
    server.signInAs('wecom', person)
    const one = providers()
    await one.exchange('wecom', { code: (await comeBack('wecom')).code, redirectUri })
    server.forgetTokens()
    const { code } = await comeBack('wecom')
    expect((await one.exchange('wecom', { code, redirectUri })).subject).toBe('app-1/operson')
  })

  it('after a failure asks for its token anew', async () => {
    server.signInAs('wecom', person)
    const one = providers()
    server.answerNext('/wecom/token', { status: 503, text: '' })
    const { code } = await comeBack('wecom')
    expect(await reasonOf(one.exchange('wecom', { code, redirectUri }))).toBe('unavailable')
    expect((await one.exchange('wecom', { code, redirectUri })).subject).toBe('app-1/operson')
  })

  it('lets no outsider in', async () => {
    server.signInAs('wecom', { openid: null })
    expect(await reasonOf(whoIs('wecom'))).toBe('denied')
  })
})

describe.each(oauthKinds)('%s', (kind) => {
  it('refuses a code that was used', async () => {
    server.signInAs(kind, person)
    const { code } = await comeBack(kind)
    const one = providers()
    await one.exchange(kind, { code, redirectUri })
    expect(await reasonOf(one.exchange(kind, { code, redirectUri }))).toBe('denied')
  })

  it('lets one of two at once through with the same code', async () => {
    server.signInAs(kind, person)
    const { code } = await comeBack(kind)
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, () => providers().exchange(kind, { code, redirectUri })),
    )
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  it("refuses codes that are made up, and another provider's", async () => {
    const other = kind === 'qq' ? 'wecom' : 'qq'
    server.signInAs(other, person)
    const { code } = await comeBack(other)
    const before = server.asked.length
    for (const wrong of ['', 'code 1', 'x'.repeat(1025), 'a\nb'])
      expect(await reasonOf(providers().exchange(kind, { code: wrong, redirectUri }))).toBe('denied')
    expect(server.asked).toHaveLength(before)
    for (const wrong of ['code-0', code])
      expect(await reasonOf(providers().exchange(kind, { code: wrong, redirectUri }))).toBe('denied')
  })

  it('with a wrong secret is a matter of the installation, not of the person', async () => {
    server.signInAs(kind, person)
    const config = server.config[kind]
    expect(await reasonOf(whoIs(kind, { [kind]: { ...config, secret: 'other' } }))).toBe('unavailable')
  })

  it.each([
    ['is down', 'drop'],
    ['has a fault', { status: 500, text: 'oops' }],
    ['is too busy', { status: 429, text: '' }],
    ['answers a page', { text: '<html>' }],
    ['answers nothing', { text: '' }],
    ['answers something else', { text: '{"errcode":0}' }],
    [
      'answers a person of its own kind',
      { text: '{"errcode":0,"access_token":"x","openid":"o\\u0000o","userid":""}' },
    ],
    ['sends elsewhere', { status: 302, text: '', location: 'http://127.0.0.1:9/' }],
    ['answers without end', { text: 'x'.repeat(70_000) }],
  ] as const)('is unavailable when it %s', async (_title, answer) => {
    server.signInAs(kind, person)
    const path = kind === 'wecom' ? '/wecom/user' : `/${kind}/token`
    server.answerNext(path, answer)
    expect(await reasonOf(whoIs(kind))).toBe(answer === 'drop' ? 'unavailable' : expectedReason(kind, answer))
  })
})

// WeCom without a userid is an answer: it tells of an outsider.
function expectedReason(kind: OauthKind, answer: { text: string }): string {
  return kind === 'wecom' && answer.text === '{"errcode":0}' ? 'denied' : 'unavailable'
}

describe('the configuration', () => {
  it('names the kinds that people may use', () => {
    expect(providers().kinds).toEqual([...oauthKinds])
    expect(createOauthProviders({}, clock).kinds).toEqual([])
    const { qq } = server.config
    expect(createOauthProviders(qq ? { qq } : {}, clock).kinds).toEqual(['qq'])
  })

  it('without a kind refuses it', async () => {
    const none = createOauthProviders({}, clock)
    expect(await reasonOf(none.exchange('qq', { code: 'c', redirectUri }))).toBe('unavailable')
    expect(() => none.authorizeUrl('qq', { state: 's', redirectUri })).toThrow(OauthError)
  })

  it("has the vendors' addresses, and takes others by HTTPS or on this machine", () => {
    const app = { clientId: 'a', secret: 'b' }
    expect(OauthConfig.parse({ qq: app }).qq?.tokenUrl).toBe('https://graph.qq.com/oauth2.0/token')
    expect(OauthConfig.safeParse({ qq: { ...app, tokenUrl: 'http://example.com/token' } }).success).toBe(
      false,
    )
    expect(OauthConfig.safeParse({ qq: { ...app, tokenUrl: 'http://localhost:1/token' } }).success).toBe(true)
    expect(OauthConfig.safeParse({ wecom: app }).success).toBe(false)
    expect(OauthConfig.safeParse({ facebook: app }).success).toBe(false)
  })
})
