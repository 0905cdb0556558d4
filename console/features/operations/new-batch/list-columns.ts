/** What the cells of the recipient's column are: staff codes, names, or either. */
export type RecipientKind = 'code' | 'name' | 'either'

/** Which columns of a list say what; positions count from 0. */
export interface ListColumns {
  readonly number: number
  /** Null where the list has numbers only. */
  readonly recipient: number | null
  readonly recipientKind: RecipientKind
  readonly hasHeader: boolean
}

const numberWords = [
  'number',
  'phone',
  'phonenumber',
  'mobile',
  'mobilenumber',
  'mobilephone',
  'tel',
  'telephone',
  'telephonenumber',
  'e164',
  'msisdn',
  'subject',
  'line',
  '号码',
  '手机号',
  '手机',
  '手机号码',
  '电话',
  '电话号码',
  '联系电话',
]
const codeWords = [
  'staffcode',
  'tostaffcode',
  'recipientstaffcode',
  'newholderstaffcode',
  'userid',
  'employeeid',
  'employeeno',
  'employeenumber',
  'employeecode',
  'staffid',
  'staffno',
  '工号',
  '员工编号',
  '员工号',
  '接收人工号',
  '新持有人工号',
  '账号',
  '帐号',
]
const nameWords = [
  'name',
  'toname',
  'recipientname',
  'newholdername',
  'fullname',
  '姓名',
  '名字',
  '接收人姓名',
]
const eitherWords = [
  'to',
  'recipient',
  'newholder',
  'giveto',
  'member',
  'employee',
  'person',
  'receiver',
  '接收人',
  '新持有人',
  '转派给',
  '成员',
  '员工',
  '接收者',
]

function bare(header: string): string {
  return header.toLowerCase().replace(/[\s_\-.:：()（）'"*#]/g, '')
}

/** Undoes what spreadsheets put around a text to keep it one: an apostrophe before it, or a formula around it. */
export function plainCell(cell: string | undefined): string {
  const text = (cell ?? '').replace(/[\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g, '').trim()
  return (/^="(.*)"$/.exec(text)?.[1] ?? text.replace(/^'/, '')).trim()
}

function looksLikeNumber(cell: string): boolean {
  return /^\+?[\d\s().\-/]+$/.test(cell) && cell.replace(/\D/g, '').length >= 7
}

/** Finds out by the header row, else by what the cells look like; null where no column has phone numbers. */
export function understandColumns(rows: readonly (readonly string[])[]): ListColumns | null {
  const [first = []] = rows
  return byHeader(first.map(bare)) ?? byLook(rows)
}

function byHeader(headers: readonly string[]): ListColumns | null {
  const place = (words: readonly string[]) => headers.findIndex((header) => words.includes(header))
  const number = place(numberWords)
  if (number < 0) return null
  const found = (
    [
      ['code', place(codeWords)],
      ['either', place(eitherWords)],
      ['name', place(nameWords)],
    ] as const
  ).find(([, at]) => at >= 0)
  return {
    number,
    recipient: found ? found[1] : null,
    recipientKind: found ? found[0] : 'either',
    hasHeader: true,
  }
}

const rowsLookedAt = 100

function byLook(rows: readonly (readonly string[])[]): ListColumns | null {
  const sample = rows.slice(0, rowsLookedAt).map((row) => row.map(plainCell))
  const width = Math.max(0, ...sample.map((row) => row.length))
  const shares = Array.from({ length: width }, (_, at) => {
    const filled = sample.map((row) => row[at] ?? '').filter(Boolean)
    return filled.filter(looksLikeNumber).length / Math.max(1, filled.length)
  })
  const best = Math.max(0, ...shares)
  if (best < 0.5) return null
  const number = shares.indexOf(best)
  const recipient = shares.findIndex((_, at) => at !== number && sample.some((row) => row[at]))
  return {
    number,
    recipient: recipient < 0 ? null : recipient,
    recipientKind: 'either',
    hasHeader: !looksLikeNumber(sample[0]?.[number] ?? ''),
  }
}
