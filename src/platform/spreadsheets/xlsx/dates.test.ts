import { describe, expect, it } from 'vitest'
import { dateText, isBuiltInDate, isDateFormat, isoDateText } from './dates.ts'

describe('a format', () => {
  it.each([
    'yyyy-mm-dd',
    'yyyy"年"m"月"d"日"',
    'yyyy年m月d日',
    '[$-804]yyyy"年"m"月"',
    'm/d/yy h:mm',
    'h:mm AM/PM',
    'h"时"mm"分"',
    '上午/下午h"时"',
    '[Red]dd/mm/yyyy;@',
    'yyyy\\-mm\\-dd',
    'aaaa',
    '[$-411]ggge"年"',
  ])('%s shows a date', (format) => {
    expect(isDateFormat(format)).toBe(true)
  })

  it.each([
    'General',
    'G/通用格式',
    '0',
    '0.00E+00',
    '#,##0.00;[Red]-#,##0.00',
    '"day" 0',
    '0\\d',
    '@',
    '[h]:mm:ss',
    '[mm]:ss',
    '_-* #,##0_-;"m"0',
    '[DBNum1]0',
    '',
  ])('%s shows none', (format) => {
    expect(isDateFormat(format)).toBe(false)
  })

  it('that every workbook has is known by its number, those of Chinese Excel as well', () => {
    const dates = Array.from({ length: 100 }, (_, format) => format).filter(isBuiltInDate)
    expect(dates).toEqual([
      ...[14, 15, 16, 17, 18, 19, 20, 21, 22],
      ...[27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 45, 47],
      ...[50, 51, 52, 53, 54, 55, 56, 57, 58],
      ...[71, 72, 73, 74, 75, 76, 77, 78, 79, 80, 81],
    ])
  })
})

describe('a date as a number', () => {
  it.each([
    [45_292, false, '2024-01-01'],
    [45_292.354_166_666_664, false, '2024-01-01T08:30:00'],
    [43_830, true, '2024-01-01'],
    [0, true, '1904-01-01'],
    [1, false, '1900-01-01'],
    [59, false, '1900-02-28'],
    [60, false, '1900-02-29'],
    [61, false, '1900-03-01'],
    [0.5, false, '12:00:00'],
    [0.999_999_9, false, '1900-01-01'],
    [36_585, false, '2000-02-29'],
    [2_958_465.5, false, '9999-12-31T12:00:00'],
    [2_958_466, false, null],
    [1e300, false, null],
    [-1, false, null],
  ])('%d, counted from 1904: %s, is %s', (serial, is1904, text) => {
    expect(dateText(serial, is1904)).toBe(text)
  })
})

describe('a date as ISO 8601', () => {
  it.each([
    ['2024-01-31', '2024-01-31'],
    ['2024-01-31T00:00:00', '2024-01-31'],
    ['2024-01-31T08:30:00.000Z', '2024-01-31T08:30:00'],
    ['08:30:00', '08:30:00'],
    ['31.1.2024', null],
  ])('%s is %s', (text, expected) => {
    expect(isoDateText(text)).toBe(expected)
  })
})
