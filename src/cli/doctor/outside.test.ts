import { once } from 'node:events'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readSettings } from '../../platform/config/settings.ts'
import { Failure } from '../failure.ts'
import { oauthOf, publicUrlOf, sendersOf } from '../running/outside.ts'
import { checkOutside } from './outside.ts'

const mail = { BATON_MAIL_FROM: 'baton@example.com' }
const sms = {
  url: 'https://sms.example.com/send',
  headers: { Authorization: 'canary' },
  body: { to: '{to}' },
}
const qq = { qq: { clientId: '1', secret: 'canary' } }

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-outside-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function file(name: string, content: unknown, mode = 0o600): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content))
  await chmod(path, mode)
  return path
}

async function examined(environment: Record<string, string>): Promise<string[]> {
  const findings = await checkOutside(readSettings(environment))
  expect(JSON.stringify(findings)).not.toContain('canary')
  return findings.map(
    ({ check, status, says, next }) => `${status} ${check}: ${says}${next ? ` → ${next}` : ''}`,
  )
}

describe('the doctor', () => {
  it('tells a newcomer that codes do not arrive, and what to do', async () => {
    const [messages, accounts] = await examined({})
    expect(messages).toMatch(/^warn Messages: nothing can be sent.*BATON_SMTP_URL.*BATON_OUTBOX=on/)
    expect(accounts).toMatch(/^ok Outside accounts: none/)
    expect((await examined({ BATON_OUTBOX: 'on' }))[0]).toMatch(
      /^ok Messages: nothing can be sent; the rest is kept/,
    )
  })

  it('tries the mail server without sending anything', async () => {
    const server = new SMTPServer({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      closeTimeout: 100,
      onAuth: ({ password }, _session, done) =>
        password === 'right' ? done(null, { user: 'baton' }) : done(new Error('Invalid password canary')),
      onMailFrom: () => {
        throw new Error('something was sent')
      },
    })
    server.on('error', () => {})
    server.listen(0, '127.0.0.1')
    await once(server.server, 'listening')
    const { port } = server.server.address() as AddressInfo
    const withPassword = (password: string) =>
      examined({ ...mail, BATON_SMTP_URL: `smtp://baton:${password}@localhost:${port}` })
    expect(await withPassword('right')).toEqual([
      `ok Mail: localhost:${port} takes messages from us`,
      'ok Messages: mail can be sent',
      'ok Outside accounts: none are configured for signing in',
    ])
    expect((await withPassword('canary'))[0]).toMatch(/^fail Mail: .*answered 535.*→ Check host, port, user/)
    await new Promise<void>((resolve) => server.close(() => resolve()))
    expect((await withPassword('right'))[0]).toMatch(/^fail Mail: .*ECONNREFUSED|ESOCKET/)
  })

  it('reads the files, says what is wrong with them and who else can read them', async () => {
    const good = {
      BATON_SMS_CONFIG: await file('sms.json', sms),
      BATON_OAUTH_CONFIG: await file('oauth.json', qq, 0o644),
      BATON_URL: 'https://baton.example.com',
    }
    const said = await examined(good)
    expect(said).toContain('ok Outside accounts: people may sign in by qq')
    expect(said.filter((line) => line.startsWith('warn Secrets'))).toEqual([
      expect.stringContaining(`chmod 600 ${good.BATON_OAUTH_CONFIG}`),
    ])
    const { BATON_URL: _url, ...withoutUrl } = good
    expect((await examined(withoutUrl)).join('\n')).toMatch(
      /warn Outside accounts: .*nobody comes back → Set BATON_URL/,
    )
    const bad = await examined({
      BATON_SMS_CONFIG: await file('bad.json', { ...sms, url: 'http://sms.example.com/', more: 'canary' }),
      BATON_OAUTH_CONFIG: await file('broken.json', '{"canary"'),
    })
    expect(bad[0]).toMatch(/^fail Messages: The file in BATON_SMS_CONFIG.*url: must begin with https:/s)
    expect(bad[1]).toMatch(/^fail Outside accounts: The file in BATON_OAUTH_CONFIG/)
  })
})

describe('the start', () => {
  it('is refused for a file that is missing or not as it has to be', async () => {
    await expect(sendersOf(readSettings({ BATON_SMS_CONFIG: join(folder, 'none') }))).rejects.toThrow(Failure)
    const wecom = await file('wecom.json', { wecom: { clientId: 'x', secret: 'canary' } })
    await expect(oauthOf(readSettings({ BATON_OAUTH_CONFIG: wecom }))).rejects.toThrow(/wecom\.agentId/)
  })

  it('knows the ways out that are set', async () => {
    const senders = await sendersOf(
      readSettings({
        ...mail,
        BATON_SMTP_URL: 'smtp://localhost',
        BATON_SMS_CONFIG: await file('sms.json', sms),
        BATON_ROBOT_URL: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1',
      }),
    )
    expect(Object.keys(senders).sort()).toEqual(['email', 'robot', 'sms'])
    senders.email?.close?.()
  })

  it.each([
    [{}, 'http://localhost:4400'],
    [{ PORT: '80', BATON_TLS_CERT: 'c', BATON_TLS_KEY: 'k' }, 'https://localhost:80'],
    [{ BATON_URL: 'https://baton.example.com/' }, 'https://baton.example.com'],
  ])('with %j leads people to %s', (environment, expected) => {
    expect(publicUrlOf(readSettings(environment))).toBe(expected)
  })
})
