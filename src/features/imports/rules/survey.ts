import type { CellValue, DepartmentPath } from '../model/column.ts'
import type { ExistingChoice } from '../model/options.ts'
import type { ReadRow } from '../model/rows.ts'
import type { Template } from '../model/template.ts'

/** What the rows of a file name, gathered in a first pass; rows that are left out do not count. */
export interface Survey {
  readonly template: Template
  /** The first row of each staff code, number, record or account. */
  readonly rowByIdentity: Map<string, number>
  readonly rowByMobile: Map<string, number>
  readonly members: Map<string, SurveyedMember>
  /** First names of department paths. */
  readonly topNames: Set<string>
  /** Staff codes that are named in any column, and those of digits as they may have been with leading zeros. */
  readonly staffCodes: Set<string>
  readonly mobiles: Set<string>
  /** E.164. */
  readonly numbers: Set<string>
  /** Who is to get each number, of a file of moves. */
  readonly recipients: Map<string, string>
  /** How many staff codes of only digits begin with a zero, by their length. */
  readonly paddedWidths: Map<number, number>
}

interface SurveyedMember {
  readonly row: number
  readonly managerStaffCode: string | null
  readonly existing: ExistingChoice | null
}

const mostZeros = 6
// Beyond it, leading zeros are found only where the file itself shows them.
const mostGuesses = 60_000
const referenceKeys = ['managerStaffCode', 'holderStaffCode', 'toStaffCode', 'expectedStaffCode'] as const

export function beginSurvey(template: Template): Survey {
  return {
    template,
    rowByIdentity: new Map(),
    rowByMobile: new Map(),
    members: new Map(),
    topNames: new Set(),
    staffCodes: new Set(),
    mobiles: new Set(),
    numbers: new Set(),
    recipients: new Map(),
    paddedWidths: new Map(),
  }
}

/** Takes in what a row names. All rows are surveyed before the first is checked. */
export function surveyRow(survey: Survey, row: ReadRow): void {
  if (row.isBlank || row.isSample || row.edits.skip) return
  const { values } = row
  const identity = identityOf(survey.template, values)
  if (identity !== null && !survey.rowByIdentity.has(identity)) survey.rowByIdentity.set(identity, row.row)
  for (const key of referenceKeys) {
    const code = values[key]
    if (typeof code === 'string') nameCode(survey, code)
  }
  if (typeof values['number'] === 'string') survey.numbers.add(values['number'])
  if (survey.template.subject === 'member') surveyMember(survey, row)
  if (survey.template.subject === 'move') surveyMove(survey, values)
}

function nameCode({ staffCodes }: Survey, code: string): void {
  if (staffCodes.has(code)) return
  staffCodes.add(code)
  if (!/^[1-9]\d*$/.test(code)) return
  for (let zeros = 1; zeros <= mostZeros && staffCodes.size < mostGuesses; zeros++) {
    staffCodes.add(code.padStart(code.length + zeros, '0'))
  }
}

function surveyMember(survey: Survey, { row, values, edits }: ReadRow): void {
  const { code, renamedFrom } = codeOf(values['staffCode'])
  const { mobile, managerStaffCode, departments } = values
  if (typeof mobile === 'string') {
    survey.mobiles.add(mobile)
    if (!survey.rowByMobile.has(mobile)) survey.rowByMobile.set(mobile, row)
  }
  for (const path of (departments ?? []) as readonly DepartmentPath[]) {
    const [top] = path.names
    if (top !== undefined) survey.topNames.add(top)
  }
  if (code === null) return
  nameCode(survey, code)
  if (renamedFrom !== null) survey.staffCodes.add(renamedFrom)
  if (/^0\d+$/.test(code))
    survey.paddedWidths.set(code.length, (survey.paddedWidths.get(code.length) ?? 0) + 1)
  if (survey.members.has(code)) return
  const manager = typeof managerStaffCode === 'string' ? managerStaffCode : null
  survey.members.set(code, { row, managerStaffCode: manager, existing: edits.existing })
}

function surveyMove(survey: Survey, values: ReadRow['values']): void {
  const { number, toStaffCode } = values
  if (typeof number !== 'string' || typeof toStaffCode !== 'string') return
  if (!survey.recipients.has(number)) survey.recipients.set(number, toStaffCode)
}

/** By what two rows would be about the same; null when the row does not say. */
export function identityOf(template: Template, values: ReadRow['values']): string | null {
  if (template.subject === 'member') return codeOf(values['staffCode']).code
  if (template.subject === 'number' || template.subject === 'move') return stringOf(values['number'])
  const parts = template.subject === 'record' ? ['source', 'sourceId'] : ['system', 'login']
  const last = stringOf(values[parts[1] ?? ''])
  if (last === null) return null
  const first = stringOf(values[parts[0] ?? '']) ?? ''
  return `${template.subject === 'system' ? first.toLowerCase() : first}\u0000${last}`
}

/** The staff code of a row, and the one it replaces where the cell says `old:new`. */
export function codeOf(value: CellValue | undefined): { code: string | null; renamedFrom: string | null } {
  if (typeof value !== 'string') return { code: null, renamedFrom: null }
  const colon = value.indexOf(':')
  if (colon === -1) return { code: value, renamedFrom: null }
  return { code: value.slice(colon + 1), renamedFrom: value.slice(0, colon) }
}

/** A value that is a text; null for none. */
export function stringOf(value: CellValue | undefined): string | null {
  return typeof value === 'string' ? value : null
}
