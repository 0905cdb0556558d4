import { Refusal } from '../../../../kernel/refusal.ts'
import type { Tx } from '../../../../platform/db/tx.ts'
import { httpRefusal } from '../../../../platform/http/refusals.ts'
import { changeMember, createDepartment, createMember } from '../../../people/index.ts'
import { MemberChange, NewMember } from '../../../people/model.ts'
import type { Versioned } from '../../known-views.ts'
import { type KnownMember, pathKey } from '../../model/known.ts'
import type { MemberDraft, WantedPlace } from '../../model/rows.ts'
import { rowRefusal } from '../../refusals.ts'
import type { PlannedRow } from '../../views.ts'
import type { MemberBefore, RowDone } from '../applied.ts'
import { inputOf } from '../input.ts'
import type { Slice } from './slice.ts'

/**
 * Adds or changes the member that a row is about, with the departments it needs.
 * @throws Refusal as people's use cases do, `import.row_changed`, `import.manager_missing`
 */
export async function applyMember(slice: Slice, row: PlannedRow, draft: MemberDraft): Promise<RowDone> {
  const { tx } = slice
  const made: string[] = []
  const departments = draft.places && (await placesOf(slice, draft.places, made))
  const managerId = draft.managerStaffCode && (await managerOf(slice, draft.managerStaffCode))
  const { staffCode, name, alias, title, email, mobile, destination, role } = draft
  const said = { staffCode, name, alias, title, email, mobile, destination, role, departments, managerId }
  if (row.verdict === 'new') {
    const { memberId, version } = await createMember(tx, inputOf({ body: NewMember.parse(stated(said)) }))
    slice.memberIds.set(staffCode, memberId)
    return { state: 'done', applied: { did: 'member_created', memberId, version, departments: made } }
  }
  const known = slice.members.get(draft.renamedFrom ?? staffCode)
  if (known?.version !== row.subjectVersion || row.subjectId !== known?.memberId)
    throw new Refusal(rowRefusal.changedMeanwhile, { what: name })
  const before = await beforeOf(slice, known)
  const body = MemberChange.parse(stated(said))
  const { memberId, version } = await changeMember(
    tx,
    inputOf({ params: { memberId: known.memberId }, body, expectedVersion: known.version }),
  )
  slice.memberIds.set(staffCode, memberId)
  return { state: 'done', applied: { did: 'member_changed', memberId, version, departments: made, before } }
}

// What a row does not say stays as it is.
function stated(said: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined))
}

async function beforeOf(slice: Slice, known: Versioned<KnownMember>): Promise<MemberBefore> {
  const { staffCode, name, alias, title, email, mobile, destination, role, managerStaffCode } = known
  const managerId = managerStaffCode === null ? null : await managerOf(slice, managerStaffCode)
  return {
    staffCode,
    name,
    alias,
    title,
    email,
    mobile,
    destination,
    role,
    managerId,
    departments: known.places,
  }
}

async function managerOf(slice: Slice, staffCode: string): Promise<string> {
  const memberId = slice.memberIds.get(staffCode)
  if (memberId === undefined) throw new Refusal(rowRefusal.managerMissing, { staffCode })
  return memberId
}

async function placesOf(
  slice: Slice,
  places: readonly WantedPlace[],
  made: string[],
): Promise<{ departmentId: string; isLead: boolean }[]> {
  const found = new Map<string, boolean>()
  for (const { departmentId, path, isLead } of places) {
    const id = departmentId ?? (await departmentAt(slice, path, made))
    found.set(id, isLead || found.get(id) === true)
  }
  return [...found].map(([departmentId, isLead]) => ({ departmentId, isLead }))
}

async function departmentAt(slice: Slice, path: readonly string[], made: string[]): Promise<string> {
  let parentId: string | null = null
  for (let depth = 1; depth <= path.length; depth += 1) {
    const key = pathKey(path.slice(0, depth))
    parentId =
      slice.departmentIds.get(key) ?? (await makeDepartment(slice.tx, path[depth - 1] ?? '', parentId))
    if (!slice.departmentIds.has(key)) {
      slice.departmentIds.set(key, parentId)
      slice.undone.push(() => slice.departmentIds.delete(key))
      made.push(parentId)
    }
  }
  if (parentId === null) throw new Refusal(httpRefusal.notFound, { thing: 'department' })
  return parentId
}

async function makeDepartment(tx: Tx, name: string, parentId: string | null): Promise<string> {
  const { departmentId } = await createDepartment(tx, inputOf({ body: { name, parentId, position: 0 } }))
  return departmentId
}
