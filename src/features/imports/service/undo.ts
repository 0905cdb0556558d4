import { Refusal } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { cancelScheduledMove, releaseNumber, undoMove, updateNumber } from '../../numbers/index.ts'
import type {
  ItemResult,
  OperationPlan,
  PlannedItem,
  RunningOperation,
  SliceItem,
} from '../../operations/index.ts'
import { changeMember, removeDepartment, removeMember } from '../../people/index.ts'
import { removeSystem, removeWorkAccount } from '../../work-accounts/index.ts'
import {
  accountsBuiltOn,
  type BuiltThing,
  departmentsBuiltOn,
  type LeftThing,
  membersBuiltOn,
  numbersBuiltOn,
  stillWaiting,
} from '../apply-views.ts'
import { importRefusal } from '../refusals.ts'
import { saveApplied } from '../store.ts'
import { appliedRows, importOfOperation } from '../views.ts'
import { type Applied, departmentsMade, type MoveDone } from './applied.ts'
import { alone } from './apply/slice.ts'
import { inputOf } from './input.ts'
import { undoKind } from './kind-names.ts'

interface AppliedRow {
  readonly row: number
  readonly applied: Applied
}

const sliceSize = 50

/**
 * Plans taking an import back: its rows from the last to the first, then the departments it made.
 * @throws Refusal `import.cannot_undo`, `import.built_on`
 */
export async function planUndo(tx: Tx, { operationId }: RunningOperation): Promise<OperationPlan | null> {
  const rowsOf = await importOfOperation(tx, operationId)
  if (!rowsOf) throw new Error('an operation without its import')
  const rows = await appliedRows<Applied>(tx, rowsOf)
  if (rows.length === 0) return null
  if (rows.some(({ applied }) => applied.did === 'record_taken_in'))
    throw new Refusal(importRefusal.cannotUndo)
  await refuseBuiltOn(tx, rows)
  const order = await orderApplied(tx, operationId, rows)
  const given = [
    ...order.map(({ row, applied }) => ({ subjectId: subjectOf(applied), given: { row } })),
    ...departmentsMade(order.toReversed())
      .reverse()
      .map((departmentId) => ({ subjectId: departmentId, given: { departmentId } })),
  ]
  const items = given.map(
    (item, index): PlannedItem => ({ ...item, slice: Math.floor(index / sliceSize), refusal: null }),
  )
  return { kind: undoKind, given: { ...rowsOf }, items, gapMinutes: 0, undoes: operationId }
}

// What was done last goes first: who reports to somebody was added after them.
async function orderApplied(tx: Tx, operationId: string, rows: readonly AppliedRow[]): Promise<AppliedRow[]> {
  const placed = await tx.query<{ row: number; position: number }>({
    text: `select (given ->> 'row')::integer as row, position from operation_items where company_id = $1 and operation_id = $2`,
    values: [tx.companyId, operationId],
  })
  const positions = new Map(placed.map(({ row, position }) => [row, position]))
  return rows.toSorted((one, other) => (positions.get(other.row) ?? 0) - (positions.get(one.row) ?? 0))
}

function subjectOf(applied: Applied): string | null {
  if ('memberId' in applied) return applied.memberId
  return 'numberId' in applied ? applied.numberId : null
}

const mostNamed = 100

async function refuseBuiltOn(tx: Tx, rows: readonly AppliedRow[]): Promise<void> {
  const all = rows.map(({ applied }) => applied)
  const members = all.flatMap((one): LeftThing[] =>
    'memberId' in one ? [{ id: one.memberId, version: one.version, made: one.did === 'member_created' }] : [],
  )
  const numbers = all.flatMap((one): LeftThing[] =>
    // A move that waited may have been made meanwhile, which is what the import wanted.
    'numberId' in one && !one.move?.moveId
      ? [{ id: one.numberId, version: one.version, made: one.did === 'number_added' }]
      : [],
  )
  const accounts = all.flatMap((one): LeftThing[] =>
    one.did === 'system_added' && one.account
      ? [{ id: one.account.workAccountId, version: one.account.version, made: true }]
      : [],
  )
  const things: BuiltThing[] = [
    ...(members.length === 0 ? [] : await membersBuiltOn(tx, members)),
    ...(await departmentsBuiltOn(
      tx,
      departmentsMade(rows),
      members.map(({ id }) => id),
    )),
    ...(numbers.length === 0 ? [] : await numbersBuiltOn(tx, numbers)),
    ...(accounts.length === 0 ? [] : await accountsBuiltOn(tx, accounts)),
  ]
  const [first] = things
  if (!first) return
  throw new Refusal(
    importRefusal.builtOn,
    { count: things.length, example: first.label },
    { things: things.slice(0, mostNamed) },
  )
}

/** Takes back what the rows of a slice did, each alone. */
export async function runUndo(
  tx: Tx,
  operation: RunningOperation,
  items: readonly SliceItem[],
): Promise<ItemResult[]> {
  const rowsOf = { importId: String(operation.given['importId']), sheet: Number(operation.given['sheet']) }
  const wanted = items.flatMap(({ given }) => (typeof given['row'] === 'number' ? [given['row']] : []))
  const applied = new Map(
    (await appliedRows<Applied>(tx, rowsOf, wanted)).map((one) => [one.row, one.applied]),
  )
  const waiting = await stillWaiting(
    tx,
    [...applied.values()].flatMap((one) => ('move' in one && one.move?.moveId) || []),
  )
  const scene = { tx, undone: [] }
  const gone: { row: number; applied: null }[] = []
  const results: ItemResult[] = []
  for (const item of items) {
    const one = applied.get(Number(item.given['row']))
    const result = await alone(scene, () => takeBack(tx, { item, applied: one, waiting }))
    if (result instanceof Refusal) {
      results.push({
        position: item.position,
        state: 'failed',
        refusal: { code: result.code, values: result.values },
      })
      continue
    }
    if (one) gone.push({ row: Number(item.given['row']), applied: null })
    results.push({ position: item.position, state: 'done', outcome: { ...item.given } })
  }
  saveApplied(tx, rowsOf, gone)
  return results
}

interface TakingBack {
  readonly item: SliceItem
  readonly applied: Applied | undefined
  readonly waiting: ReadonlySet<string>
}

async function takeBack(tx: Tx, { item, applied, waiting }: TakingBack): Promise<void> {
  const departmentId = item.given['departmentId']
  if (typeof departmentId === 'string') {
    await removeDepartment(tx, inputOf({ params: { departmentId } }))
    return
  }
  if (!applied) return
  switch (applied.did) {
    case 'member_created':
      await removeMember(
        tx,
        inputOf({ params: { memberId: applied.memberId }, expectedVersion: applied.version }),
      )
      return
    case 'member_changed':
      await restoreMember(tx, applied)
      return
    case 'number_added':
      await endMove(tx, applied, waiting)
      await releaseNumber(tx, {
        numberId: applied.numberId,
        confirm: applied.e164,
        reason: 'the import was undone',
        expectedVersion: null,
      })
      return
    case 'number_changed':
      await endMove(tx, applied, waiting)
      await updateNumber(tx, {
        numberId: applied.numberId,
        asked: { ...applied.before, fields: { ...applied.before.fields } },
        expectedVersion: null,
      })
      return
    case 'moved':
      await endMove(tx, applied, waiting)
      return
    case 'system_added':
      if (applied.account) await removeWorkAccount(tx, applied.account.workAccountId)
      if (applied.systemId !== null) await removeSystem(tx, applied.systemId)
      return
    default:
      throw new Refusal(importRefusal.cannotUndo)
  }
}

async function restoreMember(tx: Tx, applied: Extract<Applied, { did: 'member_changed' }>): Promise<void> {
  const { before, memberId, version } = applied
  const body = { ...before, departments: before.departments.map((place) => ({ ...place })) }
  await changeMember(tx, inputOf({ params: { memberId }, body, expectedVersion: version }))
}

async function endMove(
  tx: Tx,
  { numberId, move }: { readonly numberId: string; readonly move: MoveDone | null },
  waiting: ReadonlySet<string>,
): Promise<void> {
  if (move === null) return
  if (move.moveId !== null && waiting.has(move.moveId)) await cancelScheduledMove(tx, move.moveId)
  else await undoMove(tx, { numberId, reason: 'the import was undone', expectedVersion: null })
}
