import { describe, expect, it } from 'vitest'
import { readList } from './read-list.ts'

async function read(text: string | Uint8Array<ArrayBuffer>) {
  const list = await readList(new Blob([text]))
  if (typeof list === 'string') throw new Error(list)
  return list
}

describe('reading a list of moves', () => {
  it.each([
    ['commas', 'number,to\n+8613800138000,Anna\n'],
    ['semicolons', 'number;to\r\n+8613800138000;Anna\r\n'],
    ['tabs, as pasted from a spreadsheet', 'number\tto\n+8613800138000\tAnna'],
    ['a byte order mark', '\ufeffnumber,to\n+8613800138000,Anna\n'],
  ])('reads %s', async (_, text) => {
    expect((await read(text)).lines).toEqual([{ row: 2, number: '+8613800138000', recipient: 'Anna' }])
  })
  it('keeps leading zeros and the plus, and says which row of the file a line is', async () => {
    const { lines } = await read('工号,手机号\n007,013800138000\n\n008,+49301234567\n')
    expect(lines).toEqual([
      { row: 2, number: '013800138000', recipient: '007' },
      { row: 4, number: '+49301234567', recipient: '008' },
    ])
  })
  it('reads GB 18030, as Chinese spreadsheets write it', async () => {
    // 号码,接收人 and 王芳
    const bytes = [0xba, 0xc5, 0xc2, 0xeb, 0x2c, 0xbd, 0xd3, 0xca, 0xd5, 0xc8, 0xcb, 0x0a]
    const line = [...new TextEncoder().encode('+8613800138000,'), 0xcd, 0xf5, 0xb7, 0xbc]
    const { lines, headers } = await read(new Uint8Array([...bytes, ...line]))
    expect(headers).toEqual(['号码', '接收人'])
    expect(lines[0]).toMatchObject({ recipient: '王芳' })
  })
  it('reads a hundred thousand lines, and says that there were more', async () => {
    const text = Array.from({ length: 100_001 }, (_, at) => `+4930${1_000_000 + at},code${at}`).join('\n')
    const { lines, isCut } = await read(text)
    expect(lines).toHaveLength(100_000)
    expect(lines.at(-1)?.recipient).toBe('code99999')
    expect(isCut).toBe(true)
  })
  it('says when there is nothing, or nothing like a number, in it', async () => {
    expect(await readList(new Blob([' \n']))).toBe('empty')
    expect(await readList(new Blob(['a,b\nc,d']))).toBe('no_numbers')
  })
})
