import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openWorld, type World } from '../../../test/world.ts'
import { addMinutes } from '../../kernel/instant.ts'
import { vaultOf } from '../../platform/crypto/vault.ts'
import { type OutgoingMessage, SendError } from '../../platform/messages/senders.ts'
import { defineTemplate, sendMessage } from './index.ts'
import { type DispatchParts, sendWaiting } from './service/dispatch.ts'
import { forgetMessages } from './service/forget.ts'
import { claimMessages } from './store.ts'

const caller = { kind: 'installation', id: 'tester' } as const
const template = defineTemplate({
  name: 'test.code',
  values: ['code'],
  en: { subject: 'Code', text: 'Your code is {code}.' },
  zh: { subject: '验证码', text: '您的验证码是 {code}。' },
})

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())
beforeEach(() => world.tamper('delete from messages'))

interface Post {
  readonly to?: string
  readonly usefulMinutes?: number
  readonly kind?: 'email' | 'phone' | 'robot'
}

function post(
  code: string,
  { to = 'wang@example.com', usefulMinutes, kind = 'email' }: Post = {},
): Promise<void> {
  return world.parts.database.inRealmOf(caller, async (tx) =>
    sendMessage(tx, world.parts.vault, {
      to: { kind, value: to },
      template,
      values: { code },
      language: 'en',
      ...(usefulMinutes === undefined ? {} : { usefulUntil: addMinutes(tx.now, usefulMinutes) }),
    }),
  )
}

interface Gate {
  readonly promise: Promise<void>
  resolve(): void
  reject(reason: Error): void
}

function openGate(): Gate {
  const gate = { resolve: () => {}, reject: (_reason: Error) => {} }
  const promise = new Promise<void>((resolve, reject) => Object.assign(gate, { resolve, reject }))
  return Object.assign(gate, { promise })
}

interface Row {
  readonly state: string
  readonly tries: number
  readonly failure: string | null
  readonly sealed: Buffer | null
}

async function rows(): Promise<Row[]> {
  const found = await world.tamper('select state, tries, failure, sealed from messages order by message_id')
  return found.rows
}

interface Warning {
  readonly fields: Readonly<Record<string, unknown>>
  readonly says: string
}

/** A dispatcher of its own beside the world's, with a mailbox that does what it is told. */
function dispatcher(
  take: (message: OutgoingMessage) => Promise<void> = async () => {},
  changed: Partial<DispatchParts> = {},
) {
  const taken: OutgoingMessage[] = []
  const warnings: Warning[] = []
  const sender = {
    async send(message: OutgoingMessage) {
      await take(message)
      taken.push(message)
    },
  }
  const note = (fields: object, says: string) => void warnings.push({ fields: { ...fields }, says })
  const parts: DispatchParts = {
    ...world.parts,
    senders: { email: sender, sms: sender, robot: sender },
    log: { warn: note, error: note },
    ...changed,
  }
  return {
    taken,
    warnings,
    run: (channel: 'email' | 'sms' | 'robot' = 'email') => sendWaiting(parts, channel),
  }
}

function failing(isLasting: boolean, reason = 'the mail server answered 451') {
  return async () => {
    throw new SendError(reason, { isLasting })
  }
}

describe('a message', () => {
  it('leaves after the commit of its cause, in the language of its reader', async () => {
    await post('111111')
    const { taken, run } = dispatcher()
    expect(await run()).toBe(1)
    expect(taken).toMatchObject([
      {
        channel: 'email',
        to: 'wang@example.com',
        subject: 'Code',
        text: 'Your code is 111111.',
        template: 'test.code',
        values: { code: '111111' },
        language: 'en',
      },
    ])
    expect(await run()).toBe(0)
  })

  it('never leaves when its cause was rolled back', async () => {
    const cause = world.parts.database.inRealmOf(caller, async (tx) => {
      sendMessage(tx, world.parts.vault, {
        to: { kind: 'email', value: 'wang@example.com' },
        template,
        values: { code: '111111' },
        language: 'zh',
      })
      throw new Error('no')
    })
    await expect(cause).rejects.toThrow('no')
    expect(await rows()).toEqual([])
  })

  it('goes by the way of its address', async () => {
    await post('1', { kind: 'phone', to: '+8613800138000' })
    await post('2', { kind: 'robot', to: 'notices' })
    const { taken, run } = dispatcher()
    expect([await run('email'), await run('sms'), await run('robot')]).toEqual([0, 1, 1])
    expect(taken.map(({ channel, to }) => [channel, to])).toEqual([
      ['sms', '+8613800138000'],
      ['robot', 'notices'],
    ])
  })

  it('can be read nowhere: not while it waits, not when it was sent, not when it failed', async () => {
    const everything = async () => JSON.stringify((await world.tamper('select * from messages')).rows)
    const readable = /424242|wang@|\\x|34323432/
    await post('424242')
    expect((await rows())[0]?.sealed?.toString('latin1')).not.toMatch(/424242|wang/)
    await dispatcher().run()
    expect(await rows()).toMatchObject([{ state: 'sent', sealed: null }])
    expect(await everything()).not.toMatch(readable)
    await post('424242')
    await dispatcher(failing(true)).run()
    expect((await rows())[1]).toMatchObject({ state: 'failed', sealed: null })
    expect(await everything()).not.toMatch(readable)
  })

  it('is not there for those who serve requests', async () => {
    const looking = world.parts.database.inRealmOf(caller, (tx) =>
      tx.query({ text: 'select * from messages' }),
    )
    await expect(looking).rejects.toThrow(/permission denied/)
  })
})

describe('several dispatchers at once', () => {
  it('send each of many messages once', async () => {
    const codes = Array.from({ length: 300 }, (_, index) => String(100_000 + index))
    for (const code of codes) await post(code)
    const sent: string[] = []
    const slowly = async ({ values }: OutgoingMessage) => {
      await new Promise((resolve) => setTimeout(resolve, 2))
      sent.push(values['code'] ?? '')
    }
    const counts = await Promise.all(Array.from({ length: 6 }, () => dispatcher(slowly).run()))
    expect(sent.sort()).toEqual(codes)
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(300)
    expect(counts.filter((count) => count > 0).length).toBeGreaterThan(1)
    expect((await rows()).every(({ state, tries }) => state === 'sent' && tries === 1)).toBe(true)
  })

  it('hold no transaction open and no row locked while a mail server is slow', async () => {
    await post('111111')
    const gate = openGate()
    const reached = openGate()
    const running = dispatcher(() => {
      reached.resolve()
      return gate.promise
    }).run()
    await reached.promise
    const open = await world.tamper(
      `select count(*)::int as n from pg_stat_activity where datname = current_database() and state = 'idle in transaction'`,
    )
    expect(open.rows[0].n).toBe(0)
    await world.tamper('select 1 from messages for update nowait')
    expect(await dispatcher().run()).toBe(0)
    gate.resolve()
    expect(await running).toBe(1)
  })
})

describe('a dispatcher that dies between taking and settling', () => {
  it('leaves its messages to another, once its lease has run out', async () => {
    await post('111111')
    await world.parts.database.asSteward(caller, (tx) =>
      claimMessages(tx, { channel: 'email', most: 4, leaseUntil: addMinutes(tx.now, 2) }),
    )
    const other = dispatcher()
    expect(await other.run()).toBe(0)
    world.clock.advance({ minutes: 2, seconds: 1 })
    expect(await other.run()).toBe(1)
    expect(await rows()).toMatchObject([{ state: 'sent', tries: 2 }])
  })

  it('and is only slow: what it says last counts only where it sent', async () => {
    await post('111111')
    const gate = openGate()
    const slow = dispatcher(() => gate.promise)
    const running = slow.run()
    await expect.poll(async () => (await rows())[0]?.tries).toBe(1)
    world.clock.advance({ minutes: 3 })
    await dispatcher(failing(false)).run()
    expect(await rows()).toMatchObject([{ state: 'waiting', tries: 2 }])
    gate.resolve()
    await running
    expect(await rows()).toMatchObject([{ state: 'sent' }])
    world.clock.advance({ minutes: 30 })
    expect(await dispatcher().run()).toBe(0)
  })

  it('and failed late, does not speak for the one that has it now', async () => {
    await post('111111')
    const gate = openGate()
    const running = dispatcher(() => gate.promise).run()
    await expect.poll(async () => (await rows())[0]?.tries).toBe(1)
    world.clock.advance({ minutes: 3 })
    await dispatcher(failing(false, 'the second')).run()
    gate.reject(new SendError('the first', { isLasting: true }))
    await running
    expect(await rows()).toMatchObject([{ state: 'waiting', tries: 2, failure: 'the second' }])
  })

  it('every time, with the same message, ends that message', async () => {
    await post('111111')
    const dying = () =>
      world.parts.database.asSteward(caller, (tx) =>
        claimMessages(tx, { channel: 'email', most: 4, leaseUntil: addMinutes(tx.now, 2) }),
      )
    for (let times = 0; times < 5; times++) {
      await dying()
      world.clock.advance({ minutes: 3 })
    }
    const { taken, run } = dispatcher()
    await run()
    expect(taken).toEqual([])
    expect(await rows()).toMatchObject([{ state: 'failed', failure: 'sending it never came to an end' }])
  })
})

describe('a message that cannot be handed over', () => {
  it('is tried five times with growing waits, and then given up; an operator is told why', async () => {
    await post('111111')
    const { warnings, run } = dispatcher(failing(false))
    const tried: number[] = []
    for (let second = 0; second <= 1_200; second += 10) {
      if ((await run()) > 0) tried.push(second)
      world.clock.advance({ seconds: 10 })
    }
    expect(tried).toHaveLength(5)
    const waits = tried.slice(1).map((second, index) => second - (tried[index] ?? 0))
    expect(waits).toEqual([...waits].sort((one, other) => one - other))
    expect(waits[0]).toBeGreaterThanOrEqual(20)
    expect(waits[3]).toBeGreaterThanOrEqual(600)
    expect(await rows()).toMatchObject([
      { state: 'failed', tries: 5, failure: 'the mail server answered 451' },
    ])
    expect(warnings.map(({ says }) => says).filter((says) => says.endsWith('given up'))).toHaveLength(1)
    expect(JSON.stringify(warnings)).not.toMatch(/111111|wang@/)
    expect(warnings[0]?.fields).toMatchObject({
      template: 'test.code',
      reason: 'the mail server answered 451',
    })
  })

  it('for a lasting reason is not tried again', async () => {
    await post('111111')
    const { run } = dispatcher(failing(true, 'the mail server answered 550'))
    await run()
    world.clock.advance({ hours: 1 })
    expect(await run()).toBe(0)
    expect(await rows()).toMatchObject([
      { state: 'failed', tries: 1, failure: 'the mail server answered 550' },
    ])
  })

  it('leaves later, when the server is back', async () => {
    await post('111111')
    let isAway = true
    const { taken, run } = dispatcher(async () => {
      if (isAway) throw new SendError('away', { isLasting: false })
    })
    await run()
    isAway = false
    world.clock.advance({ seconds: 21 })
    await run()
    expect(taken).toHaveLength(1)
    expect(await rows()).toMatchObject([{ state: 'sent', tries: 2 }])
  })

  it('because of a fault of ours is tried again, and the fault is told', async () => {
    await post('111111')
    const { warnings, run } = dispatcher(async () => {
      throw new TypeError('a bug')
    })
    await run()
    expect(await rows()).toMatchObject([{ state: 'waiting', failure: 'a fault on our side' }])
    expect(warnings[0]?.fields['err']).toBeInstanceOf(TypeError)
  })

  it('sealed with a key that is gone does not keep the others', async () => {
    await post('111111')
    await post('222222')
    const { taken, run } = dispatcher(undefined, { vault: vaultOf(Buffer.alloc(32, 7)) })
    expect(await run()).toBe(2)
    expect(taken).toEqual([])
    expect((await rows()).map(({ state }) => state)).toEqual(['failed', 'failed'])
  })
})

describe('a code that has expired', () => {
  it('is not sent late', async () => {
    await post('111111', { usefulMinutes: 10 })
    world.clock.advance({ minutes: 10 })
    const { taken, run } = dispatcher()
    await run()
    expect(taken).toEqual([])
    expect(await rows()).toMatchObject([
      { state: 'failed', failure: 'it was too late to be of use', sealed: null },
    ])
  })

  it('before it could be tried again is given up at once', async () => {
    await post('111111', { usefulMinutes: 2 })
    const { run } = dispatcher(failing(false))
    await run()
    world.clock.advance({ seconds: 30 })
    await run()
    world.clock.advance({ seconds: 70 })
    await run()
    expect(await rows()).toMatchObject([{ state: 'failed', tries: 3, sealed: null }])
  })
})

describe('a channel that hangs', () => {
  it('keeps no other waiting', async () => {
    await post('111111', { kind: 'phone', to: '+8613800138000' })
    await post('222222')
    const gate = openGate()
    const hanging = dispatcher(({ channel }) => (channel === 'sms' ? gate.promise : Promise.resolve()))
    const sms = hanging.run('sms')
    expect(await hanging.run('email')).toBe(1)
    expect(hanging.taken.map(({ channel }) => channel)).toEqual(['email'])
    gate.resolve()
    await sms
  })
})

describe('a Baton that stops', () => {
  it('ends what is under way and takes nothing more', async () => {
    for (let count = 0; count < 12; count++) await post(String(count))
    const stop = new AbortController()
    const { taken, run } = dispatcher(async () => stop.abort(), { draining: stop.signal })
    expect(await run()).toBe(4)
    expect(taken).toHaveLength(4)
    expect((await rows()).filter(({ state }) => state === 'waiting')).toHaveLength(8)
  })
})

describe('a message that no sender takes', () => {
  it('fails and is not kept', async () => {
    await post('111111')
    const { warnings, run } = dispatcher(undefined, { senders: {} })
    await run()
    expect(await rows()).toMatchObject([
      { state: 'failed', failure: 'no sender is configured', sealed: null },
    ])
    expect(warnings).toHaveLength(1)
  })

  it('is kept for the outbox of a development machine, until that is off', async () => {
    await post('111111')
    await dispatcher(undefined, { senders: {}, outbox: true }).run()
    expect(await rows()).toMatchObject([{ state: 'kept' }])
    const forget = (outbox: boolean) =>
      world.parts.database.asSteward(caller, (tx) => forgetMessages(tx, { outbox }))
    expect(await forget(true)).toBe(0)
    expect((await rows())[0]?.sealed).not.toBeNull()
    expect(await forget(false)).toBe(1)
    expect(await rows()).toMatchObject([{ state: 'failed', sealed: null }])
  })
})

describe('messages that ended', () => {
  it('are forgotten after 30 days, those that wait are not', async () => {
    await post('111111')
    await dispatcher().run()
    await post('222222')
    world.clock.advance({ days: 29 })
    const forget = () => world.parts.database.asSteward(caller, (tx) => forgetMessages(tx, { outbox: false }))
    expect(await forget()).toBe(0)
    world.clock.advance({ days: 1, minutes: 1 })
    expect(await forget()).toBe(1)
    expect(await rows()).toMatchObject([{ state: 'waiting' }])
  })
})

describe('a template', () => {
  it('names the values that its texts use', () => {
    expect(() =>
      defineTemplate({
        name: 'test.wrong',
        values: ['code'],
        en: { subject: 'Code', text: '{code}' },
        zh: { subject: '验证码', text: '{kode}' },
      }),
    ).toThrow('test.wrong has no value for {kode}')
  })
})
