import { describe, expect, it } from 'vitest'
import { parsePhone } from '../../../../platform/phone/phone.ts'
import { NewNumber } from '../../../numbers/model.ts'
import { NewMember } from '../../../people/model.ts'
import { NewRecord } from '../../../records/model.ts'
import { headerWord, matchHeader } from '../../rules/headers.ts'
import { mapColumns } from '../../rules/map-columns.ts'
import { readRow, rowReader } from '../../rules/read-row.ts'
import { headerOf } from '../column.ts'
import { fixRules } from '../fix.ts'
import { defaultOptions } from '../options.ts'
import { problemRules } from '../problems.ts'
import type { ReadRow } from '../rows.ts'
import type { Template } from '../template.ts'
import { downloadColumns, templates } from './all.ts'

const all = Object.values(templates)

/** The example row of a download, read as if it were somebody's own. */
function readExample(template: Template): ReadRow {
  const columns = downloadColumns(template)
  const headers = columns.map(({ header }) => header)
  const mapping = mapColumns({ template, headers, rows: [], remembered: [] })
  const reader = rowReader({ template, mapping, options: defaultOptions, fileKind: 'xlsx', parsePhone })
  const texts = columns.map(({ column }) => column.example.replace('（示例）', ''))
  return readRow(reader, { row: 2, hidden: false, cells: texts.map((text) => ({ kind: 'text', text })) })
}

describe.each(all.map((template) => [template.name, template] as const))('the template %s', (_, template) => {
  it('MIG-3 has an example that is left out at import, and is right in every cell', () => {
    const examples = downloadColumns(template).map(({ column }) => column.example)
    expect(examples.filter((example) => example.endsWith('（示例）')).length).toBeGreaterThan(0)
    const row = readExample(template)
    expect(row.problems).toEqual([])
    const filled = downloadColumns(template).filter(({ column }) => column.example !== '')
    expect(Object.keys(row.values).sort()).toEqual(filled.map(({ column }) => column.key).sort())
  })

  it('reads the headers of its own downloads, in either language and in both, as what they are', () => {
    for (const column of template.columns) {
      for (const language of ['en', 'zh', 'both'] as const) {
        expect(matchHeader(template, headerOf(column, language))).toEqual({ key: column.key, why: 'header' })
      }
    }
    for (const { columns } of template.layouts) {
      for (const [key, header] of columns) expect(matchHeader(template, header)?.key).toBe(key)
    }
  })

  it('has one meaning for each header', () => {
    const words = template.columns.map((column) => {
      return new Set([column.header.en, column.header.zh, ...column.aliases].map(headerWord))
    })
    const twice = words.flatMap((own, index) => {
      return words.slice(index + 1).flatMap((others) => [...own].filter((word) => others.has(word)))
    })
    expect(twice).toEqual([])
    const keys = template.columns.map(({ key }) => key)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('says in both languages what it is and what goes into each column', () => {
    const words = [template.title, template.help, ...template.columns.map(({ help }) => help)]
    for (const { en, zh } of words) {
      expect(en).toMatch(/^.{3,300}$/)
      expect(zh).toMatch(/\p{Script=Han}/u)
    }
  })
})

describe('what the columns take', () => {
  it('is what the API takes of members, numbers and records', () => {
    const { values: member } = readExample(templates.members)
    const { departments: _, managerStaffCode: __, ...rest } = member
    expect(NewMember.safeParse(rest).error).toBeUndefined()
    const { number, label, type } = readExample(templates.numbers).values
    expect(NewNumber.safeParse({ number, label, type }).error).toBeUndefined()
    expect(NewRecord.safeParse(readExample(templates.records).values).error).toBeUndefined()
  })
})

describe('each problem of a file', () => {
  it.each(Object.entries(problemRules))(
    'ALL-3 %s says in both languages what is wrong and what to do',
    (_, rule) => {
      for (const { title, next } of [rule.en]) {
        expect(title).toMatch(/^["A-Z{].*\.$/)
        expect(next).toMatch(/^[A-Z].*\.$/)
      }
      for (const { title, next } of [rule.zh]) {
        expect(title).toMatch(/\p{Script=Han}.*。$/u)
        expect(next).toMatch(/\p{Script=Han}.*。$/u)
      }
      const valuesIn = (...texts: string[]) => [...new Set(texts.join().match(/\{\w+\}/g))].sort()
      expect(valuesIn(rule.zh.title, rule.zh.next)).toEqual(valuesIn(rule.en.title, rule.en.next))
      for (const all of [rule.en.all, rule.zh.all]) expect(all).toContain('{count}')
      expect(rule.en.all, 'one and several are told apart').toMatch(/\[[^|\]]+\|[^\]]+\]/)
      for (const fix of rule.fixes) expect(fixRules[fix]).toBeDefined()
    },
  )
})
