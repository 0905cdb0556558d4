import { describe, expect, it } from 'vitest'
import {
  type Draft,
  isSameCustody,
  missingIn,
  morningAfter,
  newDraft,
  orderOf,
  type SeenNumber,
  settled,
} from './reassign-order.ts'

const ben = { memberId: 'ben', name: 'Ben' }
const held: SeenNumber = {
  state: 'held',
  holder: { memberId: 'anna', name: 'Anna' },
  availableAt: null,
  waiting: [],
}
const parked: SeenNumber = { ...held, state: 'parked', holder: null }
const cooling: SeenNumber = { ...held, availableAt: '2026-11-22T14:32:00.000000Z' }

function draft(change: Partial<Draft> = {}, number = held): Draft {
  return { ...newDraft(number, 'Asia/Shanghai', ben), ...change }
}

describe('what the reassign dialog asks for', () => {
  it('NUM-9 names the holder that was seen, and nobody for a parked number', () => {
    expect(orderOf(draft(), held)).toEqual({
      toMemberId: 'ben',
      history: 'keep',
      when: 'now',
      expectedHolderId: 'anna',
    })
    expect(orderOf(draft({}, parked), parked)).toMatchObject({ expectedHolderId: null })
  })

  it('NUM-4 offers a number that cools down the end of the cool-down first', () => {
    expect(orderOf(draft({}, cooling), cooling)).toMatchObject({ when: 'earliest' })
  })

  it('NUM-4 wants a reason for leaving the cool-down out, and sends it only then', () => {
    const now = draft({ timing: 'now' }, cooling)
    expect(missingIn(now, cooling)).toEqual(['overrideReason'])
    expect(orderOf({ ...now, overrideReason: ' customer\nwaits ' }, cooling)).toMatchObject({
      when: 'now',
      overrideCooldown: { reason: 'customer waits' },
    })
    expect(orderOf({ ...now, overrideReason: 'x' }, held)).not.toHaveProperty('overrideCooldown')
  })

  it('NUM-4 moves now what waited for a cool-down that is over by the time it is sent', () => {
    expect(settled(draft({}, cooling), held).timing).toBe('now')
    expect(settled(draft({}, cooling), cooling).timing).toBe('earliest')
  })

  it('NUM-11 gives a lent number back now, though it cools down', () => {
    const lent = { ...cooling, waiting: [{ kind: 'return' as const }] }
    const back = draft({}, lent)
    expect(back.timing).toBe('now')
    expect(missingIn(back, lent)).toEqual([])
    expect(orderOf(back, lent)).not.toHaveProperty('overrideCooldown')
  })

  it('NUM-9 notices another holder, but not the end of a cool-down', () => {
    expect(isSameCustody(cooling, held)).toBe(true)
    expect(isSameCustody({ ...held, holder: ben }, held)).toBe(false)
    expect(isSameCustody(parked, held)).toBe(false)
  })

  it('NUM-5 deletes history only with a reason', () => {
    expect(missingIn(draft({ history: 'delete', reason: ' ' }), held)).toEqual(['reason'])
    expect(orderOf(draft({ history: 'delete', reason: ' ' }), held)).toBeNull()
    expect(orderOf(draft({ history: 'delete', reason: 'left' }), held)).toMatchObject({ reason: 'left' })
  })

  it('NUM-11 sends local times with the time zone they were given in', () => {
    const order = orderOf(
      draft({ timing: 'at', at: '2026-12-01T09:00', isLoan: true, returnAt: '2026-12-05T18:00' }),
      held,
    )
    expect(order).toMatchObject({
      at: '2026-12-01T09:00',
      returnAt: '2026-12-05T18:00',
      timeZone: 'Asia/Shanghai',
    })
    expect(orderOf(draft({ at: '2026-12-01T09:00' }), held)).not.toHaveProperty('at')
  })

  it('NUM-4 lets a move at a time that the cool-down covers wait for its end', () => {
    expect(orderOf(draft({ timing: 'at', at: '2026-11-22T14:00' }, cooling), cooling)).toMatchObject({
      when: 'earliest',
    })
  })

  it('names everything that is still missing', () => {
    const empty = draft({ to: null, timing: 'at', isLoan: true, history: 'delete' })
    expect(missingIn(empty, held)).toEqual(['to', 'reason', 'at', 'returnAt'])
  })
})

describe('local times', () => {
  it('finds the next morning by the calendar of the zone, over the end of a month', () => {
    expect(morningAfter('2026-11-29T20:05:00Z', 1, 'Asia/Shanghai')).toBe('2026-12-01T09:00')
  })
})
