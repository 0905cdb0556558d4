import { describe, expect, it } from 'vitest'
import { batchSteps, shareDone, whyNot } from './batch-steps.ts'

const operation = {
  state: 'done',
  total: 10,
  done: 8,
  waiting: 0,
  failed: 2,
  undoes: null,
  undoneBy: null,
} as const

function allowed(change: Partial<Parameters<typeof whyNot>[1]>) {
  return batchSteps.filter((step) => whyNot(step, { ...operation, ...change }) === null)
}

describe('what can be done with a batch', () => {
  it.each([
    ['pending_approval', ['cancel']],
    ['running', ['pause', 'cancel']],
    ['paused', ['resume', 'cancel']],
    ['done', ['retry', 'undo']],
    ['cancelled', ['undo']],
  ] as const)('in the state %s: %s', (state, steps) => {
    expect(allowed({ state })).toEqual(steps)
  })
  it('says that nothing failed, and that nothing was done', () => {
    expect(whyNot('retry', { ...operation, failed: 0 })).toBe('not.noneFailed')
    expect(whyNot('undo', { ...operation, done: 0 })).toBe('not.nothingDone')
  })
  it('neither retries nor undoes what is undone, nor undoes an undo', () => {
    expect(allowed({ undoneBy: 'x' })).toEqual([])
    expect(whyNot('undo', { ...operation, undoes: 'x' })).toBe('not.isUndo')
  })
})

describe('how far a batch is', () => {
  it('is not whole before its last item', () => {
    expect(shareDone({ total: 100_000, pending: 1 })).toBe(0.99)
    expect(shareDone({ total: 100_000, pending: 0 })).toBe(1)
    expect(shareDone({ total: 4, pending: 3 })).toBe(0.25)
  })
})
