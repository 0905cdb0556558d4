import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DepartmentPath } from '../model/column.ts'
import { writePaths } from '../model/written-value.ts'
import { quotePaths, readPaths } from './department-paths.ts'

const name = fc
  .array(
    fc.constantFrom('市', 'a', 'B', '/', '；', ';', '"', '*', '，', ',', '\\', '>', ' ', '\u00a0', '🙂'),
    {
      minLength: 1,
      maxLength: 6,
    },
  )
  .map((parts) => parts.join('').trim())
  .filter((text) => text !== '')
const paths = fc.uniqueArray(
  fc.record({ names: fc.array(name, { minLength: 1, maxLength: 4 }), isLead: fc.boolean() }),
  { minLength: 1, maxLength: 4, selector: (path: DepartmentPath) => path.names.join('\0') },
)

describe('a cell of departments', () => {
  it('is read as what was written, whatever marks the names have', () => {
    fc.assert(
      fc.property(paths, (wanted) => {
        expect(readPaths(writePaths(wanted))).toEqual({ kind: 'paths', paths: wanted })
      }),
      { numRuns: 500 },
    )
  })

  it.each([
    ['公司/市场部', ['公司/市场部']],
    ['公司/市场部；公司/项目组', ['公司/市场部', '公司/项目组']],
    ['a/b; c *', ['a/b', 'c*']],
    [' 市场部 / 华东 ', ['市场部/华东']],
    ['"研发/测试"/一组', ['研发\\/测试/一组']],
    ['研发"A"组', ['研发"A"组']],
  ])('%j names %j', (text, wanted) => {
    const read = readPaths(text)
    const shown =
      read.kind === 'paths'
        ? read.paths.map(({ names, isLead }) => {
            return `${names.map((one) => one.replace('/', '\\/')).join('/')}${isLead ? '*' : ''}`
          })
        : read
    expect(shown).toEqual(wanted)
  })

  it.each([
    ['市场部，项目组', '，', '市场部；项目组'],
    ['a/b,c/d', ',', 'a/b；c/d'],
    ['公司\\市场部', '\\', '公司/市场部'],
    ['公司 > 市场部', '>', '公司/市场部'],
    ['市场部\n项目组', '\n', '市场部；项目组'],
  ])('with other marks, as in %j, is told with what was meant', (text, mark, suggestion) => {
    expect(readPaths(text)).toEqual({ kind: 'separator', mark, suggestion })
    expect(readPaths(suggestion).kind).toBe('paths')
  })

  it('whose mark belongs to the name is one name when it is quoted', () => {
    expect(quotePaths('R&D, Europe/Lab*；b')).toBe('"R&D, Europe"/Lab*；b')
    expect(readPaths(quotePaths('R&D, Europe'))).toEqual({
      kind: 'paths',
      paths: [{ names: ['R&D, Europe'], isLead: false }],
    })
  })

  it.each([
    ['/公司/市场部', '公司/市场部'],
    ['公司//市场部/', '公司/市场部'],
    ['市场部；', '市场部'],
    ['a；b；a*', 'a*；b'],
  ])('with an empty level or a twin, as in %j, is tidied', (text, suggestion) => {
    expect(readPaths(text)).toEqual({ kind: 'untidy', suggestion })
  })

  it('with an open quotation mark is not guessed', () => {
    expect(readPaths('"市场部/a')).toEqual({ kind: 'open_quote' })
  })
})
