import { describe, expect, it } from 'vitest'
import { countSigns, planLines, presentSigns } from './lines.ts'
import type { PlanGroup } from './model.ts'

const groups: PlanGroup[] = [
  {
    key: 'ann',
    title: 'Ann',
    rows: [
      { key: '1', sign: '-', text: '+49 30 1' },
      { key: '2', sign: '!', text: '+49 30 2' },
    ],
  },
  { key: 'ben', title: 'Ben', rows: [{ key: '1', sign: '+', text: '+49 30 1' }] },
]

describe('a plan', () => {
  it('is read group by group, each row under its own', () => {
    expect(planLines(groups, null).map(({ key }) => key)).toEqual([
      'group ann',
      'row ann 1',
      'row ann 2',
      'group ben',
      'row ben 1',
    ])
  })

  it('shows one kind alone, without groups that have none of it, and still counts all', () => {
    const lines = planLines(groups, '!')
    expect(lines.map(({ key }) => key)).toEqual(['group ann', 'row ann 2'])
    expect(lines[0]).toMatchObject({ counts: { '-': 1, '!': 1, '+': 0 } })
  })

  it('names only the kinds that occur', () => {
    expect(presentSigns(countSigns(groups.flatMap(({ rows }) => rows)))).toEqual(['+', '-', '!'])
  })
})
