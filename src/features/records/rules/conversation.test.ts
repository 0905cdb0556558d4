import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answers, asksForAnswer, newsOf, type Said } from './conversation.ts'

describe('what asks and what answers', () => {
  it.each<[Said['kind'], Said['direction'], boolean | null, 'asks' | 'answers' | 'neither']>([
    ['message', 'inbound', null, 'asks'],
    ['message', 'outbound', null, 'answers'],
    ['voicemail', 'inbound', null, 'asks'],
    ['call', 'inbound', false, 'asks'],
    ['call', 'inbound', true, 'answers'],
    ['call', 'outbound', true, 'answers'],
    ['call', 'outbound', false, 'neither'],
  ])('a %s %s, answered: %s, %s', (kind, direction, answered, expected) => {
    const said = { kind, direction, answered }
    expect([asksForAnswer(said), answers(said)]).toEqual([expected === 'asks', expected === 'answers'])
  })
})

describe('news of conversations', () => {
  const said = fc.record<Said>({
    numberId: fc.constantFrom('n1', 'n2'),
    otherParty: fc.constantFrom('+49301', '+49302'),
    otherName: fc.constantFrom(null, 'Li', 'Wei'),
    occurredAt: fc.integer({ min: 10, max: 19 }).map((day) => `2026-01-${day}T00:00:00.000000Z`),
    kind: fc.constantFrom('call', 'message', 'voicemail'),
    direction: fc.constantFrom('inbound', 'outbound'),
    answered: fc.constantFrom(null, true, false),
  })
  const byKey = (records: readonly Said[]) =>
    newsOf(records).sort((one, other) =>
      `${one.numberId} ${one.otherParty}` < `${other.numberId} ${other.otherParty}` ? -1 : 1,
    )

  it('are one for each conversation, and the same in whichever order the records come', () => {
    fc.assert(
      fc.property(fc.array(said, { minLength: 1, maxLength: 12 }), (records) => {
        const news = byKey(records)
        expect(byKey([...records].reverse())).toEqual(news)
        expect(new Set(news.map((one) => `${one.numberId} ${one.otherParty}`)).size).toBe(news.length)
        for (const one of news) {
          const own = records.filter((r) => r.numberId === one.numberId && r.otherParty === one.otherParty)
          const asked = own.filter(asksForAnswer).map((r) => r.occurredAt)
          expect(one.lastAt).toBe(
            own
              .map((r) => r.occurredAt)
              .sort()
              .at(-1),
          )
          expect(one.lastAskedAt).toBe(asked.sort().at(-1) ?? null)
        }
      }),
    )
  })
})
