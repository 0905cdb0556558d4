import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { brotliCompressSync, brotliDecompressSync, gzipSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../../../test/world.ts'
import { createApp } from '../../app.ts'

const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }
const script = 'console.log("the console")\n'.repeat(100)

let world: World
let folder: string
let http: FastifyInstance
let localHttp: FastifyInstance
beforeAll(async () => {
  world = await openWorld()
  folder = builtConsole()
  const app = await createApp({ ...world.parts, consoleFolder: folder })
  http = app.http
  localHttp = app.localHttp
})
afterAll(async () => {
  await http.close()
  await localHttp.close()
  await world.close()
  rmSync(folder, { recursive: true, force: true })
})

function builtConsole(): string {
  const at = mkdtempSync(path.join(tmpdir(), 'baton-console-'))
  const assets = path.join(at, 'assets')
  mkdirSync(assets)
  writeFileSync(
    path.join(at, 'index.html'),
    '<!doctype html><meta name="style-nonce" content="__NONCE__" /><div id="root"></div>',
  )
  writeFileSync(path.join(at, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  writeFileSync(path.join(at, 'built.json'), '{"reads":["secret"]}')
  writeFileSync(path.join(assets, 'index-abc.js'), script)
  writeFileSync(path.join(assets, 'index-abc.js.br'), brotliCompressSync(script))
  writeFileSync(path.join(assets, 'index-abc.js.gz'), gzipSync(script))
  return at
}

function get(url: string, headers: Record<string, string> = browser) {
  return http.inject({ method: 'GET', url, headers })
}

describe('a browser gets the page of the console', () => {
  it.each(['/', '/set-up', '/c/acme/numbers/1?tab=custody', '/versions', '/?x=1'])('at %s', async (url) => {
    const answer = await get(url)
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(answer.body).toContain('<div id="root">')
  })

  it('at the start also when it does not say that it reads HTML', async () => {
    expect((await get('/', {})).statusCode).toBe(200)
    expect((await http.inject({ method: 'HEAD', url: '/' })).statusCode).toBe(200)
  })

  it('with a nonce that no other answer has, in the page and in its policy', async () => {
    const answers = [await get('/'), await get('/')]
    const nonces = answers.map(({ body }) => /content="([^"]+)"/.exec(body)?.[1])
    expect(new Set(nonces).size).toBe(2)
    for (const [index, { headers }] of answers.entries()) {
      expect(nonces[index]).toMatch(/^[\w+/=]{24,}$/)
      expect(headers['content-security-policy']).toContain(`style-src 'self' 'nonce-${nonces[index]}'`)
    }
  })

  it('with a policy that lets nothing in from elsewhere and no code that stands in the page', async () => {
    const policy = String((await get('/')).headers['content-security-policy'])
    const rules = policy.split('; ')
    expect(rules).toContain("default-src 'none'")
    expect(rules).toContain("script-src 'self'")
    expect(rules).toContain("frame-ancestors 'none'")
    expect(rules).toContain("base-uri 'none'")
    expect(rules).toContain("require-trusted-types-for 'script'")
    expect(policy).not.toMatch(/unsafe|https?:|[*]|data:/)
  })
})

describe('what is no screen stays a problem', () => {
  it.each([
    ['/v1/nothing', browser],
    ['/docs/nothing', browser],
    ['/assets/nothing.js', browser],
    ['/assets/..%2fbuilt.json', browser],
    ['/assets/', browser],
    ['/c/acme', { accept: 'application/json' }],
    ['/c/acme', {}],
  ])('%s asked for with %j', async (url, headers) => {
    const answer = await get(url, headers)
    expect(answer.statusCode).toBe(404)
    expect(answer.json().code).toBe('request.no_such_route')
  })

  it('a written address that no route takes', async () => {
    const answer = await http.inject({ method: 'POST', url: '/c/acme', headers: browser })
    expect(answer.json().code).toBe('request.no_such_route')
  })

  it('the pages of the API and the signs of life stay where they were', async () => {
    expect((await get('/openapi.json')).json().openapi).toBe('3.1.0')
    expect((await get('/docs')).body).toContain('swagger')
    expect((await get('/problems')).body).toContain('request.no_such_route')
  })
})

describe('the files of the console', () => {
  it('are kept for ever, since their names change with them', async () => {
    const answer = await get('/assets/index-abc.js', {})
    expect(answer.body).toBe(script)
    expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect(answer.headers['content-type']).toMatch(/^(text|application)\/javascript/)
    expect(answer.headers['x-content-type-options']).toBe('nosniff')
  })

  it('come as small as the browser can read them', async () => {
    const answer = await get('/assets/index-abc.js', { 'accept-encoding': 'gzip, br' })
    expect(answer.headers['content-encoding']).toBe('br')
    expect(answer.headers['vary']).toMatch(/accept-encoding/i)
    expect(brotliDecompressSync(answer.rawPayload).toString()).toBe(script)
    expect(
      (await get('/assets/index-abc.js', { 'accept-encoding': 'gzip' })).headers['content-encoding'],
    ).toBe('gzip')
  })

  it('include the icon', async () => {
    expect((await get('/icon.svg')).headers['content-type']).toBe('image/svg+xml')
  })
})

describe('without a console', () => {
  it('the start leads to the pages of the API', async () => {
    const answer = await world.app.http.inject({ method: 'GET', url: '/', headers: browser })
    expect(answer.statusCode).toBe(302)
    expect(answer.headers['location']).toBe('/docs')
  })

  it('the socket for commands has none either', async () => {
    expect((await localHttp.inject({ method: 'GET', url: '/c/acme', headers: browser })).statusCode).toBe(404)
  })
})
