import { asCommandSays } from '../refusal-words.ts'
import { count } from '../show.ts'
import { harmless, wrap } from '../text.ts'

/** Something in a list that was refused, and where it stands there. */
export interface Problem {
  /** From 1. */
  readonly place: number
  readonly code: string
  readonly title: string
  readonly next: string | null
}

export interface ProblemStyle {
  /** What a place is: a line or row of the file, or an item of the operation. */
  readonly noun: 'line' | 'row' | 'item'
  readonly columns: number
  /** The line of the file where an item of the list stands, from 1, for titles that name another item. */
  readonly placeOf?: (item: number) => number
}

const titlesShown = 3
const rangesShown = 8

/** Problems as people read them: of each reason the places, what is wrong with the first few, and what to do. */
export function problemWords(problems: readonly Problem[], style: ProblemStyle): string {
  const groups = new Map<string, Problem[]>()
  for (const problem of problems) {
    const group = groups.get(problem.code)
    if (group) group.push(problem)
    else groups.set(problem.code, [problem])
  }
  return [...groups.values()].map((group) => groupWords(group, style)).join('\n\n')
}

function groupWords(group: readonly Problem[], style: ProblemStyle): string {
  const { columns, noun } = style
  const said = group.map((problem) => ({ ...problem, ...inWords(problem, style) }))
  const titles = [...new Map(said.map((one) => [one.title, one])).values()]
  const nexts = [...new Set(said.map(({ next }) => next))].filter((next) => next !== null)
  const places = said.map(({ place }) => place)
  const where =
    places.length === 1
      ? `${noun.charAt(0).toUpperCase()}${noun.slice(1)} ${places[0]}`
      : `${count(places.length)} ${noun}s (${rangesOf(places)})`
  return [
    wrap(`${where}: ${said[0]?.code}`, columns),
    ...titles.slice(0, titlesShown).map(({ title }) => wrap(title, columns, '  ')),
    ...(titles.length > titlesShown ? [`  … and ${count(titles.length - titlesShown)} more like these`] : []),
    ...(nexts[0] === undefined ? [] : [wrap(`→ ${nexts[0]}`, columns, '  ')]),
  ].join('\n')
}

function inWords({ code, title, next }: Problem, { placeOf, noun }: ProblemStyle) {
  const said = asCommandSays({ code, title, next: next ?? '' })
  return {
    title: harmless(code === 'move.number_twice' && placeOf ? named(said.title, placeOf, noun) : said.title),
    next: next === null ? null : harmless(said.next),
  }
}

// The API counts the moves that were sent; whoever sent a file looks for the line.
function named(title: string, placeOf: (item: number) => number, noun: string): string {
  return title
    .replace(/position (\d+)/, (_, item: string) => `${noun} ${placeOf(Number(item))}`)
    .replace(/第 (\d+) 项/, (_, item: string) => `第 ${placeOf(Number(item))} 行`)
}

/** `2-31, 44 and 5 more` */
export function rangesOf(places: readonly number[]): string {
  const ranges: [number, number][] = []
  for (const place of [...places].sort((one, other) => one - other)) {
    const last = ranges.at(-1)
    if (last && place <= last[1] + 1) last[1] = place
    else ranges.push([place, place])
  }
  const shown = ranges.slice(0, rangesShown)
  const left = ranges.slice(rangesShown).reduce((sum, [from, to]) => sum + to - from + 1, 0)
  const words = shown.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(', ')
  return left === 0 ? words : `${words} and ${count(left)} more`
}
