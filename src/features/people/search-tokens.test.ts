import { describe, expect, it } from 'vitest'
import { contactToken, endsOf, foldForSearch, memberTokens, searchWords } from './search-tokens.ts'

const nobody = { staffCode: 'x', name: 'x', alias: null, email: null, mobile: null }

function isFound(
  person: Partial<typeof nobody> | { [key: string]: string | null },
  query: string,
  byContacts = true,
) {
  const tokens = memberTokens({ ...nobody, ...person })
  return searchWords(query).every((word) =>
    tokens.some((token) => token.startsWith(word) || (byContacts && token.startsWith(contactToken(word)))),
  )
}

const zhangSan = {
  staffCode: 'S-0042',
  name: '张三',
  alias: 'San Zhang',
  email: 'zhang.san@example.com',
  mobile: '+8613800001234',
}

describe('a member is found by', () => {
  it.each([
    ['张三'],
    ['张'],
    ['三'],
    ['zs'],
    ['z'],
    ['s'],
    ['zhangsan'],
    ['zhang'],
    ['ZhangSan'],
    ['zhangs'],
    ['san'],
    ['ｚｈａｎｇ'],
    ['zhang san'],
    ['San Zhang'],
    ['张 zs'],
    ['S-0042'],
    ['s0042'],
    ['1234'],
    ['234'],
    ['１２３４'],
    ['13800001234'],
    ['138 0000 1234'],
    ['138-0000-1234'],
    ['+86 138 0000 1234'],
    ['8613800001234'],
    ['zhang.san@example.com'],
    ['zhang.san@'],
    ['zhang.s'],
  ])('张三 (San Zhang) by %j', (query) => {
    expect(isFound(zhangSan, query)).toBe(true)
  })

  it.each([['李'], ['三张'], ['zl'], ['lisi'], ['hang'], ['5678'], ['张三 9999'], ['example.com']])(
    '张三 not by %j',
    (query) => {
      expect(isFound(zhangSan, query)).toBe(false)
    },
  )

  it.each([
    ['王小明', '小明'],
    ['王小明', '明'],
    ['王小明', 'xiaoming'],
    ['王小明', 'wxm'],
    ['王小明', 'xm'],
    ['单田芳', 'shantianfang'],
    ['单田芳', 'dantianfang'],
    ['单田芳', 'stf'],
    ['曾国藩', 'zengguofan'],
    ['曾国藩', 'zgf'],
    ['仇英', 'qiuying'],
    ['解晓东', 'xie xiaodong'],
    ['欧阳锋', 'ouyang'],
    ['欧阳锋', 'oyf'],
    ['尉迟恭', 'yuchi'],
    ['吕布', 'lvbu'],
    ['吕布', 'lubu'],
    ['吕布', 'lyubu'],
    ['张行', 'zhanghang'],
    ['张行', 'zhangxing'],
    ['阿卜杜拉·买买提', '阿卜杜拉买买提'],
    ['阿卜杜拉·买买提', '阿卜杜拉·买买提'],
    ['阿卜杜拉·买买提', '买提'],
    ['José García', 'jose'],
    ['José García', 'GARCÍA'],
    ["Siobhán O'Brien", 'obrien'],
    ['Jean-Luc Picard', 'jean-luc'],
    ['Jean-Luc Picard', 'luc pic'],
    ['Tom张', '张'],
    ['Tom张', 'tom'],
    ['Владимир Иванов', 'иван'],
    ['佐藤 さくら', 'さく'],
    ['김철수', '김'],
    ['𠮷野家', '𠮷野'],
    ['𠮷野家', '野'],
  ])('%s by %j', (name, query) => {
    expect(isFound({ name }, query)).toBe(true)
  })

  it('nobody by a query without letters and digits', () => {
    expect(searchWords('--- ·· !')).toEqual([])
  })
})

describe('what a reader of masked contacts searches by', () => {
  it.each([
    ['the last four digits, which are shown', '1234', true],
    ['the last three digits', '234', true],
    ['five digits', '01234', false],
    ['the whole mobile', '13800001234', false],
    ['the hidden middle', '0000', false],
    ['the e-mail', 'zhang.san@ex', false],
    ['the name', '张三', true],
  ])('%s: %s is found %s', (_, query, found) => {
    expect(isFound({ ...zhangSan, alias: null, name: '张三' }, query, false)).toBe(found)
  })
})

describe('tokens', () => {
  it('stay within bounds for the longest names', () => {
    const long = { ...zhangSan, name: '重'.repeat(100), alias: '行 '.repeat(50) }
    const tokens = memberTokens(long)
    expect(tokens.length).toBeLessThanOrEqual(400)
    expect(Math.max(...tokens.map((token) => token.length))).toBeLessThanOrEqual(65)
  })

  it('fold width, case and accents of Latin letters, and keep what other scripts mean by a mark', () => {
    expect(foldForSearch('ＡｂＣ－１')).toBe('abc1')
    expect(foldForSearch('Müller')).toBe('muller')
    expect(foldForSearch('が')).not.toBe(foldForSearch('か'))
    expect(foldForSearch('हिन्दी')).toBe('हिन्दी')
  })

  it('are the ends of a text', () => {
    expect(endsOf('13800', 3)).toEqual(['13800', '3800', '800'])
    expect(endsOf('ab', 3)).toEqual([])
  })
})
