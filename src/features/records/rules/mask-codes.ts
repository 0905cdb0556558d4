// What calls a number a code, in the words of the senders of such messages.
const hanWords = [
  '验证码',
  '驗證碼',
  '校验码',
  '校驗碼',
  '动态码',
  '動態碼',
  '动态密码',
  '安全码',
  '安全碼',
  '确认码',
  '確認碼',
  '认证码',
  '認證碼',
  '激活码',
  '授权码',
  '登录码',
  '短信码',
  '识别码',
  '随机码',
  '口令',
  '密码',
  '密碼',
  'コード',
  '認証番号',
  '暗証番号',
  '인증',
  '비밀번호',
]
const latinWords = [
  'codes?',
  'passcodes?',
  'otp',
  'totp',
  'pin',
  'tan',
  'passwords?',
  'one[- ]?time',
  'verif(?:y|ies|ication)',
  'authenticat(?:e|ion|or)',
  'security (?:number|key)',
  'c[oó]digos?',
  'codice',
  'kennw[oö]rt(?:er)?',
  'passw[oö]rt(?:er)?',
  'mot de passe',
  'код(?:а|ом)?',
  'пароль',
]

/** Finds a word that calls a number a code; for JavaScript, and with `~*` for PostgreSQL. */
export const codeWordPattern = `${hanWords.join('|')}|(?<![a-z])(?:${latinWords.join('|')})(?![a-z])`

/** So far from such a word a number is still taken for a code: a message of a telephone is hardly longer. */
const reach = 60

const fewestDigits = 4
const mostDigits = 8

// Runs of digits; a single space, hyphen, dash or dot joins short ones, as in "123 456".
const digitRun = /\d+/g
const joint = /^[ \u00a0\u2007\u2009\u202f\u2010-\u2015_\-.·]$/
const amountBefore = /[¥$€£]\s?$/
const amountAfter = /^(?:[.,]\d{2})?\s?(?:元|块|圆|rmb|cny|usd|eur|dollars?|yuan)/i

interface Run {
  readonly start: number
  readonly end: number
}

/**
 * ACC-12: masks sign-in codes in a text: numbers of 4 to 8 digits, whole or in parts, near a word that calls them one. Each
 * digit becomes `*`, so that everything else stays where it was. Longer numbers, such as those of telephones, and amounts
 * stay. What is spoken in a recording, or spelt in letters, cannot be found.
 */
export function maskCodes(text: string): string {
  const plain = foldWidth(text)
  const words = runsOf(plain, new RegExp(codeWordPattern, 'gi'))
  if (words.length === 0) return text
  const hidden = candidatesOf(plain).filter((run) => words.some((word) => distance(run, word) <= reach))
  if (hidden.length === 0) return text
  const signs = text
    .split('')
    .map((sign, place) =>
      /\d/.test(plain.charAt(place)) && hidden.some(({ start, end }) => place >= start && place < end)
        ? '*'
        : sign,
    )
  return signs.join('')
}

/** Whether a word of a search could spell a part of a code. */
export function mayBePartOfCode(word: string): boolean {
  return /\p{Nd}/u.test(word)
}

// Of the same length, so that places stay: digits and letters as East Asian keyboards write them.
function foldWidth(text: string): string {
  return text.replace(/[\uFF01-\uFF5E]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
}

function candidatesOf(text: string): Run[] {
  const runs = runsOf(text, digitRun)
  const parts = runs.filter((run) => lengthOf(run) <= mostDigits)
  const chained = chainsOf(text, parts).filter((chain) => digitsIn(chain) <= mostDigits)
  const short = chainsOf(
    text,
    parts.filter((run) => lengthOf(run) < fewestDigits),
  )
  const spans = [...runs.map((run) => [run]), ...chained, ...short].flatMap(spanOf)
  return spans.filter((span) => !isAmount(text, span))
}

/** Runs that stand one sign apart, together. */
function chainsOf(text: string, runs: readonly Run[]): Run[][] {
  const chains: Run[][] = []
  for (const run of runs) {
    const chain = chains.at(-1)
    const last = chain?.at(-1)
    if (chain && last && joint.test(text.slice(last.end, run.start))) chain.push(run)
    else chains.push([run])
  }
  return chains.filter((chain) => chain.length > 1)
}

// A run alone is a code of 4 to 8 digits; of parts there may be more, where a date or an hour follows.
function spanOf(chain: readonly Run[]): Run[] {
  const [first] = chain
  const last = chain.at(-1)
  if (!first || !last || digitsIn(chain) < fewestDigits) return []
  if (chain.length === 1 && lengthOf(first) > mostDigits) return []
  return [{ start: first.start, end: last.end }]
}

function digitsIn(chain: readonly Run[]): number {
  return chain.reduce((sum, run) => sum + lengthOf(run), 0)
}

function lengthOf({ start, end }: Run): number {
  return end - start
}

function isAmount(text: string, { start, end }: Run): boolean {
  return amountBefore.test(text.slice(0, start)) || amountAfter.test(text.slice(end, end + 12))
}

function runsOf(text: string, pattern: RegExp): Run[] {
  return [...text.matchAll(pattern)].map((found) => ({
    start: found.index,
    end: found.index + found[0].length,
  }))
}

function distance(one: Run, other: Run): number {
  return Math.max(one.start - other.end, other.start - one.end, 0)
}
