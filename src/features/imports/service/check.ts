import { createHash } from 'node:crypto'
import { isCompanyCaller, personOf } from '../../../kernel/caller.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { parsePhone } from '../../../platform/phone/phone.ts'
import { capOf, loadPolicies } from '../../companies/index.ts'
import { isBatchOverLimit } from '../../numbers/index.ts'
import {
  codesByMobile,
  codesLike,
  companyAround,
  departmentTree,
  knownMembers,
  knownNumbers,
} from '../known-views.ts'
import type { KnownFacts } from '../model/known.ts'
import type { CheckedRow, ReadRow } from '../model/rows.ts'
import type { Template } from '../model/template.ts'
import { templates } from '../model/templates/all.ts'
import { writeValue } from '../model/written-value.ts'
import { beginCheck, type Check } from '../rules/check.ts'
import { checkRow, countVerdict, noCounts } from '../rules/check-rows.ts'
import { beginGroups, endGroups, groupRow } from '../rules/group-problems.ts'
import { columnFor, readRow, rowReader } from '../rules/read-row.ts'
import { beginSurvey, type Survey, surveyRow } from '../rules/survey.ts'
import {
  clearResults,
  emptyForecast,
  type Forecast,
  type ImportBody,
  type ImportRecord,
  type RowResult,
  saveResults,
} from '../store.ts'
import { rawRows, storedMarks } from '../views.ts'
import { type KnownSystems, knownSystems } from './known-systems.ts'

const rowsAtOnce = 1_000

export type Draft = Pick<ImportRecord, 'importId' | 'report' | 'step' | 'recognition' | 'options'>

/**
 * Checks all rows of a draft against each other and against what the company has, a thousand at once so that other
 * requests have their turn, and writes what has become different.
 */
export async function checkImport(tx: Tx, draft: Draft): Promise<ImportBody> {
  const { importId, step, recognition, options } = draft
  const rowsOf = { importId, sheet: recognition.sheet }
  const { template: name } = recognition
  if (name === null) {
    clearResults(tx, rowsOf, null)
    return { template: null, step, recognition, options, counts: null, groups: [], forecast: emptyForecast }
  }
  clearResults(tx, rowsOf, recognition.headerRow ?? 0)
  const template = templates[name]
  const survey = beginSurvey(template)
  const rows = await readRows(tx, draft, { template, survey })
  const known = await knownFacts(tx, { survey, systems: await knownSystems(tx, rows) })
  const check = beginCheck(survey, known.facts, options)
  const found = await checkAll(tx, { draft, check, rows, versions: known.versions })
  return {
    template: name,
    step,
    recognition,
    options,
    ...found,
    forecast: await forecastOf(tx, check, found),
  }
}

async function readRows(
  tx: Tx,
  { importId, recognition, options, report }: Draft,
  { template, survey }: { readonly template: Template; readonly survey: Survey },
): Promise<ReadRow[]> {
  const reader = rowReader({
    template,
    mapping: recognition.columns,
    options,
    fileKind: report.format,
    parsePhone,
  })
  const all: ReadRow[] = []
  let after = recognition.headerRow ?? 0
  for (;;) {
    const raw = await rawRows(tx, { importId, sheet: recognition.sheet }, { after, limit: rowsAtOnce })
    for (const one of raw) {
      const row = readRow(reader, one, one.edits ?? undefined)
      if (row.isBlank) continue
      surveyRow(survey, row)
      all.push(row)
    }
    after = raw.at(-1)?.row ?? after
    if (raw.length < rowsAtOnce) return all
  }
}

interface Known {
  readonly facts: KnownFacts
  /** Of members and numbers, by id. */
  readonly versions: ReadonlyMap<string, number>
}

interface ToKnow {
  readonly survey: Survey
  readonly systems: KnownSystems
}

async function knownFacts(tx: Tx, { survey, systems }: ToKnow): Promise<Known> {
  const numbers = await knownNumbers(tx, [...survey.numbers])
  const holders = [...numbers.values()].flatMap(({ holderStaffCode }) => holderStaffCode ?? [])
  const codeByMobile = await codesByMobile(tx, [...survey.mobiles])
  const codes = new Set([
    ...survey.staffCodes,
    ...(await codesLike(tx, [...survey.staffCodes])),
    ...holders,
    ...codeByMobile.values(),
    ...[...systems.systemAccounts.values()].flatMap((code) => code ?? []),
  ])
  const members = await knownMembers(tx, [...codes])
  const [tree, company] = await Promise.all([departmentTree(tx), companyAround(tx)])
  const versions = new Map([
    ...[...members.values()].map(({ memberId, version }) => [memberId, version] as const),
    ...[...numbers.values()].map(({ numberId, version }) => [numberId, version] as const),
  ])
  const facts: KnownFacts = {
    companyName: company.name,
    members,
    codeByMobile,
    departmentIds: tree.ids,
    departmentPaths: tree.paths,
    numbers,
    // Whose a number is elsewhere is nobody's business here: such a row is refused when its turn comes.
    unavailable: new Set(),
    cap: capOf(company.tier, company.capOverride),
    licencesFree: company.licencesFree,
    ...systems,
    mayMakeOwners: isCompanyCaller(tx.caller) && tx.caller.role === 'owner',
  }
  return { facts, versions }
}

interface ToCheck {
  readonly draft: Draft
  readonly check: Check
  readonly rows: readonly ReadRow[]
  readonly versions: Known['versions']
}

type Found = Pick<ImportBody, 'groups'> & { readonly counts: NonNullable<ImportBody['counts']> }

async function checkAll(tx: Tx, { draft, check, rows, versions }: ToCheck): Promise<Found> {
  const rowsOf = { importId: draft.importId, sheet: draft.recognition.sheet }
  const marks = await storedMarks(tx, rowsOf)
  const groups = beginGroups()
  const counts = noCounts()
  for (let first = 0; first < rows.length; first += rowsAtOnce) {
    const different: RowResult[] = []
    for (const row of rows.slice(first, first + rowsAtOnce)) {
      const checked = checkRow(check, row)
      countVerdict(counts, checked)
      groupRow(groups, checked)
      const result = resultOf(check.template, { row, checked, versions })
      if (marks.get(row.row) !== result.mark) different.push(result)
    }
    if (different.length > 0) saveResults(tx, rowsOf, different)
    await tx.flush()
  }
  return { counts, groups: endGroups(groups) }
}

interface Checked {
  readonly row: ReadRow
  readonly checked: CheckedRow
  readonly versions: Known['versions']
}

function resultOf(template: Template, { row, checked, versions }: Checked): RowResult {
  const { verdict, problems, changes, draft, subjectId } = checked
  const result = {
    row: row.row,
    verdict,
    problems,
    changes,
    values: textsOf(template, row),
    draft,
    subjectId,
    subjectVersion: subjectId === null ? null : (versions.get(subjectId) ?? null),
  }
  return { ...result, mark: createHash('sha1').update(JSON.stringify(result)).digest('base64') }
}

function textsOf(template: Template, { values }: ReadRow): Record<string, string> {
  const texts: Record<string, string> = {}
  for (const [key, value] of Object.entries(values)) {
    const column = columnFor(template, key)
    if (column) texts[key] = writeValue(column, value)
  }
  return texts
}

const mostPaths = 1_000

async function forecastOf(tx: Tx, check: Check, { counts }: Found): Promise<Forecast> {
  const paths = [...check.newDepartments.values()].map((names) => names.join('/'))
  const given = [...check.given.values()].reduce((sum, count) => sum + count, 0)
  const moves = check.template.subject === 'move' ? counts.new + counts.changed : given
  const needsApproval =
    moves > 0 && (await isBatchOverLimit(tx, await loadPolicies(tx), { person: personOf(tx.caller), moves }))
  return {
    newDepartments: paths.slice(0, mostPaths),
    newDepartmentCount: paths.length,
    licencesNeeded: check.licencesTaken,
    needsApproval,
  }
}
