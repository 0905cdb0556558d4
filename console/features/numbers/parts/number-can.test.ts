import { describe, expect, it } from 'vitest'
import { type ActableNumber, type NumberAct, passingOf, whyNot } from './number-can.ts'

const now = Date.parse('2026-11-22T09:00:00Z')
const later = '2026-11-25T09:00:00.000000Z'
const held: ActableNumber = { state: 'held', undoUntil: later, waiting: [] }
const parked: ActableNumber = { state: 'parked', undoUntil: null, waiting: [] }
const released: ActableNumber = { state: 'released', undoUntil: null, waiting: [] }
const lent: ActableNumber = { ...held, waiting: [{ kind: 'return' }] }
const promised: ActableNumber = { ...held, waiting: [{ kind: 'move' }] }
const acts: readonly NumberAct[] = ['reassign', 'assign', 'park', 'undo', 'release']

function reasons(number: ActableNumber) {
  return Object.fromEntries(acts.map((act) => [act, whyNot(act, number, now)]))
}

describe('What can be done with a number', () => {
  it('NUM-11 passes on, parks and undoes a number in use, and does not release it (NUM-15)', () => {
    expect(reasons(held)).toEqual({ reassign: null, assign: 'held', park: null, undo: null, release: 'held' })
  })

  it('assigns or releases a parked number', () => {
    expect(reasons(parked)).toEqual({
      reassign: 'parked',
      assign: null,
      park: 'parked',
      undo: 'nothingToUndo',
      release: null,
    })
  })

  it('NUM-15 does nothing more with a released number', () => {
    expect(reasons(released)).toEqual({
      reassign: 'released',
      assign: 'released',
      park: 'released',
      undo: 'nothingToUndo',
      release: 'released',
    })
  })

  it('NUM-16 passes nothing on while a move waits, but still parks', () => {
    expect(whyNot('reassign', promised, now)).toBe('moveWaits')
    expect(whyNot('park', promised, now)).toBeNull()
  })

  it('NUM-11 lets a lent number go back to its lender, and keeps it from release', () => {
    expect(whyNot('reassign', lent, now)).toBeNull()
    expect(whyNot('release', { ...lent, state: 'parked' }, now)).toBe('onLoan')
  })

  it('NUM-11 offers no undo once the window is over', () => {
    expect(whyNot('undo', { ...held, undoUntil: '2026-11-22T08:59:59.000000Z' }, now)).toBe('nothingToUndo')
  })

  it('calls the passing on of a parked number its assignment', () => {
    expect([passingOf(parked), passingOf(held)]).toEqual(['assign', 'reassign'])
  })
})
