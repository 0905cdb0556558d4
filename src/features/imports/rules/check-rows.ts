import type { KnownFacts } from '../model/known.ts'
import type { CheckOptions } from '../model/options.ts'
import type { CheckedRow, ReadRow } from '../model/rows.ts'
import type { Subject, Template } from '../model/template.ts'
import { type VerdictCounts, verdicts } from '../model/verdict.ts'
import { beginCheck, type Check, type Found, undecided } from './check.ts'
import { checkMember } from './check-member.ts'
import { checkMove, checkNumber } from './check-number.ts'
import { checkRecord, checkSystem } from './check-record.ts'
import { beginSurvey, surveyRow } from './survey.ts'

const checkers: Readonly<Record<Subject, (check: Check, found: Found) => CheckedRow>> = {
  member: checkMember,
  number: checkNumber,
  record: checkRecord,
  move: checkMove,
  system: checkSystem,
}

/** What a row would do and what is wrong with it. Rows come in the order of the file, each once; blank ones do not come. */
export function checkRow(check: Check, row: ReadRow): CheckedRow {
  const found: Found = { row, problems: [...row.problems] }
  if (row.isSample || row.isBlank || row.edits.skip) return undecided(found, 'skipped')
  return checkers[check.template.subject](check, found)
}

export interface CheckInput {
  readonly template: Template
  readonly options: CheckOptions
  readonly known: KnownFacts
}

/** Checks a whole file that is in memory; larger ones are surveyed and checked piece by piece with the same functions. */
export function checkRows(rows: readonly ReadRow[], { template, options, known }: CheckInput): CheckedRow[] {
  const survey = beginSurvey(template)
  for (const row of rows) surveyRow(survey, row)
  const check = beginCheck(survey, known, options)
  return rows.filter(({ isBlank }) => !isBlank).map((row) => checkRow(check, row))
}

/** Nothing counted yet; `countVerdict` adds to it. */
export function noCounts(): Record<keyof VerdictCounts, number> {
  const counts = { rows: 0 } as Record<keyof VerdictCounts, number>
  for (const verdict of verdicts) counts[verdict] = 0
  return counts
}

export function countVerdict(counts: Record<keyof VerdictCounts, number>, { verdict }: CheckedRow): void {
  counts.rows += 1
  counts[verdict] += 1
}
