import { once } from 'node:events'
import net from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterEach, describe, expect, it } from 'vitest'
import { makeSelfSigned } from '../../../test/self-signed.ts'
import { type OutgoingMessage, SendError, type Sender } from './senders.ts'
import { readSmtpAddress, type SmtpAddress } from './smtp-address.ts'
import { createSmtpSender, type SmtpParts } from './smtp-sender.ts'

const { cert, key } = makeSelfSigned()
const message: OutgoingMessage = {
  messageId: '0190a000-0000-7000-8000-000000000001',
  channel: 'email',
  to: 'wang@example.com',
  subject: 'Your code / 您的验证码',
  text: 'The code is 123456.\n验证码为 123456。',
  template: 'accounts.code',
  values: { code: '123456' },
  language: 'zh',
}

interface Letter {
  readonly from: string
  readonly to: readonly string[]
  readonly content: string
  readonly isSecure: boolean
  readonly user: string | undefined
}

const endings: (() => unknown)[] = []
afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end()
})

/** A mail server on a port of this machine that keeps what it takes. */
async function startServer(options: SMTPServerOptions = {}, port = 0) {
  const letters: Letter[] = []
  const server = new SMTPServer({
    authOptional: true,
    cert,
    key,
    closeTimeout: 100,
    onAuth: ({ username, password }, _session, done) =>
      username === 'baton' && password === 'p@ss/w:rd'
        ? done(null, { user: username })
        : done(new Error('Invalid username or password')),
    onData(stream, session, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        letters.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          content: Buffer.concat(parts).toString('utf8'),
          isSecure: session.secure,
          user: session.user as string | undefined,
        })
        done()
      })
    },
    ...options,
  })
  server.on('error', () => {})
  server.listen(port, '127.0.0.1')
  await once(server.server, 'listening')
  endings.push(() => stop(server))
  const address = server.server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { letters, port: address.port, stop: () => stop(server) }
}

function stop(server: SMTPServer): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()))
}

function senderTo(url: string, parts: Partial<SmtpParts> = {}): Sender {
  const address = readSmtpAddress(url)
  if (address === null) throw new Error(`no address: ${url}`)
  const sender = createSmtpSender({ address, from: 'Baton <baton@acme.example>', ca: cert, ...parts })
  endings.push(() => sender.close?.())
  return sender
}

async function failureOf(sending: Promise<void>): Promise<SendError> {
  const error = await sending.catch((thrown: unknown) => thrown)
  if (!(error instanceof SendError)) throw new Error(`was sent, or broke: ${String(error)}`)
  expect(`${error.message}${String(error.cause ?? '')}`).not.toMatch(/wang@|123456|p@ss/)
  return error
}

const implicit = { secure: true } satisfies SMTPServerOptions
const inTheClear = { disabledCommands: ['STARTTLS'], allowInsecureAuth: true } satisfies SMTPServerOptions

describe('a mail server that speaks TLS', () => {
  it.each([
    ['at once', 'smtps', implicit],
    ['after STARTTLS', 'smtp', {}],
  ] as const)('%s gets the message whole, from whom and to whom it is', async (_when, scheme, options) => {
    const { letters, port } = await startServer(options)
    const query = scheme === 'smtp' ? '?tls=starttls' : ''
    await senderTo(`${scheme}://baton:p%40ss%2Fw%3Ard@localhost:${port}${query}`).send(message)
    expect(letters).toHaveLength(1)
    const [letter] = letters
    expect(letter).toMatchObject({
      from: 'baton@acme.example',
      to: ['wang@example.com'],
      isSecure: true,
      user: 'baton',
    })
    expect(letter?.content).toContain(`Message-ID: <${message.messageId}@acme.example>`)
    expect(letter?.content).toContain('From: Baton <baton@acme.example>')
    expect(letter?.content).toContain('Auto-Submitted: auto-generated')
    expect(letter?.content).toContain('Content-Language: zh-CN')
    expect(decoded(letter?.content ?? '')).toContain('The code is 123456.\n验证码为 123456。')
  })

  it.each([
    ['smtps', implicit],
    ['smtp', {}],
  ] as const)('with a certificate that nobody signed gets nothing (%s)', async (scheme, options) => {
    const { letters, port } = await startServer(options)
    const query = scheme === 'smtp' ? '?tls=starttls' : ''
    const address = readSmtpAddress(`${scheme}://localhost:${port}${query}`) as SmtpAddress
    const stranger = createSmtpSender({ address, from: 'baton@acme.example' })
    endings.push(() => stranger.close?.())
    expect((await failureOf(stranger.send(message))).isLasting).toBe(false)
    expect(letters).toEqual([])
  })

  it('that has lost its STARTTLS gets neither message nor password', async () => {
    const asked: string[] = []
    const { letters, port } = await startServer({
      ...inTheClear,
      onAuth: (_auth, _session, done) => {
        asked.push('auth')
        done(null, { user: 'x' })
      },
    })
    const sender = senderTo(`smtp://baton:secret@localhost:${port}?tls=starttls`)
    expect((await failureOf(sender.send(message))).isLasting).toBe(false)
    expect([...letters, ...asked]).toEqual([])
  })
})

describe('a mail server on this machine', () => {
  it('gets messages in the clear', async () => {
    const { letters, port } = await startServer(inTheClear)
    await senderTo(`smtp://localhost:${port}`).send(message)
    expect(letters).toMatchObject([{ isSecure: false, user: undefined }])
  })

  it('gets many messages at once over a few connections', async () => {
    let connections = 0
    const { letters, port } = await startServer({
      ...inTheClear,
      onConnect: (_session, done) => {
        connections++
        done()
      },
    })
    const sender = senderTo(`smtp://localhost:${port}`)
    await Promise.all(Array.from({ length: 40 }, () => sender.send(message)))
    expect(letters).toHaveLength(40)
    expect(connections).toBeLessThanOrEqual(4)
  })

  it('that closes what stays open gets the next message over a new connection', async () => {
    const { letters, port } = await startServer({ ...inTheClear, socketTimeout: 400 })
    const sender = senderTo(`smtp://localhost:${port}`)
    await sender.send(message)
    await new Promise((resolve) => setTimeout(resolve, 900))
    await sender.send(message)
    expect(letters).toHaveLength(2)
  })
})

describe('a message that a mail server refuses', () => {
  it.each([
    ['550 5.1.1 no such user here: wang@example.com', true],
    ['553 not allowed', true],
    ['450 4.2.0 greylisted, wang@example.com', false],
    ['452 mailbox full', false],
  ])('for its recipient with %s is over or tried again', async (answer, isLasting) => {
    const [code = '', ...words] = answer.split(' ')
    const { port } = await startServer({
      ...inTheClear,
      onRcptTo: (_address, _session, done) =>
        done(Object.assign(new Error(words.join(' ')), { responseCode: Number(code) })),
    })
    const failure = await failureOf(senderTo(`smtp://localhost:${port}`).send(message))
    expect(failure.isLasting).toBe(isLasting)
    expect(failure.message).toContain(code)
  })

  it('for what it says is over', async () => {
    const { port } = await startServer({
      ...inTheClear,
      onData(stream, _session, done) {
        stream.resume()
        stream.on('end', () => done(Object.assign(new Error('looks like spam'), { responseCode: 554 })))
      },
    })
    expect((await failureOf(senderTo(`smtp://localhost:${port}`).send(message))).isLasting).toBe(true)
  })

  it('because of our password is tried again, once that is right', async () => {
    const { letters, port } = await startServer(implicit)
    const failure = await failureOf(senderTo(`smtps://baton:wrong@localhost:${port}`).send(message))
    expect(failure).toMatchObject({ isLasting: false })
    expect(failure.message).toContain('535')
    expect(letters).toEqual([])
  })

  it.each(['not an address', 'a@b@c', 'wang@example.com\r\nRCPT TO:<evil@example.com>', ''])(
    'since %j is no address is over, and reaches nobody',
    async (to) => {
      const { letters, port } = await startServer({
        ...inTheClear,
        onRcptTo: ({ address }, _session, done) =>
          done(
            /^[^\s@]+@[^\s@]+$/.test(address) ? null : Object.assign(new Error('no'), { responseCode: 501 }),
          ),
      })
      const outcome = await senderTo(`smtp://localhost:${port}`)
        .send({ ...message, to })
        .catch((error: unknown) => error)
      const reached = letters.flatMap((letter) => letter.to)
      expect(reached).not.toContain('evil@example.com')
      expect(outcome).toBeInstanceOf(SendError)
      expect(outcome).toMatchObject({ isLasting: true })
    },
  )

  it('never goes to two, whatever commas its address has', async () => {
    const { letters, port } = await startServer(inTheClear)
    await senderTo(`smtp://localhost:${port}`)
      .send({ ...message, to: 'wang@example.com, evil@example.com' })
      .catch(() => {})
    expect(letters.flatMap((letter) => letter.to)).not.toContain('evil@example.com')
  })
})

describe('a subject with line breaks', () => {
  it('adds no header', async () => {
    const { letters, port } = await startServer(inTheClear)
    await senderTo(`smtp://localhost:${port}`).send({ ...message, subject: 'a\r\nBcc: evil@example.com' })
    expect(letters[0]?.content).not.toMatch(/^Bcc:/m)
    expect(letters[0]?.to).toEqual(['wang@example.com'])
  })
})

describe('a mail server that is away', () => {
  it('is tried again, and reached when it is back', async () => {
    const { port, stop: goAway } = await startServer(inTheClear)
    await goAway()
    const sender = senderTo(`smtp://localhost:${port}`)
    const failure = await failureOf(sender.send(message))
    expect(failure.isLasting).toBe(false)
    const { letters } = await startServer(inTheClear, port)
    await sender.send(message)
    expect(letters).toHaveLength(1)
  })

  it('in the middle is tried again', async () => {
    const { port } = await startServer({
      ...inTheClear,
      onMailFrom: (_address, _session, done) =>
        done(Object.assign(new Error('later'), { responseCode: 421 })),
    })
    expect((await failureOf(senderTo(`smtp://localhost:${port}`).send(message))).isLasting).toBe(false)
  })

  it.each([
    ['says nothing', ''],
    ['says a little, again and again', '220-wait\r\n'],
  ])('and %s is given up in time', async (_title, says) => {
    const silent = net.createServer((socket) => {
      const timer = setInterval(() => says !== '' && socket.write(says), 50)
      socket.on('error', () => {})
      socket.on('close', () => clearInterval(timer))
    })
    silent.listen(0, '127.0.0.1')
    await once(silent, 'listening')
    endings.push(() => silent.close())
    const { port } = silent.address() as net.AddressInfo
    const started = performance.now()
    const failure = await failureOf(senderTo(`smtp://localhost:${port}`, { mostMs: 700 }).send(message))
    expect(failure.isLasting).toBe(false)
    expect(performance.now() - started).toBeLessThan(3_000)
  })
})

describe('the address of a mail server', () => {
  it.each([
    ['smtps://mail.example.com', { host: 'mail.example.com', port: 465, tls: 'implicit', user: null }],
    ['smtp://mail.example.com', { port: 587, tls: 'starttls' }],
    ['smtp://mail.example.com:25?tls=none', { port: 25, tls: 'none' }],
    ['smtp://127.0.0.1', { port: 25, tls: 'none' }],
    ['smtp://[::1]:2525', { host: '::1', port: 2525, tls: 'none' }],
    ['smtp://localhost?tls=starttls', { tls: 'starttls' }],
    ['smtps://a%40b:c%3Ad@mail.example.com', { user: 'a@b', password: 'c:d' }],
  ])('%s says how it is reached', (url, expected) => {
    expect(readSmtpAddress(url)).toMatchObject(expected)
  })

  it.each([
    'mail.example.com',
    'http://mail.example.com',
    'smtp://',
    'smtps://mail.example.com?tls=none',
    'smtp://mail.example.com?tls=maybe',
    'smtps://mail.example.com?rejectUnauthorized=false',
    'smtps://mail.example.com/path',
    'smtps://user:%E0%A4%A@mail.example.com',
  ])('%s is none', (url) => {
    expect(readSmtpAddress(url)).toBeNull()
  })
})

/** The text of a letter, whichever encoding it travelled in. */
function decoded(content: string): string {
  const [head = '', body = ''] = content.split(/\r\n\r\n(.*)/s)
  if (/base64/i.test(head)) return Buffer.from(body, 'base64').toString('utf8')
  if (!/quoted-printable/i.test(head)) return body.replaceAll('\r\n', '\n')
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8').replaceAll('\r\n', '\n')
}
