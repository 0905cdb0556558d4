import type { Instant } from '../../kernel/fields.ts'
import type { Tx } from '../../platform/db/tx.ts'
import type { DepartmentPlace, KnownMember, MemberStatus, Role } from './model.ts'
import { memberTokens } from './search-tokens.ts'

/** A member as the table has it. */
export interface MemberRow {
  readonly memberId: string
  readonly staffCode: string
  readonly name: string
  readonly alias: string | null
  readonly email: string | null
  readonly mobile: string | null
  readonly destination: string | null
  readonly title: string | null
  readonly managerId: string | null
  readonly role: Role
  readonly status: MemberStatus
  readonly accountId: string | null
  readonly version: number
  readonly leftAt: string | null
}

export interface DepartmentRow {
  readonly departmentId: string
  readonly parentId: string | null
  readonly name: string
  readonly position: number
  readonly version: number
}

/** Locks the company's row, so that changes of the tree, of roles and of statuses come one after the other. */
export async function lockStructure(tx: Tx): Promise<void> {
  await tx.query({
    name: 'people-lock-structure',
    text: 'select 1 from companies where company_id = $1 for no key update',
    values: [tx.companyId],
  })
}

/** Locks members against changes, in id order; those that do not exist are missing from the answer. */
export async function lockMembers(tx: Tx, memberIds: readonly string[]): Promise<KnownMember[]> {
  return tx.query<KnownMember>({
    name: 'people-lock-members',
    text: `select member_id as "memberId", name, status, role from members
      where company_id = $1 and member_id = any($2::uuid[]) order by member_id for no key update`,
    values: [tx.companyId, memberIds],
  })
}

const memberColumns = `member_id as "memberId", staff_code as "staffCode", name, alias, email, mobile, destination, title,
  manager_id as "managerId", role, status, account_id as "accountId", version, left_at as "leftAt"`

/** Locks one member and reads the whole row. */
export async function lockMember(tx: Tx, memberId: string): Promise<MemberRow | undefined> {
  const [member] = await tx.query<MemberRow>({
    name: 'people-lock-member',
    text: `select ${memberColumns} from members where company_id = $1 and member_id = $2 for no key update`,
    values: [tx.companyId, memberId],
  })
  return member
}

/** The whole rows of members, by id; locked in id order on demand. */
export async function memberRows(
  tx: Tx,
  memberIds: readonly string[],
  lock: 'locked' | 'as they are',
): Promise<ReadonlyMap<string, MemberRow>> {
  const rows = await tx.query<MemberRow>({
    name: `people-rows ${lock}`,
    text: `select ${memberColumns} from members where company_id = $1 and member_id = any($2::uuid[])
      ${lock === 'locked' ? 'order by member_id for no key update' : ''}`,
    values: [tx.companyId, memberIds],
  })
  return new Map(rows.map((row) => [row.memberId, row]))
}

/** Writes a new member; false when the staff code is taken. */
export async function insertMember(tx: Tx, member: MemberRow): Promise<boolean> {
  const written = await tx.query({
    name: 'people-insert-member',
    text: `insert into members (company_id, member_id, staff_code, name, alias, email, mobile, title, manager_id, role,
        status, account_id, version, created_at, left_at, destination)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
      on conflict (company_id, staff_code) do nothing returning 1 as written`,
    values: [
      tx.companyId,
      member.memberId,
      member.staffCode,
      member.name,
      member.alias,
      member.email,
      member.mobile,
      member.title,
      member.managerId,
      member.role,
      member.status,
      member.accountId,
      member.version,
      tx.now,
      member.leftAt,
      member.destination,
    ],
  })
  if (written.length === 0) return false
  writeSearchTokens(tx, { word: 'member', subjectId: member.memberId, tokens: memberTokens(member) })
  return true
}

/** Writes what a member has become; the caller holds the lock. */
export function updateMember(tx: Tx, member: MemberRow): void {
  tx.send({
    name: 'people-update-member',
    text: `update members set staff_code = $3, name = $4, alias = $5, email = $6, mobile = $7, title = $8,
        manager_id = $9, role = $10, status = $11, version = $12, left_at = $13,
        destination = $14
      where company_id = $1 and member_id = $2`,
    values: [
      tx.companyId,
      member.memberId,
      member.staffCode,
      member.name,
      member.alias,
      member.email,
      member.mobile,
      member.title,
      member.managerId,
      member.role,
      member.status,
      member.version,
      member.leftAt,
      member.destination,
    ],
  })
}

/** Links a member to the account that joined, or, with null, unlinks it. */
export function linkAccount(tx: Tx, memberId: string, accountId: string | null): void {
  tx.send({
    name: 'people-link-account',
    text: 'update members set account_id = $3, version = version + 1 where company_id = $1 and member_id = $2',
    values: [tx.companyId, memberId, accountId],
  })
}

/** Removes a member that nothing refers to any more. */
export function deleteMember(tx: Tx, memberId: string): void {
  writeSearchTokens(tx, { word: 'member', subjectId: memberId, tokens: [] })
  replacePlaces(tx, memberId, [])
  tx.send({
    name: 'people-delete-member',
    text: 'delete from members where company_id = $1 and member_id = $2',
    values: [tx.companyId, memberId],
  })
}

/** The search tokens of one member or number, to replace those it had. */
export interface SubjectTokens {
  readonly word: 'member' | 'number'
  readonly subjectId: string
  readonly tokens: readonly string[]
}

/** Replaces the tokens that a member or number is found by; see `foldForSearch` for their form. */
export function writeSearchTokens(tx: Tx, { word, subjectId, tokens }: SubjectTokens): void {
  tx.send({
    name: 'people-clear-tokens',
    text: 'delete from search_tokens where company_id = $1 and word = $2 and subject_id = $3',
    values: [tx.companyId, word, subjectId],
  })
  if (tokens.length === 0) return
  tx.send({
    name: 'people-write-tokens',
    text: `insert into search_tokens (company_id, word, subject_id, token)
      select $1, $2, $3, token from unnest($4::text[]) as token on conflict do nothing`,
    values: [tx.companyId, word, subjectId, tokens],
  })
}

/** Replaces the departments of a member. */
export function replacePlaces(tx: Tx, memberId: string, places: readonly DepartmentPlace[]): void {
  tx.send({
    name: 'people-clear-places',
    text: 'delete from member_departments where company_id = $1 and member_id = $2',
    values: [tx.companyId, memberId],
  })
  if (places.length === 0) return
  tx.send({
    name: 'people-write-places',
    text: `insert into member_departments (company_id, member_id, department_id, is_lead)
      select $1, $2, d, l from unnest($3::uuid[], $4::boolean[]) as place (d, l)`,
    values: [
      tx.companyId,
      memberId,
      places.map((place) => place.departmentId),
      places.map((place) => place.isLead),
    ],
  })
}

/** Puts a member into a department, or, with null, takes them out of it; the rest of their departments stays. */
export function setPlace(
  tx: Tx,
  place: { readonly memberId: string; readonly departmentId: string; readonly isLead: boolean | null },
): void {
  const key = [tx.companyId, place.memberId, place.departmentId]
  tx.send(
    place.isLead === null
      ? {
          name: 'people-drop-place',
          text: 'delete from member_departments where company_id = $1 and member_id = $2 and department_id = $3',
          values: key,
        }
      : {
          name: 'people-set-place',
          text: `insert into member_departments (company_id, member_id, department_id, is_lead) values ($1, $2, $3, $4)
            on conflict (company_id, member_id, department_id) do update set is_lead = excluded.is_lead`,
          values: [...key, place.isLead],
        },
  )
  tx.send({
    name: 'people-place-version',
    text: 'update members set version = version + 1 where company_id = $1 and member_id = $2',
    values: [tx.companyId, place.memberId],
  })
}

/** Keeps departments from being removed until the commit; answers those that exist. */
export async function keepDepartments(
  tx: Tx,
  departmentIds: readonly string[],
): Promise<Map<string, string>> {
  if (departmentIds.length === 0) return new Map()
  const rows = await tx.query<{ departmentId: string; name: string }>({
    name: 'people-keep-departments',
    text: `select department_id as "departmentId", name from departments
      where company_id = $1 and department_id = any($2::uuid[]) order by department_id for key share`,
    values: [tx.companyId, departmentIds],
  })
  return new Map(rows.map((row) => [row.departmentId, row.name]))
}

export async function lockDepartment(tx: Tx, departmentId: string): Promise<DepartmentRow | undefined> {
  const [department] = await tx.query<DepartmentRow>({
    name: 'people-lock-department',
    text: `select department_id as "departmentId", parent_id as "parentId", name, position, version from departments
      where company_id = $1 and department_id = $2 for update`,
    values: [tx.companyId, departmentId],
  })
  return department
}

export function insertDepartment(tx: Tx, department: DepartmentRow): void {
  tx.send({
    name: 'people-insert-department',
    text: `insert into departments (company_id, department_id, parent_id, name, position, version, created_at)
      values ($1, $2, $3, $4, $5, $6, $7)`,
    values: [
      tx.companyId,
      department.departmentId,
      department.parentId,
      department.name,
      department.position,
      department.version,
      tx.now,
    ],
  })
}

export function updateDepartment(tx: Tx, department: DepartmentRow): void {
  tx.send({
    name: 'people-update-department',
    text: `update departments set parent_id = $3, name = $4, position = $5, version = $6
      where company_id = $1 and department_id = $2`,
    values: [
      tx.companyId,
      department.departmentId,
      department.parentId,
      department.name,
      department.position,
      department.version,
    ],
  })
}

export async function deleteDepartment(tx: Tx, departmentId: string): Promise<void> {
  await tx.query({
    name: 'people-delete-department',
    text: 'delete from departments where company_id = $1 and department_id = $2',
    values: [tx.companyId, departmentId],
  })
}

/** What a member is to be told; ids only, names are looked up when it is shown. */
export interface NewNotice {
  readonly noticeId: string
  readonly memberId: string
  readonly kind: string
  readonly particulars: Readonly<Record<string, unknown>>
  /** When it happened, which may be before the job that tells it. */
  readonly at: Instant
}

/** Writes notices for members (NUM-16); the same id is written once, so that jobs may repeat. */
export function addNotices(tx: Tx, notices: readonly NewNotice[]): void {
  if (notices.length === 0) return
  tx.send({
    name: 'people-add-notices',
    text: `insert into notices (company_id, notice_id, member_id, kind, particulars, created_at)
      select $1, notice_id, member_id, kind, particulars, created_at
      from unnest($2::uuid[], $3::uuid[], $4::text[], $5::jsonb[], $6::timestamptz[])
        as told (notice_id, member_id, kind, particulars, created_at)
      on conflict (company_id, notice_id) do nothing`,
    values: [
      tx.companyId,
      notices.map((notice) => notice.noticeId),
      notices.map((notice) => notice.memberId),
      notices.map((notice) => notice.kind),
      notices.map((notice) => JSON.stringify(notice.particulars)),
      notices.map((notice) => notice.at),
    ],
  })
}

/** Marks a member's notice as read; one that was read before keeps its time. */
export function markNoticeRead(tx: Tx, memberId: string, noticeId: string): void {
  tx.send({
    name: 'people-read-notice',
    text: `update notices set read_at = $4
      where company_id = $1 and member_id = $2 and notice_id = $3 and read_at is null`,
    values: [tx.companyId, memberId, noticeId, tx.now],
  })
}
