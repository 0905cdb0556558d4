import type { Column } from '../model/column.ts'
import { problemRule } from '../model/problems.ts'
import type { Template } from '../model/template.ts'
import type { Problem, ProblemGroup } from '../model/verdict.ts'
import { allowedIn } from './choices.ts'
import { columnFor } from './read-row.ts'

export interface Reader {
  readonly template: Template
  readonly language: 'en' | 'zh'
}

/** What is wrong with a cell or row, and what to do next, in the reader's language. */
export function problemInWords(problem: Problem, reader: Reader): { title: string; next: string } {
  const words = problemRule(problem.code)[reader.language]
  const values = valuesOf(problem, reader)
  return { title: fill(words.title, values), next: fill(words.next, values) }
}

/** What a group of problems has in common, with their count, and what to do next. */
export function groupInWords(group: ProblemGroup, reader: Reader): { title: string; next: string } {
  const words = problemRule(group.code)[reader.language]
  const values = { ...valuesOf(group, reader), count: group.count }
  return { title: fill(inNumber(words.all, group.count), values), next: fill(words.next, values) }
}

type Values = Readonly<Record<string, string | number>>

function valuesOf({ column: key, params }: Pick<Problem, 'column' | 'params'>, reader: Reader): Values {
  const { template, language } = reader
  const column = key === null ? null : columnFor(template, key)
  const named = column ? { column: column.header[language], allowed: allowedWords(column, language) } : {}
  const { keys } = params
  return typeof keys === 'string'
    ? { ...named, ...params, columns: headersOf(keys, reader) }
    : { ...named, ...params }
}

function allowedWords(column: Column, language: 'en' | 'zh'): string {
  const words = allowedIn(column).map((choice) => choice.words[language])
  return words.join(language === 'en' ? ', ' : '、')
}

function headersOf(keys: string, { template, language }: Reader): string {
  const headers = keys.split(' ').map((key) => columnFor(template, key)?.header[language] ?? key)
  return headers.join(language === 'en' ? ' nor ' : '和')
}

// English has a form for one; Chinese has the same for all.
function inNumber(template: string, count: number): string {
  return template.replace(/\[([^|\]]*)\|([^\]]*)\]/g, (_whole, one: string, many: string) =>
    count === 1 ? one : many,
  )
}

function fill(template: string, values: Values): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}
