import { describe, expect, it } from 'vitest'
import type { FixOrder } from '../model/fix.ts'
import { defaultOptions, noEdits } from '../model/options.ts'
import { templates } from '../model/templates/all.ts'
import type { Problem } from '../model/verdict.ts'
import { applyFix, applyToOptions, isComplete, isMeant } from './apply-fix.ts'
import { groupProblems } from './group-problems.ts'
import { groupInWords, problemInWords } from './problem-words.ts'

function problem(code: string, wish: Partial<Problem> = {}): Problem {
  return { column: 'mobile', code, params: { value: 'x' }, suggestion: null, ...wish }
}

function edited(order: Partial<FixOrder> & { code: string }, one: Problem, text = 'text') {
  return applyFix({ column: one.column, ...order }, { problem: one, edits: noEdits, text })
}

describe('a fix', () => {
  it('writes what was suggested, and leaves other edits alone', () => {
    const one = problem('phone_lost_plus', { suggestion: '+8613800138000' })
    const edits = { ...noEdits, cells: { name: '李四' } }
    const order = { code: one.code, column: 'mobile' }
    expect(applyFix(order, { problem: one, edits, text: '8613800138000' }).cells).toEqual({
      name: '李四',
      mobile: '+8613800138000',
    })
  })

  it.each([
    ['clear_cell', 'phone_invalid', 'mobile', undefined, { cells: { mobile: '' } }],
    ['set_value', 'phone_invalid', 'mobile', '13800138000', { cells: { mobile: '13800138000' } }],
    ['prefix_staff_code', 'staff_code_twice', 'staffCode', 'gz-', { cells: { staffCode: 'gz-text' } }],
    ['skip_row', 'staff_code_twice', 'staffCode', undefined, { skip: true }],
    ['keep_anyway', 'mobile_taken', 'mobile', undefined, { accepted: ['mobile_taken'] }],
    ['choose_existing', 'staff_code_exists', 'staffCode', 'overwrite', { existing: 'overwrite' }],
    [
      'quote_department',
      'departments_separator',
      'departments',
      undefined,
      { cells: { departments: 'text' } },
    ],
  ] as const)('%s does so', (fix, code, column, value, wanted) => {
    const order = { code, column, fix, ...(value === undefined ? {} : { value }) }
    expect(edited(order, problem(code, { column }))).toEqual({ ...noEdits, ...wanted })
  })

  it('that the problem does not have, or that lacks its value, changes nothing', () => {
    expect(edited({ code: 'digits_lost', fix: 'clear_cell' }, problem('digits_lost'))).toBe(noEdits)
    expect(edited({ code: 'phone_invalid' }, problem('phone_invalid'))).toBe(noEdits)
    const wrong = { code: 'staff_code_exists', value: 'maybe' } as const
    expect(edited(wrong, problem('staff_code_exists', { column: 'staffCode' }))).toBe(noEdits)
    expect(isComplete({ code: 'phone_invalid', column: 'mobile' })).toBe(false)
    expect(isComplete({ code: 'phone_invalid', column: 'mobile', value: '1' })).toBe(true)
  })

  it('is for the cells that share what its group is about', () => {
    const one = problem('choice_unknown', { column: 'role', params: { value: '经理' } })
    expect(isMeant({ code: 'choice_unknown', column: 'role', about: '经理' }, one)).toBe(true)
    expect(isMeant({ code: 'choice_unknown', column: 'role', about: '主管' }, one)).toBe(false)
    expect(isMeant({ code: 'choice_unknown', column: 'type' }, one)).toBe(false)
  })

  it('of a department id is a choice for the whole file', () => {
    const order = { code: 'department_id_unknown', column: 'departmentIds', about: '6', value: 'd1' }
    expect(applyToOptions(order, defaultOptions).departmentIds).toEqual({ 6: 'd1' })
    const other = { code: 'phone_invalid', column: 'mobile', value: '1' }
    expect(applyToOptions(other, defaultOptions)).toBe(defaultOptions)
  })
})

describe('problems', () => {
  const rows = ['经理', '主管', '经理'].map((value, index) => ({
    row: index + 2,
    verdict: 'error' as const,
    problems: [
      problem('email_uppercase', { column: 'email' }),
      problem('choice_unknown', { column: 'role', params: { value } }),
    ],
    changes: [],
    draft: null,
    subjectId: null,
  }))

  it('stand in groups by what repairs them, those that stop rows first, the most frequent first', () => {
    const groups = groupProblems(rows)
    expect(groups.map(({ code, about, count, automatic }) => [code, about, count, automatic])).toEqual([
      ['choice_unknown', '经理', 2, false],
      ['choice_unknown', '主管', 1, false],
      ['email_uppercase', null, 3, true],
    ])
    expect(groups[0]?.examples).toEqual([
      { row: 2, value: '经理', suggestion: null },
      { row: 4, value: '经理', suggestion: null },
    ])
  })

  it('ALL-3 are told in the words of the file and of the reader', () => {
    const [group] = groupProblems(rows)
    const one = rows[0]?.problems[1]
    if (!group || !one) throw new Error('there are problems')
    const template = templates.members
    expect(problemInWords(one, { template, language: 'en' })).toEqual({
      title: '"经理" is not something that Role can be.',
      next: 'Choose one of: owner, admin, lead, auditor, member.',
    })
    expect(problemInWords(one, { template, language: 'zh' }).next).toBe(
      '请选择：所有者、管理员、部门负责人、审计员、成员。',
    )
    expect(groupInWords(group, { template, language: 'en' }).title).toBe('2 cells in Role say "经理"')
    expect(groupInWords({ ...group, count: 1 }, { template, language: 'en' }).title).toBe(
      '1 cell in Role says "经理"',
    )
    const missing = problem('contact_missing', { column: null, params: { keys: 'mobile email' } })
    const wecom = { template: templates['wecom-members'], language: 'zh' } as const
    expect(problemInWords(missing, wecom).title).toBe('手机和邮箱均未填写。')
  })
})
