import { type Column, fieldKey, headerOf } from '../model/column.ts'
import type { Columns } from '../model/template.ts'

/** How well a header fits a column: its own, or another spelling. */
export interface HeaderMatch {
  readonly key: string
  readonly why: 'header' | 'alias'
}

const tables = new WeakMap<Columns, ReadonlyMap<string, HeaderMatch>>()
const brackets = /[（(【[][^）)】\]]*[）)】\]]/g
const notWord = /[^\p{L}\p{N}]+/gu
const fieldHeader = /^(?:字段\s*Field|字段|Field)\s*[:：]\s*(.+)$/i
const longestFieldName = 60

/** A header as it is compared: without case, spaces and marks, full-width as half-width. */
export function headerWord(header: string): string {
  return header.normalize('NFKC').toLowerCase().replace(notWord, '')
}

/** What a header means in a template; null for one that it does not know. */
export function matchHeader(template: Columns, header: string): HeaderMatch | null {
  const table = tableOf(template)
  const word = headerWord(header)
  if (word === '') return null
  const found = table.get(word)
  if (found) return found
  const bare = headerWord(header.replace(brackets, ''))
  const loose = bare === '' || bare === word ? undefined : table.get(bare)
  return loose ? { key: loose.key, why: 'alias' } : null
}

/** The key of the free field that a header names outright, as downloads do; null for any other header. */
export function fieldOfHeader(header: string): string | null {
  const name = fieldHeader.exec(header.trim())?.[1]
  return name === undefined ? null : fieldOf(name)
}

/** The key of a free field with this name; null for a name that a field cannot have. */
export function fieldOf(name: string): string | null {
  const trimmed = name.trim()
  return trimmed === '' || trimmed.length > longestFieldName || trimmed === '__proto__'
    ? null
    : fieldKey(trimmed)
}

/** The headers of a row as one short text: the same headers, the same text. */
export function signatureOf(headers: readonly string[]): string {
  let one = 0xdeadbeef
  let other = 0x41c6ce57
  for (const character of headers.map(headerWord).join('\u001f')) {
    const code = character.codePointAt(0) ?? 0
    one = Math.imul(one ^ code, 2_654_435_761)
    other = Math.imul(other ^ code, 1_597_334_677)
  }
  const hex = (part: number) => (part >>> 0).toString(16).padStart(8, '0')
  return `${headers.length}-${hex(one)}${hex(other)}`
}

function tableOf(template: Columns): ReadonlyMap<string, HeaderMatch> {
  const known = tables.get(template)
  if (known) return known
  const table = new Map<string, HeaderMatch>()
  for (const column of template.columns) add(table, aliasesOf(column), { key: column.key, why: 'alias' })
  for (const { columns } of template.layouts) {
    for (const [key, header] of columns) add(table, [headerWord(header)], { key, why: 'header' })
  }
  for (const column of template.columns) add(table, headersOf(column), { key: column.key, why: 'header' })
  tables.set(template, table)
  return table
}

function add(table: Map<string, HeaderMatch>, words: readonly string[], match: HeaderMatch): void {
  for (const word of words) {
    if (word !== '' && (match.why === 'header' || !table.has(word))) table.set(word, match)
  }
}

function aliasesOf(column: Column): readonly string[] {
  return [...column.aliases, column.key].map(headerWord)
}

function headersOf(column: Column): readonly string[] {
  const { en, zh } = column.header
  return [en, zh, headerOf(column, 'both'), `${en} ${zh}`].map(headerWord)
}
