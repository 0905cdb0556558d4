import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { OauthConfig } from '../src/platform/oauth/config.ts'
import type { OauthKind } from '../src/platform/oauth/providers.ts'

/** Who somebody is at a provider. */
export interface ProviderPerson {
  /** The id in this one app; WeCom's `userid`. Null: an outsider at WeCom. */
  readonly openid: string | null
  readonly unionid?: string
  readonly name?: string
}

/** An answer in place of the provider's own; `hang` never ends, `drop` breaks the connection. */
export type OddAnswer =
  | { readonly status?: number; readonly text: string; readonly location?: string }
  | 'hang'
  | 'drop'

/** WeChat, WeCom, QQ and the public platform on a port of this machine, with the vendors' answers and errors. */
export interface OauthServer {
  /** A configuration that leads here. */
  readonly config: OauthConfig
  /** Who approves at the provider from now on. */
  signInAs(kind: OauthKind, person: ProviderPerson): void
  /** Opens a provider's page as a browser does and approves; answers where it sends the browser back to. */
  visit(authorizeUrl: string): Promise<URL>
  /** Answers the next question at a path, such as `/qq/token`, in another way. */
  answerNext(path: string, answer: OddAnswer): void
  /** Paths that Baton asked, the oldest first. */
  readonly asked: readonly string[]
  /** Ends WeCom's tokens before their time. */
  forgetTokens(): void
  close(): Promise<void>
}

interface Grant {
  readonly kind: OauthKind
  readonly person: ProviderPerson
  readonly redirectUri: string
  isUsed: boolean
}

type Query = Readonly<Record<string, string>>
type Answerer = (query: Query) => object | string

const clientId = 'app-1'
const secret = 'provider secret'

/** Starts the providers; `close` in `afterAll`. */
export async function startOauthServer(): Promise<OauthServer> {
  const provider = createProvider()
  const server = createServer(provider.answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    config: configAt(`http://127.0.0.1:${address.port}`),
    signInAs: (kind, person) => void provider.people.set(kind, person),
    async visit(authorizeUrl) {
      const page = await fetch(authorizeUrl, { redirect: 'manual' })
      const location = page.headers.get('location')
      if (location === null) throw new Error(`the provider answered ${page.status}`)
      return new URL(location)
    },
    answerNext: (path, instead) => void provider.odd.set(path, [...(provider.odd.get(path) ?? []), instead]),
    asked: provider.asked,
    forgetTokens: () => provider.tokens.clear(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function createProvider() {
  const people = new Map<OauthKind, ProviderPerson>()
  const grants = new Map<string, Grant>()
  const tokens = new Map<string, ProviderPerson | null>()
  const odd = new Map<string, OddAnswer[]>()
  const asked: string[] = []
  let count = 0
  const answerers = answerersOf({
    take(kind, code) {
      const grant = grants.get(code)
      if (grant?.kind !== kind) return 'unknown'
      if (grant.isUsed) return 'used'
      grant.isUsed = true
      return grant
    },
    tokenFor(person) {
      const token = `token-${++count}`
      tokens.set(token, person)
      return token
    },
    holderOf: (token) => tokens.get(token),
  })

  function approve(kind: OauthKind, query: Query, response: ServerResponse): void {
    const person = people.get(kind)
    if (person === undefined || (query['appid'] ?? query['client_id']) !== clientId) {
      response.writeHead(400).end('nobody approves here')
      return
    }
    const redirectUri = query['redirect_uri'] ?? ''
    const code = `code-${++count}`
    grants.set(code, { kind, person, redirectUri, isUsed: false })
    const back = new URL(redirectUri)
    back.searchParams.set('code', code)
    back.searchParams.set('state', query['state'] ?? '')
    response.writeHead(302, { location: back.href }).end()
  }

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1')
    const query = Object.fromEntries(searchParams)
    const kind = /^\/(\w+)\/authorize$/.exec(pathname)?.[1]
    if (kind !== undefined) {
      approve(kind as OauthKind, query, response)
      return
    }
    asked.push(pathname)
    const instead = odd.get(pathname)?.shift()
    const said = request.method === 'GET' ? answerers[pathname] : undefined
    if (instead !== undefined) answerOddly(instead, response)
    else if (said === undefined) response.writeHead(404).end()
    else response.end(asText(said(query)))
  }
  return { people, tokens, odd, asked, answer }
}

function answerersOf(book: Book): Readonly<Record<string, Answerer>> {
  return {
    ...wechatAnswers(book, 'wechat'),
    ...wechatAnswers(book, 'wechat_official'),
    ...qqAnswers(book),
    ...wecomAnswers(book),
  }
}

function asText(said: object | string): string {
  return typeof said === 'string' ? said : JSON.stringify(said)
}

function configAt(base: string): OauthConfig {
  const app = (kind: OauthKind) => ({
    clientId,
    secret,
    authorizeUrl: `${base}/${kind}/authorize`,
    tokenUrl: `${base}/${kind}/token`,
    userUrl: `${base}/${kind}/user`,
  })
  return OauthConfig.parse({
    wechat: app('wechat'),
    wecom: { ...app('wecom'), agentId: '1000002' },
    qq: { ...app('qq'), openidUrl: `${base}/qq/me` },
    wechat_official: app('wechat_official'),
  })
}

function answerOddly(instead: OddAnswer, response: ServerResponse): void {
  if (instead === 'hang') return
  if (instead === 'drop') {
    response.destroy()
    return
  }
  const headers = instead.location === undefined ? {} : { location: instead.location }
  response.writeHead(instead.status ?? 200, headers).end(instead.text)
}

interface Book {
  take(kind: OauthKind, code: string): Grant | 'unknown' | 'used'
  tokenFor(person: ProviderPerson | null): string
  holderOf(token: string): ProviderPerson | null | undefined
}

/** `sns/oauth2/access_token` and `sns/userinfo`: 200 with an errcode where something is wrong. */
function wechatAnswers(book: Book, kind: 'wechat' | 'wechat_official'): Record<string, Answerer> {
  return {
    [`/${kind}/token`](query) {
      if (query['appid'] !== clientId) return { errcode: 40013, errmsg: 'invalid appid' }
      if (query['secret'] !== secret) return { errcode: 40125, errmsg: 'invalid appsecret' }
      if (query['grant_type'] !== 'authorization_code')
        return { errcode: 40002, errmsg: 'invalid grant_type' }
      const grant = book.take(kind, query['code'] ?? '')
      if (grant === 'unknown') return { errcode: 40029, errmsg: 'invalid code' }
      if (grant === 'used') return { errcode: 40163, errmsg: 'code been used' }
      const { openid, unionid } = grant.person
      return {
        access_token: book.tokenFor(grant.person),
        expires_in: 7200,
        refresh_token: 'refresh',
        openid,
        scope: kind === 'wechat' ? 'snsapi_login' : 'snsapi_userinfo',
        ...(unionid === undefined ? {} : { unionid }),
      }
    },
    [`/${kind}/user`](query) {
      const person = book.holderOf(query['access_token'] ?? '')
      if (!person || person.openid !== query['openid'])
        return { errcode: 40001, errmsg: 'invalid credential' }
      const { openid, unionid, name } = person
      return { openid, nickname: name ?? '', sex: 0, ...(unionid === undefined ? {} : { unionid }) }
    },
  }
}

/** QQ: JSON where `fmt=json` asks for it; errors always in the older form. */
function qqAnswers(book: Book): Record<string, Answerer> {
  const called = (answer: object) => `callback( ${JSON.stringify(answer)} );\n`
  return {
    '/qq/token'(query) {
      if (query['client_id'] !== clientId)
        return called({ error: 100008, error_description: 'appid is wrong' })
      if (query['client_secret'] !== secret)
        return called({ error: 100009, error_description: 'secret is wrong' })
      const grant = book.take('qq', query['code'] ?? '')
      if (grant === 'unknown')
        return called({ error: 100019, error_description: 'code to access token error' })
      if (grant === 'used') return called({ error: 100020, error_description: 'code is reused error' })
      if (grant.redirectUri !== query['redirect_uri'])
        return called({ error: 100010, error_description: 'redirect uri is illegal' })
      const token = book.tokenFor(grant.person)
      if (query['fmt'] !== 'json') return `access_token=${token}&expires_in=7776000&refresh_token=refresh`
      return { access_token: token, expires_in: '7776000', refresh_token: 'refresh' }
    },
    '/qq/me'(query) {
      const person = book.holderOf(query['access_token'] ?? '')
      if (!person) return called({ error: 100016, error_description: 'access token check failed' })
      if (query['unionid'] === '1' && person.unionid === undefined)
        return called({ error: 100048, error_description: 'companyid not set' })
      const answer = {
        client_id: clientId,
        openid: person.openid,
        ...(query['unionid'] === '1' ? { unionid: person.unionid } : {}),
      }
      return query['fmt'] === 'json' ? answer : called(answer)
    },
    '/qq/user'(query) {
      const person = book.holderOf(query['access_token'] ?? '')
      if (!person || query['oauth_consumer_key'] !== clientId) return { ret: -23, msg: 'token is invalid' }
      return { ret: 0, msg: '', nickname: person.name ?? '' }
    },
  }
}

/** WeCom: a token of the app, and with it who came with a code; outsiders get an `openid` of the corporation. */
function wecomAnswers(book: Book): Record<string, Answerer> {
  return {
    '/wecom/token'(query) {
      if (query['corpid'] !== clientId) return { errcode: 40013, errmsg: 'invalid corpid' }
      if (query['corpsecret'] !== secret) return { errcode: 40001, errmsg: 'invalid credential' }
      return { errcode: 0, errmsg: 'ok', access_token: book.tokenFor(null), expires_in: 7200 }
    },
    '/wecom/user'(query) {
      if (book.holderOf(query['access_token'] ?? '') === undefined)
        return { errcode: 40014, errmsg: 'invalid access_token' }
      const grant = book.take('wecom', query['code'] ?? '')
      if (typeof grant === 'string') return { errcode: 40029, errmsg: 'invalid code' }
      if (grant.person.openid === null) return { errcode: 0, errmsg: 'ok', openid: 'oOutsider' }
      return { errcode: 0, errmsg: 'ok', userid: grant.person.openid, user_ticket: 'ticket' }
    },
  }
}
