import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { type OutgoingMessage, SendError, type Sender } from './senders.ts'
import { SmsConfig } from './sms-config.ts'
import { createSmsSender } from './sms-gateway.ts'
import { createRobotSender } from './wecom-robot.ts'

interface Asked {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

const asked: Asked[] = []
let answer: { status: number; text: string } | 'drop'
const server = createServer((request, response) => {
  const parts: Buffer[] = []
  request.on('data', (part: Buffer) => parts.push(part))
  request.on('end', () => {
    asked.push({
      path: request.url ?? '',
      headers: request.headers,
      body: Buffer.concat(parts).toString('utf8'),
    })
    if (answer === 'drop') response.destroy()
    else response.writeHead(answer.status).end(answer.text)
  })
})
let base: string
beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.close()
  server.closeAllConnections()
})
beforeEach(() => {
  asked.length = 0
  answer = { status: 200, text: '{}' }
})

const message: OutgoingMessage = {
  messageId: '0190a000-0000-7000-8000-000000000001',
  channel: 'sms',
  to: '+8613800138000',
  subject: 'Your code',
  text: 'Your code is 123456.',
  template: 'accounts.code',
  values: { code: '123456', company: 'Acme "&" {to} Ltd' },
  language: 'zh',
}

function gateway(config: Partial<z.input<typeof SmsConfig>> = {}): Sender {
  return createSmsSender(
    SmsConfig.parse({ url: `${base}/send`, body: { to: '{to}', text: '{text}' }, ...config }),
  )
}

async function failureOf(sending: Promise<void>): Promise<SendError> {
  const error = await sending.catch((thrown: unknown) => thrown)
  if (!(error instanceof SendError)) throw new Error(`was sent, or broke: ${String(error)}`)
  expect(`${error.message}${String(error.cause ?? '')}`).not.toMatch(/13800138000|123456|secret/)
  return error
}

describe('an SMS gateway', () => {
  it('gets text and number in its own form, with its secret', async () => {
    await gateway({
      headers: { Authorization: 'Bearer secret' },
      body: {
        phone: '{toDigits}',
        content: '{text}',
        template: { id: '{template}', params: ['{code}', '{company}'], json: '{values}' },
        language: '{language}',
        unknown: '[{nothing}]',
        flash: false,
        ttl: 600,
      },
      templates: { 'accounts.code': { en: 'EN_1', zh: 'ZH_1' } },
    }).send(message)
    expect(asked).toHaveLength(1)
    expect(asked[0]?.headers).toMatchObject({
      authorization: 'Bearer secret',
      'content-type': 'application/json',
    })
    expect(JSON.parse(asked[0]?.body ?? '')).toEqual({
      phone: '8613800138000',
      content: 'Your code is 123456.',
      template: {
        id: 'ZH_1',
        params: ['123456', 'Acme "&" {to} Ltd'],
        json: JSON.stringify(message.values),
      },
      language: 'zh',
      unknown: '[]',
      flash: false,
      ttl: 600,
    })
  })

  it('that wants form fields gets them, and no value becomes one', async () => {
    await gateway({
      form: 'urlencoded',
      body: { to: '{to}', text: '{company}', more: { code: '{code}' } },
    }).send(message)
    expect(asked[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded')
    expect([...new URLSearchParams(asked[0]?.body)]).toEqual([
      ['to', '+8613800138000'],
      ['text', 'Acme "&" {to} Ltd'],
      ['more', '{"code":"123456"}'],
    ])
  })

  it('with approved texts only is not sent others', async () => {
    const failure = await failureOf(gateway({ templates: { other: 'X' } }).send(message))
    expect(failure.isLasting).toBe(true)
    const byChance = await failureOf(gateway({ templates: {} }).send({ ...message, template: 'constructor' }))
    expect(byChance.isLasting).toBe(true)
    expect(asked).toEqual([])
  })

  it.each([
    [400, true],
    [401, true],
    [404, true],
    [408, false],
    [425, false],
    [429, false],
    [500, false],
    [503, false],
    [302, false],
  ])('that answers %i ends the message for good: %s', async (status, isLasting) => {
    answer = { status, text: 'to +8613800138000: no' }
    expect((await failureOf(gateway().send(message))).isLasting).toBe(isLasting)
  })

  it('that breaks off, or is away, is tried again', async () => {
    answer = 'drop'
    expect((await failureOf(gateway().send(message))).isLasting).toBe(false)
    const away = gateway({ url: 'http://127.0.0.1:9/' })
    expect((await failureOf(away.send(message))).isLasting).toBe(false)
  })

  it.each([
    ['{"result":[{"code":"OK"}]}', null],
    ['{"result":[{"code":"isv.LIMIT"}]}', 'isv.LIMIT'],
    ['{"result":[{"code":"number 13800138000 is wrong"}]}', 'something else'],
    ['{"result":[]}', 'undefined'],
    ['not JSON', 'undefined'],
  ])('that answers 200 to everything is asked what it says: %s', async (text, told) => {
    answer = { status: 200, text }
    const sending = gateway({ success: { field: 'result.0.code', equals: 'OK' } }).send(message)
    if (told === null) await sending
    else expect((await failureOf(sending)).message).toBe(`the SMS gateway answered ${told} in result.0.code`)
  })
})

describe('the configuration of a gateway', () => {
  const good = { url: 'https://sms.example.com/send', body: { to: '{to}' } }

  it.each([
    [{}, true],
    [{ url: 'http://sms.example.com/send' }, false],
    [{ url: 'http://localhost:1/send' }, true],
    [{ method: 'GET' }, false],
    [{ headers: { 'X Y': 'z' } }, false],
    [{ success: { field: '', equals: 1 } }, false],
    [{ body: 'text' }, false],
  ])('with %j is taken: %s', (change, expected) => {
    expect(SmsConfig.safeParse({ ...good, ...change }).success).toBe(expected)
  })
})

describe('a WeCom group robot', () => {
  const robot = () => createRobotSender(`${base}/cgi-bin/webhook/send?key=secret`)
  const notice: OutgoingMessage = { ...message, channel: 'robot', to: 'notices' }
  beforeEach(() => {
    answer = { status: 200, text: '{"errcode":0,"errmsg":"ok"}' }
  })

  function content(): string {
    return JSON.parse(asked.at(-1)?.body ?? '').markdown.content
  }

  it('posts a notice with its subject first, and links that can be followed', async () => {
    await robot().send({
      ...notice,
      subject: '有一项任务',
      text: '请查看 https://baton.example/t?a=1#b，谢谢。',
    })
    expect(asked[0]?.path).toBe('/cgi-bin/webhook/send?key=secret')
    expect(content()).toBe(
      '**有一项任务**\n请查看 [https://baton.example/t?a=1#b](https://baton.example/t?a=1#b)，谢谢。',
    )
  })

  it("shows a person's name as it is, not as Markdown", async () => {
    const text = '[win](https://evil.example) <@all> <font color="warning">x</font>\n# big `code` **b**'
    await robot().send({ ...notice, text })
    expect(content()).not.toMatch(/[<>`]|\]\(https:\/\/evil\.example\) |^#/m)
    expect(content()).toContain('［win］')
  })

  it('gets no more than it takes, and no half characters', async () => {
    await robot().send({ ...notice, text: '验😀'.repeat(2_000) })
    expect(Buffer.byteLength(content())).toBeLessThanOrEqual(4096)
    expect(content()).toMatch(/[验😀]…$/u)
    expect(content()).not.toContain('�')
  })

  it.each([
    [93000, true],
    [45009, false],
    [-1, false],
    [45033, false],
  ])('that answers errcode %i ends the notice for good: %s', async (errcode, isLasting) => {
    answer = { status: 200, text: JSON.stringify({ errcode, errmsg: 'hint: secret' }) }
    const failure = await failureOf(robot().send(notice))
    expect(failure).toMatchObject({ isLasting, message: `WeCom answered ${errcode}` })
  })

  it.each([
    { status: 500, text: '{"errcode":0}' },
    { status: 200, text: 'nothing' },
    { status: 302, text: '' },
    'drop' as const,
  ])('that answers %j is tried again', async (odd) => {
    answer = odd
    expect((await failureOf(robot().send(notice))).isLasting).toBe(false)
  })
})
