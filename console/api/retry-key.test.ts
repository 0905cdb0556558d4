import { describe, expect, it } from 'vitest'
import { ApiProblem, unreachable } from './problem.ts'
import { createRetryKey } from './retry-key.ts'

function opened() {
  const clock = { now: 0 }
  let made = 0
  const retryKey = createRetryKey(
    () => clock.now,
    () => `key ${++made}`,
  )
  return { clock, retryKey }
}

describe('ALL-4 what is sent again', () => {
  it.each([
    ['Baton could not be reached', unreachable(new TypeError('Failed to fetch'))],
    ['the database was away', new ApiProblem({ code: 'database.outcome_unknown' }, 503)],
    ['a proxy heard nothing', new ApiProblem({}, 504)],
    ['a proxy heard half of it', new ApiProblem({}, 502)],
  ])('since %s is done once', (_, error) => {
    const { retryKey } = opened()
    const first = retryKey.for('park 1')
    retryKey.settle('park 1', error)
    expect(retryKey.for('park 1')).toBe(first)
  })

  it.each([
    ['it was done', null],
    ['it was refused', new ApiProblem({ code: 'number.cooling_down' }, 409)],
  ])('after %s is done anew', (_, error) => {
    const { retryKey } = opened()
    const first = retryKey.for('park 1')
    retryKey.settle('park 1', error)
    expect(retryKey.for('park 1')).not.toBe(first)
  })

  it('in other words is something else', () => {
    const { retryKey } = opened()
    const first = retryKey.for('park 1')
    retryKey.settle('park 1', unreachable(null))
    expect(retryKey.for('park 2')).not.toBe(first)
  })

  it('twice by one double click is done once', () => {
    const { retryKey } = opened()
    expect(retryKey.for('park 1')).toBe(retryKey.for('park 1'))
  })

  it('a quarter of an hour later is meant anew', () => {
    const { retryKey, clock } = opened()
    const first = retryKey.for('park 1')
    retryKey.settle('park 1', unreachable(null))
    clock.now += 900_000
    expect(retryKey.for('park 1')).not.toBe(first)
  })

  it('is not forgotten because something else was answered meanwhile', () => {
    const { retryKey } = opened()
    retryKey.for('park 1')
    const second = retryKey.for('park 2')
    retryKey.settle('park 1', null)
    retryKey.settle('park 2', unreachable(null))
    expect(retryKey.for('park 2')).toBe(second)
  })
})
