import { isCompanyCaller, personOf } from '../../kernel/caller.ts'
import type { Instant } from '../../kernel/fields.ts'
import type { Tx } from '../../platform/db/tx.ts'
import type { HandoverKind, HoldingKind, Particulars, Phase, Way } from '../custody-ports/model.ts'
import type { Choice, Difference, HandoverState, StopCause } from './model.ts'

/** A row of `handovers`. */
export interface HandoverRow {
  readonly handoverId: string
  readonly kind: HandoverKind
  readonly leaverId: string
  readonly alreadyLeft: boolean
  readonly state: HandoverState
  readonly effectiveAt: Instant
  readonly timeZone: string
  readonly endsAt: Instant | null
  readonly defaultSuccessorId: string | null
  readonly fallbackId: string | null
  readonly choices: readonly Choice[]
  readonly reason: string | null
  /** Of the plan that was written down, whose items stand in `handover_items`. */
  readonly planHash: string
  readonly plannedBy: string
  readonly plannedAt: Instant
  /** Who submitted it; both null before. */
  readonly askedBy: string | null
  readonly askedAt: Instant | null
  readonly requestId: string | null
  readonly approvedBy: string | null
  readonly approvedAt: Instant | null
  /** Who set it going: the run acts in their name. */
  readonly orderedBy: string | null
  readonly orderedByMemberId: string | null
  readonly orderedAt: Instant | null
  /** What is blocked fails alone, the rest runs. */
  readonly despiteBlockers: boolean
  readonly startedAt: Instant | null
  readonly stoppedAt: Instant | null
  readonly stopCause: StopCause | null
  readonly difference: Difference | null
  /** Where the run is. */
  readonly phase: Phase | null
  readonly dueAt: Instant | null
  readonly total: number
  readonly observed: number
  readonly waiting: number
  readonly failed: number
  readonly skipped: number
  readonly handed: number
  readonly undone: number
  readonly finishedAt: Instant | null
  /** What the leaver held when asked again, and what is still due. */
  readonly outcome: Particulars | null
  readonly undoUntil: Instant | null
  readonly undoBy: string | null
  readonly undoAt: Instant | null
  readonly undoneAt: Instant | null
  readonly closedAt: Instant | null
  readonly createdBy: string
  readonly createdByMemberId: string | null
  readonly createdAt: Instant
  readonly version: number
}

const columnOf = {
  handoverId: 'handover_id',
  kind: 'kind',
  leaverId: 'leaver_id',
  alreadyLeft: 'already_left',
  state: 'state',
  effectiveAt: 'effective_at',
  timeZone: 'time_zone',
  endsAt: 'ends_at',
  defaultSuccessorId: 'default_successor_id',
  fallbackId: 'fallback_id',
  choices: 'choices',
  reason: 'reason',
  planHash: 'plan_hash',
  plannedBy: 'planned_by',
  plannedAt: 'planned_at',
  askedBy: 'asked_by',
  askedAt: 'asked_at',
  requestId: 'request_id',
  approvedBy: 'approved_by',
  approvedAt: 'approved_at',
  orderedBy: 'ordered_by',
  orderedByMemberId: 'ordered_by_member_id',
  orderedAt: 'ordered_at',
  despiteBlockers: 'despite_blockers',
  startedAt: 'started_at',
  stoppedAt: 'stopped_at',
  stopCause: 'stop_cause',
  difference: 'difference',
  phase: 'phase',
  dueAt: 'due_at',
  total: 'total',
  observed: 'observed',
  waiting: 'waiting',
  failed: 'failed',
  skipped: 'skipped',
  handed: 'handed',
  undone: 'undone',
  finishedAt: 'finished_at',
  outcome: 'outcome',
  undoUntil: 'undo_until',
  undoBy: 'undo_by',
  undoAt: 'undo_at',
  undoneAt: 'undone_at',
  closedAt: 'closed_at',
  createdBy: 'created_by',
  createdByMemberId: 'created_by_member_id',
  createdAt: 'created_at',
  version: 'version',
} as const satisfies Record<keyof HandoverRow, string>

/** All columns of a handover under the names of its row. */
export const handoverColumns = Object.entries(columnOf)
  .map(([name, column]) => `h.${column} as "${name}"`)
  .join(', ')

/** Locks a handover; undefined when the company has none of that id. */
export async function lockHandover(tx: Tx, handoverId: string): Promise<HandoverRow | undefined> {
  const [row] = await tx.query<HandoverRow>({
    name: 'handover-lock',
    text: `select ${handoverColumns} from handovers h where h.company_id = $1 and h.handover_id = $2 for no key update`,
    values: [tx.companyId, handoverId],
  })
  return row
}

/** Locks a handover that is due; undefined when someone else works on it or it is not due any more. */
export async function claimHandover(tx: Tx, handoverId: string): Promise<HandoverRow | undefined> {
  const [row] = await tx.query<HandoverRow>({
    name: 'handover-claim',
    text: `select ${handoverColumns} from handovers h where h.company_id = $1 and h.handover_id = $2 and h.due_at <= $3
      for no key update skip locked`,
    values: [tx.companyId, handoverId, tx.now],
  })
  return row
}

/** What a new handover is; the rest stands as a draft begins. */
export type NewHandoverRow = Pick<
  HandoverRow,
  | 'handoverId'
  | 'kind'
  | 'leaverId'
  | 'alreadyLeft'
  | 'effectiveAt'
  | 'timeZone'
  | 'endsAt'
  | 'defaultSuccessorId'
  | 'fallbackId'
  | 'choices'
  | 'reason'
  | 'planHash'
  | 'total'
>

/** Writes a draft in the name of the caller. */
export function insertHandover(tx: Tx, row: NewHandoverRow): void {
  const person = personOf(tx.caller)
  const whole = {
    ...row,
    state: 'draft',
    plannedBy: person,
    plannedAt: tx.now,
    createdBy: person,
    createdByMemberId: isCompanyCaller(tx.caller) ? tx.caller.memberId : null,
    createdAt: tx.now,
  }
  const values: unknown[] = [tx.companyId]
  const columns = (Object.keys(whole) as (keyof typeof whole)[]).map((name) => {
    values.push(stored(name, whole[name]))
    return columnOf[name]
  })
  tx.send({
    name: 'handover-insert',
    text: `insert into handovers (company_id, ${columns.join(', ')}) values (${values.map((_, index) => `$${index + 1}`).join(', ')})`,
    values,
  })
}

export type HandoverChanges = Partial<Omit<HandoverRow, 'handoverId' | 'version' | 'createdAt' | 'createdBy'>>

const progress: readonly string[] = ['phase', 'dueAt'] satisfies readonly (keyof HandoverRow)[]

/** Writes new values of a locked handover; its version goes up for more than progress. */
export function updateHandover(tx: Tx, handoverId: string, changes: HandoverChanges): void {
  const values: unknown[] = [tx.companyId, handoverId]
  const sets = (Object.keys(changes) as (keyof HandoverChanges)[]).map(
    (name) => `${columnOf[name]} = $${values.push(stored(name, changes[name]))}`,
  )
  if (Object.keys(changes).some((name) => !progress.includes(name))) sets.push('version = version + 1')
  tx.send({
    text: `update handovers set ${sets.join(', ')} where company_id = $1 and handover_id = $2`,
    values,
  })
}

function stored(name: keyof HandoverRow, value: unknown): unknown {
  const isJson = name === 'choices' || name === 'difference' || name === 'outcome'
  return isJson && value !== null ? JSON.stringify(value) : value
}

/** Counts the items of a handover anew, after they have changed. */
export function recount(tx: Tx, handoverId: string): void {
  tx.send({
    name: 'handover-recount',
    text: `update handovers h set total = c.total, observed = c.observed, waiting = c.waiting, failed = c.failed,
        skipped = c.skipped, handed = c.handed, undone = c.undone
      from (select count(*)::integer as total, count(*) filter (where state = 'observed')::integer as observed,
          count(*) filter (where state in ('attempted', 'waiting'))::integer as waiting,
          count(*) filter (where state = 'failed')::integer as failed,
          count(*) filter (where state = 'skipped')::integer as skipped,
          count(*) filter (where state = 'handed')::integer as handed,
          count(*) filter (where state = 'undone')::integer as undone
        from handover_items where company_id = $1 and handover_id = $2) c
      where h.company_id = $1 and h.handover_id = $2`,
    values: [tx.companyId, handoverId],
  })
}

/** An item of the plan as it is written down. */
export interface NewItem {
  readonly itemId: string
  readonly position: number
  readonly phase: Phase
  readonly kind: HoldingKind
  readonly holdingId: string
  readonly label: string
  readonly way: Way
  readonly toMemberId: string | null
  readonly history: 'keep' | 'hide' | 'delete' | null
  readonly returnAt: Instant | null
  readonly isReversible: boolean
  readonly dueAt: Instant | null
}

const itemsAtOnce = 5_000

/** Replaces the items of a handover whose run has not begun. */
export async function replaceItems(tx: Tx, handoverId: string, items: readonly NewItem[]): Promise<void> {
  tx.send({
    name: 'handover-items-clear',
    text: 'delete from handover_items where company_id = $1 and handover_id = $2',
    values: [tx.companyId, handoverId],
  })
  for (let first = 0; first < items.length; first += itemsAtOnce) {
    insertItems(tx, handoverId, items.slice(first, first + itemsAtOnce))
    await tx.flush()
  }
}

function insertItems(tx: Tx, handoverId: string, items: readonly NewItem[]): void {
  tx.send({
    name: 'handover-items',
    text: `insert into handover_items (company_id, handover_id, item_id, position, phase, kind, holding_id, label, way,
        to_member_id, history, return_at, is_reversible, due_at)
      select $1, $2, i.* from unnest($3::uuid[], $4::integer[], $5::text[], $6::text[], $7::uuid[], $8::text[], $9::text[],
        $10::uuid[], $11::text[], $12::timestamptz[], $13::boolean[], $14::timestamptz[]) as i`,
    values: [
      tx.companyId,
      handoverId,
      items.map((item) => item.itemId),
      items.map((item) => item.position),
      items.map((item) => item.phase),
      items.map((item) => item.kind),
      items.map((item) => item.holdingId),
      items.map((item) => item.label),
      items.map((item) => item.way),
      items.map((item) => item.toMemberId),
      items.map((item) => item.history),
      items.map((item) => item.returnAt),
      items.map((item) => item.isReversible),
      items.map((item) => item.dueAt),
    ],
  })
}

export type AcceptanceState = 'planned' | 'asked' | 'informed' | 'accepted' | 'declined'

/** Who is to receive something now; what those who stay have answered is kept. */
export function keepAcceptances(tx: Tx, handoverId: string, memberIds: readonly string[]): void {
  tx.send({
    name: 'handover-acceptances-clear',
    text: 'delete from handover_acceptances where company_id = $1 and handover_id = $2 and member_id <> all($3::uuid[])',
    values: [tx.companyId, handoverId, memberIds],
  })
  tx.send({
    name: 'handover-acceptances',
    text: `insert into handover_acceptances (company_id, handover_id, member_id, state)
      select $1, $2, member_id, 'planned' from unnest($3::uuid[]) as member_id on conflict do nothing`,
    values: [tx.companyId, handoverId, memberIds],
  })
}

/** What these have answered counts no more. */
export function forgetAnswers(tx: Tx, handoverId: string, memberIds: readonly string[]): void {
  if (memberIds.length === 0) return
  tx.send({
    name: 'handover-acceptances-forget',
    text: `update handover_acceptances set state = 'planned', asked_at = null, decided_at = null, reason = null
      where company_id = $1 and handover_id = $2 and member_id = any($3::uuid[])`,
    values: [tx.companyId, handoverId, memberIds],
  })
}

export interface AcceptanceChange {
  readonly handoverId: string
  readonly memberIds: readonly string[]
  readonly state: AcceptanceState
  readonly reason: string | null
}

/** Writes that successors were asked or told, or what one of them answered. */
export function setAcceptances(tx: Tx, { handoverId, memberIds, state, reason }: AcceptanceChange): void {
  const isAnswer = state === 'accepted' || state === 'declined'
  tx.send({
    text: `update handover_acceptances set state = $4, reason = $5, ${isAnswer ? 'decided_at' : 'asked_at'} = $6
      where company_id = $1 and handover_id = $2 and member_id = any($3::uuid[])`,
    values: [tx.companyId, handoverId, memberIds, state, reason, tx.now],
  })
}
