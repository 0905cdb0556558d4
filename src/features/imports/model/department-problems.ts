import { defineProblems } from './problem-rule.ts'

/** What may be wrong with a cell that names departments. */
export const departmentProblems = defineProblems({
  departments_separator: {
    severity: 'error',
    fixes: ['split_departments', 'quote_department'],
    en: [
      '"{value}" separates departments with {mark}.',
      'Put ； between departments and / between levels; a name that has such a mark stands in quotation marks.',
      '{count} [cell separates|cells separate] departments with other marks than ； and /',
    ],
    zh: [
      '“{value}”用 {mark} 分隔部门。',
      '多个部门之间请用“；”，上下级之间请用“/”；名称本身含有这些符号时请加引号。',
      '{count} 个单元格未用“；”和“/”分隔部门',
    ],
  },
  departments_untidy: {
    severity: 'error',
    fixes: ['tidy_departments'],
    en: [
      '"{value}" names a department twice, or has an empty level.',
      'Remove what is empty or twice, as is suggested.',
      '{count} [cell names a department twice or has|cells name a department twice or have] an empty level',
    ],
    zh: ['“{value}”中有重复的部门或空的层级。', '请按建议去除。', '{count} 个单元格有重复的部门或空的层级'],
  },
  department_quote_open: {
    severity: 'error',
    fixes: ['set_value'],
    en: [
      '"{value}" has a quotation mark that nothing closes.',
      'Close it, or take it out.',
      '{count} [cell has|cells have] a quotation mark that nothing closes',
    ],
    zh: ['“{value}”中有未闭合的引号。', '请补上或去掉引号。', '{count} 个单元格有未闭合的引号'],
  },
  department_too_deep: {
    severity: 'error',
    fixes: ['set_value'],
    en: [
      '"{value}" has {levels} levels.',
      'Name at most {max} levels, the destination included.',
      '{count} [department has|departments have] too many levels',
    ],
    zh: ['“{value}”有 {levels} 级。', '含目标部门在内最多 {max} 级。', '{count} 个部门层级过多'],
  },
  department_name_long: {
    severity: 'warning',
    en: [
      'The department "{value}" has more than {max} characters.',
      'Baton takes it, WeCom does not.',
      '{count} [cell names|cells name] departments that are too long for WeCom',
    ],
    zh: [
      '部门“{value}”超过 {max} 个字符。',
      'Baton 可以保存，企业微信不接受。',
      '{count} 个单元格的部门名称超出企业微信限制',
    ],
  },
  department_ids_invalid: {
    severity: 'error',
    fixes: ['set_value'],
    en: [
      '"{value}" is not a list of department ids.',
      'Write numbers with ; between them, e.g. 6;7.',
      '{count} [cell is not a list|cells are not lists] of department ids',
    ],
    zh: [
      '“{value}”不是部门 ID 列表。',
      '请填写以 ; 分隔的数字，例如 6;7。',
      '{count} 个单元格不是部门 ID 列表',
    ],
  },
  flags_invalid: {
    severity: 'error',
    fixes: ['clear_cell', 'set_value'],
    en: [
      '"{value}" does not say 0 or 1 for each department of the row.',
      'Write as many as there are departments, e.g. 0;1.',
      '{count} [cell in {column} does|cells in {column} do] not fit the departments',
    ],
    zh: [
      '“{value}”没有对每个部门给出 0 或 1。',
      '请按部门数量填写，例如 0;1。',
      '{count} 个“{column}”与部门数量不符',
    ],
  },
})
