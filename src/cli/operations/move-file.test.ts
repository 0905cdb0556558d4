import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Failure } from '../failure.ts'
import { type AskedMove, askMoves } from './ask-moves.ts'
import { createDirectory, type ListedMember } from './directory.ts'
import { readMoveFile } from './move-file.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-move-file-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function fileOf(content: string | Buffer): Promise<string> {
  const file = join(folder, 'moves.csv')
  await writeFile(file, content)
  return file
}

function idOf(digit: number): string {
  return `0000000${digit}-0000-7000-8000-000000000000`
}

function person(digit: number, staffCode: string, wish: Partial<ListedMember> = {}): ListedMember {
  return {
    memberId: idOf(digit),
    staffCode,
    name: `Member ${digit}`,
    alias: null,
    email: null,
    status: 'active',
    ...wish,
  }
}

const directory = createDirectory([
  person(1, 'li.lei', { name: '李雷', alias: 'Li Lei', email: 'li@example.com' }),
  person(2, 'han.mei', { name: 'Han  Mei' }),
  person(3, 'chen.1', { name: '陈晨' }),
  person(4, 'chen.2', { name: '陈晨' }),
  // A staff code that is the name of somebody else.
  person(5, 'Wang', { name: 'Zhao' }),
  person(6, 'w2', { name: 'Wang' }),
  person(7, 'old', { name: 'Anna', status: 'left' }),
  person(8, 'new', { name: 'Anna' }),
])

async function movesOf(content: string | Buffer): Promise<AskedMove[]> {
  const file = await fileOf(content)
  return askMoves('moves.csv', await readMoveFile(file), directory)
}

async function refusalOf(content: string | Buffer): Promise<Failure> {
  try {
    await fileOf(content)
    askMoves('moves.csv', await readMoveFile(join(folder, 'moves.csv')), directory)
  } catch (error) {
    if (error instanceof Failure) return error
    throw error
  }
  throw new Error('it was not refused')
}

describe('a file of moves', () => {
  it.each([
    ['in English', 'number,to,expected\n+49301,li.lei,han.mei\n'],
    [
      'in Chinese, as a spreadsheet program saves it',
      '\ufeff号码;接收人;原持有人\r\n+49301;李雷;Han Mei\r\n',
    ],
    [
      'with other columns and a title above',
      'Moves of May\n\nFROM\tnote\tPhone \tRecipient\nhan.mei\tx\t+49301\tLI@example.com\n',
    ],
    ['in UTF-16', Buffer.from('\ufeffnumber\tto\tfrom\n+49301\tli.lei\than.mei\n', 'utf16le')],
    // As Excel in China saves "CSV": 李雷 in GBK.
    ['in GBK', Buffer.from('number,to,from\n+49301,\xc0\xee\xc0\xd7,han.mei\n', 'latin1')],
    ['with ids', `number,to,expected\n"+49301",${idOf(1)},${idOf(2).toUpperCase()}`],
  ])('is read %s', async (_, content) => {
    expect(await movesOf(content)).toEqual([
      { number: '+49301', toMemberId: idOf(1), expectedHolderId: idOf(2) },
    ])
  })

  it('takes cells as Baton writes them, numbers by id and lines without an expected holder', async () => {
    expect(await movesOf(`number,to,from\n'+49 301,li lei\n,,\n${idOf(9)},Li Lei,\n`)).toEqual([
      { number: '+49 301', toMemberId: idOf(1) },
      { numberId: idOf(9), toMemberId: idOf(1) },
    ])
  })

  it('takes a staff code before a name, and who is here before who has left', async () => {
    const moves = await movesOf('number,to\n+49301,wang\n+49302,anna\n+49303,OLD\n')
    expect(moves.map((move) => move.toMemberId)).toEqual([idOf(5), idOf(8), idOf(7)])
  })

  it('is refused with every line that is wrong, and why', async () => {
    const lines = [
      'number,to,expected',
      '+49301,li.lai',
      '+49302,li.lai',
      '',
      '+49303,陈晨',
      '1.38E+10,li.lei',
      ',li.lei',
      '+49304,',
      '+49305,li.lei,nobody',
    ]
    const { message, problem } = await refusalOf(lines.join('\n'))
    expect(message.trim()).toBe(`7 lines of moves.csv cannot be used, so nothing was sent.

3 lines (2-3, 9): member.unknown
  The company has no member "li.lai".
  The company has no member "nobody".
  → Write a staff code, e-mail address, name or id; see all with: npx baton members list

Line 5: member.ambiguous
  "陈晨" fits 2 members.
  → Write the staff code: chen.1, chen.2

Line 6: move.number_rounded
  "1.38E+10" is a number that a spreadsheet program has rounded.
  → Format the column as text, enter the numbers again and save the file.

Line 7: move.number_malformed
  There is no number.
  → Write the number with its country code, or take the line out.

Line 8: move.no_recipient
  Nobody is named who receives the number.
  → Write a staff code, e-mail address, name or id, or take the line out.`)
    expect(problem).toMatchObject({ code: 'file.has_problems', problems: expect.any(Array) })
  })

  it('is refused where a column is missing, with the names that would do', async () => {
    const { message, next } = await refusalOf('nummer,an\n+49301,li.lei\n')
    expect(message).toContain('has no column for the number and the recipient; line 1 is: nummer | an')
    expect(next).toContain('number, phone, 号码')
    expect(next).toContain('to, recipient, 接收人')
    const onlyTo = await refusalOf('number,who\n+49301,li.lei\n')
    expect(onlyTo.message).toContain('has no column for the recipient')
    expect(onlyTo.next).not.toContain('号码')
    const twice = await refusalOf('number,Phone,to\n')
    expect(twice.message).toContain('the columns "number" and "Phone" mean the same')
  })

  it.each([
    ['a workbook', Buffer.from('PK\u0003\u0004'), 'is a workbook, not CSV'],
    [
      'in no encoding',
      Buffer.from('number,to\n+49301,\xff\xff\n', 'latin1'),
      'is neither in UTF-8 nor in UTF-16 or GB18030 (line 2)',
    ],
    [
      'cut off in a quoted cell',
      'number,to\n"+49301,li.lei\n',
      'has a quotation mark that nothing closes (line 2)',
    ],
    ['empty', '', 'is empty'],
    ['without moves', 'number,to\n', 'has no moves below'],
    ['too long', `number,to\n${'1234,a\n'.repeat(100_001)}`, 'has more than 100,000 moves'],
    ['too large', `number,to\n${`1234,${'x'.repeat(30_000)}\n`.repeat(1_100)}`, 'is larger than 32 MB'],
  ])('is refused when it is %s', async (_, content, words) => {
    expect((await refusalOf(content)).message).toContain(words)
  })

  it('is refused when it is not there', async () => {
    await expect(readMoveFile(join(folder, 'none.csv'))).rejects.toThrow('none.csv cannot be read: ENOENT')
  })
})
