import { pinyinReadings } from '../../platform/pinyin/pinyin.ts'

const maxTokenCharacters = 64
const maxTokens = 400
const maxWords = 8
const shortestTail = 3
const longestOpenTail = 4
const contactMark = '@'

/** What a member is found by. */
export interface FoundBy {
  readonly staffCode: string
  readonly name: string
  readonly alias: string | null
  readonly email: string | null
  /** E.164. */
  readonly mobile: string | null
}

/**
 * Brings text to the form in which it is searched: width and case folded (NFKC), accents of Latin letters off, letters
 * and digits only.
 */
export function foldForSearch(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]/gu, '')
    .slice(0, maxTokenCharacters)
}

/** The folded words of a query, all of which must be found; empty when it has neither letters nor digits. */
export function searchWords(query: string): string[] {
  const words = query.normalize('NFKC').split(/\s+/u).map(foldForSearch)
  return [...new Set(words.filter((word) => word !== ''))].slice(0, maxWords)
}

/** Every end of a text from `shortest` characters up, so that a prefix search finds any part of it. */
export function endsOf(text: string, shortest: number): string[] {
  const characters = [...text]
  const ends: string[] = []
  for (let start = 0; start + shortest <= characters.length; start++)
    ends.push(characters.slice(start).join(''))
  return ends
}

/**
 * The tokens by which a member is found through prefixes: words and Chinese parts of the names, full pinyin and
 * initials, staff code, last digits. What would undo the masking of contacts carries a mark (see `contactToken`).
 */
export function memberTokens(member: FoundBy): string[] {
  const tokens = [
    foldForSearch(member.staffCode),
    ...nameTokens(member.name),
    ...(member.alias === null ? [] : nameTokens(member.alias)),
    ...(member.email === null ? [] : [contactToken(foldForSearch(member.email))]),
    ...(member.mobile === null ? [] : mobileTokens(member.mobile)),
  ]
  return [...new Set(tokens.filter((token) => token !== ''))].slice(0, maxTokens)
}

/** A token that only readers of unmasked contacts search by. */
export function contactToken(token: string): string {
  return `${contactMark}${token}`
}

function nameTokens(name: string): string[] {
  const words = name
    .normalize('NFKC')
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter((word) => word !== '')
  const fromEachWord = words.map((_, start) => foldForSearch(words.slice(start).join('')))
  return [...fromEachWord, ...words.flatMap(wordTokens)]
}

function wordTokens(word: string): string[] {
  const runs = word.match(/\p{Script=Han}+|\P{Script=Han}+/gu) ?? []
  return runs.flatMap((run) => (/^\p{Script=Han}/u.test(run) ? hanTokens(run) : [foldForSearch(run)]))
}

function hanTokens(run: string): string[] {
  const han = [...run].slice(0, maxTokenCharacters / 2).join('')
  return [...endsOf(han, 1), ...pinyinReadings(han).flatMap(syllableTokens)].map(foldForSearch)
}

function syllableTokens(syllables: readonly string[]): string[] {
  const initials = syllables.map((syllable) => syllable.slice(0, 1)).join('')
  return [...syllables.map((_, start) => syllables.slice(start).join('')), ...endsOf(initials, 1)]
}

// The last four digits are shown even when masked; longer ends would let a reader guess the rest digit by digit.
function mobileTokens(e164: string): string[] {
  return endsOf(e164.slice(1), shortestTail).map((end) =>
    end.length <= longestOpenTail ? end : contactToken(end),
  )
}
