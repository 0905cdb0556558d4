import { open } from 'node:fs/promises'
import { SpreadsheetError, type SpreadsheetFault } from './fault.ts'

const headBytes = 4096

// By their first bytes. What is none of these is taken for text.
const beginnings: readonly (readonly [SpreadsheetFault, string])[] = [
  ['not_a_spreadsheet', '%PDF'],
  ['not_a_spreadsheet', '{\\rtf'],
  ['not_a_spreadsheet', '\x1f\x8b'],
  ['not_a_spreadsheet', '\x89PNG'],
  ['not_a_spreadsheet', '\xff\xd8\xff'],
  ['not_a_spreadsheet', 'GIF8'],
  ['not_a_spreadsheet', 'Rar!'],
  ['not_a_spreadsheet', '7z\xbc\xaf'],
  ['old_workbook', '\x09\x08\x08\x00'],
  ['old_workbook', '\x09\x08\x10\x00'],
]
const archives = ['PK\x03\x04', 'PK\x05\x06']
const compound = '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'
// Systems that have no writer of workbooks name a page or an old XML file ".xls".
const markup = /^\s*<(?:\?xml|!doctype|html|head|meta|table|workbook)/i

/**
 * Tells by its first bytes whether a file is a workbook or text.
 * @throws SpreadsheetError `not_a_spreadsheet`, `old_workbook`, `encrypted`
 */
export async function fileKind(file: string): Promise<'xlsx' | 'csv'> {
  const head = await headOf(file)
  const text = head.toString('latin1')
  if (archives.some((beginning) => text.startsWith(beginning))) return 'xlsx'
  if (text.startsWith(compound)) throw new SpreadsheetError(await compoundFault(file))
  const found = beginnings.find(([, beginning]) => text.startsWith(beginning))
  if (found !== undefined) throw new SpreadsheetError(found[0])
  if (markup.test(text.replace(/^\xef\xbb\xbf/, '').replaceAll('\0', '')))
    throw new SpreadsheetError('not_a_spreadsheet')
  return 'csv'
}

async function headOf(file: string): Promise<Buffer> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

const pieceBytes = 256 * 1024
const encryptedName = Buffer.from('EncryptedPackage', 'utf16le')

/** A compound file ([MS-CFB]) is an encrypted workbook (by the name of its stream, [MS-OFFCRYPTO] §2.3.1) or an old one. */
async function compoundFault(file: string): Promise<SpreadsheetFault> {
  const handle = await open(file)
  try {
    const window = Buffer.alloc(pieceBytes + encryptedName.length)
    for (let at = 0; ; at += pieceBytes) {
      const { bytesRead } = await handle.read(window, 0, window.length, at)
      if (window.subarray(0, bytesRead).includes(encryptedName)) return 'encrypted'
      if (bytesRead < window.length) return 'old_workbook'
    }
  } finally {
    await handle.close()
  }
}
