import type { Input } from '../../api/client.ts'
import { instantOf } from '../../ui/bands/local-time.ts'

export type LedgerQuery = Omit<NonNullable<Input<'listAudit'>['query']>, 'limit' | 'cursor'>

/** Takes all filters away. */
export const noFilter = {
  action: '',
  kind: '',
  subject: '',
  actor: '',
  /** The first day, `2026-11-22`, in the reader's time zone. */
  from: '',
  /** The last day. */
  to: '',
}

/** What the screen shows, as the URL keeps it; `entry` is the one that is open, `export` the open dialog. */
export const shownAtFirst = { ...noFilter, entry: '', export: false }
export type Shown = typeof shownAtFirst
export type Filter = typeof noFilter
export type FilterName = keyof Filter

const filters: readonly FilterName[] = ['action', 'kind', 'subject', 'actor', 'from', 'to']

/** The kinds of things that decisions are about. */
export const subjectKinds = [
  'number',
  'member',
  'department',
  'operation',
  'handover',
  'task',
  'system',
  'work_account',
  'import',
  'export',
  'request',
  'hold',
  'record',
  'token',
  'notice',
  'company',
  'signing_key',
] as const

/** The filter that a URL asks for; days become instants, and what makes no sense narrows nothing. */
export function queryOf(shown: Filter, timeZone: string): LedgerQuery {
  const from = startOf(shown.from, timeZone)
  const to = startOf(dayAfter(shown.to), timeZone)
  const action = within(shown.action, 100)
  const subjectKind = within(shown.kind, 50)
  const subjectId = within(shown.subject, 200)
  const actorId = within(shown.actor, 200)
  return {
    ...(action && { action }),
    ...(subjectKind && { subjectKind }),
    ...(subjectId && { subjectId }),
    ...(actorId && { actorId }),
    ...(from && { from }),
    ...(to && { to }),
  }
}

function within(text: string, most: number): string {
  const trimmed = text.trim()
  return trimmed.length <= most ? trimmed : ''
}

const dayForm = /^(?:19|20)\d{2}-\d{2}-\d{2}$/

function startOf(day: string, timeZone: string): string | null {
  return dayForm.test(day) ? instantOf(`${day}T00:00`, timeZone) : null
}

function dayAfter(day: string): string {
  const midnight = dayForm.test(day) ? Date.parse(`${day}T00:00Z`) : Number.NaN
  return Number.isNaN(midnight) ? '' : new Date(midnight + 86_400_000).toISOString().slice(0, 10)
}

/** The filters that narrow the list now, in the order of their chips. */
export function activeFilters(shown: Filter): readonly FilterName[] {
  // A thing that is named says its kind as well.
  return filters.filter((name) => shown[name] !== '' && !(name === 'kind' && shown.subject !== ''))
}

const uuidOfTime = /^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Just after the moment at which an entry got its id: no entry is older than its decision. Null for what is no such id. */
export function momentAfter(entryId: string): string | null {
  const [, high, low] = uuidOfTime.exec(entryId) ?? []
  if (high === undefined || low === undefined) return null
  return new Date(Number.parseInt(high + low, 16) + 1).toISOString()
}
