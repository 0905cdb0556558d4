import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { askOutside, isPrivateOnTheWay, OutsideError } from './ask-outside.ts'
import { isLoopback } from './loopback.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close()
    server.closeAllConnections()
  }
})

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  servers.push(server)
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/path?key=secret`
}

async function failureOf(url: string): Promise<string> {
  const error = await askOutside({ url, method: 'POST', body: '{}', mostMs: 300 }).catch(
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof OutsideError)) throw new Error(`answered: ${JSON.stringify(error)}`)
  expect(error.message).not.toContain('secret')
  return error.message
}

describe('an outside service', () => {
  it('gets what is asked, and its answer comes back whole', async () => {
    const url = await serve((request, response) => {
      request.setEncoding('utf8')
      let body = ''
      request.on('data', (part: string) => {
        body += part
      })
      request.on('end', () =>
        response.writeHead(402).end(`${request.method} ${request.headers['x-key']} ${body} 验`),
      )
    })
    const answer = await askOutside({ url, method: 'POST', headers: { 'x-key': 'k' }, body: 'b' })
    expect(answer).toEqual({ status: 402, text: 'POST k b 验' })
  })

  it('that redirects is not followed, so that the secret stays', async () => {
    const asked: string[] = []
    const elsewhere = await serve((request, response) => {
      asked.push(request.url ?? '')
      response.end()
    })
    for (const status of [301, 302, 303, 307, 308]) {
      const url = await serve((_request, response) =>
        response.writeHead(status, { location: elsewhere }).end(),
      )
      expect(await failureOf(url)).toBe(`it answered with a redirect (${status})`)
    }
    expect(asked).toEqual([])
  })

  it('that answers too much is cut off', async () => {
    let written = 0
    const url = await serve((_request, response) => {
      const timer = setInterval(() => {
        written += 16_384
        response.write('x'.repeat(16_384))
      }, 1)
      response.on('close', () => clearInterval(timer))
    })
    expect(await failureOf(url)).toBe('its answer is too long')
    expect(written).toBeLessThan(1_000_000)
  })

  it.each([
    ['nothing', () => {}],
    ['a head and no more', (_request, response) => void response.writeHead(200).flushHeaders()],
    [
      'a letter now and then',
      (_request, response) => {
        const timer = setInterval(() => response.write('x'), 50)
        response.on('close', () => clearInterval(timer))
      },
    ],
  ] satisfies [string, RequestListener][])('that answers %s is given up in time', async (_what, listener) => {
    const url = await serve(listener)
    expect(await failureOf(url)).toBe('it did not answer in time')
  })

  it('that is away, or breaks off, is told apart from one that answers', async () => {
    expect(await failureOf('http://127.0.0.1:9/?key=secret')).toMatch(/^it cannot be reached/)
    const url = await serve((request) => request.socket.destroy())
    expect(await failureOf(url)).toMatch(/^it cannot be reached/)
  })
})

describe('an address', () => {
  it.each([
    ['https://example.com/x', true],
    ['http://localhost:1/x', true],
    ['http://127.8.0.1/x', true],
    ['http://[::1]:1/x', true],
    ['http://example.com/x', false],
    ['http://127.0.0.1.example.com/x', false],
    ['http://localhost.example.com/x', false],
    ['ftp://localhost/x', false],
  ])('%s keeps secrets from others on the way: %s', (url, expected) => {
    expect(isPrivateOnTheWay(url)).toBe(expected)
  })

  it.each([
    ['127.0.0.1', true],
    ['::1', true],
    ['localhost', true],
    ['0.0.0.0', false],
    ['::', false],
    ['10.0.0.1', false],
    ['127.example.com', false],
  ])('%s is this machine only: %s', (host, expected) => {
    expect(isLoopback(host)).toBe(expected)
  })
})
