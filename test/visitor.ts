import { bodyOf } from './builders.ts'
import { codeTo } from './messages.ts'
import type { Answer, World } from './world.ts'

/** A browser somewhere on the network: it keeps its cookies, as browsers do. */
export interface Visitor {
  readonly cookies: ReadonlyMap<string, string>
  get(url: string): Promise<Answer>
  post(url: string, payload?: object): Promise<Answer>
  delete(url: string): Promise<Answer>
  /** Begins to sign in by code and gives the code that arrives. */
  signInByCode(kind: 'phone' | 'email', value: string): Promise<Answer>
  signInByPassword(email: string, password: string): Promise<Answer>
}

let networks = 0

/** A new browser, in a network of its own unless one is named. */
export function visitorOf(world: World, network?: string, headers: Record<string, string> = {}): Visitor {
  networks += 1
  const remoteAddress = network ?? `10.${(networks >> 16) & 255}.${(networks >> 8) & 255}.${networks & 255}`
  const cookies = new Map<string, string>()

  async function ask(method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object): Promise<Answer> {
    const answer = await world.app.http.inject({
      method,
      url,
      remoteAddress,
      headers: { ...headers, ...(cookies.size > 0 ? { cookie: asHeader(cookies) } : {}) },
      ...(payload === undefined ? {} : { payload }),
    })
    for (const { name, value, maxAge } of answer.cookies) {
      if (maxAge === 0) cookies.delete(name)
      else cookies.set(name, value)
    }
    const isJson = /\bjson\b/.test(String(answer.headers['content-type']))
    return { status: answer.statusCode, body: isJson ? answer.json() : answer.body, headers: answer.headers }
  }

  const post = (url: string, payload: object = {}) => ask('POST', url, payload)
  return {
    cookies,
    get: (url) => ask('GET', url),
    post,
    delete: (url) => ask('DELETE', url),
    async signInByCode(kind, value) {
      const { signInId } = bodyOf(await post('/v1/sign-in', { by: kind, value }), 201)
      return post(`/v1/sign-in/${signInId}/verify`, { code: await codeTo(world, value) })
    },
    signInByPassword: (email, password) => post('/v1/sessions', { email, password }),
  }
}

function asHeader(cookies: ReadonlyMap<string, string>): string {
  return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
}

/** A Chinese mobile that nobody else in the test has. */
export function newMobile(): string {
  networks += 1
  return `+86138${String(10_000_000 + networks).slice(-8)}`
}
