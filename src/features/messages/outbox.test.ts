import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hire } from '../../../test/builders/numbers.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from '../../../test/builders.ts'
import { type Client, openWorld, type World } from '../../../test/world.ts'
import { channelsOf } from '../../platform/messages/channels.ts'
import { defineTemplate, sendMessage } from './index.ts'

const password = 'seven green lamps 41'
const template = defineTemplate({
  name: 'test.code',
  values: ['code'],
  en: { subject: 'Code', text: 'Your code is {code}.' },
  zh: { subject: '验证码', text: '您的验证码是 {code}。' },
})

interface Machine {
  readonly world: World
  readonly company: TestCompany
  readonly owner: Client
}

async function startMachine(outbox: boolean): Promise<Machine> {
  const world = await openWorld(undefined, { outbox, senders: {} })
  const company = await createCompany(world, { ownerEmail: 'olivia@acme.example', password })
  const answer = await world.anonymous.post('/v1/sessions', { email: 'olivia@acme.example', password })
  bodyOf(answer, 201)
  const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? ''
  return { world, company, owner: world.client({ cookie, 'baton-company': company.slug }) }
}

async function post({ world }: Machine, code: string, language: 'en' | 'zh' = 'en'): Promise<void> {
  await world.parts.database.inRealmOf({ kind: 'installation', id: 'tester' }, async (tx) =>
    sendMessage(tx, world.parts.vault, {
      to: { kind: 'phone', value: '+8613800138000' },
      template,
      values: { code },
      language,
    }),
  )
  await world.runDueWork()
}

let development: Machine
let production: Machine
beforeAll(async () => {
  development = await startMachine(true)
  production = await startMachine(false)
}, 60_000)
afterAll(async () => {
  await development.world.close()
  await production.world.close()
})

describe('the outbox of a development machine', () => {
  it('shows an Owner in a browser what no sender took, the newest first, page by page', async () => {
    const { owner } = development
    await post(development, '111111')
    await post(development, '222222', 'zh')
    await post(development, '333333')
    const first = bodyOf(await owner.get('/v1/outbox?limit=2'), 200)
    expect(first.items).toMatchObject([
      { text: 'Your code is 333333.', language: 'en' },
      {
        channel: 'sms',
        to: '+8613800138000',
        template: 'test.code',
        subject: '验证码',
        text: '您的验证码是 222222。',
        language: 'zh',
      },
    ])
    expect(first.items[0]).not.toHaveProperty('values')
    const second = bodyOf(await owner.get(`/v1/outbox?limit=2&cursor=${first.nextCursor}`), 200)
    expect(second.items.map((item: { text: string }) => item.text)).toContain('Your code is 111111.')
    expect(bodyOf(await owner.get('/v1/outbox?cursor=none'), 400).code).toBe('page.cursor_invalid')
  })

  it('stays shut for tokens, the operator and everybody who is no Owner (ACC-1)', async () => {
    const { world, company } = development
    const admin = await tokenFor(world, company, await hire(company, 'Admin', { role: 'admin' }))
    const operator = world.operator.with({ 'baton-company': company.slug })
    for (const caller of [company.owner, admin, operator]) {
      expect(bodyOf(await caller.get('/v1/outbox'), 403).code).toBe('outbox.owner_only')
    }
    const member = await tokenFor(world, company, await hire(company, 'Member'))
    expect(bodyOf(await member.get('/v1/outbox'), 403).code).toBe('permission.missing')
    expect(bodyOf(await world.anonymous.get('/v1/outbox'), 401).code).toBe('session.required')
  })
})

describe('everywhere else', () => {
  it('there is no outbox, and nothing in it', async () => {
    await post(production, '111111')
    const refused = bodyOf(await production.owner.get('/v1/outbox'), 409)
    expect(refused.code).toBe('outbox.off')
    expect(refused.next).toContain('BATON_SMTP_URL')
    const { rows } = await production.world.tamper('select state, sealed from messages')
    expect(rows).toEqual([{ state: 'failed', sealed: null }])
  })
})

describe('what can be sent', () => {
  it('is told by the senders that are configured', () => {
    expect(channelsOf(development.world.parts)).toEqual({ email: false, sms: false, outbox: true })
    const sender = { send: async () => {} }
    expect(channelsOf({ senders: { email: sender, robot: sender }, outbox: false })).toEqual({
      email: true,
      sms: false,
      outbox: false,
    })
  })
})
