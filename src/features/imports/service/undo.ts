import { isCompanyCaller } from '../../../kernel/caller.ts'
import { addHours } from '../../../kernel/instant.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { loadPolicies } from '../../companies/index.ts'
import { cancelScheduledMove, releaseNumber, undoMove, updateNumber } from '../../numbers/index.ts'
import type {
  ItemResult,
  OperationPlan,
  PlannedItem,
  RunningOperation,
  SliceItem,
} from '../../operations/index.ts'
import { changeMember, removeDepartment, removeMember } from '../../people/index.ts'
import { memberRefusal } from '../../people/model.ts'
import { removeSystem, removeWorkAccount } from '../../work-accounts/index.ts'
import {
  accountsBuiltOn,
  type BuiltThing,
  departmentsBuiltOn,
  hasOwner,
  type LeftNumber,
  type LeftThing,
  membersBuiltOn,
  membersGone,
  movedUpTo,
  numbersBuiltOn,
  statesOfMoves,
  systemsBuiltOn,
} from '../apply-views.ts'
import { importRefusal, rowRefusal } from '../refusals.ts'
import { hasRows, saveApplied } from '../store.ts'
import { appliedRows, importOfOperation } from '../views.ts'
import { type Applied, departmentsMade, type MoveDone } from './applied.ts'
import { alone } from './apply/slice.ts'
import { rowsStayDays } from './clear-rows.ts'
import { inputOf } from './input.ts'
import { undoKind } from './kind-names.ts'

interface AppliedRow {
  readonly row: number
  readonly applied: Applied
}

const sliceSize = 50

/**
 * Plans taking an import back: its rows from the last to the first, then the departments it made.
 * Members that somebody has removed meanwhile are gone already.
 * @throws Refusal `import.cannot_undo`, `import.built_on`, `import.undo_too_late`,
 * `import.rows_cleared`, `member.owner_only` where Owners are concerned
 */
export async function planUndo(tx: Tx, { operationId }: RunningOperation): Promise<OperationPlan | null> {
  const rowsOf = await importOfOperation(tx, operationId)
  if (!rowsOf) throw new Error('an operation without its import')
  const rows = await appliedRows<Applied>(tx, rowsOf)
  if (rows.length === 0) {
    if (await hasRows(tx, rowsOf.importId)) return null
    throw new Refusal(importRefusal.rowsCleared, { days: rowsStayDays })
  }
  if (rows.some(({ applied }) => applied.did === 'record_taken_in'))
    throw new Refusal(importRefusal.cannotUndo)
  await refuseOwners(tx, rows)
  await refuseBuiltOn(tx, rows)
  await refuseTooLate(tx, rows)
  const gone = await membersGone(
    tx,
    rows.flatMap(({ applied }) => ('memberId' in applied ? [applied.memberId] : [])),
  )
  const order = await orderApplied(tx, operationId, rows)
  const left = order.filter(({ applied }) => !('memberId' in applied && gone.has(applied.memberId)))
  const given = [
    ...left.map(({ row, applied }) => ({ subjectId: subjectOf(applied), given: { row } })),
    ...departmentsMade(order.toReversed())
      .reverse()
      .map((departmentId) => ({ subjectId: departmentId, given: { departmentId } })),
  ]
  if (given.length === 0) return null
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
  const numbers = all.flatMap(numberLeft)
  const systems = all.flatMap((one) =>
    one.did === 'system_added' && one.systemId !== null ? [one.systemId] : [],
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
    ...(systems.length === 0
      ? []
      : await systemsBuiltOn(
          tx,
          systems,
          accounts.map(({ id }) => id),
        )),
  ]
  const [first] = things
  if (!first) return
  throw new Refusal(
    importRefusal.builtOn,
    { count: things.length, example: first.label },
    { things: things.slice(0, mostNamed) },
  )
}

function numberLeft(one: Applied): LeftNumber[] {
  if (!('numberId' in one)) return []
  const { numberId: id, version, did, move } = one
  return [{ id, version, made: did === 'number_added', moveId: move?.moveId ?? null }]
}

// The rows are taken back with the rights of the system, which are an Owner's.
async function refuseOwners(tx: Tx, rows: readonly AppliedRow[]): Promise<void> {
  if (isCompanyCaller(tx.caller) && tx.caller.role === 'owner') return
  const members = rows.flatMap(({ applied }) => ('memberId' in applied ? [applied.memberId] : []))
  const wereOwners = rows.some(
    ({ applied }) => applied.did === 'member_changed' && applied.before.role === 'owner',
  )
  if (wereOwners || (await hasOwner(tx, members))) throw new Refusal(memberRefusal.ownerOnly)
}

// NUM-11: what was given to somebody goes back inside the window only; half an import is not taken back.
async function refuseTooLate(tx: Tx, rows: readonly AppliedRow[]): Promise<void> {
  const moves = await statesOfMoves(tx, rows.flatMap(moveIdsOf))
  const moved = rows.flatMap(({ applied }) =>
    'move' in applied && applied.move !== null && wasMade(applied.move, moves) ? [applied.numberId] : [],
  )
  if (moved.length === 0) return
  const { undoWindowHours: hours } = await loadPolicies(tx)
  const count = await movedUpTo(tx, moved, addHours(tx.now, -hours))
  if (count > 0) throw new Refusal(importRefusal.undoTooLate, { count, hours })
}

function moveIdsOf({ applied }: AppliedRow): string[] {
  return 'move' in applied && applied.move?.moveId ? [applied.move.moveId] : []
}

type MoveStates = Awaited<ReturnType<typeof statesOfMoves>>

function wasMade({ moveId }: MoveDone, moves: MoveStates): boolean {
  return moveId === null || moves.get(moveId) === 'done'
}

/** Takes back what the rows of a slice did, each alone. */
export async function runUndo(
  tx: Tx,
  operation: RunningOperation,
  items: readonly SliceItem[],
): Promise<ItemResult[]> {
  const rowsOf = { importId: String(operation.given['importId']), sheet: Number(operation.given['sheet']) }
  const wanted = items.flatMap(({ given }) => (typeof given['row'] === 'number' ? [given['row']] : []))
  const rows = await appliedRows<Applied>(tx, rowsOf, wanted)
  const applied = new Map(rows.map((one) => [one.row, one.applied]))
  const moves = await statesOfMoves(tx, rows.flatMap(moveIdsOf))
  // Of members and accounts their own conditions say so; a number has to be as the import left it.
  const numbers = rows.flatMap((one) => numberLeft(one.applied))
  const changed = new Map(
    (numbers.length === 0 ? [] : await numbersBuiltOn(tx, numbers)).map(({ id, label }) => [id, label]),
  )
  const scene = { tx, undone: [] }
  const gone: { row: number; applied: null }[] = []
  const results: ItemResult[] = []
  for (const item of items) {
    const one = applied.get(Number(item.given['row']))
    const result = await alone(scene, () => takeBack(tx, { item, applied: one, moves, changed }))
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
  readonly moves: MoveStates
  /** Numbers that are not as the import left them. */
  readonly changed: ReadonlyMap<string, string>
}

async function takeBack(tx: Tx, { item, applied, moves, changed }: TakingBack): Promise<void> {
  const departmentId = item.given['departmentId']
  if (typeof departmentId === 'string') {
    await unlessGone(() => removeDepartment(tx, inputOf({ params: { departmentId } })))
    return
  }
  if (!applied) return
  const what = 'numberId' in applied ? changed.get(applied.numberId) : undefined
  if (what !== undefined) throw new Refusal(rowRefusal.changedMeanwhile, { what })
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
      await endMove(tx, applied, moves)
      await releaseNumber(tx, {
        numberId: applied.numberId,
        confirm: applied.e164,
        reason: 'the import was undone',
        expectedVersion: null,
      })
      return
    case 'number_changed':
      await endMove(tx, applied, moves)
      await updateNumber(tx, {
        numberId: applied.numberId,
        asked: { ...applied.before, fields: { ...applied.before.fields } },
        expectedVersion: null,
      })
      return
    case 'moved':
      await endMove(tx, applied, moves)
      return
    case 'system_added':
      await takeSystemBack(tx, applied)
      return
    default:
      throw new Refusal(importRefusal.cannotUndo)
  }
}

async function takeSystemBack(
  tx: Tx,
  { account, systemId }: Extract<Applied, { did: 'system_added' }>,
): Promise<void> {
  if (account) await unlessGone(() => removeWorkAccount(tx, account.workAccountId))
  if (systemId !== null) await unlessGone(() => removeSystem(tx, systemId))
}

// What somebody has removed meanwhile need not be removed.
async function unlessGone(remove: () => Promise<unknown>): Promise<void> {
  try {
    await remove()
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== httpRefusal.notFound.code) throw error
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
  moves: MoveStates,
): Promise<void> {
  if (move === null) return
  if (move.moveId !== null && moves.get(move.moveId) === 'waits') await cancelScheduledMove(tx, move.moveId)
  else if (wasMade(move, moves))
    await undoMove(tx, { numberId, reason: 'the import was undone', expectedVersion: null })
}
