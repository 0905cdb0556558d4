import { isCompanyCaller } from '../../../kernel/caller.ts'
import type { Permission } from '../../../kernel/permission.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { Reply } from '../../../platform/http/bind.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { record } from '../../audit/index.ts'
import { beginOperation, type PlannedItem, undoOperation } from '../../operations/index.ts'
import type { importsContract } from '../contract.ts'
import type { TemplateName } from '../model/template.ts'
import type { ImportDetail } from '../model.ts'
import { importRefusal } from '../refusals.ts'
import { orderToApply } from '../rules/apply-order.ts'
import { attachOperation, type ImportBody, saveBody } from '../store.ts'
import { plannedRows } from '../views.ts'
import { checkImport } from './check.ts'
import { lockDraft } from './draft.ts'
import { inputOf } from './input.ts'
import { importKind } from './kind-names.ts'
import { mustFind, readImport, refuseStale } from './read.ts'

type Routes = typeof importsContract

// Few enough that others who change people or numbers do not wait long; records lock nothing that anybody waits for.
const rowsOfSlice = 50
const recordsOfSlice = 500

// An import gives nobody more than they could do without one.
const writes: Readonly<Record<TemplateName, readonly Permission[]>> = {
  members: ['members:write', 'departments:write'],
  'wecom-members': ['members:write', 'departments:write'],
  'wecom-api-members': ['members:write', 'departments:write'],
  numbers: ['numbers:write'],
  records: ['records:write'],
  moves: ['numbers:write'],
  'other-systems': ['work-accounts:write'],
}

// Whoever may import has the role for all of it; a token may be narrower.
function refuseNarrow({ caller }: Tx, template: TemplateName | null): void {
  const scopes = isCompanyCaller(caller) ? caller.scopes : null
  const permission = template && scopes && writes[template].find((one) => !scopes.includes(one))
  if (permission) throw new Refusal(httpRefusal.scopeMissing, { permission })
}

/**
 * Begins the operation that does what the rows of a draft say; they are checked once more before.
 * @throws Refusal `import.not_now`, `import.no_template`, `import.choice_needed`, `import.has_problems`,
 * `import.nothing_to_do`, `import.preview_changed`, `token.scope_missing`, `thing.not_found`, `version.changed`
 */
export async function applyImport(
  tx: Tx,
  { params, body, expectedVersion, language }: RouteInput<Routes['applyImport']>,
): Promise<Reply<ImportDetail>> {
  const draft = await lockDraft(tx, params.importId)
  refuseStale(draft, expectedVersion)
  const { importId, recognition } = draft
  refuseNarrow(tx, draft.template)
  const checked = await checkImport(tx, draft)
  const counts = mayApply(checked, body.expected)
  saveBody(tx, { importId, body: checked, versionUp: 0 })
  const planned = orderToApply(await plannedRows(tx, { importId, sheet: recognition.sheet }))
  const operationId = tx.newId()
  const size = checked.template === 'records' ? recordsOfSlice : rowsOfSlice
  await beginOperation(
    tx,
    {
      kind: importKind,
      given: { importId, template: checked.template, moves: movesNumbers(checked) },
      items: planned.map(
        ({ row, subjectId }, index): PlannedItem => ({
          subjectId,
          given: { row },
          slice: Math.floor(index / size),
          refusal: null,
        }),
      ),
      gapMinutes: 0,
      undoes: null,
    },
    { operationId, isApproved: !checked.forecast.needsApproval, reason: body.reason ?? null },
  )
  attachOperation(tx, importId, operationId)
  record(tx, {
    action: 'import.applied',
    subjectKind: 'import',
    subjectId: importId,
    effect: { operationId, template: checked.template, ...counts },
    reason: body.reason,
  })
  return new Reply(await readImport(tx, importId, language), { status: 202 })
}

function movesNumbers({ template }: ImportBody): boolean {
  return template === 'moves' || template === 'numbers'
}

type Expected = RouteInput<Routes['applyImport']>['body']['expected']

function mayApply(
  { counts, options, template, groups }: ImportBody,
  expected: Expected,
): NonNullable<ImportBody['counts']> {
  if (template === null || counts === null) throw new Refusal(importRefusal.noTemplate)
  const different = Object.entries(expected ?? {}).filter(
    ([name, count]) => counts[name as keyof typeof counts] !== count,
  )
  if (different.length > 0) {
    const difference = different
      .map(([name, count]) => `${name} ${count} → ${counts[name as keyof typeof counts]}`)
      .join(', ')
    throw new Refusal(importRefusal.previewChanged, { difference }, { counts })
  }
  const undecided = groups
    .filter(({ fixes }) => fixes.includes('choose_existing'))
    .reduce((sum, { count }) => sum + count, 0)
  if (undecided > 0) throw new Refusal(importRefusal.choiceNeeded, { count: undecided })
  const kept = counts.error + counts.conflict
  if (options.stopOnError && kept > 0) throw new Refusal(importRefusal.hasProblems, { count: kept })
  if (counts.new + counts.changed === 0) throw new Refusal(importRefusal.nothingToDo)
  return counts
}

/**
 * Begins the operation that takes an import back.
 * @throws Refusal `import.not_now`, `import.built_on`, `import.cannot_undo`, `thing.not_found`, and as the undo of any
 * operation does
 */
export async function undoImport(
  tx: Tx,
  { params, body, language }: RouteInput<Routes['undoImport']>,
): Promise<Reply<ImportDetail>> {
  const { state, operationId, template } = await mustFind(tx, params.importId)
  refuseNarrow(tx, template)
  if (operationId === null || state !== 'applied') throw new Refusal(importRefusal.notNow, { state })
  await undoOperation(tx, inputOf({ params: { operationId }, body }))
  return new Reply(await readImport(tx, params.importId, language), { status: 202 })
}
