import { useMemo } from 'react'
import type { Item, Operation } from '../../api/client.ts'
import { usePages, useRead } from '../../api/read.ts'
import { useSession } from '../../shell/session.tsx'
import { useTimeZone } from '../../ui/preferences.ts'
import type { ProblemLike } from '../../ui/states.tsx'
import { dueToday, isRunningOut, lateFailures, openHandovers, openOperations } from './sort-tasks.ts'

const pageSize = 50
const refreshMs = 30_000

/** Entries of one kind, as far as they were read. */
export interface Found<Entry> {
  readonly items: readonly Entry[]
  readonly hasMore: boolean
}

type ListName = Extract<
  Operation,
  | 'listMembers'
  | 'listRequests'
  | 'listScheduledMoves'
  | 'listNumbers'
  | 'listOperations'
  | 'listLegalHolds'
  | 'listHandovers'
  | 'listTasks'
>
interface Read<Entry> extends Found<Entry> {
  readonly isPending: boolean
  readonly error: ProblemLike | null
}

function useFirst<Name extends ListName>(
  name: Name,
  input: Parameters<typeof usePages<Name>>[1],
  enabled = true,
): Read<Item<Name>> {
  const { items, query } = usePages(name, input, { pageSize, everyMs: refreshMs, enabled })
  return { items, hasMore: query.hasNextPage, isPending: enabled && query.isPending, error: query.error }
}

/** Everything that needs a person, as far as the reader may see it. */
export function useTasks() {
  const { can } = useSession()
  const timeZone = useTimeZone()
  const leavers = useFirst('listMembers', { query: { status: 'leaving', holding: 'true' } })
  const suspended = useFirst('listMembers', { query: { status: 'suspended', holding: 'true' } })
  const requests = useFirst('listRequests', { query: { state: 'open' } }, can('requests:read'))
  const waiting = useFirst('listScheduledMoves', { query: { state: 'waiting' } }, can('requests:read'))
  const failed = useFirst('listScheduledMoves', { query: { state: 'failed' } }, can('requests:read'))
  const cooling = useFirst('listNumbers', { query: { coolingDown: 'true', waiting: 'true' } })
  const operations = useFirst('listOperations', {}, can('operations:read'))
  const lifting = useFirst('listLegalHolds', { query: { state: 'lifting' } }, can('holds:read'))
  const handovers = useFirst('listHandovers', {}, can('requests:read'))
  const overdue = useFirst('listTasks', { query: { overdue: 'true', sort: 'dueAt' } }, can('tasks:write'))
  const licences = useRead('readLicences', {}, { enabled: can('licences:read'), everyMs: refreshMs })
  const lists = [
    leavers,
    suspended,
    requests,
    waiting,
    failed,
    cooling,
    operations,
    lifting,
    handovers,
    overdue,
  ]

  const coolingIds = useMemo(() => new Set(cooling.items.map(({ numberId }) => numberId)), [cooling.items])
  const now = Date.now()
  const scheduled = waiting.items.filter(
    ({ waitsFor, numberId }) => waitsFor === 'time' && !coolingIds.has(numberId),
  )
  const isCheck = ({ kind }: Item<'listRequests'>) => kind === 'country_check'
  return {
    isPending: lists.some(({ isPending }) => isPending),
    problem: lists.find(({ error }) => error !== null)?.error ?? null,
    leavers,
    suspended,
    checks: { ...requests, items: requests.items.filter(isCheck) },
    requests: { ...requests, items: requests.items.filter((request) => !isCheck(request)) },
    failedMoves: { ...failed, items: lateFailures(failed.items, now), hasMore: false },
    today: { ...waiting, items: dueToday(scheduled, now, timeZone), hasMore: false },
    cooling,
    overdue,
    ...openOperations(operations.items, now),
    lifting,
    handovers: { ...handovers, items: openHandovers(handovers.items), hasMore: false },
    scarceLicences: licences.data && isRunningOut(licences.data) ? licences.data : null,
  }
}

export type Tasks = ReturnType<typeof useTasks>

/** Whether nothing at all needs a person. */
export function isAllClear(tasks: Tasks): boolean {
  const { leavers, suspended, checks, requests, failedMoves, today, cooling, going, flawed, lifting } = tasks
  const { handovers, overdue } = tasks
  const lists = [
    leavers,
    suspended,
    checks,
    requests,
    failedMoves,
    today,
    cooling,
    lifting,
    handovers,
    overdue,
  ]
  return (
    lists.every(({ items }) => items.length === 0) &&
    going.length + flawed.length === 0 &&
    tasks.scarceLicences === null
  )
}
