import { describe, expect, it } from 'vitest'
import { columnsOf, table } from './text.ts'

describe('a table in the terminal', () => {
  it('stays aligned with Chinese names', () => {
    expect(
      table(
        ['NAME', 'ROLE'],
        [
          ['王芳', 'owner'],
          ['Li Lei', 'member'],
        ],
      ),
    ).toBe(['NAME    ROLE', '王芳    owner', 'Li Lei  member'].join('\n'))
    expect([...'王，Ａé🙂'].map(columnsOf)).toEqual([2, 2, 2, 1, 2])
  })

  it('never lets a name of others steer the terminal', () => {
    expect(table(['NAME'], [['a\u001b[2Jb\u009b\nc']])).toBe('NAME\na\ufffd[2Jb\ufffd\ufffdc')
  })
})
