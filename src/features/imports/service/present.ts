import type { Operation } from '../../operations/model.ts'
import { textOfCell } from '../model/cell.ts'
import { fixRules } from '../model/fix.ts'
import { noEdits } from '../model/options.ts'
import { problemRule } from '../model/problems.ts'
import type { TemplateName } from '../model/template.ts'
import { templates } from '../model/templates/all.ts'
import type { Problem, ProblemGroup } from '../model/verdict.ts'
import type { ImportDetail, ImportRow, ImportSummary } from '../model.ts'
import { unpackCells } from '../rules/packed-cells.ts'
import { groupInWords, problemInWords, type Reader } from '../rules/problem-words.ts'
import type { ShownImport, ShownRow, SummaryRow } from '../views.ts'

type Language = 'en' | 'zh'

/** An import as lists show it. */
export function presentSummary(row: SummaryRow): ImportSummary {
  const { importId, state, step, template, fileName, sizeBytes, counts } = row
  const { createdBy, createdByName, createdAt, version } = row
  return {
    importId,
    state,
    step,
    template,
    fileName,
    sizeBytes,
    counts,
    createdBy,
    createdByName,
    createdAt,
    version,
  }
}

export interface Operations {
  readonly operation: Operation | null
  readonly undoOperation: Operation | null
}

/** An import whole, in the reader's words. */
export function presentImport(row: ShownImport, operations: Operations, language: Language): ImportDetail {
  const reader = readerOf(row.template, language)
  const { template: _, signature: __, columns, ...recognition } = row.recognition
  return {
    ...presentSummary(row),
    sheets: [...row.sheets],
    report: row.report,
    recognition: {
      ...recognition,
      candidates: [...recognition.candidates],
      sampleRows: [...recognition.sampleRows],
      columns: columns.map((column) => ({ ...column, samples: [...column.samples] })),
      missing: [...recognition.missing],
      unknown: [...recognition.unknown],
      duplicates: [...recognition.duplicates],
    },
    options: { ...row.options },
    problems: row.groups.slice(0, mostGroups).map((group) => presentGroup(group, reader)),
    ...row.forecast,
    newDepartments: [...row.forecast.newDepartments],
    canUndo: row.template === null || templates[row.template].canUndo,
    ...operations,
  }
}

const mostGroups = 500

function presentGroup(group: ProblemGroup, reader: Reader): ImportDetail['problems'][number] {
  const { code, column, about, count, automatic, fixes, examples } = group
  return {
    code,
    column,
    about,
    severity: problemRule(code).severity,
    count,
    automatic,
    ...groupInWords(group, reader),
    fixes: fixes.map((fix) => ({
      fix,
      title: fixRules[fix].words[reader.language],
      needs: fixRules[fix].needs,
    })),
    examples: examples.map((example) => ({ ...example })),
  }
}

/** A problem of one row in words. */
export function presentProblem(problem: Problem, reader: Reader): ImportRow['problems'][number] {
  const { code, column, suggestion } = problem
  return {
    column,
    code,
    severity: problemRule(code).severity,
    ...problemInWords(problem, reader),
    suggestion,
  }
}

/** Who reads of rows of a template; only rows of one have problems. */
export function readerOf(template: TemplateName | null, language: Language): Reader {
  return { template: templates[template ?? 'members'], language }
}

/** A row as it was read, with what was found for it. */
export function presentRow(row: ShownRow, template: TemplateName | null, language: Language): ImportRow {
  const edits = row.edits ?? noEdits
  const reader = readerOf(template, language)
  return {
    row: row.row,
    verdict: row.verdict,
    hidden: row.hidden,
    cells: unpackCells(row.cells).map((cell) => (cell === null ? null : textOfCell(cell))),
    edits: { ...edits, accepted: [...edits.accepted] },
    values: row.values ?? {},
    problems: (row.problems ?? []).map((problem) => presentProblem(problem, reader)),
    changes: (row.changes ?? []).map((change) => ({ ...change })),
    subjectId: row.subjectId,
  }
}
