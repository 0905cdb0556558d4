import { describe, expect, it } from 'vitest'
import { corrected, recipientsToLookUp, sentList } from './lines.ts'
import { indexPeople, matchPerson } from './person-match.ts'

function person(memberId: string, name: string, staffCode: string, status = 'active') {
  return {
    memberId,
    name,
    staffCode,
    status,
    alias: null,
  }
}
const people = indexPeople([
  person('m1', 'Anna Li', 'E1'),
  person('m2', 'Ben Wu', 'E2'),
  person('m3', 'Ben Wu', 'E3'),
  person('m4', 'Cara Xu', 'E4', 'left'),
  person('m5', 'Cara Xu', 'E5'),
  person('m6', 'E1', 'E6'),
])

describe('whom a written recipient means', () => {
  it('takes a staff code before a name, in any case and width', () => {
    expect(matchPerson(people, 'ｅ1')).toEqual({ kind: 'one', memberId: 'm1' })
  })
  it('finds a name whatever its spaces', () => {
    expect(matchPerson(people, ' anna  li ')).toEqual({ kind: 'one', memberId: 'm1' })
  })
  it('names the staff codes of people who share a name', () => {
    expect(matchPerson(people, 'Ben Wu')).toEqual({ kind: 'many', staffCodes: ['E2', 'E3'] })
  })
  it('passes over who has left, where someone of the name is still here', () => {
    expect(matchPerson(people, 'Cara Xu')).toEqual({ kind: 'one', memberId: 'm5' })
  })
  it('knows when nobody is meant', () => {
    expect(matchPerson(people, 'Dan')).toEqual({ kind: 'none' })
  })
})

describe('what is sent to be checked', () => {
  const lines = [
    { row: 2, number: '+49301234567', recipient: 'Anna Li' },
    { row: 3, number: '', recipient: 'Anna Li' },
    { row: 4, number: '+49301234568', recipient: '' },
    { row: 5, number: '+49301234569', recipient: 'Ben Wu' },
    { row: 6, number: '+49301234570', recipient: 'E2', numberId: 'n6', toMemberId: 'm2' },
  ]
  it('leaves out lines that cannot be sent, says why, and knows which line each move is', () => {
    const found = new Map(
      recipientsToLookUp(lines, 'either').map((text) => [text, matchPerson(people, text)]),
    )
    const { moves, lineOf, problems } = sentList(lines, { kind: 'either', people: found })
    expect(moves).toEqual([
      { number: '+49301234567', toMemberId: 'm1' },
      { numberId: 'n6', toMemberId: 'm2' },
    ])
    expect(lineOf).toEqual([0, 4])
    expect([...problems]).toEqual([
      [1, 'number_missing'],
      [2, 'recipient_missing'],
      [3, 'recipient_ambiguous'],
    ])
  })
  it('sends a column of staff codes as it is', () => {
    expect(sentList(lines.slice(0, 1), { kind: 'code', people: new Map() }).moves).toEqual([
      { number: '+49301234567', toStaffCode: 'Anna Li' },
    ])
  })
  it('takes what was written by hand beside a column of staff codes for a name, too', () => {
    const byHand = [{ row: 2, number: '+49301234567', recipient: 'Anna Li', isByHand: true }]
    expect(recipientsToLookUp(byHand, 'code')).toEqual(['Anna Li'])
  })
  it('looks each recipient up once, and none that was chosen', () => {
    expect(recipientsToLookUp([...lines, ...lines], 'either')).toEqual(['Anna Li', 'Ben Wu'])
  })
  it('forgets who was chosen when the recipient is written anew', () => {
    expect(corrected(lines[4] ?? { row: 0, number: '', recipient: '' }, { recipient: ' E1 ' })).toEqual({
      row: 6,
      number: '+49301234570',
      recipient: 'E1',
      numberId: 'n6',
      toMemberId: undefined,
      isByHand: true,
    })
  })
})
