import type { Choice, Column, Words } from '../model/column.ts'
import { noWords, yesWords } from '../model/templates/choices.ts'

const tables = new WeakMap<readonly Choice[], ReadonlyMap<string, string>>()
const yes = new Set(yesWords.map(wordOf))
const no = new Set(noWords.map(wordOf))

/** The value that a word means; undefined for a word that nobody knows. */
export function choiceOf(choices: readonly Choice[], text: string): string | undefined {
  let table = tables.get(choices)
  if (!table) {
    table = new Map(choices.flatMap(wordsOfChoice))
    tables.set(choices, table)
  }
  return table.get(text) ?? table.get(wordOf(text))
}

function wordsOfChoice({ value, words, aliases }: Choice): [string, string][] {
  return [value, words.en, words.zh, ...aliases].map((word) => [wordOf(word), value])
}

function wordOf(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase()
}

/** Undefined for a word that means neither. */
export function yesOrNo(text: string): boolean | undefined {
  const word = wordOf(text)
  if (yes.has(word)) return true
  return no.has(word) ? false : undefined
}

/** The values that a column can have, with their words; empty for one that can have any. */
export function allowedIn(column: Column): readonly { value: string; words: Words }[] {
  if (column.reads.kind === 'choice') return column.reads.choices
  if (column.reads.kind !== 'yes_no') return []
  return [
    { value: 'yes', words: { en: 'yes', zh: '是' } },
    { value: 'no', words: { en: 'no', zh: '否' } },
  ]
}
