import type { Instant } from '../../kernel/fields.ts'
import type { Tx } from '../../platform/db/tx.ts'
import type { KnownMember, ReadScope } from '../people/model.ts'
import type { TaskQuery } from './model.ts'
import { openStates } from './states.ts'
import type { EvidenceRow, TaskRow } from './store.ts'

/** A task with what lists say beside it. */
export interface TaskView extends TaskRow {
  readonly subject_label: string | null
  readonly evidence_count: number
}

const select = `select t.*,
    coalesce(m.name, n.e164, s.name || ' · ' || w.login) as subject_label,
    (select count(*)::integer from task_evidence e where e.company_id = t.company_id and e.task_id = t.task_id) as evidence_count
  from tasks t
  left join members m on t.subject_kind = 'member' and m.company_id = t.company_id and m.member_id = t.subject_id
  left join numbers n on t.subject_kind = 'number' and n.company_id = t.company_id and n.number_id = t.subject_id
  left join work_accounts w on t.subject_kind = 'work_account' and w.company_id = t.company_id
    and w.work_account_id = t.subject_id
  left join systems s on s.company_id = w.company_id and s.system_id = w.system_id`

/** The orders of the list: column, and form of its value in a cursor; the newest come first, the next due ones first. */
export const taskOrders = {
  '-openedAt': { past: '<', direction: 'desc', keys: ['id'] },
  dueAt: { past: '>', direction: 'asc', keys: ['instant', 'id'] },
} as const

export interface TaskFilter {
  readonly scope: ReadScope
  readonly query: TaskQuery
  /** Whom `mine` means; null for a caller who is no member. */
  readonly readerId: string | null
  readonly after: readonly string[] | null
}

/** A page of tasks; asks for one more than `limit`, which shows whether there is a next page. */
export function listTasks(tx: Tx, { scope, query, readerId, after }: TaskFilter): Promise<TaskView[]> {
  const values: unknown[] = [tx.companyId]
  const place = (value: unknown) => `$${values.push(value)}`
  const conditions = ['t.company_id = $1', ...scopeConditions(scope, place)]
  const equal = (column: string, value: unknown) => {
    if (value !== undefined) conditions.push(`${column} = ${place(value)}`)
  }
  if (query.state === 'open' || query.overdue === 'true')
    conditions.push(`t.state = any(${place(openStates)}::text[])`)
  else equal('t.state', query.state)
  if (query.overdue === 'true') conditions.push(`t.due_at < ${place(tx.now)}`)
  if (query.mine === 'true') equal('t.for_member_id', readerId)
  equal('t.for_member_id', query.forMemberId)
  equal('t.origin_kind', query.originKind)
  equal('t.origin_id', query.originId)
  equal('t.subject_id', query.subjectId)
  const { past, direction } = taskOrders[query.sort]
  const columns = query.sort === 'dueAt' ? ['t.due_at', 't.task_id'] : ['t.task_id']
  if (after !== null) {
    const casts = query.sort === 'dueAt' ? ['timestamptz', 'uuid'] : ['uuid']
    const keys = after.map((key, index) => `${place(key)}::${casts[index]}`)
    conditions.push(`(${columns.join(', ')}) ${past} (${keys.join(', ')})`)
  }
  const order = columns.map((column) => `${column} ${direction}`).join(', ')
  return tx.query<TaskView>({
    text: `${select} where ${conditions.join(' and ')} order by ${order} limit ${place(query.limit + 1)}`,
    values,
  })
}

function scopeConditions(scope: ReadScope, place: (value: unknown) => string): string[] {
  if (scope.kind === 'company') return []
  const me = place(scope.memberId)
  const own = `t.for_member_id = ${me}::uuid or t.opened_by_member_id = ${me}::uuid`
  if (scope.kind === 'self') return [`(${own})`]
  const led = `select md.member_id from member_departments md
    where md.company_id = $1 and md.department_id = any(${place(scope.departmentIds)}::uuid[])`
  return [`(${own} or t.for_member_id in (${led}))`]
}

/** One task in the reader's scope; undefined when there is none there. */
export async function findTask(tx: Tx, taskId: string, scope: ReadScope): Promise<TaskView | undefined> {
  const values: unknown[] = [tx.companyId, taskId]
  const place = (value: unknown) => `$${values.push(value)}`
  const conditions = ['t.company_id = $1', 't.task_id = $2', ...scopeConditions(scope, place)]
  const [task] = await tx.query<TaskView>({ text: `${select} where ${conditions.join(' and ')}`, values })
  return task
}

/** Tasks by id, in that order; those that do not exist are missing. */
export function findTasks(tx: Tx, taskIds: readonly string[]): Promise<TaskView[]> {
  return tx.query<TaskView>({
    text: `${select} where t.company_id = $1 and t.task_id = any($2::uuid[]) order by t.task_id`,
    values: [tx.companyId, taskIds],
  })
}

/** What a task is a part of, and what it is about; null for any. */
export interface TaskPlace {
  readonly originKind: string
  readonly originId: string
  readonly subjectIds: readonly string[] | null
}

/** Tasks of one origin, oldest first. */
export function findTasksOf(tx: Tx, { originKind, originId, subjectIds }: TaskPlace): Promise<TaskRow[]> {
  return tx.query<TaskRow>({
    name: 'tasks-of-origin',
    text: `select * from tasks where company_id = $1 and origin_kind = $2 and origin_id = $3
        and ($4::uuid[] is null or subject_id = any($4::uuid[])) order by task_id`,
    values: [tx.companyId, originKind, originId, subjectIds],
  })
}

/** Tasks about these things, oldest first. */
export function findTasksAbout(tx: Tx, subjectIds: readonly string[]): Promise<TaskRow[]> {
  return tx.query<TaskRow>({
    name: 'tasks-about',
    text: 'select * from tasks where company_id = $1 and subject_id = any($2::uuid[]) order by task_id',
    values: [tx.companyId, subjectIds],
  })
}

/** Open tasks that a member holds: those that somebody else could do as well. */
export function findHeldTasks(tx: Tx, memberId: string): Promise<TaskRow[]> {
  return tx.query<TaskRow>({
    name: 'tasks-held',
    text: `select * from tasks where company_id = $1 and for_member_id = $2 and not is_personal
        and state in ('planned', 'claimed') order by task_id`,
    values: [tx.companyId, memberId],
  })
}

export function findEvidence(tx: Tx, taskId: string): Promise<EvidenceRow[]> {
  return tx.query<EvidenceRow>({
    name: 'task-evidence',
    text: `select media_id, content_type, byte_count, sha256, file_name, added_at from task_evidence
      where company_id = $1 and task_id = $2 order by added_at, media_id`,
    values: [tx.companyId, taskId],
  })
}

/** A link that works, and what it leads to. */
export interface LinkView {
  readonly task_id: string
  readonly expires_at: Instant
}

export async function findLink(tx: Tx, hash: Buffer): Promise<LinkView | undefined> {
  const [link] = await tx.query<LinkView>({
    name: 'task-link',
    text: `select task_id, expires_at from task_links
      where company_id = $1 and token_hash = $2 and used_at is null and expires_at > $3`,
    values: [tx.companyId, hash, tx.now],
  })
  return link
}

/** Until when a link of the task works; null where none does. */
export async function linkEnd(tx: Tx, taskId: string): Promise<Instant | null> {
  const [row] = await tx.query<{ expires_at: Instant | null }>({
    name: 'task-link-end',
    text: `select max(expires_at) as expires_at from task_links
      where company_id = $1 and task_id = $2 and used_at is null and expires_at > $3`,
    values: [tx.companyId, taskId, tx.now],
  })
  return row?.expires_at ?? null
}

const idForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Names of the members among these persons. */
export async function namesOf(tx: Tx, persons: readonly (string | null)[]): Promise<Map<string, string>> {
  const ids = [...new Set(persons)].filter((id) => id !== null && idForm.test(id))
  if (ids.length === 0) return new Map()
  const rows = await tx.query<{ member_id: string; name: string }>({
    name: 'tasks-names',
    text: 'select member_id, name from members where company_id = $1 and member_id = any($2::uuid[])',
    values: [tx.companyId, ids],
  })
  return new Map(rows.map((row) => [row.member_id, row.name]))
}

/** Members by id, as far as there are such. */
export function membersOf(tx: Tx, memberIds: readonly string[]): Promise<KnownMember[]> {
  return tx.query<KnownMember>({
    name: 'tasks-members',
    text: `select member_id as "memberId", name, status, role from members
      where company_id = $1 and member_id = any($2::uuid[])`,
    values: [tx.companyId, memberIds],
  })
}

/** Active Owners and Admins, by name. */
export function activeAdmins(tx: Tx): Promise<{ memberId: string; name: string }[]> {
  return tx.query({
    name: 'tasks-active-admins',
    text: `select member_id as "memberId", name from members
      where company_id = $1 and role in ('owner', 'admin') and status = 'active' order by name, member_id`,
    values: [tx.companyId],
  })
}

/** Name and language of this realm's company. */
export async function findCompany(tx: Tx): Promise<{ name: string; language: 'en' | 'zh' }> {
  const [company] = await tx.query<{ name: string; language: 'en' | 'zh' }>({
    name: 'tasks-company',
    text: 'select name, language from companies where company_id = $1',
    values: [tx.companyId],
  })
  if (!company) throw new Error('this realm has no company')
  return company
}

/** Whether there is such a member or work account. */
export async function subjectExists(tx: Tx, kind: 'member' | 'work_account', id: string): Promise<boolean> {
  const rows = await tx.query({
    name: `task-subject-${kind}`,
    text: `select 1 as found from ${kind}s where company_id = $1 and ${kind}_id = $2`,
    values: [tx.companyId, id],
  })
  return rows.length > 0
}
