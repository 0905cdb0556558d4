import { describe, expect, it } from 'vitest'
import { dueToday, isRunningOut, lateFailures, openHandovers, openOperations } from './sort-tasks.ts'

const now = Date.parse('2026-11-22T15:00:00Z')
function move(dueAt: string) {
  return { dueAt } as Parameters<typeof dueToday>[0][number]
}
function operation(change: object) {
  const done = { state: 'done', failed: 0, undoneBy: null, finishedAt: '2026-11-22T12:00:00Z' }
  return { ...done, ...change } as Parameters<typeof openOperations>[0][number]
}

describe('what Home asks a person to do', () => {
  it("ends today where the reader's day ends, and keeps what is late", () => {
    const late = move('2026-11-20T00:00:00Z')
    const evening = move('2026-11-22T15:30:00Z')
    const night = move('2026-11-22T16:30:00Z')
    expect(dueToday([late, evening, night], now, 'Asia/Shanghai')).toEqual([late, evening])
    expect(dueToday([late, evening, night], now, 'UTC')).toEqual([late, evening, night])
  })
  it('lets failures of more than a week ago rest', () => {
    const recent = move('2026-11-16T00:00:00Z')
    expect(lateFailures([recent, move('2026-11-15T00:00:00Z')], now)).toEqual([recent])
  })
  it('keeps batches that go on apart from those that ended with failed items', () => {
    const running = operation({ state: 'running', finishedAt: null })
    const flawed = operation({ failed: 3 })
    const others = [
      operation({}),
      operation({ failed: 3, undoneBy: 'x' }),
      operation({ state: 'cancelled', failed: 1 }),
    ]
    expect(openOperations([running, flawed, ...others], now)).toEqual({ going: [running], flawed: [flawed] })
  })
  it('warns of licences at two, or at a tenth', () => {
    expect(isRunningOut({ total: 10, free: 2 })).toBe(true)
    expect(isRunningOut({ total: 10, free: 3 })).toBe(false)
    expect(isRunningOut({ total: 200, free: 20 })).toBe(true)
    expect(isRunningOut({ total: 200, free: 21 })).toBe(false)
    expect(isRunningOut({ total: 0, free: 0 })).toBe(false)
  })

  it('puts handovers first that stand still until somebody does something, and leaves out what is over', () => {
    const handover = (state: string, needsYou = 0) =>
      ({ state, coverage: { needsYou } }) as Parameters<typeof openHandovers>[0][number]
    const [draft, running, stuck] = [handover('draft'), handover('running'), handover('running', 1)]
    const stopped = handover('stopped')
    expect(openHandovers([draft, running, stuck, handover('finished'), stopped])).toEqual([
      stuck,
      stopped,
      draft,
      running,
    ])
  })
})
