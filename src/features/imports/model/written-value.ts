import type { CellValue, Column, DepartmentPath } from './column.ts'

// What has a meaning in a cell of departments, and what reading would take for damage.
const special =
  /[/；;*"，,、|｜\\＼／>＞»›\p{Cc}\u00a0\u00ad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]|^\s|\s$/u

/** A name of a department as a path has it: in quotation marks where it has marks of its own. */
export function quoteLevel(name: string): string {
  return special.test(name) ? `"${name.replaceAll('"', '""')}"` : name
}

/** Departments as a cell has them: `a/b；c*`. */
export function writePaths(paths: readonly DepartmentPath[]): string {
  return paths.map(({ names, isLead }) => `${names.map(quoteLevel).join('/')}${isLead ? '*' : ''}`).join('；')
}

/** The text of a cell that reads as this value; the other way round of reading. */
export function writeValue(column: Column, value: CellValue | null | undefined): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return value
  if (column.reads.kind === 'departments') return writePaths(value as readonly DepartmentPath[])
  return value.map((one) => (typeof one === 'boolean' ? (one ? '1' : '0') : String(one))).join(';')
}
