import type { CellValue } from '../model/column.ts'
import { foldCode, type KnownFacts, type KnownMember, pathKey } from '../model/known.ts'
import type { CheckOptions, ExistingChoice } from '../model/options.ts'
import { problemRule } from '../model/problems.ts'
import type { CheckedRow, Draft, ReadRow, WantedPlace } from '../model/rows.ts'
import type { Template } from '../model/template.ts'
import type { FieldChange, Problem, Verdict } from '../model/verdict.ts'
import { type ManagerCycles, managerCycles } from './managers.ts'
import type { Survey } from './survey.ts'

/** A check of all rows of a file against each other and against what the company has. */
export interface Check {
  readonly template: Template
  readonly survey: Survey
  readonly known: KnownFacts
  readonly options: CheckOptions
  readonly cycles: ManagerCycles
  /** Another company whose name all department paths begin with (MIG-6); null for none. */
  readonly foreignCompany: string | null
  /** The length that staff codes of digits have with their leading zeros; null where there is no such rule. */
  readonly codeWidth: number | null
  /** Staff codes as they are written, of the company before those of the file, by `foldCode`. */
  readonly spellings: ReadonlyMap<string, string>
  /** Departments that rows so far would make, from the top, by `pathKey`. */
  readonly newDepartments: Map<string, readonly string[]>
  readonly places: Map<string, WantedPlace>
  /** Numbers that rows so far would give to each member, by staff code. */
  readonly given: Map<string, number>
  /** Numbers that the whole file takes from each member. */
  readonly taken: ReadonlyMap<string, number>
  licencesTaken: number
}

const fewestPadded = 2

/** Begins the check of a file whose rows were all surveyed; the rows are then checked in their order. */
export function beginCheck(survey: Survey, known: KnownFacts, options: CheckOptions): Check {
  return {
    template: survey.template,
    survey,
    known,
    options,
    cycles: managerCycles(survey, known, options),
    foreignCompany: foreignCompanyIn(survey, known),
    codeWidth: widthOf(survey.paddedWidths),
    spellings: spellingsIn(survey, known),
    newDepartments: new Map(),
    places: new Map(),
    given: new Map(),
    taken: takenFrom(survey, known),
    licencesTaken: 0,
  }
}

/** MIG-6: the one name that all paths begin with, when it is neither the company nor a department at the top. */
function foreignCompanyIn({ topNames }: Survey, known: KnownFacts): string | null {
  const [only] = topNames
  if (only === undefined || topNames.size > 1 || only === known.companyName) return null
  return known.departmentIds.has(pathKey([only])) ? null : only
}

function spellingsIn(survey: Survey, known: KnownFacts): ReadonlyMap<string, string> {
  const spellings = new Map<string, string>()
  for (const code of [...known.members.keys(), ...survey.members.keys()]) {
    const folded = foldCode(code)
    if (!spellings.has(folded)) spellings.set(folded, code)
  }
  return spellings
}

/** The code that differs from this one only in capital letters; null for none. */
export function otherSpelling({ spellings }: Check, code: string): string | null {
  const known = spellings.get(foldCode(code))
  return known === undefined || known === code ? null : known
}

function widthOf(paddedWidths: Survey['paddedWidths']): number | null {
  const [only] = paddedWidths
  return only && paddedWidths.size === 1 && only[1] >= fewestPadded ? only[0] : null
}

function takenFrom({ recipients }: Survey, known: KnownFacts): ReadonlyMap<string, number> {
  const taken = new Map<string, number>()
  for (const [number, to] of recipients) {
    const holder = known.numbers.get(number)?.holderStaffCode ?? null
    if (holder !== null && holder !== to) taken.set(holder, (taken.get(holder) ?? 0) + 1)
  }
  return taken
}

/** What a check of one row has found so far. */
export interface Found {
  readonly row: ReadRow
  readonly problems: Problem[]
}

interface CellProblem {
  readonly column: string
  readonly params?: Problem['params']
  readonly suggestion?: string
}

/** Notes a problem of a cell that was read. */
export function note(
  { row, problems }: Found,
  code: string,
  { column, params, suggestion }: CellProblem,
): void {
  const value = row.values[column]
  const shown = typeof value === 'string' || typeof value === 'number' ? { value } : {}
  problems.push({ column, code, params: { ...shown, ...params }, suggestion: suggestion ?? null })
}

/** What is to become of a row whose subject exists already. */
export function choiceFor(check: Check, row: ReadRow): ExistingChoice | null {
  return row.edits.existing ?? check.options.existing
}

/** The decision on a row that does something, unless a problem stands against it. */
export interface Decision {
  readonly found: Found
  readonly verdict: Verdict
  readonly draft: Draft
  readonly changes?: readonly FieldChange[]
  readonly subjectId?: string | null
}

/** The row with its verdict: an error before a conflict, a conflict before what the row would do. */
export function decide({ found, verdict, draft, changes = [], subjectId = null }: Decision): CheckedRow {
  const { row } = found
  const problems = unaccepted(found)
  const stopped = stoppedBy(problems)
  const isDone = stopped === null && (verdict === 'new' || verdict === 'changed')
  return {
    row: row.row,
    verdict: stopped ?? verdict,
    problems,
    changes: stopped === null || stopped === 'conflict' ? changes : [],
    draft: isDone ? draft : null,
    subjectId,
  }
}

/** The row when it cannot be understood far enough to say what it would do, or is left out. */
export function undecided(
  found: Found,
  verdict: 'skipped' | 'error',
  subjectId: string | null = null,
): CheckedRow {
  const problems = verdict === 'skipped' ? found.problems.filter(isWarning) : unaccepted(found)
  return { row: found.row.row, verdict, problems, changes: [], draft: null, subjectId }
}

/** The verdict that the worst problem leads to; null when none stands in the way. */
function stoppedBy(problems: readonly Problem[]): 'error' | 'conflict' | null {
  let worst: 'error' | 'conflict' | null = null
  for (const { code } of problems) {
    const { severity } = problemRule(code)
    if (severity === 'error') return 'error'
    if (severity === 'conflict') worst = 'conflict'
  }
  return worst
}

function unaccepted({ row, problems }: Found): readonly Problem[] {
  const { accepted } = row.edits
  if (accepted.length === 0) return problems
  const isAccepted = (code: string) =>
    accepted.includes(code) && problemRule(code).fixes.includes('keep_anyway')
  return problems.filter(({ code }) => !isAccepted(code))
}

function isWarning({ code }: Problem): boolean {
  return problemRule(code).severity === 'warning'
}

/** Notes a code that nobody has, or that somebody has in other capital letters or with more zeros before it. */
export function noteUnknownMember(
  check: Check,
  found: Found,
  reference: { column: string; code: string },
): void {
  const { column } = reference
  const value = String(found.row.values[column] ?? '')
  const padded = withZeros(check, value)
  const other = otherSpelling(check, value)
  if (other !== null) note(found, 'member_code_case', { column, params: { other }, suggestion: other })
  else if (padded !== null) note(found, 'leading_zero_lost', { column, suggestion: padded })
  else note(found, reference.code, { column })
}

// As many as a survey looks up.
const mostZeros = 6

/** The known code that this one is without its leading zeros; null for none. */
export function withZeros({ survey, known, codeWidth }: Check, code: string): string | null {
  if (!/^[1-9]\d*$/.test(code)) return null
  if (codeWidth !== null && code.length < codeWidth) return code.padStart(codeWidth, '0')
  for (let zeros = 1; zeros <= mostZeros; zeros++) {
    const padded = code.padStart(code.length + zeros, '0')
    if (known.members.has(padded) || survey.members.has(padded)) return padded
  }
  return null
}

/** Notes that a member cannot be given anything; tells whether that is so. */
export function isUnableToReceive(check: Check, found: Found, column: string): boolean {
  const code = found.row.values[column]
  if (typeof code !== 'string') return false
  const member = check.known.members.get(code)
  if (!member) noteUnknownMember(check, found, { column, code: 'member_unknown' })
  else if (member.status !== 'active') {
    note(found, 'member_not_active', { column, params: { name: member.name, status: member.status } })
  } else return false
  return true
}

/** Counts a number that a row gives to a member, and notes when that is more than the cap (NUM-3). */
export function countGiven(check: Check, found: Found, to: { column: string; member: KnownMember }): void {
  const { staffCode, numbersCounted, name } = to.member
  const given = (check.given.get(staffCode) ?? 0) + 1
  check.given.set(staffCode, given)
  const held = numbersCounted + given - (check.taken.get(staffCode) ?? 0)
  if (held > check.known.cap) {
    note(found, 'member_at_cap', { column: to.column, params: { name, cap: check.known.cap } })
  }
}

/** A field before and after, where they differ; an absent value stands for no change. */
export function changeOf(column: string, before: string | null, after: CellValue | undefined): FieldChange[] {
  if (after === undefined) return []
  const text = String(after)
  return before === text ? [] : [{ column, before, after: text }]
}
