import { roleAllows } from '../../../kernel/permission.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { loadPolicies } from '../../companies/index.ts'
import { isBatchOverLimit } from '../../numbers/index.ts'
import { moveRefusal, numberRefusal } from '../../numbers/model.ts'
import type { ItemResult, OperationKind, RunningOperation, SliceItem } from '../../operations/index.ts'
import { departmentRefusal, memberRefusal } from '../../people/model.ts'
import { recordRefusal } from '../../records/model.ts'
import { systemRefusal, workAccountRefusal } from '../../work-accounts/model.ts'
import { importLabels, roleOf } from '../apply-views.ts'
import type { RecordDraft } from '../model/rows.ts'
import { importRefusal, rowRefusal } from '../refusals.ts'
import { saveApplied } from '../store.ts'
import { importOfOperation, type PlannedRow, plannedRowsAt } from '../views.ts'
import type { RowDone } from './applied.ts'
import { applyMember } from './apply/members.ts'
import { applyMove, applyNumber } from './apply/numbers.ts'
import { applyRecords } from './apply/records.ts'
import { alone, openSlice, type Slice } from './apply/slice.ts'
import { applySystem } from './apply/systems.ts'
import { rowsStayDays } from './clear-rows.ts'
import { importKind, rowOf, undoKind } from './kind-names.ts'
import { planUndo, runUndo } from './undo.ts'

const refusals = [
  ...Object.values(rowRefusal),
  ...Object.values(importRefusal),
  ...Object.values(memberRefusal),
  ...Object.values(departmentRefusal),
  ...Object.values(numberRefusal),
  ...Object.values(moveRefusal),
  ...Object.values(recordRefusal),
  ...Object.values(systemRefusal),
  ...Object.values(workAccountRefusal),
  httpRefusal.notFound,
  httpRefusal.versionChanged,
]

/** Applying an import, and taking it back. */
export const importOperationKinds: readonly OperationKind[] = [
  {
    kind: importKind,
    refusals,
    finalRefusals: [rowRefusal.changedMeanwhile, importRefusal.rowsCleared],
    mayGoOn,
    isOverLimit: async (tx, operation, items) =>
      operation.given['moves'] === true &&
      isBatchOverLimit(tx, await loadPolicies(tx), { person: operation.createdBy, moves: items }),
    runSlice: runRows,
    settled: () => {},
    cancelled: async () => {},
    labelsOf: importLabels,
    partiesOf: async () => new Map(),
    planUndo,
  },
  {
    kind: undoKind,
    refusals,
    finalRefusals: [],
    mayGoOn,
    isOverLimit: async () => false,
    runSlice: runUndo,
    settled: () => {},
    cancelled: async () => {},
    labelsOf: importLabels,
    partiesOf: async () => new Map(),
    planUndo: async () => null,
  },
]

async function mayGoOn(tx: Tx, { createdByMemberId }: RunningOperation): Promise<boolean> {
  if (createdByMemberId === null) return true
  const role = await roleOf(tx, createdByMemberId)
  return role !== null && roleAllows(role, 'imports:write')
}

/** Does what the rows of a slice say; each is decided anew, and what is refused does not keep the others out. */
async function runRows(
  tx: Tx,
  { operationId }: RunningOperation,
  items: readonly SliceItem[],
): Promise<ItemResult[]> {
  const rowsOf = await importOfOperation(tx, operationId)
  if (!rowsOf) throw new Error('an operation without its import')
  const rows = await plannedRowsAt(tx, rowsOf, items.map(rowOf))
  const byRow = new Map(rows.map((row) => [row.row, row]))
  const slice = await openSlice(tx, operationId, rows)
  const records = rows.filter(isRecord)
  const taken = records.length === 0 ? null : await applyRecords(slice, records)
  const done: { row: number; applied: RowDone['applied'] }[] = []
  const results: ItemResult[] = []
  for (const item of items) {
    const row = byRow.get(rowOf(item))
    if (!row) {
      const cleared = new Refusal(importRefusal.rowsCleared, { days: rowsStayDays })
      results.push(resultOf(item, cleared))
      continue
    }
    const result = taken?.get(row.row) ?? (await alone(slice, () => applyRow(slice, row)))
    results.push(resultOf(item, isStale(result) ? changedMeanwhile(row) : result))
    if (!(result instanceof Refusal)) done.push({ row: row.row, applied: result.applied })
  }
  saveApplied(tx, rowsOf, done)
  return results
}

function isRecord(row: PlannedRow): row is PlannedRow & { readonly draft: RecordDraft } {
  return row.draft.subject === 'record'
}

function applyRow(slice: Slice, row: PlannedRow): Promise<RowDone> {
  const { draft } = row
  switch (draft.subject) {
    case 'member':
      return applyMember(slice, row, draft)
    case 'number':
      return applyNumber(slice, row, draft)
    case 'move':
      return applyMove(slice, row, draft)
    case 'system':
      return applySystem(slice, draft)
    default:
      throw new Error(`no row of its own does a ${draft.subject}`)
  }
}

function resultOf({ position, given }: SliceItem, result: RowDone | Refusal): ItemResult {
  if (!(result instanceof Refusal)) {
    return { position, state: result.state, outcome: { row: given['row'], did: result.applied.did } }
  }
  return { position, state: 'failed', refusal: { code: result.code, values: result.values } }
}

function isStale(result: RowDone | Refusal): boolean {
  return result instanceof Refusal && result.code === httpRefusal.versionChanged.code
}

function changedMeanwhile({ draft }: PlannedRow): Refusal {
  const what = draft.subject === 'member' ? draft.name : 'e164' in draft ? (draft.e164 ?? '') : ''
  return new Refusal(rowRefusal.changedMeanwhile, { what })
}
