import type { DepartmentPath } from '../model/column.ts'
import { type KnownMember, pathKey } from '../model/known.ts'
import type { CheckedRow, MemberDraft, WantedPlace } from '../model/rows.ts'
import type { FieldChange } from '../model/verdict.ts'
import { writePaths } from '../model/written-value.ts'
import {
  type Check,
  changeOf,
  choiceFor,
  decide,
  type Found,
  note,
  noteUnknownMember,
  otherSpelling,
  undecided,
  withZeros,
} from './check.ts'
import { codeOf, stringOf } from './survey.ts'
import { placesOf } from './wanted-places.ts'

const textFields = [
  'name',
  'alias',
  'title',
  'mobile',
  'email',
  'destination',
  'role',
  'managerStaffCode',
] as const

/** What a row of members would do: MIG-3, MIG-6. */
export function checkMember(check: Check, found: Found): CheckedRow {
  const { values } = found.row
  const { code, renamedFrom } = codeOf(values['staffCode'])
  if (values['status'] === 'left') return undecided(found, 'skipped')
  if (values['disabled'] === true || values['status'] === 'suspended') {
    if (check.options.disabledMembers === 'skip') return undecided(found, 'skipped')
    noteDisabled(found)
  }
  const existing = code === null ? null : existingMember(check, found, { code, renamedFrom })
  if (existing !== null && choiceFor(check, found.row) === 'skip') {
    return undecided(found, 'skipped', existing.memberId)
  }
  checkCode(check, found, { code, renamedFrom })
  checkMobile(check, found, existing?.staffCode ?? code)
  checkManager(check, found, code)
  const places = placesOf(check, found, existing)
  const draft = draftOf(found, places)
  checkOwner(check, found, existing)
  if (draft === null) return undecided(found, 'error', existing?.memberId ?? null)
  if (existing === null) return withDepartments(check, decide({ found, verdict: 'new', draft }))
  const changes = changesOf(check, existing, draft)
  if (changes.length === 0)
    return decide({ found, verdict: 'unchanged', draft, subjectId: existing.memberId })
  if (choiceFor(check, found.row) === null) {
    note(found, 'staff_code_exists', { column: 'staffCode', params: { name: existing.name } })
  }
  const subjectId = existing.memberId
  return withDepartments(check, decide({ found, verdict: 'changed', draft, changes, subjectId }))
}

function noteDisabled({ row, problems }: Found): void {
  const name = stringOf(row.values['name']) ?? stringOf(row.values['staffCode']) ?? ''
  problems.push({ column: null, code: 'member_disabled', params: { value: name }, suggestion: null })
}

interface Codes {
  readonly code: string
  readonly renamedFrom: string | null
}

/** The member that the row is about, by the code or by the one that it replaces; null for a new one. */
function existingMember(check: Check, found: Found, { code, renamedFrom }: Codes): KnownMember | null {
  const { members } = check.known
  const same = members.get(code) ?? null
  if (renamedFrom === null || renamedFrom === code) return leaverNoted(found, same)
  const former = members.get(renamedFrom) ?? null
  if (former !== null && same !== null) {
    note(found, 'rename_taken', { column: 'staffCode', params: { name: same.name } })
  }
  if (former === null && same === null) note(found, 'rename_unknown', { column: 'staffCode' })
  return leaverNoted(found, former ?? same)
}

function leaverNoted(found: Found, member: KnownMember | null): KnownMember | null {
  if (member?.status !== 'left') return member
  note(found, 'staff_code_of_leaver', { column: 'staffCode', params: { name: member.name } })
  return null
}

function checkCode(check: Check, found: Found, { code, renamedFrom }: ReturnType<typeof codeOf>): void {
  if (code === null) return
  const first = check.survey.rowByIdentity.get(code)
  if (first !== undefined && first !== found.row.row) {
    note(found, 'staff_code_twice', { column: 'staffCode', params: { other: first, value: code } })
  } else if (!check.known.members.has(code)) {
    // Whoever renames a code may well change its case alone.
    const other = renamedFrom === null ? otherSpelling(check, code) : null
    if (other !== null) {
      note(found, 'staff_code_case', { column: 'staffCode', params: { other }, suggestion: other })
      return
    }
    const padded = withZeros(check, code)
    // Beside a code of the file with its zeros, this is another one.
    if (padded === null || check.survey.members.has(padded)) return
    note(found, 'staff_code_zeros_lost', { column: 'staffCode', suggestion: padded })
  }
}

function checkMobile(check: Check, found: Found, ownCode: string | null): void {
  const mobile = stringOf(found.row.values['mobile'])
  if (mobile === null) return
  const first = check.survey.rowByMobile.get(mobile)
  // Of a row that is there twice, the staff code says so.
  const isTold = found.problems.some(
    ({ code, params }) => code === 'staff_code_twice' && params['other'] === first,
  )
  if (first !== undefined && first !== found.row.row && !isTold) {
    note(found, 'mobile_twice', { column: 'mobile', params: { other: first } })
    return
  }
  const staffCode = check.known.codeByMobile.get(mobile)
  if (isTold || staffCode === undefined || staffCode === ownCode) return
  const name = check.known.members.get(staffCode)?.name ?? staffCode
  note(found, 'mobile_taken', { column: 'mobile', params: { name, staffCode } })
}

function checkManager(check: Check, found: Found, code: string | null): void {
  const column = 'managerStaffCode'
  const manager = stringOf(found.row.values[column])
  if (manager === null) return
  const known = check.known.members.get(manager)
  const chain = check.cycles.get(found.row.row)
  if (manager === code) note(found, 'manager_is_self', { column })
  else if (!known && !check.survey.members.has(manager)) {
    noteUnknownMember(check, found, { column, code: 'manager_unknown' })
  } else if (known?.status === 'left') {
    note(found, 'manager_has_left', { column, params: { name: known.name } })
  } else if (chain !== undefined) note(found, 'manager_cycle', { column, params: { chain } })
}

function checkOwner(check: Check, found: Found, existing: KnownMember | null): void {
  if (check.known.mayMakeOwners) return
  const isAboutOwner = found.row.values['role'] === 'owner' || existing?.role === 'owner'
  if (isAboutOwner) note(found, 'owner_only', { column: 'role' })
}

/** Null when the row lacks what every member has. */
function draftOf({ row }: Found, places: readonly WantedPlace[] | null): MemberDraft | null {
  const { code, renamedFrom } = codeOf(row.values['staffCode'])
  const name = stringOf(row.values['name'])
  if (code === null || name === null) return null
  const draft: Record<string, unknown> = { subject: 'member', staffCode: code, renamedFrom, name }
  for (const field of textFields) {
    const value = row.values[field]
    if (value !== undefined) draft[field] = value
  }
  if (places !== null) draft['places'] = places
  return draft as unknown as MemberDraft
}

function changesOf(check: Check, before: KnownMember, draft: MemberDraft): FieldChange[] {
  return [
    ...changeOf('staffCode', before.staffCode, draft.staffCode),
    ...textFields.flatMap((field) => changeOf(field, before[field], draft[field])),
    ...placeChanges(check, before, draft.places),
  ]
}

function placeChanges(
  { known }: Check,
  { places: before }: KnownMember,
  after: readonly WantedPlace[] | undefined,
): FieldChange[] {
  if (after === undefined) return []
  const keyOf = (departmentId: string | null, isLead: boolean) => `${departmentId} ${isLead}`
  const had = new Set(before.map(({ departmentId, isLead }) => keyOf(departmentId, isLead)))
  const isSame =
    had.size === after.length &&
    after.every(({ departmentId, isLead }) => had.has(keyOf(departmentId, isLead)))
  if (isSame) return []
  const paths = before.map(({ departmentId, isLead }): DepartmentPath => {
    return { names: known.departmentPaths.get(departmentId) ?? [departmentId], isLead }
  })
  const wanted = after.map(({ path, isLead }): DepartmentPath => ({ names: path, isLead }))
  return [
    {
      column: 'departments',
      before: paths.length > 0 ? writePaths(paths) : null,
      after: writePaths(wanted),
    },
  ]
}

/** Counts the departments that a row makes, with those above them. */
function withDepartments(check: Check, checked: CheckedRow): CheckedRow {
  if (checked.draft?.subject !== 'member') return checked
  for (const { departmentId, path } of checked.draft.places ?? []) {
    if (departmentId !== null) continue
    for (let levels = 1; levels <= path.length; levels++) {
      const names = path.slice(0, levels)
      const key = pathKey(names)
      if (!check.known.departmentIds.has(key)) check.newDepartments.set(key, names)
    }
  }
  return checked
}
