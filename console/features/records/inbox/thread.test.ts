import { describe, expect, it } from 'vitest'
import { nameOf, type ShownRecord, threadOf } from './thread.ts'

const mia = { memberId: 'mia', name: 'Mia' }
const lina = { memberId: 'lina', name: '李娜' }

function message(occurredAt: string, holderThen: ShownRecord['holderThen'] = mia): ShownRecord {
  return {
    recordId: occurredAt,
    numberId: 'n',
    e164: '+493012345601',
    kind: 'message',
    direction: 'inbound',
    occurredAt,
    durationSeconds: null,
    answered: null,
    awaitsAnswer: false,
    holderThen,
    otherParty: '+4915112345678',
    otherName: null,
    text: 'Hello',
    media: [],
    codeMasked: false,
    withheld: null,
  }
}

function told(records: readonly ShownRecord[], timeZone = 'Asia/Shanghai'): string[] {
  return threadOf(records, { timeZone, holderId: 'mia' }).map((line) => {
    if (line.kind === 'day') return 'day'
    if (line.kind === 'record') return line.record.occurredAt.slice(0, 16)
    return `${line.isFirst ? 'then' : 'since'} ${line.holder?.name ?? 'nobody'}`
  })
}

describe('a thread', () => {
  it('reads from the oldest to the newest, with a line before each day', () => {
    expect(
      told([
        message('2026-11-22T08:00:00Z'),
        message('2026-11-22T07:00:00Z'),
        message('2026-11-20T07:00:00Z'),
      ]),
    ).toEqual(['day', '2026-11-20T07:00', 'day', '2026-11-22T07:00', '2026-11-22T08:00'])
  })

  it('counts days in the time zone of the reader', () => {
    const records = [message('2026-11-21T16:30:00Z'), message('2026-11-21T15:30:00Z')]
    expect(told(records, 'Asia/Shanghai').filter((line) => line === 'day')).toHaveLength(2)
    expect(told(records, 'Europe/Berlin').filter((line) => line === 'day')).toHaveLength(1)
  })

  it('NUM-12 says who held the number wherever it was somebody else than before', () => {
    const records = [
      message('2026-11-22T09:00:00Z', mia),
      message('2026-11-22T08:00:00Z', null),
      message('2026-11-22T07:00:00Z', lina),
      message('2026-11-22T06:00:00Z', lina),
    ]
    expect(told(records)).toEqual([
      'day',
      'then 李娜',
      '2026-11-22T06:00',
      '2026-11-22T07:00',
      'since nobody',
      '2026-11-22T08:00',
      'since Mia',
      '2026-11-22T09:00',
    ])
  })

  it('does not say who holds the number now where nobody else ever did', () => {
    expect(told([message('2026-11-22T08:00:00Z', mia)])).toEqual(['day', '2026-11-22T08:00'])
  })
})

describe('the name of a record', () => {
  it.each([
    ['call', 'inbound', false, 'record.call.missed'],
    ['call', 'outbound', false, 'record.call.unanswered'],
    ['call', 'inbound', true, 'record.call.inbound'],
    ['voicemail', 'inbound', null, 'record.voicemail'],
    ['message', 'outbound', null, 'record.message.outbound'],
  ] as const)('of a %s that is %s and answered: %s', (kind, direction, answered, name) => {
    expect(nameOf({ kind, direction, answered })).toBe(name)
  })
})
