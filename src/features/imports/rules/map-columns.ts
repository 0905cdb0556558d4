import type { RawCell, RawRow } from '../model/cell.ts'
import type { ColumnChoice, MappedColumn } from '../model/mapping.ts'
import type { Template } from '../model/template.ts'
import { fieldOf, fieldOfHeader, matchHeader } from './headers.ts'
import { columnFor } from './read-row.ts'
import { sniff } from './sniff.ts'

export interface MappingInput {
  /** Null while nobody knows what the file is: then no column is read. */
  readonly template: Template | null
  /** One for each column of the file, empty for none. */
  readonly headers: readonly string[]
  /** The first rows below the headers. */
  readonly rows: readonly RawRow[]
  /** What a person said last time, or says now. */
  readonly remembered: readonly ColumnChoice[]
}

type Found = Pick<MappedColumn, 'key' | 'confidence' | 'why'>

const unknown: Found = { key: null, confidence: 0, why: 'unknown' }
const samplesShown = 3
const sampleCharacters = 100
const aliasConfidence = 0.9
const contentConfidence = 0.7
const fieldConfidence = 0.5

/** Takes each column of a file for one of the template, each at most once, and says why and how surely. */
export function mapColumns({ template, headers, rows, remembered }: MappingInput): readonly MappedColumn[] {
  const found = new Map<number, Found>()
  if (template !== null) {
    const taken = new Set<string>()
    const steps = [fromRemembered, fromHeaders('header'), fromHeaders('alias'), fromContent, fromFields]
    for (const step of steps) step({ template, headers, rows, remembered }, found, taken)
  }
  return headers.map((header, column) => ({
    column,
    header: header.slice(0, 200),
    ...(found.get(column) ?? unknown),
    samples: cellsOf(rows, column)
      .slice(0, samplesShown)
      .map(({ text }) => text.slice(0, sampleCharacters)),
  }))
}

/** What a person says of columns, put into a mapping; a column that was taken for the same before is left out then. */
export function chooseColumns(
  template: Template,
  columns: readonly MappedColumn[],
  choices: readonly ColumnChoice[],
): readonly MappedColumn[] {
  const chosen = new Map(
    choices
      .filter(({ key }) => key === null || columnFor(template, key) !== null)
      .map(({ column, key }) => [column, key]),
  )
  const taken = new Set([...chosen.values()].filter((key) => key !== null))
  return columns.map((column) => {
    const key = chosen.get(column.column)
    if (key !== undefined) return { ...column, key, confidence: 1, why: 'chosen' }
    return column.key !== null && taken.has(column.key) ? { ...column, ...unknown } : column
  })
}

type Input = MappingInput & { readonly template: Template }
type Step = (input: Input, found: Map<number, Found>, taken: Set<string>) => void

function fromRemembered(
  { template, remembered }: Input,
  found: Map<number, Found>,
  taken: Set<string>,
): void {
  for (const { column, key } of remembered) {
    if (key !== null && (taken.has(key) || columnFor(template, key) === null)) continue
    found.set(column, { key, confidence: 1, why: 'remembered' })
    if (key !== null) taken.add(key)
  }
}

function fromHeaders(why: 'header' | 'alias'): Step {
  return ({ template, headers }, found, taken) => {
    for (const [column, header] of headers.entries()) {
      const match = found.has(column) ? null : matchHeader(template, header)
      if (match?.why !== why) continue
      const isTaken = taken.has(match.key)
      taken.add(match.key)
      found.set(
        column,
        isTaken
          ? { key: null, confidence: 0, why: 'duplicate' }
          : { key: match.key, confidence: why === 'header' ? 1 : aliasConfidence, why },
      )
    }
  }
}

// A guess by content stands only where one column of the template can be meant.
function fromContent(
  { template, headers, rows }: Input,
  found: Map<number, Found>,
  taken: Set<string>,
): void {
  for (const column of headers.keys()) {
    const sniffed = found.has(column) ? null : sniff(cellsOf(rows, column))
    if (!sniffed) continue
    const meant = template.columns.filter(
      ({ key, reads, use }) => use === 'stored' && reads.kind === sniffed.kind && !taken.has(key),
    )
    const [only] = meant
    if (!only || meant.length > 1) continue
    taken.add(only.key)
    found.set(column, { key: only.key, confidence: contentConfidence * sniffed.share, why: 'content' })
  }
}

function fromFields({ template, headers }: Input, found: Map<number, Found>, taken: Set<string>): void {
  if (!template.takesFields) return
  for (const [column, header] of headers.entries()) {
    if (found.has(column)) continue
    const outright = fieldOfHeader(header)
    const key = outright ?? fieldOf(header)
    if (key === null || taken.has(key)) continue
    taken.add(key)
    found.set(
      column,
      outright === null
        ? { key, confidence: fieldConfidence, why: 'field' }
        : { key, confidence: 1, why: 'header' },
    )
  }
}

function cellsOf(rows: readonly RawRow[], column: number): RawCell[] {
  return rows.flatMap(({ cells }) => {
    const cell = cells[column]
    return cell && cell.text.trim() !== '' ? [cell] : []
  })
}
