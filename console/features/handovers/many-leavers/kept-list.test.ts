import { describe, expect, it } from 'vitest'
import { type Line, readList, withChoice } from './kept-list.ts'

const lines: readonly Line[] = [
  { row: 2, staffCode: 'L1' },
  { row: 3, staffCode: 'L2' },
]

describe('the list of leavers that a window keeps', () => {
  it('comes back as it was, and not from what is no list', () => {
    expect(readList(JSON.stringify(lines))).toEqual(lines)
    for (const other of ['', '{', '[]', '{}', '[1]', '[{"staffCode":"L1"}]'])
      expect(readList(other)).toBeNull()
  })

  it('takes a choice into its line, and leaves a line out', () => {
    expect(withChoice(lines, 3, { successorId: null })).toEqual([
      lines[0],
      { ...lines[1], successorId: null },
    ])
    expect(withChoice(lines, 2, null)).toEqual([lines[1]])
  })
})
