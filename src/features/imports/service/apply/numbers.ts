import { Refusal } from '../../../../kernel/refusal.ts'
import { Reply } from '../../../../platform/http/bind.ts'
import { addNumber, moveNumber, updateNumber } from '../../../numbers/index.ts'
import { MoveOrder, NewNumber, NumberChange } from '../../../numbers/model.ts'
import type { MoveDraft, NumberDraft } from '../../model/rows.ts'
import { rowRefusal } from '../../refusals.ts'
import type { PlannedRow } from '../../views.ts'
import type { MoveDone, RowDone } from '../applied.ts'
import type { Slice } from './slice.ts'

/**
 * Adds or changes the number that a row is about, and gives it to whom the row names.
 * @throws Refusal as the numbers' use cases do, `import.row_changed`, `import.holder_missing`
 */
export async function applyNumber(slice: Slice, row: PlannedRow, draft: NumberDraft): Promise<RowDone> {
  const { tx } = slice
  const { e164, label, type, fields, holderStaffCode } = draft
  if (row.verdict === 'new') {
    const added = await addNumber(tx, NewNumber.parse({ number: e164, label, type, fields }))
    const given = await give(slice, added.numberId, holderStaffCode)
    const { numberId, version } = added
    return rowDone({
      did: 'number_added',
      numberId,
      e164,
      version: given?.version ?? version,
      move: given?.move ?? null,
    })
  }
  const known = slice.numbers.get(e164)
  if (known?.version !== row.subjectVersion || known?.numberId !== row.subjectId)
    throw new Refusal(rowRefusal.changedMeanwhile, { what: e164 })
  const { numberId } = known
  const before = { label: known.label, type: known.type, fields: known.fields }
  const asked = NumberChange.parse({
    ...(label === undefined ? {} : { label }),
    ...(type === undefined ? {} : { type }),
    fields: { ...known.fields, ...fields },
  })
  const changed = await updateNumber(tx, { numberId, asked, expectedVersion: known.version })
  const given = known.state === 'parked' ? await give(slice, numberId, holderStaffCode) : null
  return rowDone({
    did: 'number_changed',
    numberId,
    version: given?.version ?? changed.version,
    before,
    move: given?.move ?? null,
  })
}

/**
 * Moves a number as a row says.
 * @throws Refusal as `moveNumber` does, `import.row_changed`, `import.holder_missing`
 */
export async function applyMove(slice: Slice, row: PlannedRow, draft: MoveDraft): Promise<RowDone> {
  const known = slice.numbers.get(draft.e164)
  if (!known || known.numberId !== row.subjectId || known.version !== row.subjectVersion)
    throw new Refusal(rowRefusal.changedMeanwhile, { what: draft.e164 })
  const { history, at, reason } = draft
  const { move, version } = await carry(slice, known.numberId, {
    kind: known.state === 'held' ? 'reassign' : 'assign',
    order: {
      toMemberId: memberOf(slice, draft.toStaffCode),
      ...(draft.expectedStaffCode === undefined
        ? {}
        : { expectedHolderId: memberOf(slice, draft.expectedStaffCode) }),
      ...(history === undefined ? {} : { history }),
      ...(at === undefined ? {} : { at }),
      ...(reason === undefined ? {} : { reason }),
    },
  })
  return rowDone({ did: 'moved', numberId: known.numberId, version, move })
}

interface Carried {
  readonly move: MoveDone
  readonly version: number
}

async function give(slice: Slice, numberId: string, staffCode: string | undefined): Promise<Carried | null> {
  if (staffCode === undefined) return null
  return carry(slice, numberId, { kind: 'assign', order: { toMemberId: memberOf(slice, staffCode) } })
}

async function carry(
  slice: Slice,
  numberId: string,
  { kind, order }: { readonly kind: 'assign' | 'reassign'; readonly order: object },
): Promise<Carried> {
  const answer = await moveNumber(slice.tx, {
    numberId,
    kind,
    order: MoveOrder.parse(order),
    expectedVersion: null,
  })
  const { move, version } = answer instanceof Reply ? answer.body : answer
  return { move: { moveId: move?.moveId ?? null }, version }
}

function memberOf({ memberIds }: Slice, staffCode: string): string {
  const memberId = memberIds.get(staffCode)
  if (memberId === undefined) throw new Refusal(rowRefusal.holderMissing, { staffCode })
  return memberId
}

function rowDone(applied: RowDone['applied'] & { readonly move: MoveDone | null }): RowDone {
  return { state: applied.move?.moveId ? 'waiting' : 'done', applied }
}
