import { describe, expect, it } from 'vitest'
import { Refusal } from '../../../kernel/refusal.ts'
import { SpreadsheetError, type SpreadsheetFault } from '../../../platform/spreadsheets/fault.ts'
import { asRefusal } from './receive.ts'

const codes: Readonly<Partial<Record<SpreadsheetFault, string>>> = {
  macros: 'import.active_content',
  external_links: 'import.active_content',
  encrypted: 'import.old_format',
  doctype: 'import.damaged',
  too_large: 'import.too_large',
  ratio: 'import.unfolds_too_far',
  too_many_rows: 'import.too_many_rows',
  too_many_columns: 'import.too_many_columns',
  cell_too_long: 'import.cell_too_long',
  out_of_memory: 'import.too_slow',
  too_slow: 'import.too_slow',
}

describe('a file that the reader gives up', () => {
  it.each(Object.entries(codes))('for %s is refused as %s, with the place and what to do', (fault, code) => {
    const refusal = asRefusal(new SpreadsheetError(fault as SpreadsheetFault, { row: 7 }))
    if (!(refusal instanceof Refusal)) throw new Error('no refusal')
    expect(refusal.code).toBe(code)
    expect(refusal.data).toEqual({ fault, where: { row: 7 } })
    for (const language of ['en', 'zh'] as const) {
      const { title, next } = refusal.inWords(language)
      expect(`${title}${next}`).not.toMatch(/[{}]/)
    }
  })

  it('for a bug of ours stays that bug', () => {
    const bug = new Error('no way')
    expect(asRefusal(bug)).toBe(bug)
  })
})
