import type { SpreadsheetFault } from '../../src/platform/spreadsheets/fault.ts'

/** What a file does to readers, how it is made, and why it is refused; null for one that is read all the same. */
export type HostileFile = readonly [name: string, make: () => Buffer, fault: SpreadsheetFault | null]

/** Texts, and what is neither text nor an archive. */
export const hostileTexts: readonly HostileFile[] = [
  ['a workbook of before 2007', () => compound('Workbook'), 'old_workbook'],
  ['a workbook of 1995', () => Buffer.from([9, 8, 8, 0, 0, 5, 0, 0]), 'old_workbook'],
  ['an encrypted workbook', () => compound('EncryptedPackage'), 'encrypted'],
  ['PDF', () => Buffer.from('%PDF-1.7\n'), 'not_a_spreadsheet'],
  ['a picture', () => Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), 'not_a_spreadsheet'],
  [
    'a page that is called .xls',
    () => Buffer.from('\ufeff<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table>'),
    'not_a_spreadsheet',
  ],
  ['XML of 2003', () => Buffer.from('<?xml version="1.0"?><Workbook>'), 'not_a_spreadsheet'],
  ['21 MB', () => Buffer.alloc(21_000_000, 'a,b\n'), 'too_large'],
  ['a NUL in CSV', () => Buffer.from('a,b\nc,\0\0\n'), 'nul'],
  ['bytes that are no text in CSV', () => Buffer.from([0x61, 0x2c, 0xff, 0xff, 0x0a]), 'unknown_encoding'],
  ['one line of 19 MB', () => Buffer.alloc(19_000_000, 'x'), 'cell_too_long'],
  [
    'a quotation mark that nothing closes',
    () => Buffer.from(`a,b\n"c${'d\n'.repeat(1_000_000)}`),
    'cell_too_long',
  ],
  ['a quotation mark at the end', () => Buffer.from('a,b\n"c'), 'open_quote'],
  ['text behind a quotation mark', () => Buffer.from('a,b\n"c"d,e'), 'text_after_quote'],
  ['one row of a million separators', () => Buffer.alloc(1_000_000, ','), 'row_too_long'],
  ['65 columns of CSV', () => Buffer.from(`${','.repeat(64)}a`), 'too_many_columns'],
  ['200,000 lines', () => Buffer.alloc(400_000, 'a\n'), 'too_many_rows'],
  ['ten million empty lines', () => Buffer.alloc(10_000_000, '\n'), null],
]

function compound(stream: string): Buffer {
  const head = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
  return Buffer.concat([head, Buffer.alloc(300_000), Buffer.from(stream, 'utf16le'), Buffer.alloc(2000)])
}
