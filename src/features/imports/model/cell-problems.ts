import { defineProblems } from './problem-rule.ts'

const asText = {
  en: 'Format the column as text in the source, write the values again and export the file again.',
  zh: '请在源文件中将该列设为文本格式，重新填写后再导出。',
}

/** What may be wrong with one cell, whatever else the file has. */
export const cellProblems = defineProblems({
  missing: {
    severity: 'error',
    fixes: ['set_value', 'skip_row'],
    en: [
      '{column} is empty.',
      'Write a value: every row needs one.',
      '{count} [row has|rows have] no {column}',
    ],
    zh: ['“{column}”为空。', '请填写，该列为必填。', '{count} 行缺少“{column}”'],
  },
  too_long: {
    severity: 'error',
    fixes: ['set_value'],
    en: [
      '{column} has {length} characters.',
      'Shorten it to at most {max}.',
      '{count} [value in {column} is|values in {column} are] too long',
    ],
    zh: ['“{column}”有 {length} 个字符。', '请缩短到 {max} 个字符以内。', '{count} 个“{column}”过长'],
  },
  hidden_characters: {
    severity: 'error',
    fixes: ['trim_spaces'],
    en: [
      '{column} "{value}" has invisible characters or unusual spaces.',
      'Remove them, as is suggested.',
      '{count} [value in {column} has|values in {column} have] invisible characters or unusual spaces',
    ],
    zh: [
      '“{column}”中的“{value}”含有不可见字符或特殊空格。',
      '请按建议去除。',
      '{count} 个“{column}”含有不可见字符或特殊空格',
    ],
  },
  unusual_spaces: {
    severity: 'warning',
    fixes: ['trim_spaces'],
    en: [
      '{column} "{value}" has invisible characters or unusual spaces inside or around it.',
      'It is taken as it is; remove them if they are not meant.',
      '{count} [text in {column} has|texts in {column} have] invisible characters or unusual spaces',
    ],
    zh: [
      '“{column}”中的“{value}”含有不可见字符或特殊空格。',
      '将按原样保存；如非有意，请去除。',
      '{count} 个“{column}”含有不可见字符或特殊空格',
    ],
  },
  full_width: {
    severity: 'error',
    fixes: ['half_width'],
    en: [
      '{column} "{value}" has full-width characters.',
      'Write it with half-width ones, as is suggested.',
      '{count} [value in {column} has|values in {column} have] full-width characters',
    ],
    zh: [
      '“{column}”中的“{value}”含有全角字符。',
      '请按建议改为半角字符。',
      '{count} 个“{column}”含有全角字符',
    ],
  },
  scientific: {
    severity: 'error',
    fixes: ['undo_scientific'],
    en: [
      '{column} "{value}" is in scientific notation.',
      'All digits are there: write them out, as is suggested.',
      '{count} [value in {column} is|values in {column} are] in scientific notation',
    ],
    zh: [
      '“{column}”中的“{value}”是科学计数法。',
      '数字完整，请按建议还原。',
      '{count} 个“{column}”是科学计数法',
    ],
  },
  digits_lost: {
    severity: 'error',
    en: [
      '{column} "{value}" has lost digits in a spreadsheet program.',
      `They cannot be brought back. ${asText.en}`,
      '{count} [value in {column} has|values in {column} have] lost digits for good',
    ],
    zh: [
      '“{column}”中的“{value}”已被表格软件截去数字。',
      `无法还原。${asText.zh}`,
      '{count} 个“{column}”的数字已丢失，无法还原',
    ],
  },
  became_date: {
    severity: 'error',
    en: [
      '{column} was turned into the date {value} by a spreadsheet program.',
      `What it was cannot be known. ${asText.en}`,
      '{count} [value in {column} was turned into a date|values in {column} were turned into dates]',
    ],
    zh: [
      '“{column}”被表格软件转换成了日期 {value}。',
      `无法得知原值。${asText.zh}`,
      '{count} 个“{column}”被转换成了日期',
    ],
  },
  cell_error: {
    severity: 'error',
    fixes: ['set_value', 'clear_cell'],
    en: [
      '{column} shows the error {value}.',
      'Repair the formula in the source, or write the value here.',
      '{count} [cell in {column} shows|cells in {column} show] an error',
    ],
    zh: [
      '“{column}”显示错误 {value}。',
      '请在源文件中修正公式，或在此填写数值。',
      '{count} 个“{column}”显示错误',
    ],
  },
  formula: {
    severity: 'warning',
    en: [
      '{column} "{value}" comes from a formula.',
      'The value that was saved last is taken; check that it is right.',
      '{count} [value in {column} comes from a formula|values in {column} come from formulas]',
    ],
    zh: [
      '“{column}”中的“{value}”来自公式。',
      '将采用文件中保存的结果，请确认无误。',
      '{count} 个“{column}”来自公式',
    ],
  },
  row_hidden: {
    severity: 'warning',
    fixes: ['skip_row'],
    en: [
      'The row is hidden in the file.',
      'It counts like any other; leave it out if it should not.',
      '{count} [row is|rows are] hidden in the file',
    ],
    zh: ['该行在文件中被隐藏。', '仍会一并导入；如不需要请跳过。', '{count} 行在文件中被隐藏'],
  },
  sample_row: {
    severity: 'warning',
    en: [
      'The row is the example of the template.',
      'It is left out.',
      '{count} [row is an example|rows are examples] of the template',
    ],
    zh: ['该行是模板的示例。', '将自动跳过。', '{count} 行是模板的示例'],
  },
  staff_code_invalid: {
    severity: 'error',
    fixes: ['set_value'],
    en: [
      '"{value}" cannot be a staff code.',
      'Use letters, digits and . _ @ - only, and begin with a letter or digit.',
      '{count} [staff code has|staff codes have] characters that cannot be used',
    ],
    zh: [
      '“{value}”不能作为工号。',
      '只能使用字母、数字和 . _ @ -，并以字母或数字开头。',
      '{count} 个工号含有不可用的字符',
    ],
  },
  phone_lost_plus: {
    severity: 'error',
    fixes: ['add_country_code'],
    en: [
      '{column} {value} has lost the + before its country code.',
      'Put it back, as is suggested.',
      '{count} [number|numbers] in {column} lost the + before the country code',
    ],
    zh: [
      '“{column}”{value} 缺少国家代码前的“+”。',
      '请按建议补上。',
      '{count} 个“{column}”缺少国家代码前的“+”',
    ],
  },
  leading_zero_lost: {
    severity: 'error',
    fixes: ['restore_leading_zero'],
    en: [
      '{column} {value} has lost the zeros at its beginning.',
      'Put them back, as is suggested.',
      '{count} [value|values] in {column} lost the zeros at the beginning',
    ],
    zh: ['“{column}”{value} 丢失了开头的 0。', '请按建议补回。', '{count} 个“{column}”丢失了开头的 0'],
  },
  phone_invalid: {
    severity: 'error',
    fixes: ['set_value', 'clear_cell'],
    en: [
      '"{value}" in {column} is not a phone number.',
      'Write it with its country code, e.g. +86 138 0000 1000.',
      '{count} [value in {column} is not a phone number|values in {column} are not phone numbers]',
    ],
    zh: [
      '“{column}”中的“{value}”不是有效的电话号码。',
      '请带上国家代码填写，例如 +86 138 0000 1000。',
      '{count} 个“{column}”不是有效的电话号码',
    ],
  },
  email_marks: {
    severity: 'error',
    fixes: ['correct_email'],
    en: [
      '"{value}" in {column} has wrong marks or spaces for an e-mail address.',
      'Correct them, as is suggested.',
      '{count} [e-mail address in {column} has|e-mail addresses in {column} have] wrong marks or spaces',
    ],
    zh: [
      '“{column}”中的邮箱“{value}”含有错误的标点或空格。',
      '请按建议更正。',
      '{count} 个“{column}”含有错误的标点或空格',
    ],
  },
  email_uppercase: {
    severity: 'warning',
    fixes: ['lowercase_email'],
    en: [
      '"{value}" in {column} has capital letters.',
      'It is kept in small letters; both mean the same mailbox.',
      '{count} [e-mail address in {column} has|e-mail addresses in {column} have] capital letters',
    ],
    zh: [
      '“{column}”中的“{value}”含有大写字母。',
      '将以小写保存，两者是同一邮箱。',
      '{count} 个“{column}”含有大写字母',
    ],
  },
  email_invalid: {
    severity: 'error',
    fixes: ['set_value', 'clear_cell'],
    en: [
      '"{value}" in {column} is not an e-mail address.',
      'Write one such as li.si@example.com, or leave the cell empty.',
      '{count} [value in {column} is not an e-mail address|values in {column} are not e-mail addresses]',
    ],
    zh: [
      '“{column}”中的“{value}”不是有效的邮箱。',
      '请填写如 li.si@example.com 的地址，或留空。',
      '{count} 个“{column}”不是有效的邮箱',
    ],
  },
  destination_invalid: {
    severity: 'error',
    fixes: ['set_value', 'clear_cell'],
    en: [
      '"{value}" is neither a phone number nor a SIP address.',
      'Write a number with its country code, or an address such as sip:li@pbx.example.com.',
      '{count} [value in {column} is neither a phone number nor a SIP address|values in {column} are neither phone numbers nor SIP addresses]',
    ],
    zh: [
      '“{value}”既不是电话号码，也不是 SIP 地址。',
      '请填写带国家代码的号码，或如 sip:li@pbx.example.com 的地址。',
      '{count} 个“{column}”既不是电话号码，也不是 SIP 地址',
    ],
  },
  choice_unknown: {
    severity: 'error',
    fixes: ['choose_value', 'clear_cell'],
    about: 'value',
    en: [
      '"{value}" is not something that {column} can be.',
      'Choose one of: {allowed}.',
      '{count} [cell in {column} says|cells in {column} say] "{value}"',
    ],
    zh: ['“{column}”不能是“{value}”。', '请选择：{allowed}。', '{count} 个“{column}”为“{value}”，无法识别'],
  },
  not_a_whole_number: {
    severity: 'error',
    fixes: ['set_value', 'clear_cell'],
    en: [
      '"{value}" in {column} is not a whole number from {min} to {max}.',
      'Write digits only.',
      '{count} [value in {column} is not a whole number|values in {column} are not whole numbers] in range',
    ],
    zh: [
      '“{column}”中的“{value}”不是 {min} 到 {max} 的整数。',
      '请只填写数字。',
      '{count} 个“{column}”不是范围内的整数',
    ],
  },
  date_serial: {
    severity: 'error',
    fixes: ['date_from_serial'],
    en: [
      '{column} {value} is a date as spreadsheet programs count them.',
      'Turn it into a date, as is suggested.',
      '{count} [date in {column} stands there as a number|dates in {column} stand there as numbers]',
    ],
    zh: [
      '“{column}”{value} 是表格软件的日期序号。',
      '请按建议转换为日期。',
      '{count} 个“{column}”是日期序号',
    ],
  },
  time_unreadable: {
    severity: 'error',
    fixes: ['set_value'],
    en: [
      '"{value}" in {column} is not a time that can be read for certain.',
      'Write it like 2026-01-31 09:00, or with offset like 2026-01-31T09:00:00+08:00.',
      '{count} [time|times] in {column} cannot be read for certain',
    ],
    zh: [
      '“{column}”中的“{value}”不是可以确定的时间。',
      '请按 2026-01-31 09:00 填写，或带时区如 2026-01-31T09:00:00+08:00。',
      '{count} 个“{column}”的时间无法确定',
    ],
  },
  link_invalid: {
    severity: 'error',
    fixes: ['set_value', 'clear_cell'],
    en: [
      '"{value}" in {column} is not a web address.',
      'Write one that begins with https:// or http://.',
      '{count} [value in {column} is not a web address|values in {column} are not web addresses]',
    ],
    zh: [
      '“{column}”中的“{value}”不是网址。',
      '请填写以 https:// 或 http:// 开头的地址。',
      '{count} 个“{column}”不是网址',
    ],
  },
})
