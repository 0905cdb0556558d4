import { decodeCursor, encodeCursor } from '../../../kernel/cursor.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { record } from '../../audit/index.ts'
import type { peopleContract } from '../contract.ts'
import * as views from '../department-views.ts'
import { type Department, departmentRefusal } from '../model.ts'
import { requireEmptyDepartment, requireNoCycle } from '../rules.ts'
import { scopeOf } from '../scope.ts'
import * as store from '../store.ts'
import { refuseOtherVersion } from './versions.ts'

type Routes = typeof peopleContract

const listName = 'departments'

/** @throws Refusal `page.cursor_invalid` */
export async function listDepartments(
  tx: Tx,
  { query }: RouteInput<Routes['listDepartments']>,
): Promise<RouteOutput<Routes['listDepartments']>> {
  const after = query.cursor === undefined ? undefined : decodeCursor(listName, query.cursor, ['id'])
  if (after === null) throw new Refusal(httpRefusal.cursorInvalid)
  const parentId = query.parentId === 'none' ? null : query.parentId
  const rows = await views.listDepartments(tx, {
    scope: await scopeOf(tx),
    parentId,
    after: after?.[0],
    limit: query.limit,
  })
  const items = rows.slice(0, query.limit)
  const last = items.at(-1)
  const nextCursor = rows.length > query.limit && last ? encodeCursor(listName, [last.departmentId]) : null
  return { items, nextCursor }
}

/** @throws Refusal `department.name_taken`, `thing.not_found` for the parent */
export async function createDepartment(
  tx: Tx,
  { body }: RouteInput<Routes['createDepartment']>,
): Promise<Department> {
  await store.lockStructure(tx)
  if (body.parentId !== null) await requireDepartment(tx, body.parentId)
  const department = { departmentId: tx.newId(), version: 1, ...body }
  await requireFreeName(tx, department)
  store.insertDepartment(tx, department)
  record(tx, {
    action: 'department.created',
    subjectKind: 'department',
    subjectId: department.departmentId,
    effect: { parentId: department.parentId },
    details: { name: department.name },
  })
  return { ...department, memberCount: 0, createdAt: tx.now }
}

/** @throws Refusal `department.name_taken`, `department.cycle`, `version.changed`, `thing.not_found` */
export async function changeDepartment(
  tx: Tx,
  { params, body, expectedVersion }: RouteInput<Routes['changeDepartment']>,
): Promise<Department> {
  await store.lockStructure(tx)
  const before = await requireDepartment(tx, params.departmentId)
  refuseOtherVersion(before.version, expectedVersion)
  const after: store.DepartmentRow = {
    ...before,
    name: body.name ?? before.name,
    position: body.position ?? before.position,
    parentId: body.parentId === undefined ? before.parentId : body.parentId,
    version: before.version + 1,
  }
  if (after.parentId !== before.parentId) await requireSoundParent(tx, after)
  await requireFreeName(tx, after)
  store.updateDepartment(tx, after)
  recordChange(tx, before, after)
  return readBack(tx, params.departmentId)
}

/** @throws Refusal `department.not_empty`, `version.changed`, `thing.not_found` */
export async function removeDepartment(
  tx: Tx,
  { params, expectedVersion }: RouteInput<Routes['removeDepartment']>,
): Promise<undefined> {
  await store.lockStructure(tx)
  const department = await requireDepartment(tx, params.departmentId)
  refuseOtherVersion(department.version, expectedVersion)
  requireEmptyDepartment(department.name, await views.countInside(tx, params.departmentId))
  await store.deleteDepartment(tx, params.departmentId)
  record(tx, {
    action: 'department.removed',
    subjectKind: 'department',
    subjectId: params.departmentId,
    effect: { parentId: department.parentId },
    details: { name: department.name },
  })
}

async function requireDepartment(tx: Tx, departmentId: string): Promise<store.DepartmentRow> {
  const department = await store.lockDepartment(tx, departmentId)
  if (!department) throw new Refusal(httpRefusal.notFound, { thing: 'department' })
  return department
}

async function requireSoundParent(tx: Tx, department: store.DepartmentRow): Promise<void> {
  if (department.parentId === null) return
  const path = await views.pathOf(tx, department.parentId)
  if (path.length === 0) throw new Refusal(httpRefusal.notFound, { thing: 'department' })
  requireNoCycle(department, path)
}

// All changes of the tree hold the lock of the structure, so a name that is free here stays free until the commit.
async function requireFreeName(tx: Tx, department: store.DepartmentRow): Promise<void> {
  if (await views.isNameTaken(tx, department)) {
    throw new Refusal(departmentRefusal.nameTaken, { name: department.name })
  }
}

function recordChange(tx: Tx, before: store.DepartmentRow, after: store.DepartmentRow): void {
  const moved = before.parentId !== after.parentId
  const updated = before.name !== after.name || before.position !== after.position
  const subject = { subjectKind: 'department', subjectId: after.departmentId }
  if (moved) {
    record(tx, {
      action: 'department.moved',
      ...subject,
      effect: { fromParentId: before.parentId, toParentId: after.parentId, version: after.version },
      details: { name: after.name },
    })
  }
  if (updated || !moved) {
    record(tx, {
      action: 'department.updated',
      ...subject,
      effect: { position: after.position, version: after.version },
      details: { nameBefore: before.name, name: after.name },
    })
  }
}

async function readBack(tx: Tx, departmentId: string): Promise<Department> {
  const department = await views.readDepartment(tx, departmentId, { kind: 'company' })
  if (!department) throw new Refusal(httpRefusal.notFound, { thing: 'department' })
  return department
}
