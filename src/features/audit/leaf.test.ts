import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  CanonicalFormError,
  canonicalEntry,
  canonicalJson,
  digestDetails,
  inMicroseconds,
  type LedgerEntry,
  leafHashOf,
} from './leaf.ts'

const entry: LedgerEntry = {
  companyId: '0197a000-0000-7000-8000-000000000001',
  id: '0197a000-0000-7000-8000-0000000000aa',
  at: '2025-11-22T01:02:03.456Z',
  action: 'number.reassigned',
  actor: { kind: 'member', id: '0197a000-0000-7000-8000-000000000002' },
  subjectKind: 'number',
  subjectId: '0197a000-0000-7000-8000-000000000003',
  effect: { to: 'b', from: 'a', mode: 'keep' },
  reasonDigest: null,
  detailsDigest: 'ab'.repeat(32),
}

describe('the canonical form of an entry', () => {
  it('ALL-2 writes the examples of RFC 8785 as the standard prints them', () => {
    const example = {
      numbers: JSON.parse('[333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001]'),
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    }
    expect(canonicalJson(example)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    )
    const names = { '\u20ac': 5, '\r': 1, '\ufb33': 7, '1': 2, '\u{1f600}': 6, '\u0080': 3, '\u00f6': 4 }
    expect(Object.values(JSON.parse(canonicalJson(names)))).toEqual([2, 1, 3, 4, 5, 6, 7])
    expect(canonicalJson(names).indexOf('"\\r"')).toBe(1)
    expect(canonicalJson([-0, 1e21, 1e-7, 9007199254740992])).toBe('[0,1e+21,1e-7,9007199254740992]')
  })

  it('ALL-2 is the same whatever the order of the keys, and reads back as the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const text = canonicalJson(value)
        expect(canonicalJson(JSON.parse(text))).toBe(text)
        expect(canonicalJson(reversed(value))).toBe(text)
      }),
      { seed: 8785, numRuns: 500 },
    )
  })

  it.each([
    ['NaN', { a: [Number.NaN] }, 'a.0'],
    ['infinity', Number.POSITIVE_INFINITY, ''],
    ['undefined', { a: { b: undefined } }, 'a.b'],
    ['half of a surrogate pair', { a: 'x\ud800y' }, 'a'],
    ['half of a surrogate pair in a key', { '\udc00': 1 }, ''],
    ['a hole in a list', Object.assign([], { 1: 'after the hole' }), '0'],
    ['a date', { at: new Date(0) }, 'at'],
    ['a map', new Map(), ''],
    ['a bigint', { n: 1n }, 'n'],
    ['a function', { f: () => 1 }, 'f'],
  ])('ALL-2 refuses %s and says where it is', (_, value, path) => {
    expect(() => canonicalJson(value)).toThrow(expect.objectContaining({ name: 'CanonicalFormError', path }))
  })

  it('ALL-2 refuses a value that contains itself', () => {
    const loop: unknown[] = []
    loop.push(loop)
    expect(() => canonicalJson(loop)).toThrow(CanonicalFormError)
  })

  it('ALL-2 keeps the form of an entry for good: old leaf hashes must stay verifiable', () => {
    expect(canonicalEntry(entry)).toBe(
      `{"action":"number.reassigned","actor":{"id":"0197a000-0000-7000-8000-000000000002","kind":"member","onBehalfOf":null},"at":"2025-11-22T01:02:03.456000Z","companyId":"0197a000-0000-7000-8000-000000000001","detailsDigest":"${'ab'.repeat(32)}","effect":{"from":"a","mode":"keep","to":"b"},"id":"0197a000-0000-7000-8000-0000000000aa","reasonDigest":null,"subjectId":"0197a000-0000-7000-8000-000000000003","subjectKind":"number","v":1}`,
    )
    const expected = createHash('sha256').update('\0').update(canonicalEntry(entry)).digest('hex')
    expect(leafHashOf(entry).toString('hex')).toBe(expected)
  })

  it('ALL-2 hashes an entry alike before it is stored and after it is read back', () => {
    const readBack = {
      ...entry,
      at: '2025-11-22T01:02:03.456000Z',
      actor: { ...entry.actor, onBehalfOf: null },
      effect: { from: 'a', mode: 'keep', to: 'b' },
    }
    expect(leafHashOf(readBack)).toEqual(leafHashOf(entry))
  })

  it.each<[string, Partial<LedgerEntry>]>([
    ['company', { companyId: 'other' }],
    ['id', { id: 'other' }],
    ['instant by a microsecond', { at: '2025-11-22T01:02:03.456001Z' }],
    ['action', { action: 'number.parked' }],
    ['actor', { actor: { kind: 'token', id: entry.actor.id } }],
    ['word about the actor', { actor: Object.assign({ name: 'someone' }, entry.actor) }],
    ['person acted for', { actor: { ...entry.actor, onBehalfOf: 'someone' } }],
    ['kind of subject', { subjectKind: 'member' }],
    ['subject', { subjectId: 'other' }],
    ['effect', { effect: { ...entry.effect, to: 'c' } }],
    ['reason', { reasonDigest: 'cd' }],
    ['details', { detailsDigest: null }],
  ])('ALL-2 gives another leaf hash for another %s', (_, change) => {
    expect(leafHashOf({ ...entry, ...change })).not.toEqual(leafHashOf(entry))
  })

  it('ALL-2 orders instants by their text, and refuses one without UTC', () => {
    expect(inMicroseconds('2025-11-22T01:02:03Z')).toBe('2025-11-22T01:02:03.000000Z')
    expect(inMicroseconds('2025-11-22T01:02:03.12Z')).toBe('2025-11-22T01:02:03.120000Z')
    expect(() => inMicroseconds('2025-11-22T01:02:03+08:00')).toThrow(CanonicalFormError)
    expect(() => leafHashOf({ ...entry, at: 'yesterday' })).toThrow(CanonicalFormError)
  })
})

describe('digests of erasable details', () => {
  const salt = Buffer.alloc(32, 7)

  it('ALL-2 is the SHA-256 of salt and canonical details', () => {
    const expected = createHash('sha256')
      .update(salt)
      .update('{"name":"王芳","phone":"+8613800000000"}')
      .digest('hex')
    expect(digestDetails(salt, { phone: '+8613800000000', name: '王芳' })).toBe(expected)
  })

  it('ALL-2 cannot be found by guessing phone numbers without the salt', () => {
    expect(digestDetails(Buffer.alloc(32, 8), '+8613800000000')).not.toBe(
      digestDetails(salt, '+8613800000000'),
    )
  })

  it('ALL-2 refuses a salt of another length, which could pass bytes over to the details', () => {
    const longer = Buffer.concat([salt, Buffer.from('1')])
    expect(() => digestDetails(longer, 23)).toThrow(RangeError)
    expect(() => digestDetails(Buffer.alloc(0), 123)).toThrow(RangeError)
  })
})

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reversed(item)]),
  )
}
