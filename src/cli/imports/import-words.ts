import type { ImportDetail } from '../../features/imports/model.ts'
import { counted } from '../show.ts'

/** What a file was taken for, what is wrong in it, and what applying it would do. */
export function importWords(found: ImportDetail): string {
  return [whatItIs(found), columnsOf(found), problemsOf(found), outcomeOf(found), undoOf(found)]
    .filter((part) => part !== '')
    .join('\n\n')
}

function whatItIs({ fileName, template, recognition, sheets, report }: ImportDetail): string {
  const sheet = sheets.find(({ index }) => index === recognition.sheet)
  const place = [
    ...(sheet && sheet.name !== '' ? [`sheet "${sheet.name}"`] : []),
    ...(recognition.headerRow === null ? [] : [`headers in row ${recognition.headerRow}`]),
  ].join(', ')
  const layout = recognition.layout === null ? '' : `, layout ${recognition.layout}`
  const kind =
    template === null
      ? 'not recognised'
      : `${template}${layout} (${Math.round(recognition.confidence * 100)} % sure)`
  const notes = [
    ...(report.hiddenRows > 0 ? [`${counted(report.hiddenRows, 'hidden row')}, read like all others`] : []),
    ...(report.formulas > 0 ? [`${counted(report.formulas, 'formula')}, read as their saved values`] : []),
  ]
  return [
    `${fileName}: ${kind}${place === '' ? '' : `; ${place}`}`,
    ...notes.map((note) => `  ${note}`),
  ].join('\n')
}

function columnsOf({ recognition }: ImportDetail): string {
  const lines = recognition.columns
    .filter(({ header, key }) => header !== '' || key !== null)
    .map(
      ({ header, key, why }) => `  ${header || '(no header)'} → ${key === null ? `not read (${why})` : key}`,
    )
  const missing = recognition.missing.map((key) => `  ${key} is needed, and no column is it`)
  return lines.length === 0 ? '' : ['Columns:', ...lines, ...missing].join('\n')
}

function problemsOf({ problems }: ImportDetail): string {
  if (problems.length === 0) return ''
  const lines = problems.map(({ title, next, severity, automatic, fixes, examples, count }) => {
    const [fix] = fixes
    const repair =
      fix === undefined ? ` — ${next}` : automatic ? ` — can be repaired: ${fix.title}` : ` — ${fix.title}`
    const rows = [...examples.map(({ row }) => row), ...(count > examples.length ? ['…'] : [])]
    const where = rows.length === 0 ? '' : ` (${rows.length === 1 ? 'row' : 'rows'} ${rows.join(', ')})`
    return `  ${severity === 'warning' ? '!' : '✗'} ${title}${repair}${where}`
  })
  return ['Problems:', ...lines].join('\n')
}

function outcomeOf({
  counts,
  newDepartments,
  newDepartmentCount,
  licencesNeeded,
  needsApproval,
}: ImportDetail): string {
  if (counts === null) return ''
  const parts = [
    `${counts.new} new`,
    `${counts.changed} changed`,
    `${counts.unchanged} unchanged`,
    `${counts.skipped} skipped`,
    `${counts.conflict} to be decided`,
    `${counts.error} with problems`,
  ].join(', ')
  const besides = [
    ...(newDepartmentCount > 0
      ? [`${counted(newDepartmentCount, 'department')} would be made: ${someOf(newDepartments)}`]
      : []),
    ...(licencesNeeded > 0 ? [`${counted(licencesNeeded, 'licence')} would be used`] : []),
    ...(needsApproval ? ['a second person has to approve it'] : []),
  ]
  return [`${counted(counts.rows, 'row')}: ${parts}`, ...besides.map((line) => `  ${line}`)].join('\n')
}

const mostNamed = 10

function someOf(names: readonly string[]): string {
  const more = names.length > mostNamed ? ', …' : ''
  return `${names.slice(0, mostNamed).join(', ')}${more}`
}

/** What an undo could not make as if it had never been. */
function undoOf({ counts, template, canUndo }: ImportDetail): string {
  if (counts === null || counts.new + counts.changed === 0) return ''
  if (!canUndo) return 'This cannot be undone: records that were taken in stay.'
  if (template !== 'numbers' || counts.new === 0) return ''
  return 'An undo releases the numbers that this adds; they stay in the custody history as released.'
}
