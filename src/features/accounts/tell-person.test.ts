import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type SignedInPerson, signedInPerson } from '../../../test/builders/factors.ts'
import { bindAddress } from '../../../test/builders/identifiers.ts'
import { openWorld, type World } from '../../../test/world.ts'
import { systemCaller } from '../../kernel/caller.ts'
import type { Tx } from '../../platform/db/tx.ts'
import { defineTemplate } from '../messages/index.ts'
import { tellPerson } from './index.ts'
import { announceChange } from './service/changes.ts'
import { identifierInWords, maskIdentifier } from './service/identifier-words.ts'

const template = defineTemplate({
  name: 'test.news',
  values: ['who'],
  en: { subject: 'News', text: 'News for {who}.' },
  zh: { subject: '通知', text: '{who}的通知。' },
})

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

let phones = 0

async function withPhone(): Promise<SignedInPerson & { phone: string; phoneId: string }> {
  phones += 1
  const phone = `+8613900${String(phones).padStart(6, '0')}`
  const person = await signedInPerson(world)
  const phoneId = await bindAddress(world, person.client, { kind: 'phone', value: phone })
  await world.runDueWork()
  return { ...person, phone, phoneId }
}

function inRealmOf<T>({ accountId, company }: SignedInPerson, work: (tx: Tx) => Promise<T>): Promise<T> {
  return world.parts.database.inRealmOf(systemCaller(company.companyId, 'test'), (tx) =>
    tx.inAccount(accountId, work),
  )
}

async function newsSince<T>(work: () => Promise<T>): Promise<{ result: T; to: string[]; texts: string[] }> {
  const before = world.sent.length
  const result = await work()
  await world.runDueWork()
  const sent = world.sent.slice(before)
  return { result, to: sent.map(({ to }) => to).sort(), texts: sent.map(({ text }) => text) }
}

describe('ACC-9 what a person is told', () => {
  it('goes to every phone and e-mail address, in the language of the person', async () => {
    const person = await withPhone()
    const news = { template, values: { who: 'Olivia' } }
    const zh = await newsSince(() => inRealmOf(person, (tx) => tellPerson(tx, world.parts.vault, news)))
    expect(zh).toEqual({
      result: 2,
      to: [person.phone, person.email].sort(),
      texts: ['Olivia的通知。', 'Olivia的通知。'],
    })
    await person.client.patch('/v1/account', { language: 'en' })
    const words = { template, values: (language: string) => ({ who: language }) }
    const en = await newsSince(() => inRealmOf(person, (tx) => tellPerson(tx, world.parts.vault, words)))
    expect(en.texts).toEqual(['News for en.', 'News for en.'])
  })

  it('leaves out whom the caller names, and whoever is frozen; adds what was theirs until now, each once', async () => {
    const person = await withPhone()
    const { vault } = world.parts
    const { to } = await newsSince(() =>
      inRealmOf(person, (tx) =>
        tellPerson(tx, vault, {
          template,
          values: { who: 'you' },
          exceptIdentifierIds: [person.phoneId],
          alsoTo: [
            { kind: 'email', value: 'former@example.com' },
            { kind: 'email', value: person.email },
          ],
        }),
      ),
    )
    expect(to).toEqual(['former@example.com', person.email].sort())
    await world.tamper('update identifiers set frozen_at = now() where identifier_id = $1', [person.phoneId])
    const frozen = await newsSince(() =>
      inRealmOf(person, (tx) => tellPerson(tx, vault, { template, values: { who: 'you' } })),
    )
    expect(frozen.to).toEqual([person.email])
  })

  it('never leaves when its cause is rolled back', async () => {
    const person = await withPhone()
    const { to } = await newsSince(() =>
      inRealmOf(person, async (tx) => {
        await tellPerson(tx, world.parts.vault, { template, values: { who: 'you' } })
        throw new Error('the cause failed')
      }).catch(() => undefined),
    )
    expect(to).toEqual([])
  })

  it('tells of a change with one link to object, to old and new alike', async () => {
    const person = await withPhone()
    const parts = { vault: world.parts.vault, publicUrl: 'https://baton.test' }
    const { to, texts } = await newsSince(() =>
      inRealmOf(person, (tx) =>
        announceChange(tx, parts, {
          kind: 'identifier_unbound',
          subjectId: person.phoneId,
          identifier: { kind: 'email', value: 'gone@example.com' },
        }),
      ),
    )
    expect(to).toEqual([person.phone, person.email, 'gone@example.com'].sort())
    const links = texts.map((text) => /https:\/\/baton\.test\/objection#\S{43}/.exec(text)?.[0])
    expect(new Set(links).size).toBe(1)
    expect(links[0]).toBeDefined()
    for (const text of texts) expect(text).toContain('邮箱 g***@example.com')
  })
})

describe('an identifier in words', () => {
  it('is its kind, with as much as its person knows it by', () => {
    expect(identifierInWords({ kind: 'phone', value: '+8613800001000' }, 'zh')).toBe('手机号 +86138****1000')
    expect(identifierInWords({ kind: 'wechat', value: 'o6_bmjrPTlm6' }, 'en')).toBe('WeChat')
    expect(maskIdentifier({ kind: 'email', value: 'zhang@example.com' })).toBe('z***@example.com')
  })
})
