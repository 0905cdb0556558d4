import type { Words } from './column.ts'

export const fixCodes = [
  'add_country_code',
  'undo_scientific',
  'restore_leading_zero',
  'half_width',
  'trim_spaces',
  'date_from_serial',
  'split_departments',
  'quote_department',
  'tidy_departments',
  'lowercase_email',
  'correct_email',
  'choose_value',
  'set_value',
  'clear_cell',
  'choose_department',
  'choose_existing',
  'prefix_staff_code',
  'use_known_code',
  'keep_anyway',
  'skip_row',
] as const

/** A way to repair all cells of a group at once. */
export type FixCode = (typeof fixCodes)[number]

/** How a fix works: on each cell, on the row, or on the options of the whole import. */
export interface FixRule {
  readonly scope: 'cell' | 'row' | 'options'
  /** What the person has to give; null where the fix works by itself. */
  readonly needs: 'text' | 'choice' | 'department' | 'existing' | null
  readonly words: Words
}

export const fixRules: Readonly<Record<FixCode, FixRule>> = {
  add_country_code: automatic('Add the + before the country code', '补上国家代码前的“+”'),
  undo_scientific: automatic('Write the digits out', '还原完整数字'),
  restore_leading_zero: automatic('Put the leading zeros back', '补回开头的 0'),
  half_width: automatic('Turn into half-width characters', '转换为半角字符'),
  trim_spaces: automatic('Remove the invisible characters', '去除不可见字符'),
  date_from_serial: automatic('Turn into a date', '转换为日期'),
  split_departments: automatic('Split into several departments', '拆分为多个部门'),
  quote_department: automatic('Keep as one name', '保留为一个名称'),
  tidy_departments: automatic('Remove what is empty or twice', '去除空白或重复的部分'),
  lowercase_email: automatic('Write in small letters', '改为小写'),
  correct_email: automatic('Correct the marks', '更正标点'),
  choose_value: { scope: 'cell', needs: 'choice', words: { en: 'Choose what it means', zh: '选择对应的值' } },
  set_value: { scope: 'cell', needs: 'text', words: { en: 'Write another value', zh: '填写其他值' } },
  clear_cell: automatic('Empty the cell', '清空单元格'),
  choose_department: {
    scope: 'options',
    needs: 'department',
    words: { en: 'Choose the department', zh: '选择对应的部门' },
  },
  choose_existing: {
    scope: 'row',
    needs: 'existing',
    words: { en: 'Overwrite or skip', zh: '覆盖或跳过' },
  },
  prefix_staff_code: {
    scope: 'cell',
    needs: 'text',
    words: { en: 'Put something before the staff code', zh: '为工号添加前缀' },
  },
  use_known_code: automatic('Same person: write the staff code as it is known', '同一人：改为已有的工号写法'),
  keep_anyway: { scope: 'row', needs: null, words: { en: 'Keep as it is', zh: '保持不变' } },
  skip_row: { scope: 'row', needs: null, words: { en: 'Leave these rows out', zh: '跳过这些行' } },
}

function automatic(en: string, zh: string): FixRule {
  return { scope: 'cell', needs: null, words: { en, zh } }
}

/** A fix for all cells that have a problem, as a caller asks for it. */
export interface FixOrder {
  readonly code: string
  /** Null for problems of whole rows. */
  readonly column: string | null
  /** Default: the first of the group. */
  readonly fix?: FixCode
  /** Only cells that have this, as the group tells it; default all. */
  readonly about?: string
  /** What the fix needs, where it needs something. */
  readonly value?: string
}
