import type { DepartmentPath } from '../model/column.ts'
import { quoteLevel, writePaths } from '../model/written-value.ts'

/** Marks that people put between departments, or between levels, instead of ； and /. */
const betweenDepartments = new Set(['，', ',', '、', '|', '｜', '\n', '\r'])
const betweenLevels = new Set(['\\', '＼', '／', '>', '＞', '»', '›'])

/** What a cell of departments says, or what is wrong with it. */
export type ReadPaths =
  | { readonly kind: 'paths'; readonly paths: readonly DepartmentPath[] }
  | { readonly kind: 'separator'; readonly mark: string; readonly suggestion: string }
  | { readonly kind: 'untidy'; readonly suggestion: string }
  | { readonly kind: 'open_quote' }

interface Level {
  name: string
  isQuoted: boolean
}

/** Reads `a/b；"c/d"*`: levels with /, departments with ； or ;, names in quotation marks as they are, * for who leads. */
export function readPaths(text: string): ReadPaths {
  const scan = scanPaths(text)
  if (scan === null) return { kind: 'open_quote' }
  const levels = scan.departments.map((department) => department.levels.filter((level) => level.name !== ''))
  const kept = scan.departments.map(({ isLead }, index) => ({
    names: (levels[index] ?? []).map((level) => level.name),
    isLead,
  }))
  const paths = withoutTwins(kept.filter((path) => path.names.length > 0))
  if (scan.wrongMark !== null) {
    return { kind: 'separator', mark: scan.wrongMark, suggestion: writePaths(paths) }
  }
  const isTidy =
    paths.length === scan.departments.length &&
    levels.every((one, index) => one.length === scan.departments[index]?.levels.length)
  return isTidy ? { kind: 'paths', paths } : { kind: 'untidy', suggestion: writePaths(paths) }
}

/** The text with everything between ； taken as one name, for marks that belong to it. */
export function quotePaths(text: string): string {
  return text
    .split(/[；;]/)
    .map((department) => {
      const isLead = department.trimEnd().endsWith('*')
      const path = isLead ? department.trimEnd().slice(0, -1) : department
      const names = path.split('/').map((name) => quoteLevel(name.trim()))
      return `${names.join('/')}${isLead ? '*' : ''}`
    })
    .join('；')
}

interface Department {
  levels: Level[]
  isLead: boolean
}

interface Scan {
  readonly departments: readonly Department[]
  readonly wrongMark: string | null
}

/** Null when a quotation mark stays open. */
function scanPaths(text: string): Scan | null {
  const departments: Department[] = [{ levels: [{ name: '', isQuoted: false }], isLead: false }]
  let wrongMark: string | null = null
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? ''
    const level = lastLevel(departments)
    if (character === '"' && level.name.trim() === '' && !level.isQuoted) {
      const end = closingQuote(text, at)
      if (end === -1) return null
      level.name = text.slice(at + 1, end).replaceAll('""', '"')
      level.isQuoted = true
      at = end
      continue
    }
    const cut = cutOf(character)
    if (cut === null) {
      append(departments, character)
      continue
    }
    if (cut.isWrong) wrongMark ??= character
    if (cut.ends === 'department') departments.push({ levels: [], isLead: false })
    departments.at(-1)?.levels.push({ name: '', isQuoted: false })
  }
  for (const department of departments) finish(department)
  return { departments, wrongMark }
}

function cutOf(character: string): { ends: 'department' | 'level'; isWrong: boolean } | null {
  if (character === '/') return { ends: 'level', isWrong: false }
  if (character === '；' || character === ';') return { ends: 'department', isWrong: false }
  if (betweenDepartments.has(character)) return { ends: 'department', isWrong: true }
  if (betweenLevels.has(character)) return { ends: 'level', isWrong: true }
  return null
}

function append(departments: Department[], character: string): void {
  const level = lastLevel(departments)
  if (!level.isQuoted) level.name += character
  else if (character === '*') lastDepartment(departments).isLead = true
  else if (character !== ' ') level.name += character
}

function finish(department: Department): void {
  const last = department.levels.at(-1)
  if (last && !last.isQuoted && last.name.trimEnd().endsWith('*')) {
    last.name = last.name.trimEnd().slice(0, -1)
    department.isLead = true
  }
  for (const level of department.levels) if (!level.isQuoted) level.name = level.name.trim()
}

function lastDepartment(departments: Department[]): Department {
  const last = departments.at(-1)
  if (!last) throw new Error('a scan begins with a department')
  return last
}

function lastLevel(departments: Department[]): Level {
  const last = lastDepartment(departments).levels.at(-1)
  if (!last) throw new Error('a department begins with a level')
  return last
}

function closingQuote(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] !== '"') continue
    if (text[at + 1] !== '"') return at
    at += 1
  }
  return -1
}

function withoutTwins(paths: readonly DepartmentPath[]): readonly DepartmentPath[] {
  if (paths.length < 2) return paths
  const byKey = new Map<string, DepartmentPath>()
  for (const path of paths) {
    const key = path.names.join('\u0000')
    const twin = byKey.get(key)
    if (!twin) byKey.set(key, path)
    else if (path.isLead) byKey.set(key, { ...twin, isLead: true })
  }
  return [...byKey.values()]
}
