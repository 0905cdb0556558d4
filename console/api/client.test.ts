import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createApi } from './client.ts'
import { followEvents } from './events.ts'
import { ApiProblem, unreachableCode } from './problem.ts'

let server: Server | undefined
afterEach(() => {
  vi.unstubAllGlobals()
  server?.closeAllConnections()
  server?.close()
})

/** A place that answers as told; addresses lead there as they lead to a page's own server in a browser. */
async function served(answer: RequestListener, company: string | null = 'acme') {
  const started = createServer(answer)
  server = started
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve))
  const { port } = started.address() as AddressInfo
  const ask = fetch
  vi.stubGlobal('fetch', (address: string, init: RequestInit) =>
    ask(new URL(address, `http://127.0.0.1:${port}`), init),
  )
  return createApi(company, () => 'en')
}

const json = { 'content-type': 'application/json' }

describe('an answer of Baton', () => {
  it('that breaks off half-way counts as none, since nobody knows whether it was done', async () => {
    const api = await served((_, response) => {
      response.writeHead(200, { ...json, 'content-length': '100' })
      response.write('{"companyId":', () => response.destroy())
    })
    const problem = await api.call('readCompany', {}).catch((error: unknown) => error)
    expect(problem).toBeInstanceOf(ApiProblem)
    expect(problem).toMatchObject({ code: unreachableCode, status: 0 })
  })

  it('about a company by a name that no header can carry is that there is none', async () => {
    const api = await served((request, response) => {
      response.writeHead(request.headers['baton-company'] === '%E5%85%AC%E5%8F%B8' ? 404 : 500, json)
      response.end('{"code":"thing.not_found"}')
    }, '公司')
    await expect(api.call('readCompany', {})).rejects.toMatchObject({ status: 404 })
  })
})

describe('live events', () => {
  it('are asked for ever less often where each connection is closed at once', async () => {
    const times: number[] = []
    const api = await served((_, response) => {
      times.push(performance.now())
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.end('id: 1\nevent: open\ndata: {"after":1}\n\n')
    })
    const stop = new AbortController()
    const ended = followEvents(api, { signal: stop.signal }, { onEvent: () => {}, onLost: () => {} })
    await vi.waitFor(() => expect(times.length).toBe(3), { timeout: 10_000, interval: 50 })
    stop.abort()
    await ended
    const [first = 0, second = 0, third = 0] = times
    expect(second - first).toBeGreaterThan(900)
    expect(third - second).toBeGreaterThan(1_900)
  })
})
