import { describe, expect, it } from 'vitest'
import { type Entry, historyOf, sentenceOf } from './entry-words.ts'

const names = { nobody: 'nobody', somebody: 'somebody', byId: new Map([['a', 'Anna']]) }

const entry: Entry = {
  id: '0',
  seq: 7,
  at: '2026-11-22T09:00:00.000000Z',
  action: 'number.reassigned',
  actor: { kind: 'member', id: 'o', onBehalfOf: null },
  actorName: 'Olga',
  subjectKind: 'number',
  subjectId: 'n',
  effect: { from: 'a', to: 'b', history: 'hide' },
  reason: null,
  details: { to: 'Ben' },
  detailsErased: false,
}

describe('decisions about a number in words', () => {
  it('ALL-2 says who had it and who got it, with the names of that day', () => {
    expect(sentenceOf(entry, names)).toEqual({
      word: 'entry.reassigned',
      values: { action: 'number.reassigned', from: 'Anna', to: 'Ben' },
    })
    expect(historyOf(entry)).toBe('entry.history.hide')
  })

  it('says somebody where names were erased, and nobody where there was none', () => {
    expect(
      sentenceOf({ ...entry, effect: { from: null, to: 'x' }, details: null }, names).values,
    ).toMatchObject({
      from: 'nobody',
      to: 'somebody',
    })
  })

  it('names what it has no words for as the ledger does', () => {
    expect(sentenceOf({ ...entry, action: 'number.painted' }, names)).toMatchObject({
      word: 'entry.other',
      values: { action: 'number.painted' },
    })
  })
})
