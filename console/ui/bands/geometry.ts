import type { Lane, Stretch } from './model.ts'

/** Where a stretch stands, in percent of the time shown. */
export interface Place {
  readonly start: number
  readonly width: number
}

/** The place of a stretch within the time shown; null when it lies outside. */
export function placeOf(stretch: Pick<Stretch, 'from' | 'to'>, from: string, to: string): Place | null {
  const begin = Date.parse(from)
  const end = Date.parse(to)
  const first = Math.max(begin, Date.parse(stretch.from))
  const last = Math.min(end, stretch.to === null ? end : Date.parse(stretch.to))
  if (last < first || first > end || end <= begin) return null
  const share = 100 / (end - begin)
  return { start: (first - begin) * share, width: (last - first) * share }
}

/** Where an instant stands, in percent, kept within the time shown. */
export function shareOf(instant: string, from: string, to: string): number {
  const begin = Date.parse(from)
  const length = Date.parse(to) - begin
  if (length <= 0) return 0
  return Math.min(100, Math.max(0, ((Date.parse(instant) - begin) / length) * 100))
}

/** All moments at which something began or ended within the time shown, in order, each once. */
export function changesOf(lanes: readonly Lane[], from: string, to: string): number[] {
  const all = lanes.flatMap(({ stretches }) =>
    stretches.flatMap((stretch) => (stretch.to === null ? [stretch.from] : [stretch.from, stretch.to])),
  )
  const moments = new Set(all.map((instant) => Date.parse(instant)))
  return [...moments]
    .filter((moment) => moment >= Date.parse(from) && moment <= Date.parse(to))
    .sort((one, other) => one - other)
}

const dayMs = 86_400_000
const stepDays = [1, 2, 7, 14] as const
const stepMonths = [1, 3, 6, 12, 24, 60, 120] as const

export interface Ticks {
  readonly instants: readonly string[]
  /** What a tick names: `day` needs day and month, `month` month and year. */
  readonly unit: 'day' | 'month' | 'year'
}

/** Round moments of the calendar (UTC) within the time shown, at most `most` of them. */
export function ticksOf(from: string, to: string, most: number): Ticks {
  const begin = Date.parse(from)
  const length = Date.parse(to) - begin
  const days = stepDays.find((step) => length / (step * dayMs) <= most)
  if (days !== undefined) {
    const first = Math.ceil(begin / dayMs) * dayMs
    return { unit: 'day', instants: series(first, begin + length, (at, step) => at + step * days * dayMs) }
  }
  const months = stepMonths.find((step) => length / (step * 30.4 * dayMs) <= most) ?? 240
  const start = new Date(begin - 1)
  const firstMonth = Math.ceil((start.getUTCFullYear() * 12 + start.getUTCMonth() + 1) / months) * months
  const at = (_: number, step: number) => monthStart(firstMonth + step * months)
  return { unit: months >= 12 ? 'year' : 'month', instants: series(at(0, 0), begin + length, at) }
}

function monthStart(month: number): number {
  return Date.UTC(Math.floor(month / 12), month % 12)
}

function series(first: number, end: number, next: (first: number, step: number) => number): string[] {
  const instants: string[] = []
  for (let step = 0; next(first, step) <= end; step += 1)
    instants.push(new Date(next(first, step)).toISOString())
  return instants
}

/** A number for a label, the same each time. */
export function colorOf({ color, label }: Pick<Stretch, 'color' | 'label'>, colors: number): number {
  if (color !== undefined) return ((color % colors) + colors) % colors
  let sum = 0
  for (const letter of label) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 65_521
  return sum % colors
}
